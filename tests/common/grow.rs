//! Valid question trees of any size, written as TOML, the same for the same seed.
//!
//! A tree grows by parts of ten questions, each with its facts, alarms, causes and sources. The conditions of a part test
//! questions of that part or of the few before it, so that ten times the questions are ten times the file. Only two questions
//! of the first part are tested everywhere, as age and sex would be.

use std::fmt::Write as _;

/// How many questions a part has.
const PART: usize = 10;

/// How many parts back the conditions of a part go.
const NEAR: usize = 12;

/// A tree with this many questions, rounded up to whole parts.
pub(crate) fn tree(questions: usize, seed: u64) -> String {
    let mut grower = Grower { random: Random(seed), text: String::from(HEAD) };
    (0..questions.div_ceil(PART)).for_each(|part| grower.part(part));
    grower.text
}

const HEAD: &str = r#"format = 1
version = "1.0.0"
title = "A tree that was grown"
intro = "It asks about as many things as it was told to."
safety = "If in doubt, ask somebody who knows."

[[urgency]]
id = "self-care"
say = "You can look after this yourself."
[[urgency]]
id = "routine"
say = "Let somebody look at it in the next weeks."
[[urgency]]
id = "soon"
say = "Let somebody look at it in the next days."
[[urgency]]
id = "emergency"
say = "Get help now."
interrupts = true
"#;

/// Numbers that look random (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let below = (mixed ^ (mixed >> 31)) % u64::try_from(n).expect("a small number");
        usize::try_from(below).expect("a small number")
    }

    fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn of<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.below(items.len())]
    }
}

struct Grower {
    random: Random,
    text: String,
}

impl Grower {
    fn part(&mut self, part: usize) {
        let _ = write!(self.text, "\n[[section]]\nid = \"s{part}\"\ntitle = \"Part {part}\"\n");
        (0..PART).for_each(|at| self.question(part, at));
        (0..8).for_each(|at| self.fact(part, at));
        (0..8).for_each(|at| self.alarm(part, at));
        let _ = write!(self.text, "\n[family.kin{part}]\nname = \"Kin {part}\"\nsay = \"They have one root.\"\n");
        (0..8).for_each(|at| self.cause(part, at));
        (0..4).for_each(|at| self.source(part, at));
    }

    fn question(&mut self, part: usize, at: usize) {
        let (kind, more) = match at {
            0 | 6 | 9 => ("one", String::new()),
            1 => ("one", options(&["a", "b", "c", "d"])),
            2 => ("many", options(&["a", "b", "c", "d", "e", "f"])),
            3 => ("many", format!("from = \"q{part}_2\"\n")),
            4 => ("number", "min = 0\nmax = 100\n".to_owned()),
            7 => ("many", options(&["a", "b", "c", "d"])),
            _ => ("one", options(&["a", "b", "c"])),
        };
        let gate = self.gate(part, at);
        let _ = write!(
            self.text,
            "\n[[question]]\nid = \"q{part}_{at}\"\nsection = \"s{part}\"\nask = \"What about the matter of part {part}, \
             number {at}?\"\nwhy = \"It tells one cause of part {part} from another.\"\nkind = \"{kind}\"\n{more}{gate}"
        );
    }

    /// The `when` of a question: a test of an earlier question of its part, or of something in a part before.
    fn gate(&mut self, part: usize, at: usize) -> String {
        match (part, at) {
            (0, 0 | 4 | 6) | (_, 3 | 7) => String::new(),
            (_, 0) if self.random.once_in(4) => {
                let before = self.before(part);
                format!("when = {{ {before} }}\notherwise = \"no\"\n")
            }
            (_, 0) => String::new(),
            (_, 1 | 4) => format!("when = {{ q{part}_0 = \"yes\" }}\n"),
            (_, 2) => format!("when = {{ q{part}_0 = [\"yes\"] }}\notherwise = []\n"),
            (_, 5) => format!("when = {{ q{part}_1 = [\"a\", \"b\"] }}\n"),
            (_, 6) => format!("when = {{ f{part}_0 = \"yes\" }}\n"),
            (_, 8) => format!("when = [{{ q{part}_4 = \">= 40\", q{part}_7 = \"!a\" }}, {{ q{part}_7 = \"none\" }}]\n"),
            _ => {
                let before = self.before(part);
                format!("when = [{{ {before} }}, {{ q{part}_7 = \"b\" }}]\n")
            }
        }
    }

    fn fact(&mut self, part: usize, at: usize) {
        let when = match at {
            0 => format!("{{ q{part}_1 = [\"b\", \"c\"], q{part}_4 = \">= 30\" }}"),
            1 => format!(
                "[{{ f{part}_0 = \"yes\" }}, {{ q{part}_2 = {{ of = [\"a\", \"b\", \"c\"], count = \">= 2\" }} }}]"
            ),
            2 => format!("{{ {}, q{part}_0 = \"yes\" }}", self.before(part)),
            _ => format!("{{ {}, {} }}", self.test(part), self.other_test(part)),
        };
        let _ =
            write!(self.text, "\n[fact.f{part}_{at}]\nsay = \"the matter {at} of part {part} is so\"\nwhen = {when}\n");
    }

