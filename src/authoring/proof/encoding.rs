//! A questionnaire as a logic circuit: a literal for everything that can be answered, and what conditions make of it.
//!
//! The circuit computes for all answers at once what [`crate::engine::evaluation`] computes for one set of answers.
//! Property tests compare the two.

mod question;
mod ticks;
pub(super) mod missing_answers;
pub(super) mod doubt;
mod equivalent_options;
mod equivalent_numbers;

use batsat::Lit;
use la_arena::Idx;

use crate::authoring::proof::circuit::Circuit;
use crate::engine::answers::Answers;
use crate::questionnaire::{Condition, Fact, FactTest, Question, Questionnaire, Subject, Test, position};
use equivalent_numbers::number_classes;
use equivalent_options::distinct_options;
use question::EncodedQuestion;

/// A truth value as two literals, of which at most one is true. While neither is, the truth is *open*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct EncodedTruth {
    pub(super) yes: Lit,
    pub(super) no: Lit,
}

/// A questionnaire as a circuit.
pub(super) struct Encoding<'q> {
    pub(super) questionnaire: &'q Questionnaire,
    questions: Vec<EncodedQuestion>,
    facts: Vec<EncodedTruth>,
}

impl<'q> Encoding<'q> {
    pub(super) fn new(questionnaire: &'q Questionnaire, circuit: &mut Circuit) -> Encoding<'q> {
        let mut encoding = Encoding {
            questionnaire,
            questions: Vec::with_capacity(questionnaire.questions.len()),
            facts: vec![EncodedTruth::open(circuit); questionnaire.facts.len()],
        };
        let options = distinct_options(questionnaire);
        let numbers = number_classes(questionnaire);
        for subject in questionnaire.dependency_graph.evaluation_order() {
            match *subject {
                Subject::Fact(fact) => {
                    let encoded = encoding.condition(&questionnaire.facts[fact].when, circuit);
                    if let Some(slot) = encoding.facts.get_mut(position(fact)) {
                        *slot = encoded;
                    }
                }
                Subject::Question(id) => {
                    let options = options.get(&id).map_or(&[][..], Vec::as_slice);
                    let numbers = numbers.get(&id).map_or(&[][..], Vec::as_slice);
                    let question = &questionnaire.questions[id];
                    let encoded = EncodedQuestion::new(&encoding, question, options, numbers, circuit);
                    encoding.questions.push(encoded);
                }
            }
        }
        encoding
    }

    pub(super) fn question(&self, question: Idx<Question>) -> Option<&EncodedQuestion> {
        self.questions.get(position(question))
    }

    /// Every question, in file order.
    pub(super) fn questions(&self) -> impl Iterator<Item = (Idx<Question>, &EncodedQuestion)> {
        self.questionnaire.questions.iter().map(|(question, _)| question).zip(&self.questions)
    }

    fn fact(&self, fact: Idx<Fact>, circuit: &Circuit) -> EncodedTruth {
        self.facts.get(position(fact)).copied().unwrap_or(EncodedTruth::open(circuit))
    }

    pub(super) fn condition(&self, condition: &Condition, circuit: &mut Circuit) -> EncodedTruth {
        let tables: Vec<_> = condition.tables.iter().map(|table| self.table(table, circuit)).collect();
        EncodedTruth::any(&tables, circuit)
    }

    /// One table of a condition.
    pub(super) fn table(&self, table: &[Test], circuit: &mut Circuit) -> EncodedTruth {
        let tests: Vec<_> = table.iter().map(|test| self.test(test, circuit)).collect();
        EncodedTruth::all(&tests, circuit)
    }

    fn test(&self, test: &Test, circuit: &mut Circuit) -> EncodedTruth {
        match test {
            Test::Question { question, form } => match self.question(*question) {
                Some(question) => question.test(form, circuit),
                None => EncodedTruth::open(circuit),
            },
            Test::Fact { fact, is } => {
                let fact = self.fact(*fact, circuit);
                match is {
                    FactTest::Holds => fact,
                    FactTest::Fails => !fact,
                    FactTest::Known => {
                        EncodedTruth { yes: circuit.or([fact.yes, fact.no]), no: circuit.constant_false() }
                    }
                }
            }
        }
    }

    /// Whether a condition is open, and so is one of its tables with an open test for which `counts` is true.
    fn open_because(
        &self,
        condition: &Condition,
        counts: impl Fn(&Test, &Circuit) -> Lit,
        circuit: &mut Circuit,
    ) -> Lit {
        let truth = self.condition(condition, circuit);
        let mut open_tests = Vec::new();
        for table in &condition.tables {
            let of_table = self.table(table, circuit);
            for test in table {
                let of_test = self.test(test, circuit);
                let counts = counts(test, circuit);
                open_tests.push(circuit.and([!of_table.yes, !of_table.no, !of_test.yes, !of_test.no, counts]));
            }
        }
        let any = circuit.or(open_tests);
        circuit.and([!truth.yes, !truth.no, any])
    }

    /// The answers in the model that the solver found last.
    pub(super) fn answers_in_model(&self, circuit: &Circuit) -> Answers {
        let mut answers = Answers::new();
        for (question, encoded) in self.questions().filter(|(_, encoded)| circuit.is_true(encoded.answered)) {
            answers.set(question, encoded.answer_in_model(circuit));
        }
        answers
    }
}

impl EncodedTruth {
    fn always(circuit: &Circuit) -> EncodedTruth {
        EncodedTruth { yes: circuit.constant_true(), no: circuit.constant_false() }
    }

