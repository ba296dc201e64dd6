//! Where each part of a valid file is.

use la_arena::Idx;
use twinge::questionnaire::{FilePart, Questionnaire, Spans, parse_with_spans};

/// Facts and sources out of alphabetical order, rows written inline and as tables, and a question that offers the options
/// of another.
const FILE: &str = r#"format = 1
title = "Spans"
urgency = [{ id = "low", say = "Low." }]

[fact.zeal]
when = { many = "a" }

[[question]]
id = "many"
ask = "Which?"
kind = "many"
options = [{ id = "a", say = "A" }, { id = "b", say = "B" }]

[fact.art]
when = { zeal = "yes" }

[[question]]
id = "again"
ask = "And which of these?"
kind = "many"
from = "many"

[[question]]
id = "sure"
ask = "Sure?"
kind = "one"
when = { many = "b" }

[[alarm]]
id = "bell"
when = { again = "b" }
urgency = "low"
say = "Go."

[ranking]
when = { sure = "yes" }

[source.young]
cite = "Young"

[source.adam]
cite = "Adam"
doi = "10.1000/1"

[[cause]]
id = "first"
name = "First"
when = { art = "yes" }
base = [{ p = 0.2, when = { sure = "no" } }, { p = 0.1, grade = "A" }]

[[cause.adjust]]
odds = 2
when = { art = "no" }

[[cause.findings]]
lr = 3
lr_no = 0.5
when = { again = "a" }
grade = "B"

[[cause]]
id = "second"
name = "Second"
base = [{ p = 0.1 }]
findings = [{ lr = 4, when = { sure = "yes" }, grade = "C" }]
advice = [{ stage = "now", say = "Do." }, { stage = "now", say = "Do not.", when = { sure = "no" } }]
"#;

fn read() -> (Questionnaire, Spans) {
    let parsed = parse_with_spans(FILE.as_bytes()).unwrap_or_else(|problems| panic!("{problems:#?}"));
    (parsed.questionnaire, parsed.spans)
}

#[track_caller]
fn check(part: FilePart, text: &str) {
    assert_eq!(&FILE[read().1.span(part)], text, "{part:?}");
}

#[track_caller]
fn check_value(part: FilePart, key: &'static str, text: &str) {
    assert_eq!(&FILE[read().1.value(part, key)], text, "{key} of {part:?}");
}

fn index<T>(at: u32) -> Idx<T> {
    Idx::from_raw(at.into())
}

#[test]
fn a_part_with_an_id_is_where_its_id_is() {
    let (read, _) = read();
    check(FilePart::File, "\"Spans\"");
    check(FilePart::Urgency(index(0)), "\"low\"");
    for (question, asked) in read.questions.iter() {
        check(FilePart::Question(question), &format!("{:?}", asked.id));
    }
    for (alarm, red_flag) in read.alarms.iter() {
        check(FilePart::Alarm(alarm), &format!("{:?}", red_flag.id));
    }
    for (cause, named) in read.causes.iter() {
        check(FilePart::Cause(cause), &format!("{:?}", named.id));
    }
}

#[test]
fn facts_and_sources_are_found_in_file_order() {
    let (read, _) = read();
    for (fact, named) in read.facts.iter() {
        check(FilePart::Fact(fact), &named.id);
    }
    for (source, cited) in read.sources.iter() {
        check(FilePart::Source(source), &cited.id);
    }
    assert_eq!(read.facts[index(0)].id, "zeal");
    check_value(FilePart::Fact(index(1)), "when", r#"{ zeal = "yes" }"#);
    check_value(FilePart::Source(index(1)), "doi", "\"10.1000/1\"");
}

#[test]
fn conditions_and_rows_are_found_however_they_are_written() {
    let (first, second) = (index(0), index(1));
    check_value(FilePart::Question(index(2)), "when", r#"{ many = "b" }"#);
    check_value(FilePart::Alarm(index(0)), "when", r#"{ again = "b" }"#);
    check_value(FilePart::Ranking, "when", r#"{ sure = "yes" }"#);
    check_value(FilePart::Cause(first), "when", r#"{ art = "yes" }"#);
    check(FilePart::Base(first, 1), r#"{ p = 0.1, grade = "A" }"#);
    check_value(FilePart::Base(first, 0), "when", r#"{ sure = "no" }"#);
    check_value(FilePart::Base(first, 1), "grade", "\"A\"");
    check(FilePart::Adjust(first, 0), "[[cause.adjust]]");
    check_value(FilePart::Adjust(first, 0), "when", r#"{ art = "no" }"#);
    check_value(FilePart::Finding(first, 0), "when", r#"{ again = "a" }"#);
    check_value(FilePart::Finding(first, 0), "grade", "\"B\"");
    check_value(FilePart::Finding(first, 0), "lr_no", "0.5");
    check(FilePart::Finding(second, 0), r#"{ lr = 4, when = { sure = "yes" }, grade = "C" }"#);
    check(FilePart::Advice(second, 0), r#"{ stage = "now", say = "Do." }"#);
    check_value(FilePart::Advice(second, 1), "when", r#"{ sure = "no" }"#);
}

#[test]
fn an_option_offered_through_from_is_at_the_other_question() {
    check(FilePart::Option(index(0), index(1)), "\"b\"");
    check(FilePart::Option(index(1), index(1)), "\"b\"");
    assert_eq!(read().1.line(FilePart::Option(index(1), index(0))), 12);
}

#[test]
fn a_key_that_is_left_out_is_where_its_table_is() {
    check_value(FilePart::Cause(index(1)), "when", "\"second\"");
    check_value(FilePart::Question(index(0)), "when", "\"many\"");
    check(FilePart::Option(index(2), index(0)), "\"sure\"");
    check_value(FilePart::Base(index(0), 1), "when", r#"{ p = 0.1, grade = "A" }"#);
    check_value(FilePart::Source(index(0)), "doi", "young");
}

#[test]
fn every_id_of_the_built_in_file_is_found_on_its_line() {
    let file = twinge::cli::BUILT_IN;
    let parsed = parse_with_spans(file.as_bytes()).expect("valid");
    let (read, spans) = (parsed.questionnaire, parsed.spans);
    let at = |part| &file[spans.span(part)];
    assert!(read.causes.iter().all(|(cause, named)| at(FilePart::Cause(cause)) == format!("{:?}", named.id)));
    assert!(read.alarms.iter().all(|(alarm, named)| at(FilePart::Alarm(alarm)) == format!("{:?}", named.id)));
    assert!(read.facts.iter().all(|(fact, named)| at(FilePart::Fact(fact)) == named.id));
    assert!(read.sources.iter().all(|(source, named)| at(FilePart::Source(source)) == named.id));
    for (cause, named) in read.causes.iter() {
        for (row, finding) in named.findings.iter().enumerate() {
            let grade = &file[spans.value(FilePart::Finding(cause, row), "grade")];
            assert_eq!(grade, format!("\"{:?}\"", finding.grade));
        }
    }
}
