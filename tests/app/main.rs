//! Tests of the room `app`.

#[macro_use]
#[path = "../common/picture.rs"]
mod picture;
#[path = "../common/generate.rs"]
mod generate;
#[path = "../common/interviews.rs"]
mod interviews;
#[path = "../common/keys.rs"]
mod keys;
#[path = "../common/rows.rs"]
mod rows;
#[path = "../common/trees.rs"]
mod trees;
#[path = "../common/unsaid.rs"]
mod unsaid;
#[path = "../common/walk.rs"]
mod walk;
mod alarm;
mod answers;
mod cause;
mod contrast;
mod keymap;
mod leading;
mod leave;
mod reasons;
mod line_mode;
mod never_seen;
mod parity;
mod passed_over;
mod pictures;
mod preview;
mod question;
mod results;
mod resume;
mod search;
mod since;
mod sizes;
mod welcome;
mod what_if;
