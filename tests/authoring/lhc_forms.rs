//! LHC-Forms, a program of others that fills in forms, shows the same questions as the interview, and what it writes comes
//! back as the same answers.
//!
//! Needs the browser that `chromium` finds, and LHC-Forms.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Value, json};
use twinge::authoring::fhir::export;
use twinge::engine::answers::Answers;
use twinge::engine::evaluation::Evaluation;
use twinge::questionnaire::{Answer, Kind, Questionnaire, WrittenAnswer};
use twinge::report::AnswersFile;

use crate::chromium::Browser;
use crate::generate::{Picks, Tree, Wishes, answer};
use crate::trees::built_in;

const LHC_FORMS: [&str; 3] = [
    "lforms/dist/lforms/webcomponent/assets/lib/zone.min.js",
    "lforms/dist/lforms/webcomponent/lhc-forms.js",
    "lforms/dist/lforms/fhir/R4/lformsFHIR.min.js",
];

/// At least so many people answer the built-in questions.
const FEWEST: usize = 24;

/// Answers each item of a form as soon as it is shown, until nothing more is.
const FILL_IN: &str = r"
const isShown = item => item._enableWhenExpVal !== false && item._skipLogicStatus !== 'target-disabled';
const same = coding => known => known.code === coding.code && known.system === coding.system;
const open = async questionnaire => {
  const form = LForms.Util.convertFHIRQuestionnaireToLForms(questionnaire, 'R4');
  await LForms.Util.addFormToPage(form, 'form', {});
  return document.querySelector('wc-lhc-form').lhcFormData;
};
const fillIn = async (data, person) => {
  for (const item of data.itemList) item.value = undefined;
  const shown = [];
  for (;;) {
    await data._expressionProcessor.runCalculations(false);
    data._checkFormControls();
    const next = data.itemList.filter(item => item.linkId in person && !shown.includes(item.linkId) && isShown(item));
    if (next.length === 0) break;
    for (const item of next) {
      shown.push(item.linkId);
      const said = person[item.linkId];
      const choose = coding => item.answers.find(same(coding));
      if (!Array.isArray(said)) item.value = said;
      else item.value = item._multipleAnswers ? said.map(choose) : choose(said[0]);
    }
  }
  return { shown, response: LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4') };
};
const all = async () => {
  const forms = [];
  for (const { questionnaire, people } of jobs) {
    const data = await open(questionnaire);
    for (const person of people) forms.push(await fillIn(data, person));
  }
  return forms;
};
all().catch(error => ({ error: String(error.stack || error) })).then(found => {
  const note = document.createElement('pre');
  const plain = JSON.stringify(found).replace(/[^ -~]|[<>&]/g, c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
  note.textContent = 'FORMS-' + 'BEGIN' + plain + 'FORMS-' + 'END';
  document.body.append(note);
});";

/// A form that was filled in.
#[derive(Debug, Deserialize)]
struct Form {
    /// The items that were shown.
    shown: BTreeSet<String>,
    response: Value,
}

/// Somebody who has an answer to every question, asked or not.
struct Person<'q> {
    questionnaire: &'q Questionnaire,
    answers: Answers,
}

impl Person<'_> {
    /// The answers as the items of the form take them.
    fn said(&self) -> BTreeMap<String, Value> {
        let uri = export(self.questionnaire).questionnaire["url"].as_str().expect("a URI").to_owned();
        let not_sure = json!([
            {"system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "asked-unknown"},
        ]);
        let all = self.questionnaire.questions.iter().filter_map(|(id, question)| {
            let owner = &self.questionnaire.questions[self.questionnaire.owner_of_options(id)].id;
            let system = format!("{uri}:{owner}");
            let coding = |code: &str| json!({"system": system, "code": code});
            let code = |option: la_arena::Idx<twinge::questionnaire::Choice>| {
                question.options().expect("options")[option].id.as_str()
            };
            Some(match self.answers.get(id)? {
                Answer::NotSure if question.options().is_none() => {
                    (format!("{}/not-sure", question.id), not_sure.clone())
                }
                Answer::NotSure => (question.id.clone(), not_sure.clone()),
                Answer::One(option) => (question.id.clone(), json!([coding(code(*option))])),
                Answer::Many { ticked, .. } if ticked.is_empty() => (question.id.clone(), json!([coding("none")])),
                Answer::Many { ticked, .. } => {
                    (question.id.clone(), ticked.iter().map(|option| coding(code(option))).collect())
                }
                Answer::Number(number) => (question.id.clone(), json!(number)),
            })
        });
        all.collect()
    }
}

/// Answers at random to every question. A form knows no options that are *not sure*.
fn person<'q>(picks: &mut Picks, questionnaire: &'q Questionnaire) -> Person<'q> {
    let mut answers = Answers::new();
    for (id, question) in questionnaire.questions.iter() {
        let ticked_before = question.from().map(|from| match answers.get(from) {
            Some(Answer::Many { ticked, .. }) => ticked.clone(),
            _ => twinge::questionnaire::OptionSet::default(),
        });
        let given = match (answer(picks, question), &question.kind) {
            (Answer::Many { ticked, .. }, _) => {
                let few = ticked.iter().filter(|option| ticked_before.as_ref().is_none_or(|set| set.contains(option)));
                Answer::Many {
                    ticked: few.skip(picks.below(ticked.len())).take(4).collect(),
                    unsure: twinge::questionnaire::OptionSet::default(),
                }
            }
            // Ages, say, lie further apart than the small numbers that trees are grown with.
            (Answer::Number(number), Kind::Number { min, max, .. }) => {
                let number = (min + number / 20.0 * (max - min)).round();
                Answer::read(question, &WrittenAnswer::Number(number)).expect("a number in range")
            }
            (other, _) => other,
        };
        answers.set(id, given);
    }
    Person { questionnaire, answers }
}

