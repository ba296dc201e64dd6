//! Following up an earlier report: what is kept, what is asked again, and what has moved since.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::generate::{Picks, Tree, Wishes};
use crate::interviews::begun;
use crate::picture::SIZES;
use crate::results::all_answered;
use crate::trees::{network, parsed};
use crate::walk::Walk;
use proptest::prelude::*;
use twinge::app::screens::resume::{Earlier, Opening};
use twinge::app::screens::since::Start;
use twinge::app::{App, Effect, Plain, Size};
use twinge::engine::answers::Answers;
use twinge::engine::evaluation::Evaluation;
use twinge::engine::outcome::Outcome;
use twinge::interview::draft::CarriedOver;
use twinge::interview::since::EarlierReport;
use twinge::interview::{Interview, Move};
use twinge::questionnaire::{Questionnaire, Topic, parse};
use twinge::report::{Date, Format, Report, read_earlier_report};

const NETWORK: &str = include_str!("../trees/network.toml");

fn date() -> Date {
    jiff::civil::date(2026, 11, 23)
}

/// The report on an interview in JSON, read with perhaps another questionnaire.
fn reread(interview: &Interview<'_>, questionnaire: &Questionnaire) -> Result<EarlierReport, String> {
    let report = Report::new(interview, date()).expect("a report").write(Format::Json).expect("JSON");
    read_earlier_report(report.as_bytes(), questionnaire, jiff::civil::date(2026, 12, 7))
}

/// The report of somebody whose line was broken.
fn report(questionnaire: &Questionnaire) -> EarlierReport {
    let earlier = network();
    let walk = all_answered(Walk::through(&earlier));
    reread(walk.app.interview(), questionnaire).expect("a report on these questions")
}

fn from_report(questionnaire: &Questionnaire) -> Opening {
    Opening { start: Start::From(report(questionnaire)), ..Opening::default() }
}

fn offering(questionnaire: &Questionnaire) -> Opening {
    Opening { start: Start::Offered(report(questionnaire)), ..Opening::default() }
}

