//! The questions that an interview can pass over, since an answer would hardly change what the results say first.
//!
//! They follow from the answers alone. A question that can still decide an alarm that would lead is never among them.

mod board;
mod chances;
mod contenders;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use la_arena::Idx;

use crate::engine::answers::Given;
use crate::engine::evaluation::Evaluation;
use crate::engine::outcome::Outcome;
use crate::questionnaire::{
    Alarm, Answer, Cause, Choice, Condition, Form, Question, Questionnaire, Subject, Test, Truth,
};
use board::{AlarmState, Board, GRAVITY, Headline, Standing};
use chances::likely_answers;

/// How many questions deep the answers to follow-ups are considered: a question that opens longer chains is asked.
const DEPTH: usize = 3;

/// The shown questions without an answer that are not needed, and whose answers change what the results say first (the
/// first cause, its likelihood in words, the urgency) with a chance below `enough`, as far as the ranking can tell now.
///
/// `outcome` is that of `evaluation`. With `enough` = 0 there are none.
#[must_use]
pub fn passed_over(evaluation: &Evaluation<'_>, outcome: &Outcome, enough: f64) -> BTreeSet<Idx<Question>> {
    if enough <= 0.0 {
        return BTreeSet::new();
    }
    let needed = needed(evaluation, outcome);
    let unanswered = evaluation.shown_questions().filter(|question| evaluation.answer(*question).is_none());
    let mut supposition = Supposition::new(evaluation);
    let now = supposition.board.headline();
    debug_assert_eq!(now, Headline::from(outcome), "both follow one rule");
    let mut chances: BTreeMap<Idx<Question>, f64> =
        unanswered.filter(|question| !needed.contains(question)).map(|question| (question, 0.0)).collect();
    supposition.add_chances_together(&mut chances, &now);
    let mut hardly_matters = |question: Idx<Question>, together: f64| {
        together < enough && together + supposition.chance_alone(question, &now, enough - together, DEPTH) < enough
    };
    chances
        .into_iter()
        .filter(|(question, together)| hardly_matters(*question, *together))
        .map(|(question, _)| question)
        .collect()
}

/// The questions that could decide an open alarm that would lead, or any open alarm where no level leads, themselves or by
/// what hangs on them.
fn needed(evaluation: &Evaluation<'_>, outcome: &Outcome) -> BTreeSet<Idx<Question>> {
    let questionnaire = evaluation.questionnaire();
    let any_leads = questionnaire.urgencies.values().any(|level| level.leads);
    let open = outcome.open_alarms.iter().map(|alarm| &questionnaire.alarms[*alarm]);
    let would_lead = open.filter(|alarm| !any_leads || questionnaire.urgencies[alarm.urgency].leads);
    evaluation.questions_awaited(would_lead.map(|alarm| &alarm.when))
}

/// The answers with others that are only supposed, one within the other.
struct Supposition<'q> {
    evaluation: Evaluation<'q>,
    board: Board<'q>,
    touched: BTreeMap<Idx<Question>, Rc<Touched>>,
}

/// What a question can change.
#[derive(Debug)]
struct Touched {
    /// The questions and facts that depend on it, in the order of evaluation.
    dependents: Vec<Subject>,
    causes: Vec<Idx<Cause>>,
    alarms: Vec<Idx<Alarm>>,
    /// Its options that a condition names.
    options: BTreeSet<Idx<Choice>>,
}

impl<'q> Supposition<'q> {
    fn new(evaluation: &Evaluation<'q>) -> Supposition<'q> {
        Supposition { evaluation: evaluation.clone(), board: Board::new(evaluation), touched: BTreeMap::new() }
    }

    /// The chance that an answer to a shown question, or to a question that it opens, changes the headline. Once it is
    /// known to be at least `enough`, or below, the rest is not worked out.
    fn chance_alone(&mut self, question: Idx<Question>, now: &Headline, enough: f64, depth: usize) -> f64 {
        let Some(depth) = depth.checked_sub(1) else { return 1.0 };
        let touched = self.touched(question);
        if touched.dependents.is_empty() && touched.causes.is_empty() && touched.alarms.is_empty() {
            return 0.0;
        }
        let answers = likely_answers(question, &touched, &self.evaluation, &self.board);
        let mut left: f64 = GRAVITY * answers.iter().map(|(_, chance)| chance).sum::<f64>();
        let mut changed = 0.0;
        for (answer, chance) in answers {
            if changed >= enough || changed + left < enough {
                break;
            }
            left -= GRAVITY * chance;
            let wanted = (enough - changed) / chance;
            changed += chance
                * self.supposing(question, answer, &touched, |it| {
                    let change = it.board.headline().change_from(now);
                    if change > 0.0 { change } else { it.chance_by_follow_ups(&touched, now, wanted, depth) }
                });
        }
        changed
    }

    /// The chance that an answer to one of the questions that an answer has opened changes the headline.
    fn chance_by_follow_ups(&mut self, touched: &Touched, now: &Headline, enough: f64, depth: usize) -> f64 {
        let is_asked = |question: &Idx<Question>, evaluation: &Evaluation<'_>| {
            evaluation.is_shown(*question) && evaluation.answer(*question).is_none()
        };
        let mut changed = 0.0;
        for subject in &touched.dependents {
            if let Subject::Question(question) = subject
                && changed < enough
                && is_asked(question, &self.evaluation)
            {
                changed += self.chance_alone(*question, now, enough - changed, depth);
            }
        }
        changed
    }

