//! Answers as a `QuestionnaireResponse`.

use la_arena::Idx;
use serde_json::{Value, json};

use crate::engine::evaluation::Evaluation;
use crate::questionnaire::{Answer, Question};
use crate::report::Date;
use crate::report::fhir::names::{self, Part};

/// The answers to the questions that are shown. FHIR has none to the others.
pub(super) fn response(evaluation: &Evaluation<'_>, is_complete: bool, date: Date) -> Value {
    let questionnaire = evaluation.questionnaire();
    let mut items = Vec::new();
    for Part { group, questions } in names::parts(questionnaire) {
        let answered = questions.into_iter().filter_map(|question| {
            let answer = evaluation.answer(question)?;
            Some(item(evaluation, question, answer))
        });
        let answered: Vec<Value> = answered.collect();
        match group {
            None => items.extend(answered),
            Some(_) if answered.is_empty() => {}
            Some(group) => items.push(json!({"linkId": group.link_id, "text": group.title, "item": answered})),
        }
    }
    let mut response = json!({
        "resourceType": "QuestionnaireResponse",
        "questionnaire": names::versioned(questionnaire),
        "status": if is_complete { "completed" } else { "in-progress" },
        "authored": date.to_string(),
    });
    names::put(&mut response, "language", questionnaire.language.as_deref());
    names::put(&mut response, "item", items);
    response
}

fn item(evaluation: &Evaluation<'_>, question: Idx<Question>, answer: &Answer) -> Value {
    let questionnaire = evaluation.questionnaire();
    let asked = &questionnaire.questions[question];
    let system = names::system(questionnaire, question);
    let coding = |option| asked.options().map_or(Value::Null, |options| names::coding(&system, &options[option]));
    let value = |coding: Value| json!({"valueCoding": coding});
    let item = |answers: Vec<Value>| json!({"linkId": asked.id, "text": asked.ask, "answer": answers});
    match answer {
        Answer::NotSure if asked.options().is_none() => json!({
            "linkId": names::not_sure_link_id(asked), "answer": [value(names::not_sure())],
        }),
        Answer::NotSure => item(vec![value(names::not_sure())]),
        Answer::One(option) => item(vec![value(coding(*option))]),
        Answer::Number(number) if names::takes_integers(&asked.kind) => {
            item(vec![json!({"valueInteger": names::number(*number)})])
        }
        Answer::Number(number) => item(vec![json!({"valueDecimal": names::number(*number)})]),
        Answer::Many { ticked, unsure } if ticked.is_empty() && unsure.is_empty() => {
            item(vec![value(names::none(&system))])
        }
        Answer::Many { ticked, unsure } => {
            let mut answers: Vec<Value> = ticked.iter().map(|option| value(coding(option))).collect();
            if unsure.is_empty() {
                return item(answers);
            }
            // Whoever does not know the extension reads that the person is not sure about something here.
            answers.push(value(names::not_sure()));
            let doubted =
                unsure.iter().map(|option| json!({"url": names::NOT_SURE_OPTION, "valueCoding": coding(option)}));
            let mut item = item(answers);
            names::put(&mut item, "extension", doubted.collect::<Value>());
            item
        }
    }
}
