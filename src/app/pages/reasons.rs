//! Conditions in the person's own words: which answers make a condition hold, or fail.

use std::collections::BTreeSet;

use la_arena::Idx;

use crate::grounds::{Ground, grounds};
use crate::questionnaire::{
    Answer, Cause, Choice, Condition, Fact, FactTest, Finding, Form, Question, Questionnaire, Test, Truth,
};
use crate::situation::Situation;
use crate::wording;

/// A reason: what was said, and to which question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reason {
    /// The answer, or the words of a fact.
    pub(super) said: String,
    /// The question; a fact that has words of its own needs none.
    pub(super) ask: Option<String>,
    /// Whether it is that something was not ticked.
    is_absence: bool,
}

impl Reason {
    /// What was not ticked, if the reason is that.
    pub(super) fn unticked(&self) -> Option<&str> {
        self.said.strip_prefix(NOT_TICKED)
    }
}

/// What stands before that which was not ticked.
const NOT_TICKED: &str = "Not ticked: ";

/// The answers that make a condition *yes* or *no*, whichever it is.
pub(super) fn reasons<'q>(condition: &'q Condition, situation: &Situation<'q>) -> Vec<Reason> {
    let questionnaire = situation.questionnaire();
    let words = |fact: Idx<Fact>, is: FactTest| {
        let says_so = is == FactTest::Holds && situation.fact(fact) == Truth::Yes;
        questionnaire.facts[fact].say.as_ref().filter(|_| says_so)
    };
    let mut reasons = Vec::new();
    for ground in grounds(condition, situation, |fact, is| words(fact, is).is_some()) {
        let reason = match ground {
            // A bare number says nothing without its question.
            Ground::Question(question, Form::Number(_)) => {
                Reason { said: number(question, situation), ask: None, is_absence: false }
            }
            Ground::Question(question, form) => Reason {
                said: of_form(form, question, situation),
                ask: Some(questionnaire.questions[question].ask.clone()),
                is_absence: is_absence(form, question, situation),
            },
            Ground::Fact(fact, is) => Reason {
                said: words(fact, is).map(|say| capitalized(say)).unwrap_or_default(),
                ask: None,
                is_absence: false,
            },
        };
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    // What was said tells more than what was not; that it was not is only a condition beside it.
    if situation.truth(condition) == Truth::Yes && reasons.iter().any(|reason| !reason.is_absence) {
        reasons.retain(|reason| !reason.is_absence);
    }
    reasons
}

/// The answers that make a finding weigh. What only says for whom the finding is, is left out: a test that its opposite
/// has too, and a fact, a number or a background that does not move the cause by itself.
pub(super) fn of_finding(cause: &Cause, finding: &Finding, situation: &Situation<'_>) -> Vec<Reason> {
    if situation.truth(&finding.when) != Truth::Yes {
        return reasons(&finding.when, situation);
    }
    let held = finding.when.tables.iter().filter(|table| situation.table(table) == Truth::Yes);
    let tables = held.map(|table| told(cause, finding, table, situation.questionnaire())).collect();
    reasons(&Condition { tables }, situation)
}

/// The tests of a table that are worth telling: never none of them.
fn told(cause: &Cause, finding: &Finding, table: &[Test], questionnaire: &Questionnaire) -> Vec<Test> {
    let is_number = |test: &Test| matches!(test, Test::Question { form: Form::Number(_), .. });
    let gates = |test: &&Test| {
        let says = |fact: Idx<Fact>| questionnaire.facts[fact].say.is_some();
        let opposite = cause
            .findings
            .iter()
            .any(|other| (other.lr > 1.0) != (finding.lr > 1.0) && other.when.tests().any(|shared| shared == *test));
        let moves_alone = cause
            .findings
            .iter()
            .flat_map(|other| &other.when.tables)
            .any(|table| !table.is_empty() && table.iter().all(|alone| alone.subject() == test.subject()));
        let rows = cause.base.iter().map(|row| &row.when).chain(cause.adjust.iter().map(|row| &row.when));
        let is_background = rows.flat_map(Condition::tests).any(|row| row.subject() == test.subject());
        let is_fact = matches!(test, Test::Fact { fact, .. } if says(*fact));
        opposite || (!moves_alone && (is_background || is_fact || is_number(test)))
    };
    let keep = |which: &dyn Fn(&&Test) -> bool| table.iter().filter(|test| which(test)).cloned().collect::<Vec<Test>>();
    let told = keep(&|test| !gates(test));
    let beside_numbers = keep(&|test| !is_number(test));
    [told, beside_numbers].into_iter().find(|kept| !kept.is_empty()).unwrap_or_else(|| table.to_vec())
}

