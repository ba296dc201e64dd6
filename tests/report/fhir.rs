//! The report as FHIR, and answers read back from FHIR, whoever wrote it.

use crate::generate::{Picks, Tree, Wishes};
use crate::interviews::begun;
use proptest::prelude::*;
use serde_json::{Value, json};
use twinge::engine::answers::Answers;
use twinge::engine::evaluation::Evaluation;
use twinge::interview::Interview;
use twinge::questionnaire::Questionnaire;
use twinge::report::fhir::bundle;
use twinge::report::{AnswersFile, Date};

fn date() -> Date {
    jiff::civil::date(2026, 11, 23)
}

fn bundle_of(interview: &Interview<'_>) -> Value {
    let text = bundle(interview, date()).expect("it can be written");
    serde_json::from_str(&text).expect("JSON")
}

fn network() -> Questionnaire {
    crate::people::network().questionnaire
}

fn read(file: &Value, questionnaire: &Questionnaire) -> Result<AnswersFile, String> {
    AnswersFile::read(file.to_string().as_bytes(), questionnaire)
}

/// A response to the questions about the network.
fn response(items: &Value) -> Value {
    json!({"resourceType": "QuestionnaireResponse", "status": "completed", "item": items})
}

fn coding(question: &str, code: &str) -> Value {
    json!({"valueCoding": {"system": format!("urn:twinge:why-is-my-network-down:{question}"), "code": code}})
}

fn not_sure() -> Value {
    json!({"valueCoding": {
        "system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "asked-unknown",
    }})
}

#[track_caller]
fn check_read(items: &Value, expected: &Value) {
    let questionnaire = network();
    let read_back = read(&response(items), &questionnaire).expect("answers").answers;
    let expected = AnswersFile::read(expected.to_string().as_bytes(), &questionnaire).expect("answers").answers;
    assert_eq!(read_back, expected);
}

#[track_caller]
fn check_refused(file: &Value, expected: &str) {
    assert_eq!(read(file, &network()).expect_err("no answers"), expected);
}

/// The answers that count.
fn shown<'e>(evaluation: &'e Evaluation<'_>) -> Vec<(usize, Option<&'e twinge::questionnaire::Answer>)> {
    let all = evaluation.shown_questions();
    all.map(|question| (usize::try_from(question.into_raw().into_u32()).expect("small"), evaluation.answer(question)))
        .collect()
}

#[test]
fn a_bundle_holds_the_answers_and_what_follows_from_them() {
    let person = crate::people::network();
    let mut bundle = bundle_of(&Interview::resumed(&person.questionnaire, person.answers));
    let risk = &mut bundle["entry"][1];
    assert!(risk["fullUrl"].as_str().is_some_and(|url| url.starts_with("urn:uuid:")));
    // A new version of the program should not change the snapshot.
    risk["fullUrl"] = "[uuid]".into();
    let method = risk["resource"]["method"]["text"].as_str().expect("a text");
    risk["resource"]["method"]["text"] = method.replace(env!("CARGO_PKG_VERSION"), "[version]").into();
    insta::assert_snapshot!("network.fhir", serde_json::to_string_pretty(&bundle).expect("JSON"));
}

#[test]
fn the_assessment_is_based_on_the_response_beside_it_and_dated_as_it_is() {
    for person in crate::people::everybody() {
        let bundle = bundle_of(&Interview::resumed(&person.questionnaire, person.answers));
        let [response, risk] = [0, 1].map(|at| &bundle["entry"][at]);
        assert_eq!(risk["resource"]["basis"][0]["reference"], response["fullUrl"]);
        assert_eq!(response["resource"]["authored"], "2026-11-23");
        assert_eq!(risk["resource"]["occurrenceDateTime"], "2026-11-23");
    }
}

#[test]
fn an_interview_that_is_not_finished_says_so() {
    let status = |interview: &Interview<'_>| {
        let bundle = bundle_of(interview);
        [0, 1].map(|at| bundle["entry"][at]["resource"]["status"].as_str().expect("a status").to_owned())
    };
    let person = crate::people::stopped_early();
    let unfinished = Interview::resumed(&person.questionnaire, person.answers);
    assert_eq!(status(&unfinished), ["in-progress", "preliminary"]);
    let mut answers = Answers::new();
    let questionnaire = network();
    for question in questionnaire.questions.iter().map(|(question, _)| question) {
        answers.set(question, twinge::questionnaire::Answer::NotSure);
    }
    assert_eq!(status(&Interview::resumed(&questionnaire, answers)), ["completed", "final"]);
}

