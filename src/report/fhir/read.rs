//! Answers from a `QuestionnaireResponse`, alone or in a `Bundle`. Every problem is told with its place.

use std::borrow::Cow;

use la_arena::{Arena, Idx};
use serde_json::{Map, Value};

use crate::diagnostic::{nearest, quote};
use crate::engine::answers::Answers;
use crate::questionnaire::{Answer, Choice, Kind, OptionSet, Question, Questionnaire, WrittenAnswer};
use crate::report::fhir::names::{self, ABSENT_VALUE, ASKED_UNKNOWN, DATA_ABSENT_REASON, NONE, NOT_SURE_OPTION};

/// Answers, and when they were given.
#[derive(Debug)]
pub(in crate::report) struct Response {
    pub(in crate::report) answers: Answers,
    /// A date, or a date and a time.
    pub(in crate::report) authored: Option<String>,
}

/// Reads answers to a questionnaire from FHIR.
///
/// # Errors
///
/// When there is no response to this questionnaire, or an answer that it does not take.
pub(in crate::report) fn read(resource: &Value, questionnaire: &Questionnaire) -> Result<Response, String> {
    let response = find_response(resource)?;
    refuse_other_questions(response, questionnaire)?;
    if text(response, "status") == Some("entered-in-error") {
        return Err("this response was entered in error (`status`), so its answers don't count".into());
    }
    let mut reader = Reader { questionnaire, answers: Answers::new() };
    reader.items(response, "QuestionnaireResponse")?;
    Ok(Response { answers: reader.answers, authored: text(response, "authored").map(str::to_owned) })
}

/// The response: the resource itself, or the only one in a bundle.
fn find_response(resource: &Value) -> Result<&Value, String> {
    const WANTED: &str = "a QuestionnaireResponse, or a Bundle with one";
    match text(resource, "resourceType") {
        Some("QuestionnaireResponse") => Ok(resource),
        Some("Bundle") => {
            let entries = list(resource, "entry").filter_map(|entry| entry.get("resource"));
            let found: Vec<&Value> =
                entries.filter(|entry| text(entry, "resourceType") == Some("QuestionnaireResponse")).collect();
            match found.as_slice() {
                [response] => Ok(response),
                [] => Err(format!("the Bundle has no QuestionnaireResponse; what is read is {WANTED}")),
                several => Err(format!("the Bundle has {} QuestionnaireResponses; leave one in it", several.len())),
            }
        }
        Some(other) => Err(format!("this is FHIR, but of the type {}; what is read is {WANTED}", quote(other))),
        None => Err(format!("`resourceType` is no text; what is read is {WANTED}")),
    }
}

/// Refuses answers to another questionnaire, or to another version of it.
fn refuse_other_questions(response: &Value, questionnaire: &Questionnaire) -> Result<(), String> {
    let Some(named) = text(response, "questionnaire") else { return Ok(()) };
    let (uri, version) = named.split_once('|').map_or((named, None), |(uri, version)| (uri, Some(version)));
    let own = names::canonical(questionnaire);
    if uri != own {
        return Err(format!(
            "these answers are to other questions: {}, not {}; name their question file with -f",
            quote(uri),
            quote(&own)
        ));
    }
    match (version, questionnaire.version.as_deref()) {
        (Some(version), Some(own)) if version != own => Err(format!(
            "these answers are to version {} of the questions, and these are version {}; name the file of that version with -f",
            quote(version),
            quote(own)
        )),
        _ => Ok(()),
    }
}

struct Reader<'q> {
    questionnaire: &'q Questionnaire,
    answers: Answers,
}

