//! A formula as FHIR has it: a list of `enableWhen`, of which all or any have to be true, or an expression in `FHIRPath`.

use la_arena::Idx;
use serde_json::{Value, json};

use crate::authoring::fhir::formula::{Atom, Formula};
use crate::questionnaire::{Choice, Question, Questionnaire, position};
use crate::report::fhir::names::{self, ASKED_UNKNOWN, DATA_ABSENT_REASON, NONE, Part, put};

const EXPRESSION: &str = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression";

/// Writes formulas about one questionnaire.
#[derive(Debug)]
pub(super) struct Writer<'q> {
    questionnaire: &'q Questionnaire,
    /// How `FHIRPath` gets to each question and what is beside it, by the numbers of the questions.
    paths: Vec<String>,
}

impl<'q> Writer<'q> {
    pub(super) fn new(questionnaire: &'q Questionnaire, parts: &[Part<'_>]) -> Writer<'q> {
        let paths = parts.iter().flat_map(|Part { group, questions }| {
            let group = group.as_ref().map(|group| format!(".item.where(linkId = '{}')", group.link_id));
            let path = format!("%resource{}.item", group.unwrap_or_default());
            questions.iter().map(move |_| path.clone())
        });
        Writer { questionnaire, paths: paths.collect() }
    }

    /// Writes into an item, or to its extensions, when it is shown. Whether that takes an expression.
    pub(super) fn enable(&self, when: &Formula, item: &mut Value, extensions: &mut Vec<Value>) -> bool {
        if *when == Formula::TRUE {
            return false;
        }
        let (parts, behavior) = match when {
            Formula::All(parts) => (parts.as_slice(), "all"),
            Formula::Any(parts) => (parts.as_slice(), "any"),
            Formula::Atom(_) => (std::slice::from_ref(when), "all"),
        };
        let list = parts.iter().map(|part| self.enable_when(part)).collect::<Option<Vec<_>>>();
        if let Some(list) = list.filter(|list| !list.is_empty()) {
            put(item, "enableBehavior", (list.len() > 1).then_some(behavior));
            put(item, "enableWhen", list);
            return false;
        }
        extensions.push(json!({
            "url": EXPRESSION,
            "valueExpression": {"language": "text/fhirpath", "expression": self.expression(when)},
        }));
        true
    }

    /// One `enableWhen`; `None` for what it can't say.
    fn enable_when(&self, formula: &Formula) -> Option<Value> {
        let Formula::Atom(atom) = formula else { return None };
        let equals = |link_id: &str, system: &str, code: &str| json!({"question": link_id, "operator": "=", "answerCoding": {"system": system, "code": code}});
        Some(match atom {
            Atom::Has(question, option) => {
                let system = names::system(self.questionnaire, *question);
                equals(self.id(*question), &system, self.code(*question, *option))
            }
            Atom::Nothing(question) => equals(self.id(*question), &names::system(self.questionnaire, *question), NONE),
            Atom::NotSure(question) => equals(&self.not_sure_id(*question), DATA_ABSENT_REASON, ASKED_UNKNOWN),
            Atom::Unanswered(question) => {
                json!({"question": self.id(*question), "operator": "exists", "answerBoolean": false})
            }
            Atom::Number(question, operator, bound) => {
                let is_integer = names::takes_integers(&self.questionnaire.questions[*question].kind);
                let value = if is_integer { "answerInteger" } else { "answerDecimal" };
                json!({"question": self.id(*question), "operator": operator.sign(), value: names::number(*bound)})
            }
            Atom::Sure(_) | Atom::Count(..) => return None,
        })
    }

    fn expression(&self, formula: &Formula) -> String {
        match formula {
            Formula::All(parts) if parts.is_empty() => "true".to_owned(),
            Formula::Any(parts) if parts.is_empty() => "false".to_owned(),
            Formula::All(parts) => {
                let parts = parts.iter().map(|part| match part {
                    Formula::Any(several) if self.any(several).len() > 1 => format!("({})", self.expression(part)),
                    Formula::All(_) | Formula::Any(_) | Formula::Atom(_) => self.expression(part),
                });
                parts.collect::<Vec<_>>().join(" and ")
            }
            Formula::Any(parts) => self.any(parts).join(" or "),
            Formula::Atom(atom) => self.atom(atom),
        }
    }

    /// The sides of an *or*. Options of one question are looked for together.
    fn any(&self, parts: &[Formula]) -> Vec<String> {
        let mut sides = Vec::new();
        let mut questions = Vec::new();
        for part in parts {
            match part {
                Formula::Atom(Atom::Has(question, _)) => {
                    if !questions.contains(question) {
                        questions.push(*question);
                        let codes = parts.iter().filter_map(|part| match part {
                            Formula::Atom(Atom::Has(of, option)) if of == question => Some(self.code(*of, *option)),
                            Formula::All(_) | Formula::Any(_) | Formula::Atom(_) => None,
                        });
                        sides.push(format!("{}.exists()", self.where_code(*question, codes)));
                    }
                }
                Formula::All(_) => sides.push(format!("({})", self.expression(part))),
                Formula::Any(_) | Formula::Atom(_) => sides.push(self.expression(part)),
            }
        }
        sides
    }

    fn atom(&self, atom: &Atom) -> String {
        match atom {
            Atom::Has(question, option) => {
                format!("{}.exists()", self.where_code(*question, std::iter::once(self.code(*question, *option))))
            }
            Atom::Nothing(question) => format!("{}.exists()", self.where_code(*question, std::iter::once(NONE))),
            Atom::NotSure(question) => format!("{}.exists()", self.not_sure(*question)),
            Atom::Sure(question) => format!("{}.empty()", self.not_sure(*question)),
            Atom::Unanswered(question) => format!("{}.empty()", self.value(*question, self.id(*question))),
            Atom::Number(question, operator, bound) => {
                format!("{} {} {bound}", self.value(*question, self.id(*question)), operator.sign())
            }
            Atom::Count(question, of, range) => {
                let value = self.value(*question, self.id(*question));
                let ticked = match of {
                    Some(of) => self.where_code(*question, of.iter().map(|option| self.code(*question, *option))),
                    None => format!("{value}.where(code != '{NONE}' and system != '{DATA_ABSENT_REASON}')"),
                };
                let most = of.as_ref().map_or_else(|| self.options(*question), Vec::len);
                match (*range.start(), *range.end()) {
                    (0, 0) => format!("{value}.exists() and {ticked}.empty()"),
                    (0, high) if high >= most => format!("{value}.exists()"),
                    (0, high) => format!("{value}.exists() and {ticked}.count() <= {high}"),
                    (1, high) if high >= most => format!("{ticked}.exists()"),
                    (low, high) if high >= most => format!("{ticked}.count() >= {low}"),
                    (low, high) => format!("{ticked}.count() >= {low} and {ticked}.count() <= {high}"),
                }
            }
        }
    }

    fn not_sure(&self, question: Idx<Question>) -> String {
        format!("{}.where(system = '{DATA_ABSENT_REASON}')", self.value(question, &self.not_sure_id(question)))
    }

    fn where_code<'c>(&self, question: Idx<Question>, codes: impl Iterator<Item = &'c str>) -> String {
        let value = self.value(question, self.id(question));
        let codes: Vec<String> = codes.map(|code| format!("'{code}'")).collect();
        match codes.as_slice() {
            [code] => format!("{value}.where(code = {code})"),
            codes => format!("{value}.where(code in ({}))", codes.join(" | ")),
        }
    }

    fn value(&self, question: Idx<Question>, link_id: &str) -> String {
        let path = self.paths.get(position(question)).map_or("", String::as_str);
        format!("{path}.where(linkId = '{link_id}').answer.value")
    }

    /// Where *not sure* about a question is said.
    fn not_sure_id(&self, question: Idx<Question>) -> String {
        let asked = &self.questionnaire.questions[question];
        if asked.options().is_some() { asked.id.clone() } else { names::not_sure_link_id(asked) }
    }

    fn id(&self, question: Idx<Question>) -> &'q str {
        &self.questionnaire.questions[question].id
    }

    fn options(&self, question: Idx<Question>) -> usize {
        self.questionnaire.questions[question].options().map_or(0, la_arena::Arena::len)
    }

    fn code(&self, question: Idx<Question>, option: Idx<Choice>) -> &'q str {
        self.questionnaire.questions[question].options().map_or("", |options| options[option].id.as_str())
    }
}
