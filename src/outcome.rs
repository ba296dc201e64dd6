//! The outcome of an interview: which alarms hold or are open, the ranking, and how urgent it all is.

use std::collections::BTreeSet;

use la_arena::Idx;

use crate::questionnaire::{Alarm, Answer, Family, Question, Questionnaire, Subject, Truth, Urgency};
use crate::ranking::{NOTABLE, Ranked, Ranking};
use crate::situation::Situation;

/// What came out.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// How urgent it is; `None` only in a questionnaire without levels.
    pub urgency: Option<Idx<Urgency>>,
    /// The alarms that hold, in file order.
    pub alarms: Vec<Idx<Alarm>>,
    /// The alarms that could hold yet, in file order, with the questions that keep them open.
    pub open_alarms: Vec<(Idx<Alarm>, BTreeSet<Idx<Question>>)>,
    /// The causes.
    pub ranking: Ranking,
}

/// A line of the ranking: a cause, or a family shown by its highest member.
#[derive(Debug, Clone, PartialEq)]
pub struct Line<'r> {
    /// The family, if it is one.
    pub family: Option<Idx<Family>>,
    /// The cause, or the members from the highest down.
    pub members: Vec<&'r Ranked>,
}

impl<'r> Line<'r> {
    /// The cause, or the highest member.
    #[must_use]
    pub fn highest(&self) -> Option<&'r Ranked> {
        self.members.first().copied()
    }
}

impl Outcome {
    /// Works out the outcome of the answers.
    #[must_use]
    pub fn new(situation: &Situation<'_>) -> Outcome {
        let questionnaire = situation.questionnaire();
        let ranking = Ranking::new(situation);
        let alarms = raised(situation);
        let open_alarms: Vec<_> = questionnaire
            .alarms
            .iter()
            .filter(|(_, alarm)| situation.is_wanting(&alarm.when))
            .map(|(id, alarm)| (id, situation.wanted(&alarm.when)))
            .collect();
        let urgency = urgency(questionnaire, &ranking, &alarms, !open_alarms.is_empty());
        Outcome { urgency, alarms, open_alarms, ranking }
    }

    /// The ranked causes as they are shown: a family is one line, at the place of its highest member.
    #[must_use]
    pub fn lines(&self, questionnaire: &Questionnaire) -> Vec<Line<'_>> {
        let mut lines: Vec<Line<'_>> = Vec::new();
        for ranked in self.ranking.ranked() {
            let family = questionnaire.causes[ranked.cause].family;
            match lines.iter_mut().find(|line| family.is_some() && line.family == family) {
                Some(line) => line.members.push(ranked),
                None => lines.push(Line { family, members: vec![ranked] }),
            }
        }
        lines
    }
}

/// The alarms that hold, in file order.
#[must_use]
pub fn raised(situation: &Situation<'_>) -> Vec<Idx<Alarm>> {
    let alarms = situation.questionnaire().alarms.iter();
    alarms.filter(|(_, alarm)| situation.truth(&alarm.when) == Truth::Yes).map(|(id, _)| id).collect()
}

/// The answers that raise an alarm: those that the tables which hold look at, through facts too, in file order.
#[must_use]
pub fn raised_by(alarm: Idx<Alarm>, situation: &Situation<'_>) -> Vec<(Idx<Question>, Answer)> {
    let questionnaire = situation.questionnaire();
    let mut questions = BTreeSet::new();
    let mut waiting = vec![&questionnaire.alarms[alarm].when];
    while let Some(condition) = waiting.pop() {
        for test in condition.tables.iter().filter(|table| situation.table(table) == Truth::Yes).flatten() {
            match test.subject() {
                Subject::Question(question) => {
                    questions.insert(question);
                }
                Subject::Fact(fact) if situation.fact(fact) == Truth::Yes => {
                    waiting.push(&questionnaire.facts[fact].when);
                }
                // That a fact does not hold is no answer that somebody gave.
                Subject::Fact(_) => {}
            }
        }
    }
    questions.into_iter().filter_map(|question| Some((question, situation.answer(question)?.clone()))).collect()
}

fn urgency(
    questionnaire: &Questionnaire,
    ranking: &Ranking,
    alarms: &[Idx<Alarm>],
    is_open: bool,
) -> Option<Idx<Urgency>> {
    let of_cause = |ranked: &Ranked| questionnaire.causes[ranked.cause].urgency;
    let of_alarms = alarms.iter().map(|alarm| questionnaire.alarms[*alarm].urgency);
    let notable = ranking.ranked().filter(|ranked| ranked.probability >= NOTABLE || ranked.is_worth_checking());
    let cautious = questionnaire.cautious_urgency();
    let said = of_alarms.chain(notable.filter_map(of_cause)).max();
    let level = said.or_else(|| ranking.ranked().next().and_then(of_cause).max(cautious));
    if is_open { level.max(cautious) } else { level }
}