impl Reader<'_> {
    /// Reads the items of a response, an item or an answer, and those in them.
    fn items(&mut self, within: &Value, place: &str) -> Result<(), String> {
        for (at, item) in list(within, "item").enumerate() {
            let place = format!("{place}.item[{at}]");
            self.item(item, &place).map_err(|problem| match problem {
                Problem::Here(problem) => format!("{place}: {problem}"),
                Problem::Within(problem) => problem,
            })?;
        }
        Ok(())
    }

    fn item(&mut self, item: &Value, place: &str) -> Result<(), Problem> {
        let link_id = text(item, "linkId").ok_or("an item has no `linkId`")?;
        let answers: Vec<&Value> = list(item, "answer").collect();
        let (id, is_not_sure) = match link_id.strip_suffix("/not-sure") {
            Some(id) => (id, true),
            None => (link_id, false),
        };
        let question = self.questionnaire.question(id);
        let is_number = question.is_some_and(|id| self.questionnaire.questions[id].options().is_none());
        match question {
            Some(question) if is_number || !is_not_sure => {
                if !answers.is_empty() {
                    let answer = self.answer(question, item, &answers)?;
                    match self.answers.get(question) {
                        // A form may have both, a number and that it is not known.
                        Some(_) if is_not_sure => {}
                        Some(Answer::NotSure) if is_number => self.answers.set(question, answer),
                        Some(_) => return Err(Problem::Here(format!("question {} is answered twice", quote(id)))),
                        None => self.answers.set(question, answer),
                    }
                }
            }
            // Groups, and texts that are only shown. Nothing can be answered there.
            None if link_id.contains('/') && answers.is_empty() => {}
            Some(_) | None => return Err(Problem::Here(self.unknown(link_id))),
        }
        self.items(item, place).map_err(Problem::Within)?;
        for (at, answer) in answers.into_iter().enumerate() {
            self.items(answer, &format!("{place}.answer[{at}]")).map_err(Problem::Within)?;
        }
        Ok(())
    }

    fn unknown(&self, link_id: &str) -> String {
        let known = self.questionnaire.questions.values().map(|question| question.id.as_str());
        let meant = nearest(link_id, known).map(|near| format!("; did you mean {}?", quote(near)));
        format!("question {} does not exist{}", quote(link_id), meant.unwrap_or_default())
    }

    fn answer(&self, question: Idx<Question>, item: &Value, given: &[&Value]) -> Result<Answer, String> {
        let asked = &self.questionnaire.questions[question];
        let mut is_not_sure = false;
        let mut values = Vec::new();
        for answer in given {
            match self.value(question, answer)? {
                Said::NotSure => is_not_sure = true,
                said @ (Said::None | Said::Option(_) | Said::Number(_)) => values.push(said),
            }
        }
        let read = |written: &WrittenAnswer<'_>| {
            Answer::read(asked, written).map_err(|problem| match problem.help {
                Some(help) => format!("{}; {help}", problem.message),
                None => problem.message,
            })
        };
        let is_many = matches!(asked.kind, Kind::Many { .. });
        match values.as_slice() {
            values if is_many => {
                let ids = values.iter().filter_map(|said| match said {
                    Said::Option(id) => Some(Ok(Cow::Borrowed(id.as_str()))),
                    Said::None if values.len() == 1 && !is_not_sure => None,
                    Said::None => Some(Err(format!("{} says none of these, and something else", quote(&asked.id)))),
                    Said::Number(_) | Said::NotSure => Some(Err(format!("{} takes options", quote(&asked.id)))),
                });
                let answer = read(&WrittenAnswer::List(ids.collect::<Result<_, String>>()?))?;
                if is_not_sure { self.with_doubts(question, answer, item) } else { Ok(answer) }
            }
            [] => Ok(Answer::NotSure),
            [Said::Number(number)] if !is_not_sure => read(&WrittenAnswer::Number(*number)),
            [Said::Option(option)] if !is_not_sure => read(&WrittenAnswer::Text(Cow::Borrowed(option))),
            [Said::None] if !is_not_sure => read(&WrittenAnswer::Text(Cow::Borrowed(NONE))),
            _ => Err(format!("{} takes one answer, not {}", quote(&asked.id), given.len())),
        }
    }

    /// Ticks beside *not sure*: the options that the extension names are *not sure*, or without it all that are not ticked.
    /// Without ticks, either, it is the whole answer.
    fn with_doubts(&self, question: Idx<Question>, answer: Answer, item: &Value) -> Result<Answer, String> {
        let Answer::Many { ticked, .. } = answer else { return Ok(answer) };
        let asked = &self.questionnaire.questions[question];
        let named = list(item, "extension").filter(|extension| text(extension, "url") == Some(NOT_SURE_OPTION));
        let named = named.map(|extension| {
            let coding = extension.get("valueCoding").ok_or("an extension names no option")?;
            match self.coding(question, coding)? {
                Said::Option(id) => asked.option(&id).ok_or_else(|| format!("{} is no option", quote(&id))),
                Said::None | Said::NotSure | Said::Number(_) => Err("an extension names no option".to_owned()),
            }
        });
        let named: OptionSet = named.collect::<Result<_, String>>()?;
        let is_ticked = |option: &Idx<Choice>| ticked.contains(option);
        if ticked.is_empty() && named.is_empty() {
            return Ok(Answer::NotSure);
        }
        let unsure = if named.is_empty() {
            let all = asked.options().into_iter().flat_map(Arena::iter).map(|(option, _)| option);
            all.filter(|option| !is_ticked(option)).collect()
        } else {
            named.iter().filter(|option| !is_ticked(option)).collect()
        };
        Ok(Answer::Many { ticked, unsure })
    }

    fn value(&self, question: Idx<Question>, answer: &Value) -> Result<Said, String> {
        let nothing = Map::new();
        let fields = answer.as_object().unwrap_or(&nothing);
        let absent = fields.values().chain([answer]).flat_map(|value| list(value, "extension"));
        let mut absent = absent.filter(|extension| text(extension, "url") == Some(ABSENT_VALUE));
        let value = fields.iter().find(|(key, _)| key.starts_with("value"));
        match value {
            Some((key, coding)) if key == "valueCoding" => self.coding(question, coding),
            Some((key, number)) if key == "valueInteger" || key == "valueDecimal" => {
                number.as_f64().map(Said::Number).ok_or_else(|| format!("{} is no number", quote(key)))
            }
            Some((key, _)) => {
                let id = quote(&self.questionnaire.questions[question].id);
                Err(format!("{id} takes no {}", quote(key)))
            }
            None if absent.any(|extension| text(extension, "valueCode") == Some(ASKED_UNKNOWN)) => Ok(Said::NotSure),
            None => Err("an answer has no value".to_owned()),
        }
    }

    fn coding(&self, question: Idx<Question>, coding: &Value) -> Result<Said, String> {
        let code = text(coding, "code").ok_or("a coding has no `code`")?;
        let system = names::system(self.questionnaire, question);
        match text(coding, "system") {
            Some(DATA_ABSENT_REASON) if code == ASKED_UNKNOWN => Ok(Said::NotSure),
            Some(other) if other != system => {
                Err(format!("the code {} is of {}, not of {}", quote(code), quote(other), quote(&system)))
            }
            _ if code == NONE => Ok(Said::None),
            _ => Ok(Said::Option(code.to_owned())),
        }
    }
}

/// What one answer says.
enum Said {
    NotSure,
    None,
    Option(String),
    Number(f64),
}

/// A problem of this item, or of one within it, which knows its place.
enum Problem {
    Here(String),
    Within(String),
}

impl From<String> for Problem {
    fn from(problem: String) -> Problem {
        Problem::Here(problem)
    }
}

impl From<&str> for Problem {
    fn from(problem: &str) -> Problem {
        Problem::Here(problem.to_owned())
    }
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key)?.as_str()
}

/// The values of a list, if there is one.
fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}
