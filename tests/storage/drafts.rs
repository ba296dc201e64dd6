//! What a draft keeps of an interview, and which answers carry over when the question file has changed.

use crate::generate::{Picks, Tree, Wishes, answer};
use crate::trees::network;
use proptest::prelude::*;
use twinge::interview::draft::{
    CarriedOver, Draft, Fingerprint, FingerprintedQuestionnaire, Lost, Unreadable, carry_over,
};
use twinge::interview::{InView, Interview};
use twinge::questionnaire::{Answer, Questionnaire, WrittenAnswer, parse};

const SAVED: u64 = 1_800_000_000;

fn draft(interview: &Interview<'_>) -> Draft {
    let fingerprint = Fingerprint::from_bytes(b"a file");
    let about = FingerprintedQuestionnaire { questionnaire: interview.questionnaire(), fingerprint: &fingerprint };
    Draft::new(about, interview.answers(), SAVED).expect("it can be written")
}

/// The draft of an interview, written and read again.
fn kept(interview: &Interview<'_>) -> Draft {
    Draft::parse(&draft(interview).to_json().expect("JSON")).expect("a draft")
}

fn tree(questions: &str) -> Questionnaire {
    let text = format!("format = 1\ntitle = \"T\"\nquestion = [{questions}]\n");
    parse(text.as_bytes()).unwrap_or_else(|problems| panic!("{text}\n{problems:#?}"))
}

fn give(interview: &mut Interview<'_>, id: &str, written: &WrittenAnswer) {
    let question = interview.questionnaire().question(id).expect("a question");
    let answer = Answer::read(&interview.questionnaire().questions[question], written).expect("an answer");
    interview.answer(question, answer);
}

fn text(text: &str) -> WrittenAnswer<'_> {
    WrittenAnswer::Text(text.into())
}

fn list<'a>(texts: &[&'a str]) -> WrittenAnswer<'a> {
    WrittenAnswer::List(texts.iter().map(|text| (*text).into()).collect())
}

/// What carries over from an interview to another questionnaire.
fn carried(interview: &Interview<'_>, after: &Questionnaire) -> CarriedOver {
    carry_over(&kept(interview), after)
}

const PETS: &str = r#"{ id = "pets", ask = "Pets?", kind = "many", options = [
    { id = "cat", say = "Cat" }, { id = "dog", say = "Dog" } ] }"#;
const MORE_PETS: &str = r#"{ id = "pets", ask = "Pets?", kind = "many", options = [
    { id = "cat", say = "Cat" }, { id = "snake", say = "Snake" }, { id = "dog", say = "Dog" } ] }"#;
const OUT: &str = r#"{ id = "out", ask = "Which go out?", kind = "many", from = "pets" }"#;

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn everything_comes_back(numbers in prop::collection::vec(any::<u16>(), 0..500)) {
        let mut picks = Picks::new(numbers);
        let questionnaire = Tree::grow(&mut picks, Wishes { tests_not_sure: true }).questionnaire();
        let interview = crate::interviews::begun(&mut picks, &questionnaire);
        let carried = carried(&interview, &questionnaire);
        prop_assert_eq!(&carried.lost, &[]);
        let resumed = Interview::resumed(&questionnaire, carried.answers);
        let (before, after) = (interview.evaluation(), resumed.evaluation());
        for (question, _) in questionnaire.questions.iter() {
            prop_assert_eq!(resumed.answers().get(question), interview.answers().get(question));
            prop_assert_eq!(after.answer(question), before.answer(question));
        }
        prop_assert_eq!(resumed.in_view(), interview.next());
        prop_assert_eq!(resumed.outcome(), interview.outcome());
        prop_assert_eq!(draft(&resumed).to_json().expect("JSON"), draft(&interview).to_json().expect("JSON"));
    }

    #[test]
    fn answers_to_one_tree_fit_any_other_without_a_panic(
        one in prop::collection::vec(any::<u16>(), 0..300),
        other in prop::collection::vec(any::<u16>(), 0..300),
    ) {
        let mut picks = Picks::new(one);
        let before = Tree::grow(&mut picks, Wishes { tests_not_sure: true }).questionnaire();
        let after = Tree::grow(&mut Picks::new(other), Wishes { tests_not_sure: true }).questionnaire();
        let mut interview = Interview::new(&before);
        while let InView::Question(question) = interview.next() {
            interview.answer(question, answer(&mut picks, &before.questions[question]));
        }
        let CarriedOver { answers, lost } = carried(&interview, &after);
        let gone = lost.iter().filter(|lost| !matches!(lost, Lost::MoreOptions(_))).count();
        let given = before.questions.iter().filter(|(id, _)| interview.answers().get(*id).is_some()).count();
        let carried = after.questions.iter().filter(|(id, _)| answers.get(*id).is_some()).count();
        prop_assert_eq!(carried + gone, given);
        let resumed = Interview::resumed(&after, answers);
        let evaluation = resumed.evaluation();
        // What has to be answered again has no answer now.
        for lost in lost {
            if let Lost::MoreOptions(question) | Lost::NoAnswer(question) = lost {
                prop_assert_eq!(evaluation.answer(question), None);
            }
        }
    }

    #[test]
    fn a_number_comes_back_to_its_last_bit(thousandths in 0..=1000_u32) {
        let number = f64::from(thousandths) / 1000.0;
        let questionnaire = tree(r#"{ id = "n", ask = "N?", kind = "number", min = 0, max = 1, decimals = 3 }"#);
        let mut interview = Interview::new(&questionnaire);
        give(&mut interview, "n", &WrittenAnswer::Number(number));
        let question = questionnaire.question("n").expect("a question");
        let carried = carried(&interview, &questionnaire);
        prop_assert_eq!(carried.answers.get(question), Some(&Answer::Number(number)));
    }

    #[test]
    fn any_bytes_are_a_draft_or_none(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in any::<prop::sample::Index>()) {
        let _ = Draft::parse(&bytes);
        let questionnaire = tree(PETS);
        let mut interview = Interview::new(&questionnaire);
        give(&mut interview, "pets", &list(&["cat"]));
        let json = draft(&interview).to_json().expect("JSON");
        let cut = cut.index(json.len() - 1);
        prop_assert_eq!(Draft::parse(&json[..cut]).err(), Some(Unreadable::Damaged));
    }
}

