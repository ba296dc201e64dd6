//! Random question trees and answers. Trees are written as TOML and parsed, as an author's file would be.
//!
//! Every choice is made by the next number of a list. A shorter list with smaller numbers makes a simpler tree, so shrinking
//! the list shrinks the tree of a failing property.

use std::fmt::Write as _;

use twinge::questionnaire::{Answer, Kind, Question, Questionnaire, WrittenAnswer, parse};

/// The numbers that make the choices. When they are used up, the first option is always chosen.
#[derive(Debug)]
pub(crate) struct Picks {
    numbers: std::vec::IntoIter<u16>,
}

impl Picks {
    pub(crate) fn new(numbers: Vec<u16>) -> Picks {
        Picks { numbers: numbers.into_iter() }
    }

    /// A number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        usize::from(self.numbers.next().unwrap_or(0)) % n.max(1)
    }

    /// True once in `n` times.
    pub(crate) fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == n - 1
    }

    pub(crate) fn of<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())].clone()
    }

    /// Some of the items, at least one.
    fn some_of(&mut self, items: &[String]) -> Vec<String> {
        let first = self.below(items.len());
        items
            .iter()
            .enumerate()
            .filter(|(at, _)| *at == first || self.once_in(3))
            .map(|(_, item)| item.clone())
            .collect()
    }
}

/// A tree in TOML, with its causes apart, so that a test can change their findings.
#[derive(Debug, Clone)]
pub(crate) struct Tree {
    head: String,
    pub(crate) causes: Vec<CauseText>,
}

#[derive(Debug, Clone)]
pub(crate) struct CauseText {
    head: String,
    is_kin: bool,
    unless: Vec<String>,
    via: Vec<String>,
    pub(crate) findings: Vec<String>,
}

/// A question that may be tested.
#[derive(Debug, Clone)]
struct Asked {
    id: String,
    kind: &'static str,
    options: Vec<String>,
}

/// What a tree may have in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wishes {
    /// Whether conditions may ask for *not sure* itself.
    pub(crate) tests_not_sure: bool,
}

impl Tree {
    pub(crate) fn grow(picks: &mut Picks, wishes: Wishes) -> Tree {
        let mut head = String::from("format = 1\ntitle = \"A random tree\"\n");
        let levels = picks.below(4);
        for level in 0..levels {
            let interrupts = if picks.once_in(3) { "\ninterrupts = true" } else { "" };
            let leads = if picks.once_in(3) { "\nleads = true" } else { "" };
            let _ = write!(head, "\n[[urgency]]\nid = \"u{level}\"\nsay = \"Level {level}\"{interrupts}{leads}\n");
        }
        let _ = write!(head, "\n[family.kin]\nname = \"Kin\"\n");
        let mut asked: Vec<Asked> = Vec::new();
        let mut facts = 0;
        for at in 0..=picks.below(10) {
            let question = question(picks, at, &mut head, &asked, facts, wishes);
            asked.push(question);
            if picks.once_in(3) {
                let when = when(picks, &asked, facts, wishes);
                let _ = write!(head, "\n[fact.f{facts}]\nwhen = {when}\n");
                facts += 1;
            }
        }
        if levels > 0 {
            let mut alarms: Vec<usize> = Vec::new();
            for at in 0..picks.below(4) {
                let when = when(picks, &asked, facts, wishes);
                let urgency = picks.below(levels);
                let unsure =
                    if picks.once_in(2) { format!("\nunsure = \"u{}\"", picks.below(levels)) } else { String::new() };
                let worse = alarms.iter().position(|other| *other > urgency).filter(|_| picks.once_in(2));
                let worse = worse.map(|other| format!("\nworse = [\"alarm{other}\"]")).unwrap_or_default();
                alarms.push(urgency);
                let _ = write!(
                    head,
                    "\n[[alarm]]\nid = \"alarm{at}\"\nwhen = {when}\nurgency = \"u{urgency}\"{unsure}{worse}\nsay = \"Do this.\"\n"
                );
            }
        }
        let mut causes: Vec<CauseText> =
            (0..=picks.below(5)).map(|at| cause(picks, at, levels, &asked, facts, wishes)).collect();
        relate(picks, &mut causes);
        if picks.once_in(4) {
            let when = when(picks, &asked, facts, wishes);
            let _ = write!(head, "\n[ranking]\nwhen = {when}\n");
        }
        Tree { head, causes }
    }

    pub(crate) fn toml(&self) -> String {
        let mut out = self.head.clone();
        for cause in &self.causes {
            let _ = write!(out, "\n{}unless = {}\n", cause.head, list(&cause.unless));
            if !cause.via.is_empty() {
                let _ = writeln!(out, "via = {}", list(&cause.via));
            }
            let _ = write!(out, "findings = [\n  {}\n]\n", cause.findings.join(",\n  "));
        }
        out
    }