/// What would make a cause more likely, was asked, and was not said: what weighs most comes first. What weighs against
/// the cause by that is told there.
pub(super) fn expected(cause: &Cause, situation: &Situation<'_>) -> Vec<Reason> {
    let missing =
        |finding: &&Finding| finding.lr > 1.0 && finding.lr_no.is_none() && situation.truth(&finding.when) == Truth::No;
    let mut findings: Vec<&Finding> = cause.findings.iter().filter(missing).collect();
    findings.sort_by(|a, b| b.lr.total_cmp(&a.lr));
    let mut reasons = Vec::new();
    for reason in findings.into_iter().filter_map(|finding| unsaid(&finding.when, situation)) {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons
}

/// What was not said, when that alone keeps a condition from holding.
fn unsaid(condition: &Condition, situation: &Situation<'_>) -> Option<Reason> {
    condition.tables.iter().find_map(|table| {
        let mut failing = table.iter().filter(|test| situation.test(test) != Truth::Yes);
        let (Some(Test::Question { question, form: Form::Any(options) }), None) = (failing.next(), failing.next())
        else {
            return None;
        };
        let asked = &situation.questionnaire().questions[*question];
        let offered = situation.offered(*question);
        let say = |option: &Idx<Choice>| asked.options().map_or("", |choices| choices[*option].say.as_str());
        let said: Vec<&str> = options.iter().filter(|option| offered.contains(option)).map(say).collect();
        let is_told = situation.is_shown(*question) && !said.is_empty();
        is_told.then(|| Reason { said: said.join("; "), ask: Some(asked.ask.clone()), is_absence: true })
    })
}

/// What was said to one question, as far as a condition looks at it.
pub(super) fn said_to<'q>(condition: &'q Condition, question: Idx<Question>, situation: &Situation<'q>) -> String {
    let mut said: Vec<String> = Vec::new();
    for ground in grounds(condition, situation, |_, _| false) {
        match ground {
            Ground::Question(tested, form) if tested == question => {
                let text = of_form(form, question, situation);
                if !said.contains(&text) {
                    said.push(text);
                }
            }
            Ground::Question(..) | Ground::Fact(..) => {}
        }
    }
    said.join("; ")
}

/// What was said to a question, as far as a form looks at it.
fn of_form(form: &Form, question: Idx<Question>, situation: &Situation<'_>) -> String {
    let asked = &situation.questionnaire().questions[question];
    let Some(value) = situation.value(question) else { return wording::NOT_SURE.into() };
    match (form, value) {
        (
            Form::Any(options) | Form::All(options) | Form::Count { of: Some(options), .. },
            Answer::Many { ticked, .. },
        ) => of_ticks(asked, options, ticked, &situation.offered(question)),
        (Form::Not(option), Answer::Many { ticked, .. }) => {
            of_ticks(asked, &[*option], ticked, &situation.offered(question))
        }
        (Form::Count { of: None, count }, Answer::Many { ticked, .. })
            if !ticked.is_empty() && count.wants_more_than(ticked.len()) =>
        {
            format!("Only {}", wording::answer(asked, value))
        }
        _ => wording::answer(asked, value),
    }
}

/// Whether all that a form asks about was left unticked.
fn is_absence(form: &Form, question: Idx<Question>, situation: &Situation<'_>) -> bool {
    match (form, situation.value(question)) {
        (
            Form::Any(options) | Form::All(options) | Form::Count { of: Some(options), .. },
            Some(Answer::Many { ticked, .. }),
        ) => !options.iter().any(|option| ticked.contains(option)),
        (Form::Not(option), Some(Answer::Many { ticked, .. })) => !ticked.contains(option),
        _ => false,
    }
}

fn of_ticks(
    asked: &Question,
    options: &[Idx<Choice>],
    ticked: &BTreeSet<Idx<Choice>>,
    offered: &[Idx<Choice>],
) -> String {
    let say = |option: &Idx<Choice>| asked.options().map_or("", |choices| choices[*option].say.as_str());
    let found: Vec<&str> = options.iter().filter(|option| ticked.contains(option)).map(say).collect();
    if found.is_empty() {
        // What was not on offer could not be ticked either.
        let passed_over = options.iter().filter(|option| offered.contains(option)).map(say);
        format!("{NOT_TICKED}{}", passed_over.collect::<Vec<_>>().join("; "))
    } else {
        found.join("; ")
    }
}

/// "How old are you? 34".
fn number(question: Idx<Question>, situation: &Situation<'_>) -> String {
    let asked = &situation.questionnaire().questions[question];
    let said =
        situation.value(question).map_or_else(|| wording::NOT_SURE.into(), |value| wording::answer(asked, value));
    format!("{} {said}", asked.ask)
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
