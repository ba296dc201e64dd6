//! Every size of terminal: too small, narrow and very large; and text that is hard to lay out.

use crate::keys;
use crate::picture;
use crate::rows::rows;
use crate::trees::{network, parsed};
use crate::walk::Walk;
use twinge::app::Size;
use unicode_width::UnicodeWidthStr;

#[test]
fn a_terminal_that_is_too_small_says_which_size_is_needed() {
    insta::assert_snapshot!("too-small", Walk::through(&network()).sized(29, 7).screen());
}

#[test]
fn the_cursor_is_on_the_selected_item_in_every_frame() {
    let questionnaire = network();
    for (columns, rows) in [(100, 30), (80, 24), (40, 12), (30, 8), (200, 60)] {
        let mut walk = Walk::through(&questionnaire).sized(columns, rows);
        let way = "Enter Down Down Space Enter Down Up 1 5 Enter Down Down Down Space Enter Enter Up Enter Down Down m Up Up Down Enter Enter q Down Left r Down Down";
        for key in keys::parse(way) {
            walk.app.press(key);
            let (screen, cursor) = (walk.screen(), picture::cursor(&walk.app));
            let line = screen.lines().nth(usize::from(cursor.y)).unwrap_or_default();
            let is_reading = !screen.contains('▸');
            assert!(is_reading || line.contains('▸'), "after {key:?} at {columns}×{rows}: row {}\n{screen}", cursor.y);
        }
    }
}

#[test]
fn what_is_selected_stays_in_view_while_the_window_grows_and_shrinks() {
    let questionnaire = network();
    for keys in ["Enter 3 End", "Enter 3 Enter 1 3 Enter 1 3 Enter 1 Enter r End", "Enter 3 Enter 1 3 Enter m End"] {
        let mut walk = Walk::through(&questionnaire).sized(40, 12).keys(keys);
        for rows in [13, 12, 10, 12, 30, 9, 12] {
            walk.app.resize(Size { columns: 40, rows });
            assert!(walk.screen().contains('▸'), "{keys}, at {rows} rows\n{}", walk.screen());
        }
    }
}

#[test]
fn no_size_and_no_key_is_too_much() {
    let questionnaire = network();
    // Where the terminal is large enough: to the results, and then to everything that can be opened.
    let to_results = "Enter 3 Enter 1 3 Enter 1 3 Enter 1 Enter";
    let about = "Down Down Enter Tab Tab PgDn End Esc m End Enter Esc ? End Esc p q Esc / x n w w";
    let way = keys::parse(&format!("{to_results} {about}"));
    for columns in [0, 1, 5, 29, 30, 31, 40, 59, 60, 76, 80, 120, 500] {
        for rows in [0, 1, 7, 8, 9, 12, 15, 16, 20, 24, 60, 200] {
            let mut walk = Walk::through(&questionnaire).sized(columns, rows);
            for (at, key) in way.iter().enumerate() {
                walk.app.press(*key);
                if at % 7 == 0 {
                    assert!(crate::rows::rows(&walk.app).len() <= usize::from(rows.max(1)), "at {columns}×{rows}");
                }
            }
        }
    }
}

/// At every width: what is too long is wrapped, never cut, and no line is wider than the screen.
#[test]
fn wide_combining_and_unbroken_text_is_whole_at_every_width() {
    let questionnaire = parsed(include_bytes!("../trees/wide.toml"));
    for width in (30..76).step_by(3) {
        for keys in ["", "Enter", "Enter w", "Enter x r Down", "Enter x r Down Enter"] {
            let walk = Walk::through(&questionnaire).sized(width, 60).keys(keys);
            let lines: Vec<String> = rows(&walk.app);
            for line in &lines {
                assert!(line.width() <= usize::from(width), "{line:?} at {width}");
            }
            let shown: String = lines.concat().split_whitespace().collect::<String>().replace('│', "");
            let whole = match keys {
                "" => "👩‍⚕️",
                "Enter" => "背中の筋肉がつって、動けないほど痛いです",
                _ => continue,
            };
            assert!(shown.contains(whole), "{whole} at {width}:\n{}", lines.join("\n"));
            let unbroken = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
            assert!(shown.contains(unbroken), "at {width}:\n{}", lines.join("\n"));
        }
    }
}
