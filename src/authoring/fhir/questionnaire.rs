//! The `Questionnaire`: its items, and what of the question file is not in it.

use la_arena::{Arena, Idx};
use serde_json::{Value, json};

use crate::authoring::fhir::enable_when::Writer;
use crate::authoring::fhir::formula::{Atom, Formula};
use crate::authoring::fhir::shown::Shown;
use crate::diagnostic::counted;
use crate::questionnaire::{Choice, Kind, Question, Questionnaire};
use crate::report::fhir::names::{self, Part, put};

const ITEM_CONTROL: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl";
const OPTION_EXCLUSIVE: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive";
const MIN_VALUE: &str = "http://hl7.org/fhir/StructureDefinition/minValue";
const MAX_VALUE: &str = "http://hl7.org/fhir/StructureDefinition/maxValue";
const MAX_DECIMALS: &str = "http://hl7.org/fhir/StructureDefinition/maxDecimalPlaces";

/// A list with more options than this is searched, not read.
const READABLE_LIST: usize = 20;

/// A question file as FHIR.
#[derive(Debug, Clone, PartialEq)]
pub struct Exported {
    /// The `Questionnaire`.
    pub questionnaire: Value,
    /// What of the question file is not in it, or not as it was: a sentence each.
    pub losses: Vec<String>,
}

/// Writes a question file as a FHIR R4 `Questionnaire`.
#[must_use]
pub fn export(questionnaire: &Questionnaire) -> Exported {
    let parts = names::parts(questionnaire);
    let mut items = Items {
        questionnaire,
        shown: Shown::new(questionnaire),
        writer: Writer::new(questionnaire, &parts),
        expressions: 0,
        too_long: Vec::new(),
    };
    let mut all: Vec<Value> = texts(questionnaire);
    for Part { group, questions } in parts {
        let asked: Vec<Value> = questions.into_iter().flat_map(|question| items.of(question)).collect();
        match group {
            None => all.extend(asked),
            Some(group) => {
                all.push(json!({"linkId": group.link_id, "text": group.title, "type": "group", "item": asked}));
            }
        }
    }
    let mut whole = json!({
        "resourceType": "Questionnaire",
        "url": names::canonical(questionnaire),
        "name": computer_name(&questionnaire.title),
        "title": questionnaire.title,
        // A question file doesn't say whether it may be used.
        "status": "unknown",
        "subjectType": ["Patient"],
        "item": all,
    });
    put(&mut whole, "version", questionnaire.version.as_deref());
    put(&mut whole, "language", questionnaire.language.as_deref());
    put(&mut whole, "description", questionnaire.intro.as_deref());
    Exported { questionnaire: whole, losses: items.losses() }
}

/// What is said before the first question.
fn texts(questionnaire: &Questionnaire) -> Vec<Value> {
    let texts = [("notice", &questionnaire.notice), ("safety", &questionnaire.safety)];
    let display = |(name, text): (&str, &Option<String>)| {
        Some(json!({"linkId": format!("about/{name}"), "text": text.as_ref()?, "type": "display"}))
    };
    texts.into_iter().filter_map(display).collect()
}

/// A name for programs: `WhyWillMyBicycleNotRoll`.
fn computer_name(title: &str) -> String {
    let words = title.split(|c: char| !c.is_ascii_alphanumeric() && c != '\'').map(|word| word.replace('\'', ""));
    let words =
        words.map(|word| word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect());
    let name = words.collect::<Vec<String>>().concat();
    if name.starts_with(|c: char| c.is_ascii_uppercase()) { name } else { format!("Questionnaire{name}") }
}

struct Items<'q> {
    questionnaire: &'q Questionnaire,
    shown: Shown<'q>,
    writer: Writer<'q>,
    /// How many questions have an expression in `FHIRPath`.
    expressions: usize,
    /// The ids of the questions whose conditions are too long to be written.
    too_long: Vec<&'q str>,
}