    fn open(circuit: &Circuit) -> EncodedTruth {
        EncodedTruth { yes: circuit.constant_false(), no: circuit.constant_false() }
    }

    /// *Yes* if all are, *no* if any is.
    fn all(truths: &[EncodedTruth], circuit: &mut Circuit) -> EncodedTruth {
        let yes = circuit.and(truths.iter().map(|truth| truth.yes));
        let no = circuit.or(truths.iter().map(|truth| truth.no));
        EncodedTruth { yes, no }
    }

    /// *Yes* if any is, *no* if all are.
    fn any(truths: &[EncodedTruth], circuit: &mut Circuit) -> EncodedTruth {
        let yes = circuit.or(truths.iter().map(|truth| truth.yes));
        let no = circuit.and(truths.iter().map(|truth| truth.no));
        EncodedTruth { yes, no }
    }
}

impl std::ops::Not for EncodedTruth {
    type Output = EncodedTruth;

    fn not(self) -> EncodedTruth {
        EncodedTruth { yes: self.no, no: self.yes }
    }
}

#[cfg(test)]
mod tests {
    use crate::authoring::proof::{prover, read};
    use crate::questionnaire::Truth;

    /// What the condition of the last fact can be.
    #[track_caller]
    fn check(questions: &str, when: &str, expected: &[Truth]) {
        let questionnaire = read(&format!("question = [{questions}]\n[fact.it]\nwhen = {when}\n"));
        let mut prover = prover(&questionnaire);
        let (_, fact) = questionnaire.facts.iter().last().expect("a fact");
        let can_be = |truth: &Truth| prover.can_be(&fact.when, *truth) == Some(true);
        let truths: Vec<Truth> = [Truth::Yes, Truth::No, Truth::Open].into_iter().filter(can_be).collect();
        assert_eq!(truths, expected, "{when}");
    }

    const GATED: &str = r#"{ id = "a", ask = "A?", kind = "one" },
        { id = "b", ask = "B?", kind = "number", min = 0, max = 10, when = { a = "yes" } }"#;

    #[test]
    fn a_condition_can_have_every_truth_value_that_some_answers_give_it() {
        check(GATED, r#"{ b = "> 3" }"#, &[Truth::Yes, Truth::No, Truth::Open]);
    }

    #[test]
    fn two_tests_that_exclude_each_other_are_never_yes() {
        check(GATED, r#"{ a = "no", b = "> 3" }"#, &[Truth::No, Truth::Open]);
    }

    #[test]
    fn a_test_that_accepts_every_answer_is_never_no() {
        check(GATED, r#"{ b = ">= 0" }"#, &[Truth::Yes, Truth::Open]);
    }

    #[test]
    fn a_question_that_is_hidden_for_certain_has_the_value_of_its_otherwise() {
        let hidden = GATED.replace("max = 10,", "max = 10, otherwise = 7,");
        check(&hidden, r#"{ a = "no", b = "= 7" }"#, &[Truth::Yes, Truth::No, Truth::Open]);
        check(&hidden, r#"{ a = "no", b = "> 7" }"#, &[Truth::No, Truth::Open]);
    }

    #[test]
    fn only_what_is_ticked_is_offered_again() {
        let again = r#"{ id = "all", ask = "All?", kind = "many", options = [{ id = "x", say = "X" }, { id = "y", say = "Y" }] },
            { id = "new", ask = "New?", kind = "many", from = "all" }"#;
        check(again, r#"{ all = "x", new = "x" }"#, &[Truth::Yes, Truth::No, Truth::Open]);
        check(again, r#"{ all = "!x", new = "x" }"#, &[Truth::No, Truth::Open]);
    }
}
