//! Everything in a valid file is found again where it stands.

use crate::trees::parsed;
use la_arena::Idx;
use twinge::questionnaire::{Place, Places, Questionnaire};

/// Facts and sources that do not stand in the order of the alphabet, rows written in line and as tables, options that
/// stand at another question.
const FILE: &str = r#"format = 1
title = "Places"
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

fn questionnaire() -> Questionnaire {
    parsed(FILE)
}

#[track_caller]
fn check(place: Place, text: &str) {
    let span = Places::of(FILE.as_bytes()).span(place);
    assert_eq!(&FILE[span], text, "{place:?}");
}

fn index<T>(at: u32) -> Idx<T> {
    Idx::from_raw(at.into())
}

#[test]
fn what_has_an_id_stands_where_its_id_does() {
    let read = questionnaire();
    check(Place::File, "\"Places\"");
    check(Place::Urgency(index(0)), "\"low\"");
    for (question, asked) in read.questions.iter() {
        check(Place::Question(question), &format!("{:?}", asked.id));
    }
    for (alarm, red_flag) in read.alarms.iter() {
        check(Place::Alarm(alarm), &format!("{:?}", red_flag.id));
    }
    for (cause, named) in read.causes.iter() {
        check(Place::Cause(cause), &format!("{:?}", named.id));
    }
}

#[test]
fn facts_and_sources_are_found_in_file_order() {
    let read = questionnaire();
    for (fact, named) in read.facts.iter() {
        check(Place::Fact(fact), &named.id);
    }
    for (source, cited) in read.sources.iter() {
        check(Place::Source(source), &cited.id);
    }
    assert_eq!(read.facts[index(0)].id, "zeal");
    check(Place::FactWhen(index(1)), r#"{ zeal = "yes" }"#);
    check(Place::SourceDoi(index(1)), "\"10.1000/1\"");
}

#[test]
fn conditions_and_rows_are_found_however_they_are_written() {
    let (first, second) = (index(0), index(1));
    check(Place::QuestionWhen(index(2)), r#"{ many = "b" }"#);
    check(Place::AlarmWhen(index(0)), r#"{ again = "b" }"#);
    check(Place::Ranking, r#"{ sure = "yes" }"#);
    check(Place::CauseWhen(first), r#"{ art = "yes" }"#);
    check(Place::Base(first, 1), r#"{ p = 0.1, grade = "A" }"#);
    check(Place::BaseWhen(first, 0), r#"{ sure = "no" }"#);
    check(Place::BaseGrade(first, 1), "\"A\"");
    check(Place::Adjust(first, 0), "[[cause.adjust]]");
    check(Place::AdjustWhen(first, 0), r#"{ art = "no" }"#);
    check(Place::FindingWhen(first, 0), r#"{ again = "a" }"#);
    check(Place::FindingGrade(first, 0), "\"B\"");
    check(Place::FindingNo(first, 0), "0.5");
    check(Place::Finding(second, 0), r#"{ lr = 4, when = { sure = "yes" }, grade = "C" }"#);
    check(Place::Advice(second, 0), r#"{ stage = "now", say = "Do." }"#);
    check(Place::AdviceWhen(second, 1), r#"{ sure = "no" }"#);
}

#[test]
fn an_option_is_found_where_from_leads() {
    check(Place::Option(index(0), index(1)), "\"b\"");
    check(Place::Option(index(1), index(1)), "\"b\"");
    assert_eq!(Places::of(FILE.as_bytes()).line(Place::Option(index(1), index(0))), 12);
}

#[test]
fn what_is_left_out_stands_where_it_would() {
    check(Place::CauseWhen(index(1)), "\"second\"");
    check(Place::QuestionWhen(index(0)), "\"many\"");
    check(Place::Option(index(2), index(0)), "\"sure\"");
    check(Place::BaseWhen(index(0), 1), r#"{ p = 0.1, grade = "A" }"#);
    check(Place::SourceDoi(index(0)), "young");
}

#[test]
fn every_id_of_the_built_in_file_is_found_on_its_line() {
    let file = twinge::cli::BUILT_IN;
    let read = parsed(file);
    let places = Places::of(file.as_bytes());
    let at = |place| &file[places.span(place)];
    assert!(read.causes.iter().all(|(cause, named)| at(Place::Cause(cause)) == format!("{:?}", named.id)));
    assert!(read.alarms.iter().all(|(alarm, named)| at(Place::Alarm(alarm)) == format!("{:?}", named.id)));
    assert!(read.facts.iter().all(|(fact, named)| at(Place::Fact(fact)) == named.id));
    assert!(read.sources.iter().all(|(source, named)| at(Place::Source(source)) == named.id));
    for (cause, named) in read.causes.iter() {
        for (row, finding) in named.findings.iter().enumerate() {
            assert!(at(Place::FindingGrade(cause, row)) == format!("\"{:?}\"", finding.grade));
        }
    }
}