/// Now only the cable is out.
fn answered_again(walk: Walk<'_>) -> Walk<'_> {
    let walk = walk.keys("Enter Enter").answer("smell", []).answer("scope", "one");
    walk.none_of("new_devices").answer("cable", "no")
}

#[track_caller]
fn check(name: &str, opening: &Opening, go: impl Fn(Walk<'_>) -> Walk<'_>) {
    let questionnaire = network();
    for (columns, rows) in SIZES {
        let walk = go(Walk::resuming(&questionnaire, opening.clone()).sized(columns, rows));
        insta::assert_snapshot!(format!("{name}@{columns}x{rows}"), walk.text());
    }
}

#[test]
fn a_report_in_the_folder_is_offered_on_the_first_screen() {
    check("since-offered", &offering(&network()), |walk| walk);
}

#[test]
fn what_is_kept_is_shown_for_a_glance() {
    check("since-kept", &from_report(&network()), |walk| walk.keys("Enter"));
}

#[test]
fn what_has_moved_since_is_among_the_results() {
    check("since-results", &from_report(&network()), |walk| answered_again(walk).keys("Home Enter"));
}

#[test]
fn the_roles_of_what_is_kept() {
    let questionnaire = network();
    let walk = Walk::resuming(&questionnaire, from_report(&questionnaire)).keys("Enter Up");
    insta::assert_snapshot!("since-kept.roles", walk.roles());
}

#[test]
fn line_by_line_it_is_told_in_the_same_words() {
    let questionnaire = network();
    let mut plain = Plain::new(App::open(&questionnaire, Size::LEAST, offering(&questionnaire)));
    let mut shown = plain.begin();
    for line in ["", "2", "?", "1", "3", "", "", "0", "2", "0", "2", "l"] {
        let _ = write!(shown, "{}{line}\n{}", plain.prompt(), plain.handle_line(line).said);
    }
    insta::assert_snapshot!("since-lines", shown);
}

#[test]
fn whoever_begins_without_the_report_is_told_nothing_of_it() {
    let questionnaire = network();
    let walk = Walk::resuming(&questionnaire, offering(&questionnaire)).keys("Enter");
    all_answered(walk).hides("Since 23 November");
}

#[test]
fn only_what_can_change_is_asked_again() {
    let questionnaire = network();
    let walk = answered_again(Walk::resuming(&questionnaire, from_report(&questionnaire)));
    walk.shows("Since 23 November").open("answers").shows("laptop; phone");
}

#[test]
fn a_kept_answer_can_be_changed_and_leads_back_to_the_others() {
    let questionnaire = network();
    let walk = Walk::resuming(&questionnaire, from_report(&questionnaire)).keys("Enter Home Enter");
    let walk = walk.answer("devices", ["phone"]).shows("Kept from 23 November").hides("laptop");
    walk.keys("Home Enter Left").shows("Kept from 23 November").keys("End Enter").answer("smell", ["dark"]);
}

#[test]
fn an_alarm_interrupts_what_is_asked_again() {
    let questionnaire = network();
    let walk = Walk::resuming(&questionnaire, from_report(&questionnaire)).keys("Enter Enter");
    walk.fill_in("smell", ["burnt", "hot"]).keys("Enter").confirm_alarm();
}

#[test]
fn while_what_if_answers_are_shown_nothing_is_compared_with_the_report() {
    let questionnaire = network();
    let walk = answered_again(Walk::resuming(&questionnaire, from_report(&questionnaire))).open("what if");
    walk.change("cable").answer("cable", "yes").hides("Since 23 November").keys("e").shows("Since 23 November");
}

#[test]
fn starting_over_leads_back_to_the_first_screen_with_its_offer() {
    let questionnaire = network();
    let mut walk = Walk::resuming(&questionnaire, offering(&questionnaire)).keys("Down Enter Enter m End Enter Down");
    assert_eq!(walk.app.press(twinge::app::Key::Enter), Some(Effect::Forget));
    let walk = walk.shows("Start from your report of 23 November");
    assert!(walk.app.own_interview().answers().is_empty() && walk.app.own_interview().since().is_none());
}

#[test]
fn an_interview_that_was_interrupted_compares_again_if_the_report_is_named_again() {
    let questionnaire = network();
    for (start, is_compared) in [
        (Start::From(report(&questionnaire)), true),
        (Start::Offered(report(&questionnaire)), false),
        (Start::Afresh, false),
    ] {
        let answers = report(&questionnaire).kept;
        let carried = CarriedOver { answers, lost: Vec::new() };
        let earlier = Earlier { carried, has_changed: false, saved: 0, now: 60 };
        let opening = Opening { earlier: Some(earlier), start, ..Opening::default() };
        let walk = Walk::resuming(&questionnaire, opening).keys("Enter");
        assert_eq!(walk.app.interview().since().is_some(), is_compared);
    }
}

#[test]
fn a_list_with_new_options_is_asked_again_with_its_ticks() {
    let changed = parsed(
        NETWORK.replace("  { id = \"thermostat\"", "  { id = \"car\", say = \"car\" },\n  { id = \"thermostat\""),
    );
    let walk = Walk::resuming(&changed, from_report(&changed)).keys("Enter").shows("Everything is asked again.");
    let walk = walk.shows("Asked again, with more to choose from: Which of these do you use?").keys("Enter");
    walk.answer("smell", []).answer("scope", "one").shows("[x] laptop").shows("[x] phone");
}

#[test]
fn of_another_version_it_is_told_what_could_not_be_taken_over() {
    let changed = parsed(
        NETWORK
            .replace("cable", "plug_in")
            .replace("id = \"all\"", "id = \"everything\"")
            .replace("\"all\"", "\"everything\""),
    );
    let walk = Walk::resuming(&changed, from_report(&changed)).keys("Enter");
    walk.shows("Not all of it can be taken over:").shows("Asked again: What does not work?").shows("laptop; phone");
}

#[test]
fn an_answer_whose_question_has_to_be_asked_again_first_is_not_kept() {
    let changed = parsed(NETWORK.replace("kind    = \"number\"", "kind    = \"number\"\nlasting = true"));
    let kept = report(&changed).kept;
    assert_eq!(kept.questions().collect::<Vec<_>>(), [changed.question("devices").expect("it is asked")]);
}

#[test]
fn a_file_that_is_no_report_on_these_questions_is_refused_with_what_to_do() {
    let questionnaire = network();
    let problem = |text: &str| read_earlier_report(text.as_bytes(), &questionnaire, date()).expect_err("no report");
    assert_eq!(
        problem("<!DOCTYPE html>"),
        "line 1: expected value (column 1); name the .json file that was saved with a report"
    );
    assert_eq!(
        problem(r#"{"scope": "all"}"#),
        "the file holds no object with `answers`; name the .json file that was saved with a report"
    );
    assert_eq!(
        problem(r#"{"questionnaire": {"title": "Why is the plant ill?"}, "answers": {}}"#),
        "these answers are to other questions: `Why is the plant ill?`, not `Why is my network down?`; name their question \
         file with -f"
    );
    assert_eq!(
        problem(r#"{"answers": {"leaves": "green"}}"#),
        "none of its answers fits these questions any more; start without it"
    );
}

/// The places of the lines of a ranking.
fn places(outcome: &Outcome, questionnaire: &Questionnaire) -> Vec<(Topic, usize)> {
    outcome.lines(questionnaire).iter().map(|line| line.topic).zip(1..).collect()
}

fn grown(picks: &mut Picks) -> Questionnaire {
    let text = Tree::grow(picks, Wishes { tests_not_sure: true }).toml();
    parse(text.as_bytes()).expect("a valid tree")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn kept_are_exactly_the_lasting_answers_to_questions_that_they_alone_show(
        numbers in prop::collection::vec(any::<u16>(), 0..400)
    ) {
        let mut picks = Picks::new(numbers);
        let questionnaire = grown(&mut picks);
        let interview = begun(&mut picks, &questionnaire);
        let Ok(report) = reread(&interview, &questionnaire) else { return Ok(()) };
        let mut lasting = Answers::new();
        for question in report.answers.questions().filter(|question| questionnaire.questions[*question].lasting) {
            lasting.set(question, report.answers.get(question).expect("an answer").clone());
        }
        let evaluation = Evaluation::new(&questionnaire, &lasting);
        let expected = lasting.questions().filter(|question| evaluation.is_shown(*question));
        prop_assert_eq!(report.kept.questions().collect::<Vec<_>>(), expected.collect::<Vec<_>>());
        for question in report.kept.questions() {
            prop_assert_eq!(report.kept.get(question), lasting.get(question));
        }
        // Nothing that was kept is asked again.
        let follow_up = Interview::following_up(&questionnaire, &report);
        for question in report.kept.questions() {
            prop_assert!(follow_up.evaluation().answer(question).is_some());
        }
    }

    #[test]
    fn what_has_moved_is_the_difference_of_two_rankings_made_apart(
        numbers in prop::collection::vec(any::<u16>(), 0..600)
    ) {
        let mut picks = Picks::new(numbers);
        let questionnaire = grown(&mut picks);
        let earlier = begun(&mut picks, &questionnaire);
        let Ok(report) = reread(&earlier, &questionnaire) else { return Ok(()) };
        let mut now = begun(&mut picks, &questionnaire);
        now.compare_with(&report);
        let since = now.since().expect("it is followed up");
        let before = Outcome::new(&Evaluation::new(&questionnaire, &report.answers));
        let after = Outcome::new(&Evaluation::new(&questionnaire, now.answers()));
        prop_assert_eq!((since.urgency_then, since.urgency_now), (before.urgency, after.urgency));
        let (was, is) = (places(&before, &questionnaire), places(&after, &questionnaire));
        let topics: BTreeSet<Topic> = was.iter().chain(&is).map(|(topic, _)| *topic).collect();
        let place = |places: &[(Topic, usize)], wanted: Topic| {
            places.iter().find(|(topic, _)| *topic == wanted).map(|(_, place)| *place)
        };
        let mut expected: Vec<Move> = topics.into_iter().map(|topic| {
            Move { name: topic.name(&questionnaire).to_owned(), from: place(&was, topic), to: place(&is, topic) }
        }).filter(|moved| moved.from != moved.to).collect();
        let mut moves = since.moves;
        let by_name = |one: &Move, other: &Move| one.name.cmp(&other.name);
        expected.sort_by(by_name);
        moves.sort_by(by_name);
        prop_assert_eq!(moves, expected);
    }
}
