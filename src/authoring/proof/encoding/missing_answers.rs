//! Which conditions are open for want of an answer, as [`crate::engine::evaluation::Situation::is_wanting`] has it.

use batsat::Lit;
use la_arena::Idx;

use crate::authoring::proof::circuit::Circuit;
use crate::authoring::proof::encoding::Encoding;
use crate::questionnaire::{Condition, Fact, Question, Subject, position};

/// What each question and fact is wanting.
pub(in crate::authoring::proof) struct MissingAnswers {
    questions: Vec<Lit>,
    facts: Vec<Lit>,
}

impl MissingAnswers {
    pub(in crate::authoring::proof) fn new(encoding: &Encoding<'_>, circuit: &mut Circuit) -> MissingAnswers {
        let questionnaire = encoding.questionnaire;
        let mut wanting =
            MissingAnswers { questions: Vec::new(), facts: vec![circuit.constant_false(); questionnaire.facts.len()] };
        for subject in questionnaire.dependents.order() {
            let id = match *subject {
                Subject::Fact(fact) => {
                    wanting.encode_fact(encoding, fact, circuit);
                    continue;
                }
                Subject::Question(id) => id,
            };
            let Some(asked) = encoding.question(id) else { continue };
            let question = &questionnaire.questions[id];
            let unsure = asked.is_unsure(circuit);
            let unclear = circuit.or([!asked.answered, unsure]);
            let by_itself = circuit.and([asked.shown.yes, unclear]);
            let gate = wanting.condition(encoding, &question.when, circuit);
            let source = question.from().map_or(circuit.constant_false(), |from| wanting.question(from, circuit));
            let source = circuit.and([!asked.offers.yes, !asked.offers.no, source]);
            let hangs = circuit.or([gate, source]);
            let by_others = circuit.and([!asked.shown.yes, !asked.shown.no, hangs]);
            let whole = circuit.or([by_itself, by_others]);
            wanting.questions.push(whole);
        }
        wanting
    }

    /// Whether a condition is open for want of an answer.
    pub(in crate::authoring::proof) fn condition(
        &self,
        encoding: &Encoding<'_>,
        condition: &Condition,
        circuit: &mut Circuit,
    ) -> Lit {
        let whole = encoding.condition(condition, circuit);
        let mut ways = Vec::new();
        for table in &condition.tables {
            let held = encoding.table(table, circuit);
            for test in table {
                let is = encoding.test(test, circuit);
                let wants = match test.subject() {
                    Subject::Question(question) => self.question(question, circuit),
                    Subject::Fact(fact) => self.facts.get(position(fact)).copied().unwrap_or(circuit.constant_false()),
                };
                ways.push(circuit.and([!held.yes, !held.no, !is.yes, !is.no, wants]));
            }
        }
        let any = circuit.or(ways);
        circuit.and([!whole.yes, !whole.no, any])
    }

    /// Whether it is open what a question counts as, for want of an answer.
    pub(in crate::authoring::proof) fn question(&self, question: Idx<Question>, circuit: &Circuit) -> Lit {
        self.questions.get(position(question)).copied().unwrap_or(circuit.constant_false())
    }

    fn encode_fact(&mut self, encoding: &Encoding<'_>, fact: Idx<Fact>, circuit: &mut Circuit) {
        let settled = self.condition(encoding, &encoding.questionnaire.facts[fact].when, circuit);
        if let Some(slot) = self.facts.get_mut(position(fact)) {
            *slot = settled;
        }
    }
}