    pub(crate) fn questionnaire(&self) -> Questionnaire {
        let text = self.toml();
        parse(text.as_bytes()).unwrap_or_else(|problems| panic!("{text}\n{problems:#?}"))
    }
}

fn question(picks: &mut Picks, at: usize, head: &mut String, asked: &[Asked], facts: usize, wishes: Wishes) -> Asked {
    let id = format!("q{at}");
    let source = asked.iter().rfind(|earlier| earlier.kind == "many").cloned();
    let kind = picks.of(&["one", "many", "yes-no", "number", "from"]);
    let (written, options) = match (kind, &source) {
        ("one" | "many", _) => (kind, (0..2 + picks.below(3)).map(|at| format!("o{at}")).collect()),
        ("number", _) => ("number", Vec::new()),
        ("from", Some(source)) => ("many", source.options.clone()),
        _ => ("one", vec!["yes".to_owned(), "no".to_owned()]),
    };
    let _ = write!(head, "\n[[question]]\nid = \"{id}\"\nask = \"{id}?\"\nkind = \"{written}\"\n");
    let is_yes_no = options.first().is_some_and(|option| option == "yes");
    match (kind, &source) {
        ("number", _) => head.push_str("min = 0\nmax = 20\n"),
        ("from", Some(source)) => {
            let _ = writeln!(head, "from = \"{}\"", source.id);
        }
        _ if is_yes_no => {}
        _ => {
            let options: Vec<_> =
                options.iter().map(|option| format!("{{ id = \"{option}\", say = \"{option}\" }}")).collect();
            let _ = writeln!(head, "options = [{}]", options.join(", "));
        }
    }
    if at.is_multiple_of(2) {
        head.push_str("lasting = true\n");
    }
    let question = Asked { id, kind: written, options };
    if !asked.is_empty() && picks.once_in(2) {
        let _ = writeln!(head, "when = {}", when(picks, asked, facts, wishes));
        if picks.once_in(2) {
            let otherwise = match written {
                "number" => picks.below(21).to_string(),
                "many" if picks.once_in(2) => "[]".to_owned(),
                "many" => list(&picks.some_of(&question.options)),
                _ => format!("\"{}\"", picks.of(&question.options)),
            };
            let _ = writeln!(head, "otherwise = {otherwise}");
        }
    }
    question
}

fn cause(picks: &mut Picks, at: usize, levels: usize, asked: &[Asked], facts: usize, wishes: Wishes) -> CauseText {
    const P: [f64; 5] = [0.3, 0.05, 0.004, 0.45, 0.1];
    const ODDS: [f64; 4] = [2.0, 0.4, 3.5, 0.15];
    let mut head = format!("[[cause]]\nid = \"c{at}\"\nname = \"Cause {at}\"\n");
    let is_kin = picks.once_in(3);
    if is_kin {
        head.push_str("family = \"kin\"\n");
    }
    if picks.once_in(3) {
        let _ = writeln!(head, "when = {}", when(picks, asked, facts, wishes));
    }
    if picks.once_in(2) {
        let _ = writeln!(head, "attribution = {}", picks.of(&[0.5, 0.8, 0.95]));
    }
    if levels > 0 && picks.once_in(2) {
        let _ = writeln!(head, "urgency = \"u{}\"", picks.below(levels));
    }
    let rows: Vec<_> = (0..picks.below(3))
        .map(|_| format!("{{ p = {}, when = {} }}, ", picks.of(&P), when(picks, asked, facts, wishes)))
        .collect();
    let _ = writeln!(head, "base = [{}{{ p = {} }}]", rows.concat(), picks.of(&P));
    let rows: Vec<_> = (0..picks.below(3))
        .map(|_| format!("{{ odds = {}, when = {} }}", picks.of(&ODDS), when(picks, asked, facts, wishes)))
        .collect();
    let _ = writeln!(head, "adjust = [{}]", rows.join(", "));
    let unless = if at > 0 && picks.once_in(3) { vec![format!("c{}", picks.below(at))] } else { Vec::new() };
    let findings = (0..picks.below(6)).map(|_| {
        let when = when(picks, asked, facts, wishes);
        finding(picks, &when)
    });
    let findings = findings.collect();
    let advice: Vec<_> = (0..picks.below(4))
        .map(|row| {
            let stage = picks.of(&["now", "next", "see", "avoid"]);
            let when = if picks.once_in(2) {
                format!(", when = {}", when(picks, asked, facts, wishes))
            } else {
                String::new()
            };
            let beside = if picks.once_in(4) { ", beside = true" } else { "" };
            format!("{{ stage = \"{stage}\", say = \"{stage} for c{at}, {row}\"{when}{beside} }}")
        })
        .collect();
    let _ = writeln!(head, "advice = [{}]", advice.join(", "));
    if picks.once_in(2) {
        let _ = writeln!(head, "test = \"Settle c{at} so.\"");
    }
    CauseText { head, is_kin, unless, via: Vec::new(), findings }
}

