//! What `twinge tree` draws for a question: when it is asked, which causes its answers move, and which alarms they raise.

use std::fmt::Write as _;

use crate::trees::{built_in, parsed};
use twinge::authoring::tree::{Format, draw};
use twinge::questionnaire::Questionnaire;
use unicode_width::UnicodeWidthStr;

const QUESTIONS: &str = r#"
format = 1
title = "T"
urgency = [{ id = "low", say = "Low." }, { id = "high", say = "High." }]
question = [
  { id = "a", ask = "A?", kind = "one" },
  { id = "b", ask = "B?", kind = "one" },
  { id = "c", ask = "C?", kind = "one", when = { a = "yes" } },
]
[fact.fa]
when = { a = "yes" }
[fact.ffa]
when = { fa = "no" }
"#;

fn text(questionnaire: &Questionnaire) -> String {
    draw(questionnaire, Format::Text)
}

/// Compares the lines below question `a`, in the tree of `QUESTIONS` with these causes and alarms.
#[track_caller]
fn check(causes_and_alarms: &str, expected: &[&str]) {
    let drawn = text(&parsed(format!("{QUESTIONS}{causes_and_alarms}")));
    let lines = drawn.lines().skip_while(|line| !line.starts_with("  a  ")).skip(1);
    let does: Vec<&str> =
        lines.take_while(|line| line.starts_with("    ") && !line.trim().starts_with("if ")).collect();
    assert_eq!(does.iter().map(|line| line.trim()).collect::<Vec<_>>(), expected, "{drawn}");
}

#[test]
fn a_finding_moves_its_cause_one_way_and_with_lr_no_the_other_way_too() {
    let cause = |finding: &str| {
        format!(
            "[[cause]]\nid = \"x\"\nname = \"X\"\nbase = [{{ p = 0.1 }}]\nfindings = [{{ {finding}, grade = \"C\" }}]\n"
        )
    };
    check(&cause("lr = 2.0, when = { a = \"yes\" }"), &["→ x ▲"]);
    check(&cause("lr = 0.5, when = { a = \"yes\" }"), &["→ x ▼"]);
    check(&cause("lr = 2.0, lr_no = 0.5, when = { a = \"yes\" }"), &["→ x ▲▼"]);
    check(&cause("lr = 2.0, when = { ffa = \"yes\" }"), &["→ x ▲"]);
    check(&cause("lr = 2.0, when = { b = \"yes\" }"), &["moves no cause, raises no alarm"]);
}

#[test]
fn a_base_rate_moves_its_cause_from_the_rows_behind_it() {
    let cause = |rows: &str| format!("[[cause]]\nid = \"x\"\nname = \"X\"\nbase = [{rows}]\n");
    check(&cause("{ p = 0.3, when = { a = \"yes\" } }, { p = 0.1 }"), &["→ x ▲"]);
    check(&cause("{ p = 0.1, when = { fa = \"yes\" } }, { p = 0.3 }"), &["→ x ▼"]);
    check(&cause("{ p = 0.2, when = { a = \"yes\" } }, { p = 0.3, when = { b = \"yes\" } }, { p = 0.1 }"), &["→ x ▲▼"]);
    check(&cause("{ p = 0.1, when = { a = \"yes\" } }, { p = 0.1 }"), &["moves no cause, raises no alarm"]);
}

#[test]
fn background_moves_its_cause_from_the_rows_behind_it_or_from_none() {
    let cause =
        |rows: &str| format!("[[cause]]\nid = \"x\"\nname = \"X\"\nbase = [{{ p = 0.1 }}]\nadjust = [{rows}]\n");
    check(&cause("{ odds = 2.0, when = { a = \"yes\" } }"), &["→ x ▲"]);
    check(&cause("{ odds = 0.5, when = { a = \"yes\" } }"), &["→ x ▼"]);
    check(&cause("{ odds = 2.0, when = { a = \"yes\" } }, { odds = 3.0, when = { b = \"yes\" } }"), &["→ x ▲▼"]);
}