#[test]
fn the_answers_of_every_example_come_back() {
    for person in crate::people::everybody() {
        let bundle = bundle_of(&Interview::resumed(&person.questionnaire, person.answers.clone()));
        let alone = bundle["entry"][0]["resource"].clone();
        for file in [bundle, alone] {
            let back = read(&file, &person.questionnaire).expect("answers");
            let before = Evaluation::new(&person.questionnaire, &person.answers);
            assert_eq!(
                shown(&Evaluation::new(&person.questionnaire, &back.answers)),
                shown(&before),
                "{}",
                person.name
            );
            assert_eq!(back.date, Some(date()));
        }
    }
}

proptest! {
    #[test]
    fn the_answers_of_any_interview_come_back(numbers in prop::collection::vec(any::<u16>(), 0..600)) {
        let mut picks = Picks::new(numbers);
        let questionnaire = Tree::grow(&mut picks, Wishes { tests_not_sure: true }).questionnaire();
        let interview = begun(&mut picks, &questionnaire);
        let back = read(&bundle_of(&interview), &questionnaire).expect("answers").answers;
        let after = Evaluation::new(&questionnaire, &back);
        prop_assert_eq!(shown(&after), shown(interview.evaluation()));
    }

    #[test]
    fn what_claims_to_be_fhir_never_panics(text in "[\\[\\]{}a-zA-Z:\",0-9]{0,60}") {
        let file = format!("{{\"resourceType\": \"QuestionnaireResponse\", \"item\": [{{\"linkId\": \"scope\", {text}}}]}}");
        let _ = AnswersFile::read(file.as_bytes(), &network());
    }
}

#[test]
fn not_sure_is_read_in_every_way_that_fhir_has_for_it() {
    let absent = json!({
        "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "asked-unknown",
    });
    check_read(&json!([{"linkId": "scope", "answer": [not_sure()]}]), &json!({"scope": null}));
    check_read(&json!([{"linkId": "smell", "answer": [not_sure()]}]), &json!({"smell": null}));
    check_read(&json!([{"linkId": "days/not-sure", "answer": [not_sure()]}]), &json!({"days": null}));
    check_read(&json!([{"linkId": "days", "answer": [{"extension": [absent]}]}]), &json!({"days": null}));
    let value = json!({"_valueInteger": {"extension": [absent]}});
    check_read(&json!([{"linkId": "days", "answer": [value]}]), &json!({"days": null}));
}

#[test]
fn a_number_counts_more_than_that_it_is_not_known() {
    let number = json!({"linkId": "days", "answer": [{"valueInteger": 3}]});
    let unknown = json!({"linkId": "days/not-sure", "answer": [not_sure()]});
    check_read(&json!([number, unknown]), &json!({"days": 3}));
    check_read(&json!([unknown, number]), &json!({"days": 3}));
}

#[test]
fn not_sure_beside_ticks_is_about_all_that_is_not_ticked() {
    let ticked = json!([{"linkId": "smell", "answer": [coding("smell", "hot"), not_sure()]}]);
    check_read(&ticked, &json!({"smell": ["hot", "?burnt", "?dark"]}));
}

#[test]
fn groups_and_items_within_answers_are_looked_into_and_items_without_an_answer_say_nothing() {
    let within = json!({"linkId": "scope", "answer": [coding("scope", "one")]});
    let smell = json!([coding("smell", "none").as_object().map(|answer| {
        let mut answer = answer.clone();
        answer.insert("item".into(), json!([within]));
        answer
    })]);
    let group =
        json!([{"linkId": "section/router", "item": [{"linkId": "smell", "answer": smell}, {"linkId": "days"}]}]);
    check_read(&group, &json!({"smell": [], "scope": "one"}));
}

#[test]
fn a_code_may_do_without_its_system() {
    let bare = json!({"valueCoding": {"code": "one"}});
    check_read(&json!([{"linkId": "scope", "answer": [bare]}]), &json!({"scope": "one"}));
}

