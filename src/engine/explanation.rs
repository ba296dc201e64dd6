//! Why a condition is *yes* or *no*, reduced to what is worth showing to a person. The wording is left to the screens.

pub mod trace;
pub mod causal_chains;
mod gates;

use la_arena::Idx;

use crate::engine::evaluation::Evaluation;
use crate::questionnaire::{
    Answer, Cause, Choice, Condition, Fact, FactTest, Finding, Form, OptionSet, Question, Truth,
};
use gates::Gates;
use trace::{DecidingTest, deciding_tests, trace_tests};

/// A reason for a condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason<'q> {
    /// A fact that is *yes*, with its `say`.
    Fact(&'q str),
    /// An answer to a question.
    Said(Idx<Question>, StatedAnswer<'q>),
}

/// The part of an answer that a test depends on.
#[derive(Debug, Clone, PartialEq)]
pub enum StatedAnswer<'q> {
    /// The ticked ones of the tested options.
    Ticked(Vec<&'q str>),
    /// The offered ones of the tested options: none of them is ticked.
    Unticked(Vec<&'q str>),
    /// The test only counts ticks.
    Counted {
        /// All ticks.
        answer: Answer,
        /// Whether the test asks for more than there are.
        is_too_few: bool,
    },
    /// The whole answer.
    Whole(Answer),
}

impl Reason<'_> {
    /// Whether the reason is that something is not ticked.
    #[must_use]
    pub fn is_absence(&self) -> bool {
        matches!(self, Reason::Said(_, StatedAnswer::Unticked(_)))
    }
}

/// The reasons why a condition is *yes* or *no*, each once.
#[must_use]
pub fn reasons<'q>(condition: &'q Condition, evaluation: &Evaluation<'q>) -> Vec<Reason<'q>> {
    let says = |fact, is| says(fact, is, evaluation).is_some();
    worth_telling(deciding_tests(condition, evaluation, says), evaluation.truth(condition), evaluation)
}

/// The reasons why findings of a cause have weight.
#[derive(Debug)]
pub struct FindingReasons<'e, 'q> {
    evaluation: &'e Evaluation<'q>,
    gates: Gates<'q>,
}

impl<'e, 'q> FindingReasons<'e, 'q> {
    /// Of this cause.
    #[must_use]
    pub fn new(cause: &'q Cause, evaluation: &'e Evaluation<'q>) -> FindingReasons<'e, 'q> {
        FindingReasons { evaluation, gates: Gates::new(cause) }
    }

    /// The reasons why one of the findings has weight.
    ///
    /// Tests that only define whom the finding applies to are omitted: those that also occur in a finding of the opposite
    /// direction, and facts, numbers and adjustments that do not move the cause on their own. A fact is kept when it moves
    /// the cause the same way whatever is answered beside it.
    #[must_use]
    pub fn of(&self, finding: &'q Finding) -> Vec<Reason<'q>> {
        let evaluation = self.evaluation;
        if evaluation.truth(&finding.when) != Truth::Yes {
            return reasons(&finding.when, evaluation);
        }
        let held = finding.when.tables.iter().filter(|table| evaluation.table(table) == Truth::Yes);
        let tests = held.flat_map(|table| self.gates.without(finding, table, evaluation)).collect();
        let says = |fact, is| says(fact, is, evaluation).is_some();
        worth_telling(trace_tests(tests, evaluation, says), Truth::Yes, evaluation)
    }
}

/// The part of the answer to a question that a test of this form depends on.
#[must_use]
pub fn stated_answer<'q>(form: &Form, question: Idx<Question>, evaluation: &Evaluation<'q>) -> StatedAnswer<'q> {
    let Some(value) = evaluation.effective_answer(question) else { return StatedAnswer::Whole(Answer::NotSure) };
    match (form, value) {
        (form, Answer::Many { ticked, .. }) if !form.options().is_empty() => {
            stated_ticks(form.options(), ticked, question, evaluation)
        }
        (Form::Count { of: None, count }, Answer::Many { ticked, .. }) if !ticked.is_empty() => {
            StatedAnswer::Counted { answer: value.clone(), is_too_few: count.needs_more_than(ticked.len()) }
        }
        _ => StatedAnswer::Whole(value.clone()),
    }
}

/// The `say` of a fact, when the fact is *yes* and tested for that.
fn says<'q>(fact: Idx<Fact>, is: FactTest, evaluation: &Evaluation<'q>) -> Option<&'q str> {
    let says_so = is == FactTest::Holds && evaluation.fact(fact) == Truth::Yes;
    evaluation.questionnaire().facts[fact].say.as_deref().filter(|_| says_so)
}