#[test]
fn what_an_answer_brings_into_play_is_marked() {
    let cause = "[[cause]]\nid = \"x\"\nname = \"X\"\nbase = [{ p = 0.1 }]\nwhen = { fa = \"yes\" }\n";
    check(cause, &["→ x ◆"]);
    check(&format!("{cause}findings = [{{ lr = 2.0, when = {{ a = \"yes\" }}, grade = \"C\" }}]\n"), &["→ x ▲◆"]);
    check("[ranking]\nwhen = { a = \"yes\" }\n", &["→ every cause ◆"]);
}

#[test]
fn the_causes_that_move_most_come_first() {
    let cause = |id: &str, lr: f64| {
        let finding = format!("{{ lr = {lr:?}, when = {{ a = \"yes\" }}, grade = \"C\" }}");
        format!("[[cause]]\nid = \"{id}\"\nname = \"X\"\nbase = [{{ p = 0.1 }}]\nfindings = [{finding}]\n")
    };
    check(&[cause("x", 2.0), cause("y", 0.1), cause("z", 5.0)].concat(), &["→ y ▼, z ▲, x ▲"]);
}

#[test]
fn alarms_stand_by_urgency_with_the_most_urgent_first() {
    let alarm = |id: &str, urgency: &str, when: &str| {
        format!("[[alarm]]\nid = \"{id}\"\nurgency = \"{urgency}\"\nsay = \"Go.\"\nwhen = {{ {when} = \"yes\" }}\n")
    };
    let alarms = [alarm("k", "low", "a"), alarm("l", "high", "fa"), alarm("m", "high", "ffa"), alarm("n", "low", "b")];
    check(&alarms.concat(), &["! high: l, m", "! low: k"]);
}

#[test]
fn what_no_answer_moves_or_raises_is_named_apart() {
    let causes = "[[cause]]\nid = \"x\"\nname = \"X\"\nbase = [{ p = 0.1 }]\n\
                  [[cause]]\nid = \"y\"\nname = \"Y\"\nbase = [{ p = 0.1 }]\nwhen = { b = \"yes\" }\n";
    let drawn = text(&parsed(format!("{QUESTIONS}{causes}")));
    assert!(drawn.contains("\nCauses that no answer moves\n  x\n"), "{drawn}");
}

#[test]
fn the_built_in_tree_names_every_cause_and_alarm_in_lines_of_80_columns() {
    let questionnaire = built_in();
    let drawn = text(&questionnaire);
    for line in drawn.lines() {
        assert!(line.width() <= 80, "{} columns: {line}", line.width());
    }
    let (questions, _) = drawn.split_once("\nFacts\n").expect("facts");
    let words: Vec<&str> = questions.split([' ', ',', '\n']).collect();
    let causes = questionnaire.causes.values().map(|cause| &cause.id);
    for id in causes.chain(questionnaire.alarms.values().map(|alarm| &alarm.id)) {
        assert!(words.contains(&id.as_str()), "{id} is at no question");
    }
}

#[test]
fn a_chart_too_large_for_mermaid_says_so_and_one_that_fits_does_not() {
    let chart = |causes: usize| {
        let mut file = "format = 1\ntitle = \"T\"\n".to_owned();
        for number in 0..20 {
            let _ = write!(file, "[[question]]\nid = \"q{number}\"\nask = \"Q?\"\nkind = \"one\"\n");
        }
        for number in 0..causes {
            let _ = write!(file, "[[cause]]\nid = \"c{number}\"\nname = \"C\"\nbase = [{{ p = 0.1 }}]\nfindings = [\n");
            for question in 0..20 {
                let _ = writeln!(file, "{{ lr = 2.0, when = {{ q{question} = \"yes\" }}, grade = \"C\" }},");
            }
            file.push_str("]\n");
        }
        draw(&parsed(&file), Format::Mermaid)
    };
    assert!(!chart(25).contains("%%"));
    let large = chart(26);
    let (_, remark) = large.split_once("%% ").expect("a remark");
    assert!(remark.starts_with("520 arrows and ") && remark.contains("Mermaid draws up to 500 and 50000"), "{remark}");
}