/// Adds `unless` and `via` to causes. `via` names only causes before, so that there is no cycle.
fn relate(picks: &mut Picks, causes: &mut [CauseText]) {
    let last_kin = causes.iter().rposition(|cause| cause.is_kin);
    for (at, cause) in causes.iter_mut().enumerate() {
        if !cause.is_kin && picks.once_in(4) {
            cause.unless.push("kin".to_owned());
        }
        if at > 0 && picks.once_in(3) {
            cause.via.push(format!("c{}", picks.below(at)));
        }
        if last_kin.is_some_and(|last| last < at) && picks.once_in(3) {
            cause.via.push("kin".to_owned());
        }
    }
}

fn finding(picks: &mut Picks, when: &str) -> String {
    const LR: [f64; 6] = [2.0, 0.5, 4.0, 12.0, 0.1, 1.3];
    let lr_no = if picks.once_in(2) { format!("lr_no = {}, ", picks.of(&LR)) } else { String::new() };
    let group = if picks.once_in(2) { format!("group = \"g{}\", ", picks.below(2)) } else { String::new() };
    format!("{{ lr = {}, {lr_no}{group}when = {when}, grade = \"{}\" }}", picks.of(&LR), picks.of(&["A", "B", "C"]))
}

fn when(picks: &mut Picks, asked: &[Asked], facts: usize, wishes: Wishes) -> String {
    let tables: Vec<_> = (0..=usize::from(picks.once_in(4)))
        .map(|_| {
            let mut seen = Vec::new();
            let mut tests = Vec::new();
            for _ in 0..=usize::from(picks.once_in(3)) {
                let (name, value) = test(picks, asked, facts, wishes);
                if !seen.contains(&name) {
                    tests.push(format!("{name} = {value}"));
                    seen.push(name);
                }
            }
            format!("{{ {} }}", tests.join(", "))
        })
        .collect();
    if tables.len() == 1 { tables.concat() } else { format!("[{}]", tables.join(", ")) }
}

fn test(picks: &mut Picks, asked: &[Asked], facts: usize, wishes: Wishes) -> (String, String) {
    if facts > 0 && picks.once_in(4) {
        return (format!("f{}", picks.below(facts)), picks.of(&["\"yes\"", "\"no\""]).to_owned());
    }
    let question = picks.of(asked);
    if wishes.tests_not_sure && picks.once_in(10) {
        return (question.id, "\"not-sure\"".to_owned());
    }
    let bound = picks.below(21);
    let value = match question.kind {
        "number" => match picks.below(4) {
            0 => format!("\">= {bound}\""),
            1 => format!("\"< {bound}\""),
            2 => format!("\"= {bound}\""),
            _ => format!("\"{}-{}\"", bound.min(10), bound.max(10)),
        },
        kind => match picks.below(if kind == "many" { 7 } else { 3 }) {
            0 => format!("\"{}\"", picks.of(&question.options)),
            1 => format!("\"!{}\"", picks.of(&question.options)),
            2 => list(&picks.some_of(&question.options)),
            3 => format!("{{ all = {} }}", list(&picks.some_of(&question.options))),
            4 => {
                let of = picks.some_of(&question.options);
                format!("{{ of = {}, count = \">= {}\" }}", list(&of), 1 + picks.below(of.len()))
            }
            5 => format!("\"= {}\"", picks.below(question.options.len() + 1)),
            _ => "\"none\"".to_owned(),
        },
    };
    (question.id, value)
}

fn list(items: &[String]) -> String {
    let quoted: Vec<_> = items.iter().map(|item| format!("\"{item}\"")).collect();
    format!("[{}]", quoted.join(", "))
}

/// Some answer to a question.
pub(crate) fn answer(picks: &mut Picks, question: &Question) -> Answer {
    if picks.once_in(6) {
        return Answer::NotSure;
    }
    let ids = question.options().map(|options| options.values().map(|choice| choice.id.clone()).collect::<Vec<_>>());
    let written = match (&question.kind, ids) {
        (Kind::One(_), Some(ids)) => WrittenAnswer::Text(picks.of(&ids).into()),
        (Kind::Many { .. }, Some(ids)) => WrittenAnswer::List(
            ids.into_iter()
                .filter_map(|id| match picks.below(4) {
                    0 => Some(id.into()),
                    1 if picks.once_in(3) => Some(format!("?{id}").into()),
                    _ => None,
                })
                .collect(),
        ),
        (Kind::Number { min, max, .. }, _) => {
            WrittenAnswer::Number(f64::from(u16::try_from(picks.below(21)).expect("a small number")).clamp(*min, *max))
        }
        (Kind::One(_) | Kind::Many { .. }, None) => unreachable!("these have options"),
    };
    Answer::read(question, &written).expect("an answer that the question takes")
}