fn worth_telling<'q>(tests: Vec<DecidingTest<'q>>, truth: Truth, evaluation: &Evaluation<'q>) -> Vec<Reason<'q>> {
    let mut reasons = Vec::new();
    for test in tests {
        let reason = match test {
            DecidingTest::Question(question, form) => Reason::Said(question, stated_answer(form, question, evaluation)),
            DecidingTest::Fact(fact, is) => Reason::Fact(says(fact, is, evaluation).unwrap_or_default()),
        };
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    // Among positive reasons, a missing tick is only a side condition.
    if truth == Truth::Yes && !reasons.iter().all(Reason::is_absence) {
        reasons.retain(|reason| !reason.is_absence());
    }
    reasons
}

fn stated_ticks<'q>(
    options: &[Idx<Choice>],
    ticked: &OptionSet,
    question: Idx<Question>,
    evaluation: &Evaluation<'q>,
) -> StatedAnswer<'q> {
    let asked = &evaluation.questionnaire().questions[question];
    let say = |option: &Idx<Choice>| asked.option_text(*option);
    let found: Vec<&str> = options.iter().filter(|option| ticked.contains(option)).map(say).collect();
    if !found.is_empty() {
        return StatedAnswer::Ticked(found);
    }
    // An option that was not offered could not be ticked.
    let offered = evaluation.offered(question);
    StatedAnswer::Unticked(options.iter().filter(|option| offered.contains(option)).map(say).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::answers::Answers;
    use crate::questionnaire::{Questionnaire, WrittenAnswer, parse};

    /// Compares the reasons for the first finding of a cause, for somebody aged 70 who ticked these signs and stopped a
    /// medicine.
    #[track_caller]
    fn check(findings: &[&str], signs: &[&str], expected: &[&str]) {
        let file = format!(
            r#"
format = 1
title = "T"
question = [
  {{ id = "age", ask = "Age?", kind = "number", min = 0, max = 120 }},
  {{ id = "stopped", ask = "Stopped?", kind = "one" }},
  {{ id = "signs", ask = "Signs?", kind = "many", options = [{{ id = "ache", say = "Ache" }}, {{ id = "back", say = "It came back" }}] }},
]
fact.gone = {{ say = "it went", when = {{ stopped = "yes" }} }}
[[cause]]
id = "c"
name = "C"
base = [{{ p = 0.1 }}]
findings = [{}]
"#,
            findings.join(", ")
        );
        let questionnaire = parse(file.as_bytes()).unwrap_or_else(|problems| panic!("{problems:#?}"));
        let signs = signs.iter().map(|sign| (*sign).into()).collect();
        let given = [
            ("age", WrittenAnswer::Number(70.0)),
            ("stopped", WrittenAnswer::Text("yes".into())),
            ("signs", WrittenAnswer::List(signs)),
        ];
        let mut answers = Answers::new();
        for (id, written) in given {
            let question = questionnaire.question(id).expect("asked");
            answers.set(question, Answer::read(&questionnaire.questions[question], &written).expect("an answer"));
        }
        let cause = questionnaire.causes.values().next().expect("a cause");
        let evaluation = Evaluation::new(&questionnaire, &answers);
        let reasons = FindingReasons::new(cause, &evaluation).of(&cause.findings[0]);
        let told: Vec<String> = reasons.iter().map(|reason| in_words(reason, &questionnaire)).collect();
        assert_eq!(told, expected);
    }

    fn in_words(reason: &Reason<'_>, questionnaire: &Questionnaire) -> String {
        match reason {
            Reason::Fact(say) => (*say).to_owned(),
            Reason::Said(_, StatedAnswer::Ticked(options)) => options.join("; "),
            Reason::Said(_, StatedAnswer::Unticked(options)) => format!("not {}", options.join("; ")),
            Reason::Said(question, StatedAnswer::Counted { .. } | StatedAnswer::Whole(_)) => {
                questionnaire.questions[*question].ask.clone()
            }
        }
    }

    const ACHE: &str = r#"{ lr = 3.0, grade = "C", when = { signs = "ache", age = ">= 60", gone = "yes" } }"#;

    #[test]
    fn what_only_says_for_whom_a_finding_is_is_left_out() {
        check(&[ACHE], &["ache"], &["Ache"]);
    }

    #[test]
    fn what_moves_the_cause_by_itself_is_told() {
        let alone = r#"{ lr = 2.0, grade = "C", when = { gone = "yes" } }"#;
        check(&[ACHE, alone], &["ache"], &["Ache", "it went"]);
    }

    #[test]
    fn what_its_opposite_has_too_is_left_out() {
        let opposite = r#"{ lr = 0.5, grade = "C", when = { signs = "ache", gone = "no" } }"#;
        let alone = r#"{ lr = 2.0, grade = "C", when = { gone = "yes" } }"#;
        check(&[ACHE, opposite, alone], &["ache"], &["it went"]);
    }

    #[test]
    fn a_fact_that_moves_the_cause_whatever_is_said_beside_it_is_told() {
        let not_back = r#"{ lr = 3.0, grade = "C", when = { gone = "yes", signs = "!back" } }"#;
        let back = r#"{ lr = 8.0, grade = "C", when = { gone = "yes", signs = "back" } }"#;
        check(&[not_back, back], &[], &["it went"]);
        check(&[not_back], &[], &["not It came back"]);
    }

    #[test]
    fn where_there_is_nothing_else_what_says_for_whom_it_is_is_told() {
        check(&[r#"{ lr = 3.0, grade = "C", when = { age = ">= 60" } }"#], &[], &["Age?"]);
    }

    #[test]
    fn what_was_said_is_told_without_what_was_not() {
        let both = r#"{ lr = 3.0, grade = "C", when = { stopped = "yes", signs = "!ache" } }"#;
        check(&[both], &[], &["Stopped?"]);
    }

    #[test]
    fn what_makes_a_finding_fail_is_told_whole() {
        let failing = r#"{ lr = 3.0, lr_no = 0.5, grade = "C", when = { signs = "ache" } }"#;
        check(&[failing], &["back"], &["not Ache"]);
    }
}