#[test]
fn it_says_what_it_is_about() {
    let questionnaire = network();
    let mut interview = Interview::new(&questionnaire);
    give(&mut interview, "smell", &list(&["hot", "?dark"]));
    give(&mut interview, "scope", &text("all"));
    give(&mut interview, "days", &WrittenAnswer::Number(2.0));
    let json = String::from_utf8(draft(&interview).to_json().expect("JSON")).expect("text");
    assert_eq!(
        json,
        "{\"format\":1,\"title\":\"Why is my network down?\",\"version\":\"2.1\",\
         \"fingerprint\":\"1cdcf958bf579592\",\"saved\":1800000000,\
         \"answers\":{\"smell\":[\"hot\",\"?dark\"],\"scope\":\"all\",\"days\":2.0},\
         \"offered\":{\"smell\":[\"burnt\",\"hot\",\"dark\"]}}\n"
    );
}

#[test]
fn an_answer_to_a_question_that_is_gone_is_told_by_its_id() {
    let before = tree(r#"{ id = "a", ask = "A?", kind = "one" }, { id = "b", ask = "B?", kind = "one" }"#);
    let mut interview = Interview::new(&before);
    give(&mut interview, "a", &text("yes"));
    give(&mut interview, "b", &text("no"));
    let after = tree(r#"{ id = "new", ask = "New?", kind = "one" }, { id = "b", ask = "B, then?", kind = "one" }"#);
    let CarriedOver { answers, lost } = carried(&interview, &after);
    assert_eq!(lost, [Lost::NoQuestion("a".into())]);
    let resumed = Interview::resumed(&after, answers);
    assert_eq!(resumed.in_view(), InView::Question(after.question("new").expect("a question")));
    assert_eq!(resumed.progress().answered, 1);
}

#[test]
fn an_answer_that_its_question_does_not_take_any_more_is_asked_again() {
    let before = tree(
        r#"{ id = "a", ask = "A?", kind = "one", options = [{ id = "x", say = "X" }, { id = "y", say = "Y" }] },
        { id = "n", ask = "N?", kind = "number", min = 0, max = 99 }, { id = "k", ask = "K?", kind = "one" }"#,
    );
    let mut interview = Interview::new(&before);
    give(&mut interview, "a", &text("x"));
    give(&mut interview, "n", &WrittenAnswer::Number(50.0));
    give(&mut interview, "k", &text("yes"));
    let after = tree(
        r#"{ id = "a", ask = "A?", kind = "one", options = [{ id = "y", say = "Y" }, { id = "z", say = "Z" }] },
        { id = "n", ask = "N?", kind = "number", min = 0, max = 9 },
        { id = "k", ask = "K?", kind = "number", min = 0, max = 9 }"#,
    );
    let CarriedOver { answers, lost } = carried(&interview, &after);
    let question = |id| after.question(id).expect("a question");
    assert_eq!(lost, ["a", "n", "k"].map(|id| Lost::NoAnswer(question(id))));
    assert!(answers.is_empty());
}

#[test]
fn not_sure_fits_every_question() {
    let before = tree(r#"{ id = "a", ask = "A?", kind = "one" }"#);
    let mut interview = Interview::new(&before);
    give(&mut interview, "a", &WrittenAnswer::Nothing);
    let after = tree(r#"{ id = "a", ask = "A?", kind = "number", min = 0, max = 9 }"#);
    let CarriedOver { answers, lost } = carried(&interview, &after);
    assert_eq!((answers.get(after.question("a").expect("a question")), lost), (Some(&Answer::NotSure), vec![]));
}

/// Options that were not offered were not refused: they are not *no*.
#[test]
fn a_list_that_offers_more_is_asked_again_with_its_ticks() {
    let before = tree(PETS);
    let mut interview = Interview::new(&before);
    give(&mut interview, "pets", &list(&["dog"]));
    let after = tree(MORE_PETS);
    let pets = after.question("pets").expect("a question");
    let CarriedOver { answers, lost } = carried(&interview, &after);
    assert_eq!(lost, [Lost::MoreOptions(pets)]);
    assert!(matches!(answers.get(pets), Some(Answer::Many { ticked, .. }) if ticked.len() == 1));
    let mut resumed = Interview::resumed(&after, answers);
    assert_eq!((resumed.in_view(), resumed.evaluation().answer(pets)), (InView::Question(pets), None));
    // It is still lost when the resumed interview is saved and resumed again.
    let again = carried(&resumed, &after);
    assert_eq!(again.lost, [Lost::MoreOptions(pets)]);
    // A new answer is about all options.
    give(&mut resumed, "pets", &list(&["dog"]));
    assert_eq!((resumed.in_view(), carried(&resumed, &after).lost), (InView::End, vec![]));
}

#[test]
fn a_list_that_offers_less_keeps_what_it_still_offers() {
    let before = tree(MORE_PETS);
    let after = tree(PETS);
    for (ticks, fits) in [(&["dog"][..], true), (&[], true), (&["dog", "snake"], false), (&["?snake"], false)] {
        let mut interview = Interview::new(&before);
        give(&mut interview, "pets", &list(ticks));
        let CarriedOver { answers, lost } = carried(&interview, &after);
        assert_eq!((!answers.is_empty(), lost.is_empty()), (fits, fits), "{ticks:?}");
    }
}

#[test]
fn what_was_not_on_offer_when_a_question_was_answered_stays_open() {
    let questionnaire = tree(&format!("{PETS}, {OUT}"));
    let out = questionnaire.question("out").expect("a question");
    for answer in [list(&[]), list(&["cat"]), WrittenAnswer::Nothing] {
        let mut interview = Interview::new(&questionnaire);
        give(&mut interview, "pets", &list(&["cat"]));
        give(&mut interview, "out", &answer);
        assert_eq!(
            Interview::resumed(&questionnaire, carried(&interview, &questionnaire).answers).in_view(),
            InView::End
        );
        give(&mut interview, "pets", &list(&["cat", "dog"]));
        let CarriedOver { answers, lost } = carried(&interview, &questionnaire);
        assert_eq!(lost, []);
        assert_eq!(Interview::resumed(&questionnaire, answers).in_view(), InView::Question(out));
    }
}

#[test]
fn an_alarm_that_was_confirmed_before_has_to_be_confirmed_again() {
    let questionnaire = network();
    let mut interview = Interview::new(&questionnaire);
    give(&mut interview, "smell", &list(&["burnt", "hot"]));
    let alarm = interview.interrupting().expect("an alarm");
    interview.confirm(alarm);
    assert_eq!(interview.interrupting(), None);
    let resumed = Interview::resumed(&questionnaire, carried(&interview, &questionnaire).answers);
    assert_eq!(resumed.interrupting(), Some(alarm));
}

#[test]
fn what_is_no_draft_says_why() {
    let check = |bytes: &[u8], expected| assert_eq!(Draft::parse(bytes).err(), Some(expected));
    check(b"", Unreadable::Damaged);
    check(b"\0\0\0\0", Unreadable::Damaged);
    check(b"{\"format\": 1, \"answers\": {", Unreadable::Damaged);
    check(b"{\"format\": 1, \"answers\": {}}", Unreadable::Damaged);
    check(b"[]", Unreadable::Foreign);
    check(b"{}", Unreadable::Foreign);
    check(b"{\"format\": \"1\"}", Unreadable::Foreign);
    check(b"{\"format\": 2, \"something\": \"else\"}", Unreadable::Newer);
}

#[test]
fn the_same_question_twice_counts_once() {
    let questionnaire = tree(PETS);
    let json = r#"{"format":1,"title":"T","version":null,"fingerprint":"","saved":0,
        "answers":{"pets":["cat"],"pets":["dog"]},"offered":{"pets":["cat","dog"]}}"#;
    let CarriedOver { lost, .. } = carry_over(&Draft::parse(json.as_bytes()).expect("a draft"), &questionnaire);
    assert_eq!(lost, [Lost::NoAnswer(questionnaire.question("pets").expect("a question"))]);
}