fn filled_in(browser: &Browser, name: &str, people: &[Vec<Person<'_>>]) -> Vec<Form> {
    let jobs = people.iter().map(|people| {
        let questionnaire = export(people[0].questionnaire).questionnaire;
        json!({"questionnaire": questionnaire, "people": people.iter().map(Person::said).collect::<Vec<_>>()})
    });
    let jobs = json!(jobs.collect::<Vec<_>>()).to_string().replace('<', "\\u003c");
    let page = format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body><div id=\"form\"></div>{}\
         <script>const jobs = {jobs};{FILL_IN}</script></body></html>",
        browser.scripts()
    );
    let shown = browser.run(&page, name, &["--virtual-time-budget=3600000", "--dump-dom"]);
    let (_, found) = shown.rsplit_once("FORMS-BEGIN").unwrap_or_else(|| panic!("it never ended:\n{shown:.2000}"));
    let found = found.split("FORMS-END").next().unwrap_or_default();
    serde_json::from_str(found).unwrap_or_else(|error| panic!("{error}: {found:.2000}"))
}

#[track_caller]
fn check(people: &[Vec<Person<'_>>], forms: &[Form]) {
    let people: Vec<&Person<'_>> = people.iter().flatten().collect();
    assert_eq!(people.len(), forms.len());
    for (person, form) in people.into_iter().zip(forms) {
        let Person { questionnaire, answers } = person;
        let evaluation = Evaluation::new(questionnaire, answers);
        let shown: BTreeSet<&str> =
            evaluation.shown_questions().map(|question| questionnaire.questions[question].id.as_str()).collect();
        let in_form: BTreeSet<&str> = form.shown.iter().map(|id| id.trim_end_matches("/not-sure")).collect();
        let said = person.said();
        assert_eq!(in_form, shown, "{said:?}\n{:#}", export(questionnaire).questionnaire);
        let file = AnswersFile::read(form.response.to_string().as_bytes(), questionnaire);
        let file = file.unwrap_or_else(|problem| panic!("{problem}\n{:#}", form.response));
        let mut expected = answers.clone();
        for (question, _) in questionnaire.questions.iter().filter(|(question, _)| !evaluation.is_shown(*question)) {
            expected.unset(question);
        }
        assert_eq!(file.answers, expected, "{:#}", form.response);
    }
}

/// Numbers that look random, the same every time.
fn picks(seed: u64) -> Picks {
    let numbers = std::iter::successors(Some(seed), |last| {
        Some(last.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407))
    });
    Picks::new(numbers.skip(1).take(4_000).map(|number| u16::try_from(number >> 48).unwrap_or_default()).collect())
}

#[test]
fn the_built_in_questions_branch_as_in_the_interview_and_come_back_as_the_same_answers() {
    let Some(browser) = Browser::with(&LHC_FORMS) else { return };
    let questionnaire = built_in();
    let mut asked = BTreeSet::new();
    let mut people = Vec::new();
    for seed in 1..2_000 {
        if people.len() >= FEWEST && asked.len() == questionnaire.questions.len() {
            break;
        }
        let person = person(&mut picks(seed), &questionnaire);
        let shown: BTreeSet<_> = Evaluation::new(&questionnaire, &person.answers).shown_questions().collect();
        if people.len() < FEWEST || !shown.is_subset(&asked) {
            asked.extend(shown);
            people.push(person);
        }
    }
    let all = questionnaire.questions.iter();
    let never: Vec<_> = all.filter(|(id, _)| !asked.contains(id)).map(|(_, question)| &question.id).collect();
    assert!(never.is_empty(), "nobody is asked {never:?}");
    let people = [people];
    check(&people, &filled_in(&browser, "forms.built-in", &people));
}

#[test]
fn every_form_of_condition_is_shown_as_in_the_interview() {
    let Some(browser) = Browser::with(&LHC_FORMS) else { return };
    let trees = (1..=60).map(|seed| Tree::grow(&mut picks(seed), Wishes { tests_not_sure: true }).questionnaire());
    let trees: Vec<Questionnaire> = trees.collect();
    let people: Vec<Vec<Person<'_>>> = (0..)
        .zip(&trees)
        .map(|(at, tree)| (1..=3).map(|seed| person(&mut picks(3 * at + seed), tree)).collect())
        .collect();
    check(&people, &filled_in(&browser, "forms.random", &people));
}