#[test]
fn a_response_to_other_questions_is_refused() {
    let to = |questionnaire: &str| {
        let mut response = response(&json!([]));
        response["questionnaire"] = questionnaire.into();
        response
    };
    assert!(read(&to("urn:twinge:why-is-my-network-down|2.1"), &network()).is_ok());
    assert!(read(&to("urn:twinge:why-is-my-network-down"), &network()).is_ok());
    check_refused(
        &to("urn:twinge:why|2.1"),
        "these answers are to other questions: `urn:twinge:why`, not `urn:twinge:why-is-my-network-down`; name their \
         question file with -f",
    );
    check_refused(
        &to("urn:twinge:why-is-my-network-down|1.0"),
        "these answers are to version `1.0` of the questions, and these are version `2.1`; name the file of that version \
         with -f",
    );
}

#[test]
fn what_is_no_response_is_told_apart() {
    const WANTED: &str = "what is read is a QuestionnaireResponse, or a Bundle with one";
    check_refused(&json!({"resourceType": "Patient"}), &format!("this is FHIR, but of the type `Patient`; {WANTED}"));
    check_refused(&json!({"resourceType": 7}), &format!("`resourceType` is no text; {WANTED}"));
    check_refused(
        &json!({"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient"}}]}),
        &format!("the Bundle has no QuestionnaireResponse; {WANTED}"),
    );
    let entry = json!({"resource": response(&json!([]))});
    check_refused(
        &json!({"resourceType": "Bundle", "entry": [entry, entry]}),
        "the Bundle has 2 QuestionnaireResponses; leave one in it",
    );
    let mut wrong = response(&json!([]));
    wrong["status"] = "entered-in-error".into();
    check_refused(&wrong, "this response was entered in error (`status`), so its answers don't count");
}

#[test]
fn a_wrong_answer_is_told_with_its_place() {
    let answer = |link_id: &str, answers: Value| response(&json!([{"linkId": link_id, "answer": answers}]));
    let first = "QuestionnaireResponse.item[0]";
    for (file, expected) in [
        (answer("scop", json!([not_sure()])), "question `scop` does not exist; did you mean `scope`?"),
        (answer("scope/not-sure", json!([not_sure()])), "question `scope/not-sure` does not exist"),
        (answer("scope", json!([coding("scope", "al")])), "`al` is no option of `scope`; did you mean `all`?"),
        (answer("scope", json!([coding("scope", "none")])), "`none` is no option of `scope`; did you mean `one`?"),
        (answer("scope", json!([{"valueBoolean": true}])), "`scope` takes no `valueBoolean`"),
        (answer("scope", json!([{}])), "an answer has no value"),
        (answer("scope", json!([{"valueCoding": {}}])), "a coding has no `code`"),
        (answer("scope", json!([{"valueInteger": 3}])), "`scope` takes the id of one option, not a number"),
        (answer("scope", json!([coding("scope", "all"), not_sure()])), "`scope` takes one answer, not 2"),
        (
            answer("scope", json!([coding("smell", "all")])),
            "the code `all` is of `urn:twinge:why-is-my-network-down:smell`, not of \
             `urn:twinge:why-is-my-network-down:scope`",
        ),
        (answer("days", json!([{"valueInteger": 400}])), "400 is outside what `days` can be: 0 to 365"),
        (answer("days", json!([{"valueInteger": "3"}])), "`valueInteger` is no number"),
        (
            answer("smell", json!([coding("smell", "none"), coding("smell", "hot")])),
            "`smell` says none of these, and something else",
        ),
        (
            answer("smell", json!([coding("smell", "hot"), coding("smell", "hot")])),
            "`hot` stands twice in the answer to `smell`",
        ),
    ] {
        check_refused(&file, &format!("{first}: {expected}"));
    }
    let scope = json!({"linkId": "scope", "answer": [coding("scope", "one")]});
    check_refused(
        &response(&json!([{"linkId": "section/router", "item": [scope, scope]}])),
        "QuestionnaireResponse.item[0].item[1]: question `scope` is answered twice",
    );
    check_refused(&response(&json!([{}])), "QuestionnaireResponse.item[0]: an item has no `linkId`");
}
