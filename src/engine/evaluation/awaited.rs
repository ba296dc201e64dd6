//! Why conditions are open: the answers that they wait for, and those that are *not sure*.

use std::collections::{BTreeMap, BTreeSet};

use la_arena::Idx;

use crate::engine::evaluation::{Evaluation, is_unsure};
use crate::questionnaire::{Answer, Choice, Condition, Question, Subject, Test, Truth};

impl<'a> Evaluation<'a> {
    /// The tests that make an open condition doubtful.
    fn doubtful_tests<'c>(&self, condition: &'c Condition) -> impl Iterator<Item = &'c Test> + use<'_, 'c, 'a> {
        self.open_tests(condition).filter(|test| self.is_doubtful_while_open(test.subject()))
    }

    /// The *not sure* answers that make a condition doubtful, directly or through facts, in file order: each question with
    /// the tested options that are *not sure*, or with none when the whole answer is.
    #[must_use]
    pub fn doubts(&self, condition: &Condition) -> BTreeMap<Idx<Question>, BTreeSet<Idx<Choice>>> {
        let mut doubts: BTreeMap<Idx<Question>, BTreeSet<Idx<Choice>>> = BTreeMap::new();
        let mut facts = BTreeSet::new();
        let mut waiting: Vec<&Test> = self.doubtful_tests(condition).collect();
        while let Some(test) = waiting.pop() {
            match test {
                Test::Question { question, form } => {
                    let doubted = doubts.entry(*question).or_default();
                    if let Some(Answer::Many { unsure, .. }) = self.effective_answer(*question) {
                        doubted.extend(
                            unsure.iter().filter(|option| form.options().is_empty() || form.options().contains(option)),
                        );
                    }
                }
                Test::Fact { fact, .. } if facts.insert(*fact) => {
                    waiting.extend(self.doubtful_tests(&self.questionnaire.facts[*fact].when));
                }
                Test::Fact { .. } => {}
            }
        }
        doubts
    }

    /// The questions that keep these conditions open: shown ones without an answer, or with *not sure*.
    #[must_use]
    pub fn questions_awaited<'c>(&self, conditions: impl Iterator<Item = &'c Condition>) -> BTreeSet<Idx<Question>> {
        let mut wanted = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut waiting: Vec<Subject> = conditions.flat_map(|condition| self.open_subjects(condition)).collect();
        while let Some(subject) = waiting.pop() {
            if !self.subject_awaits_answer(subject) || !seen.insert(subject) {
                continue;
            }
            match subject {
                Subject::Fact(fact) => {
                    waiting.extend(self.open_subjects(&self.questionnaire.facts[fact].when));
                }
                Subject::Question(question) if self.is_shown(question) => match self.inherits_doubt(question) {
                    Some(source) => waiting.push(Subject::Question(source)),
                    None => {
                        wanted.insert(question);
                    }
                },
                Subject::Question(question) => {
                    let hidden = &self.questionnaire.questions[question];
                    waiting.extend(self.open_subjects(&hidden.when));
                    waiting.extend(hidden.from().map(Subject::Question));
                }
            }
        }
        wanted
    }

    /// The open tests of a condition, in those of its tables that are open.
    fn open_tests<'c>(&self, condition: &'c Condition) -> impl Iterator<Item = &'c Test> + use<'_, 'c, 'a> {
        let open_tables = condition.tables.iter().filter(|table| self.table(table) == Truth::Open);
        open_tables.flatten().filter(|test| self.test(test) == Truth::Open)
    }

    fn open_subjects<'c>(&self, condition: &'c Condition) -> impl Iterator<Item = Subject> + use<'_, 'c, 'a> {
        self.open_tests(condition).map(Test::subject)
    }

    /// The source question (`from`) when only its *not sure* marks make the answer to this one unsure.
    fn inherits_doubt(&self, question: Idx<Question>) -> Option<Idx<Question>> {
        let from = self.questionnaire.questions[question].from()?;
        let (Some(Answer::Many { ticked: on_offer, .. }), Some(value)) =
            (self.effective_answer(from), self.effective_answer(question))
        else {
            return None;
        };
        let own_doubt = match value {
            Answer::Many { unsure, .. } => !unsure.is_disjoint(on_offer),
            Answer::NotSure | Answer::One(_) | Answer::Number(_) => is_unsure(value),
        };
        (!own_doubt).then_some(from)
    }
}
