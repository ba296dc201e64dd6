//! Which conditions are open because an answer to a question that is shown is *not sure*, as
//! [`Evaluation::is_doubtful`] has it.
//!
//! [`Evaluation::is_doubtful`]: crate::engine::evaluation::Evaluation::is_doubtful

use batsat::Lit;

use crate::authoring::proof::circuit::Circuit;
use crate::authoring::proof::encoding::Encoding;
use crate::questionnaire::{Condition, Subject, Test, position};

/// Of each fact, whether it is doubtful.
pub(in crate::authoring::proof) struct Doubt {
    facts: Vec<Lit>,
}

impl Doubt {
    pub(in crate::authoring::proof) fn new(encoding: &Encoding<'_>, circuit: &mut Circuit) -> Doubt {
        let questionnaire = encoding.questionnaire;
        let mut doubt = Doubt { facts: vec![circuit.constant_false(); questionnaire.facts.len()] };
        for subject in questionnaire.dependency_graph.evaluation_order() {
            let Subject::Fact(fact) = *subject else { continue };
            let is_doubtful = doubt.condition(encoding, &questionnaire.facts[fact].when, circuit);
            if let Some(slot) = doubt.facts.get_mut(position(fact)) {
                *slot = is_doubtful;
            }
        }
        doubt
    }

    /// Whether a condition is doubtful.
    pub(in crate::authoring::proof) fn condition(
        &self,
        encoding: &Encoding<'_>,
        condition: &Condition,
        circuit: &mut Circuit,
    ) -> Lit {
        let is_doubtful = |test: &Test, circuit: &Circuit| {
            let doubt = match test.subject() {
                Subject::Question(question) => encoding.question(question).map(|question| question.answered),
                Subject::Fact(fact) => self.facts.get(position(fact)).copied(),
            };
            doubt.unwrap_or(circuit.constant_false())
        };
        encoding.open_because(condition, is_doubtful, circuit)
    }
}