    fn alarm(&mut self, part: usize, at: usize) {
        let when = match at {
            0 => format!("{{ q{part}_7 = {{ all = [\"a\", \"b\", \"c\", \"d\"] }}, f{part}_1 = \"yes\" }}"),
            1 => format!(
                "[{{ f{part}_2 = \"yes\", q{part}_9 = \"yes\" }}, {{ f{part}_3 = \"yes\", q{part}_6 = \"yes\" }}]"
            ),
            _ => format!("{{ {}, f{part}_{} = \"yes\" }}", self.test(part), 3 + at % 5),
        };
        let urgency = if at == 0 { "emergency" } else { self.random.of(&["routine", "soon"]) };
        let source = self.random.below(4);
        let _ = write!(
            self.text,
            "\n[[alarm]]\nid = \"alarm{part}_{at}\"\nwhen = {when}\nurgency = \"{urgency}\"\ntitle = \"Danger {at} of part \
             {part}\"\nsay = \"Show it to somebody who knows.\"\nsource = \"source{part}_{source}\"\n"
        );
    }

    fn cause(&mut self, part: usize, at: usize) {
        let _ = write!(
            self.text,
            "\n[[cause]]\nid = \"c{part}_{at}\"\nname = \"Cause {at} of part {part}\"\nterm = \"Causa {part}.{at}\"\ncodes = \
             {{ icd10 = [\"Z{part}.{at}\"] }}\nattribution = 0.9\nsummary = \"What this is, in a sentence.\"\n"
        );
        match at {
            0 => {}
            1 | 2 => {
                let _ = writeln!(self.text, "family = \"kin{part}\"\nurgency = \"soon\"");
            }
            3 => {
                let _ = writeln!(self.text, "unless = [\"kin{part}\", \"c{part}_0\"]");
            }
            4 => {
                let _ = writeln!(self.text, "via = [\"c{part}_0\", \"kin{part}\"]");
            }
            5 => {
                let _ = writeln!(self.text, "when = {{ q{part}_0 = \"yes\" }}\nunless = [\"c{part}_6\"]");
            }
            _ => {
                let _ = writeln!(self.text, "urgency = \"routine\"");
            }
        }
        let p = self.random.of(&["0.2", "0.05", "0.01", "0.002"]);
        let row = if self.random.once_in(3) {
            format!("{{ p = 0.1, when = {{ {} }} }}, ", self.test(part))
        } else {
            String::new()
        };
        let _ = writeln!(self.text, "base = [{row}{{ p = {p}, grade = \"B\", source = \"source{part}_0\" }}]");
        if self.random.once_in(3) {
            let _ = writeln!(
                self.text,
                "adjust = [{{ odds = 0.5, when = {{ q0_4 = \"< 40\" }}, grade = \"B\" }}, {{ odds = 1.8, when = {{ q0_6 = \
                 \"yes\" }} }}]"
            );
        }
        self.text.push_str("findings = [\n");
        for finding in 0..5 {
            let lr = self.random.of(&["1.5", "2.4", "6.0", "0.4"]);
            let no = if self.random.once_in(2) { "lr_no = 0.7, " } else { "" };
            let group = if finding < 3 { "group = \"g\", " } else { "" };
            let grade = self.random.of(&["A", "B", "C"]);
            let source = self.random.below(4);
            let test = self.test(part);
            let _ = writeln!(
                self.text,
                "  {{ lr = {lr}, {no}when = {{ {test} }}, {group}grade = \"{grade}\", source = \"source{part}_{source}\" }},"
            );
        }
        self.text.push_str("]\nadvice = [\n");
        for (stage, when) in [("now", String::new()), ("see", format!(", when = {{ {} }}", self.test(part)))] {
            let _ = writeln!(self.text, "  {{ stage = \"{stage}\", say = \"Do what helps against it.\"{when} }},");
        }
        self.text.push_str("]\n");
    }

    fn source(&mut self, part: usize, at: usize) {
        let _ = write!(
            self.text,
            "\n[source.source{part}_{at}]\ncite = \"Somebody S, et al. A journal {part};{at}:1-9\"\ndoi = \"10.1000/{part}.{at}\"\n"
        );
    }

    /// A test of something in a part before, or of the first questions.
    fn before(&mut self, part: usize) -> String {
        let Some(back) = part.checked_sub(1 + self.random.below(NEAR)) else { return "q0_6 = \"yes\"".to_owned() };
        match self.random.below(3) {
            0 => format!("f{back}_{} = \"yes\"", self.random.below(8)),
            1 => format!("q{back}_0 = \"yes\""),
            _ => format!("q{back}_7 = \"c\""),
        }
    }

    /// A test of something in a part.
    fn test(&mut self, part: usize) -> String {
        match self.random.below(6) {
            0 => format!("q{part}_1 = \"{}\"", self.random.of(&["a", "b", "c", "d"])),
            1 => format!("q{part}_2 = \"{}\"", self.random.of(&["a", "b", "c"])),
            2 => format!("q{part}_3 = \"{}\"", self.random.of(&["d", "e", "f"])),
            3 => format!("f{part}_{} = \"yes\"", self.random.below(3)),
            4 => format!("q{part}_8 = \"{}\"", self.random.of(&["a", "b", "!c"])),
            _ => format!("q{part}_9 = \"{}\"", self.random.of(&["yes", "no"])),
        }
    }

    /// A test of other questions of a part.
    fn other_test(&mut self, part: usize) -> String {
        match self.random.below(3) {
            0 => format!("q{part}_7 = \"{}\"", self.random.of(&["a", "b", "c"])),
            1 => format!("q{part}_6 = \"{}\"", self.random.of(&["yes", "no"])),
            _ => format!("q{part}_5 = \"{}\"", self.random.of(&["a", "b", "c"])),
        }
    }
}

fn options(ids: &[&str]) -> String {
    let options: Vec<_> = ids.iter().map(|id| format!("{{ id = \"{id}\", say = \"It is {id}\" }}")).collect();
    format!("options = [{}]\n", options.join(", "))
}