impl Items<'_> {
    /// The items of a question: one, and for a number another one to say *not sure*.
    fn of(&mut self, question: Idx<Question>) -> Vec<Value> {
        let asked = &self.questionnaire.questions[question];
        let when = self.shown.when(question).unwrap_or_else(|| {
            self.too_long.push(&asked.id);
            Formula::TRUE
        });
        let mut item = json!({"linkId": asked.id, "text": asked.ask});
        let mut extensions = kind(self.questionnaire, question, &mut item);
        if self.writer.enable(&when, &mut item, &mut extensions) {
            self.expressions += 1;
        }
        put(&mut item, "extension", extensions);
        if let Some(why) = &asked.why {
            let help = [control("help")];
            let why = json!({"linkId": format!("{}/why", asked.id), "text": why, "type": "display", "extension": help});
            put(&mut item, "item", vec![why]);
        }
        let not_sure = asked.options().is_none().then(|| self.not_sure(question, when));
        std::iter::once(item).chain(not_sure).collect()
    }

    /// The item at which *not sure* is said about a number, while none is given.
    fn not_sure(&self, question: Idx<Question>, when: Formula) -> Value {
        let mut item = json!({
            "linkId": names::not_sure_link_id(&self.questionnaire.questions[question]),
            "text": "If you don't know, say so here.",
            "type": "choice",
            "repeats": true,
            "answerOption": [{"valueCoding": names::not_sure()}],
        });
        let mut extensions = vec![control("check-box")];
        let when = Formula::all([when, Formula::Atom(Atom::Unanswered(question))]);
        self.writer.enable(&when, &mut item, &mut extensions);
        put(&mut item, "extension", extensions);
        item
    }

    fn losses(&self) -> Vec<String> {
        let all = || self.questionnaire.questions.values();
        let has_option = |is_meant: &dyn Fn(&Choice) -> bool| {
            all().flat_map(|question| question.options().into_iter().flat_map(Arena::values)).any(is_meant)
        };
        let mut losses =
            vec!["Alarms, causes and their ranking: give the response to `twinge report --answers`.".to_owned()];
        if self.expressions > 0 {
            let questions = counted(self.expressions, "question");
            losses.push(format!(
                "The conditions of {questions} are expressions in FHIRPath (`enableWhenExpression` of SDC); a program that \
                 doesn't know them asks these questions of everyone."
            ));
        }
        if !self.too_long.is_empty() {
            let ids = self.too_long.join(", ");
            losses
                .push(format!("These are asked of everyone, because their conditions are too long for a form: {ids}."));
        }
        if all().any(|question| matches!(question.kind, Kind::Many { .. })) {
            losses.push(
                "Being not sure about one option: in a form it is about the whole question, or all that isn't ticked."
                    .to_owned(),
            );
        }
        let from: Vec<&str> = all().filter(|asked| asked.from().is_some()).map(|asked| asked.id.as_str()).collect();
        if !from.is_empty() {
            losses.push(format!(
                "`from`: a form offers every option, not only those ticked before, at {}.",
                from.join(", ")
            ));
        }
        if self.questionnaire.enough > 0.0 {
            losses.push("`enough`: no question is passed over.".to_owned());
        }
        if has_option(&|option| !option.also.is_empty() || option.term.is_some())
            || !self.questionnaire.figures.is_empty()
        {
            losses.push("Pictures, and options' `also` and `term`.".to_owned());
        }
        losses
    }
}

/// Writes what can be answered into an item. Comes back with the extensions that belong to it.
fn kind(questionnaire: &Questionnaire, question: Idx<Question>, item: &mut Value) -> Vec<Value> {
    let asked = &questionnaire.questions[question];
    let option = |coding: Value| json!({"valueCoding": coding});
    let options = || names::codings(questionnaire, question).into_iter().map(option);
    match &asked.kind {
        Kind::One(_) => {
            put(item, "type", "choice");
            put(item, "answerOption", options().chain([option(names::not_sure())]).collect::<Value>());
            vec![control("radio-button")]
        }
        Kind::Many { options: all, .. } => {
            put(item, "type", "choice");
            put(item, "repeats", true);
            let none = json!({
                "valueCoding": names::none(&names::system(questionnaire, question)),
                "extension": [{"url": OPTION_EXCLUSIVE, "valueBoolean": true}],
            });
            put(item, "answerOption", options().chain([none, option(names::not_sure())]).collect::<Value>());
            vec![control(if all.len() > READABLE_LIST { "autocomplete" } else { "check-box" })]
        }
        Kind::Number { min, max, decimals } => {
            let is_integer = names::takes_integers(&asked.kind);
            put(item, "type", if is_integer { "integer" } else { "decimal" });
            let value = if is_integer { "valueInteger" } else { "valueDecimal" };
            let bound = |url: &str, number: f64| json!({"url": url, value: names::number(number)});
            let mut extensions = vec![bound(MIN_VALUE, *min), bound(MAX_VALUE, *max)];
            if !is_integer {
                extensions.push(json!({"url": MAX_DECIMALS, "valueInteger": decimals}));
            }
            extensions
        }
    }
}

/// How an item is to be shown.
fn control(code: &str) -> Value {
    json!({
        "url": ITEM_CONTROL,
        "valueCodeableConcept": {"coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control", "code": code}]},
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_for_programs_is_one_word() {
        assert_eq!(computer_name("What's up, doc?"), "WhatsUpDoc");
        assert_eq!(computer_name("3 Fragen"), "Questionnaire3Fragen");
        assert_eq!(computer_name("?"), "Questionnaire");
    }
}