    /// Works something out with one more answer.
    fn supposing<T>(
        &mut self,
        question: Idx<Question>,
        answer: Answer,
        touched: &Touched,
        then: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let from = self.evaluation.questionnaire().questions[question].from();
        let offered = from.map(|_| Box::new(self.evaluation.offered(question).into_iter().collect()));
        let before = self.evaluation.put(question, Some(Given { answer, offered }), &touched.dependents);
        let Supposition { evaluation, board, .. } = self;
        let causes = touched.causes.iter();
        let causes: Vec<_> = causes.map(|id| board.replace_cause(*id, Standing::in_play(*id, evaluation))).collect();
        let alarms = touched.alarms.iter();
        let alarms: Vec<_> = alarms.map(|id| board.replace_alarm(*id, AlarmState::new(*id, evaluation))).collect();
        let result = then(self);
        self.evaluation.put(question, before, &touched.dependents);
        for (id, standing) in touched.causes.iter().zip(causes) {
            self.board.replace_cause(*id, standing);
        }
        for (id, state) in touched.alarms.iter().zip(alarms) {
            self.board.replace_alarm(*id, state);
        }
        result
    }

    /// A cause that an answer could still bring into play, before `unless`.
    fn waiting(&self, id: Idx<Cause>) -> Option<Standing> {
        let questionnaire = self.evaluation.questionnaire();
        let could_be_in_play = self.evaluation.truth(&questionnaire.causes[id].when) == Truth::Open
            && self.evaluation.truth(&questionnaire.ranks_when) != Truth::No;
        could_be_in_play.then(|| Standing::new(id, &self.evaluation))
    }

    /// What a question can change.
    fn touched(&mut self, question: Idx<Question>) -> Rc<Touched> {
        let questionnaire = self.evaluation.questionnaire();
        Rc::clone(self.touched.entry(question).or_insert_with(|| Rc::new(Touched::new(questionnaire, question))))
    }
}

impl Touched {
    fn new(questionnaire: &Questionnaire, question: Idx<Question>) -> Touched {
        let graph = &questionnaire.dependency_graph;
        let dependents = graph.dependents(question);
        let subjects = || dependents.iter().copied().chain([Subject::Question(question)]);
        let admits_any =
            questionnaire.ranks_when.tests().any(|test| subjects().any(|subject| test.subject() == subject));
        let causes: BTreeSet<Idx<Cause>> = if admits_any {
            questionnaire.causes.iter().map(|(id, _)| id).collect()
        } else {
            subjects().flat_map(|subject| graph.causes_on(subject)).copied().collect()
        };
        let alarms: BTreeSet<Idx<Alarm>> = subjects().flat_map(|subject| graph.alarms_on(subject)).copied().collect();
        let conditions = dependents
            .iter()
            .map(|subject| match subject {
                Subject::Question(question) => &questionnaire.questions[*question].when,
                Subject::Fact(fact) => &questionnaire.facts[*fact].when,
            })
            .chain(alarms.iter().map(|alarm| &questionnaire.alarms[*alarm].when))
            .chain(causes.iter().flat_map(|cause| questionnaire.causes[*cause].conditions()))
            .chain([&questionnaire.ranks_when]);
        let forms = conditions.flat_map(Condition::tests).filter_map(|test| match test {
            Test::Question { question: tested, form } if *tested == question => Some(form),
            Test::Question { .. } | Test::Fact { .. } => None,
        });
        let options = forms.flat_map(Form::options).copied().collect();
        Touched { causes: causes.into_iter().collect(), alarms: alarms.into_iter().collect(), options, dependents }
    }
}
