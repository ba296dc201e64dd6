//! Which conditions are open because a question that is shown has no answer or a *not sure* one, as
//! [`Evaluation::awaits_answer`] has it.
//!
//! [`Evaluation::awaits_answer`]: crate::engine::evaluation::Evaluation::awaits_answer

use batsat::Lit;
use la_arena::Idx;

use crate::authoring::proof::circuit::Circuit;
use crate::authoring::proof::encoding::Encoding;
use crate::questionnaire::{Condition, Question, Subject, Test, position};

/// Of each question and fact, whether it is open because an answer is missing.
pub(in crate::authoring::proof) struct MissingAnswers {
    questions: Vec<Lit>,
    facts: Vec<Lit>,
}

impl MissingAnswers {
    pub(in crate::authoring::proof) fn new(encoding: &Encoding<'_>, circuit: &mut Circuit) -> MissingAnswers {
        let questionnaire = encoding.questionnaire;
        let facts = vec![circuit.constant_false(); questionnaire.facts.len()];
        let mut missing = MissingAnswers { questions: Vec::new(), facts };
        for subject in questionnaire.dependency_graph.evaluation_order() {
            match *subject {
                Subject::Fact(fact) => {
                    let awaits = missing.condition(encoding, &questionnaire.facts[fact].when, circuit);
                    if let Some(slot) = missing.facts.get_mut(position(fact)) {
                        *slot = awaits;
                    }
                }
                Subject::Question(id) => {
                    let awaits = missing.encode_question(encoding, id, circuit);
                    missing.questions.push(awaits);
                }
            }
        }
        missing
    }

    /// A shown question awaits its own answer; one that may or may not be shown awaits those that decide about it.
    fn encode_question(&self, encoding: &Encoding<'_>, id: Idx<Question>, circuit: &mut Circuit) -> Lit {
        let Some(encoded) = encoding.question(id) else { return circuit.constant_false() };
        let question = &encoding.questionnaire.questions[id];
        let unsure = encoded.is_unsure(circuit);
        let unclear = circuit.or([!encoded.answered, unsure]);
        let by_itself = circuit.and([encoded.shown.yes, unclear]);
        let gate = self.condition(encoding, &question.when, circuit);
        let source = question.from().map_or(circuit.constant_false(), |from| self.question(from, circuit));
        let source = circuit.and([!encoded.has_options.yes, !encoded.has_options.no, source]);
        let gate_or_source = circuit.or([gate, source]);
        let by_others = circuit.and([!encoded.shown.yes, !encoded.shown.no, gate_or_source]);
        circuit.or([by_itself, by_others])
    }

    /// Whether a condition is open because an answer is missing.
    pub(in crate::authoring::proof) fn condition(
        &self,
        encoding: &Encoding<'_>,
        condition: &Condition,
        circuit: &mut Circuit,
    ) -> Lit {
        let awaits = |test: &Test, circuit: &Circuit| match test.subject() {
            Subject::Question(question) => self.question(question, circuit),
            Subject::Fact(fact) => self.facts.get(position(fact)).copied().unwrap_or(circuit.constant_false()),
        };
        encoding.open_because(condition, awaits, circuit)
    }

    /// Whether the value of a question is open because an answer is missing.
    pub(in crate::authoring::proof) fn question(&self, question: Idx<Question>, circuit: &Circuit) -> Lit {
        self.questions.get(position(question)).copied().unwrap_or(circuit.constant_false())
    }
}
