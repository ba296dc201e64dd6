//! The outcome of the answers: the alarms that are raised or open, the ranking, and the urgency.

use std::collections::{BTreeMap, BTreeSet};

use la_arena::Idx;

use crate::engine::evaluation::Evaluation;
use crate::engine::explanation::trace::answers_behind;
use crate::engine::naming::named;
use crate::engine::ranking::{Ranked, Ranking};
use crate::questionnaire::{
    Advice, Alarm, Answer, Cause, Family, Question, Questionnaire, Stage, Topic, Truth, Urgency,
};

/// The outcome of the answers to a questionnaire.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The urgency; `None` only when the questionnaire has no levels.
    pub urgency: Option<Idx<Urgency>>,
    /// The reason for that urgency.
    pub because: UrgencyReason,
    /// The alarms that are raised (their condition is *yes*), in file order.
    pub alarms: Vec<Idx<Alarm>>,
    /// The alarms that an answer still to come could raise, in file order.
    pub open_alarms: Vec<Idx<Alarm>>,
    /// Those of the open alarms that are open because of *not sure* answers, in file order.
    pub unsure_alarms: Vec<Idx<Alarm>>,
    /// The causes, ranked.
    pub ranking: Ranking,
    /// The ranked causes with a reason that can be told to the person. The others are only counted in
    /// what people see.
    pub named: BTreeSet<Idx<Cause>>,
}

/// The reason for the urgency of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrgencyReason {
    /// Alarms of that level are raised.
    Alarms,
    /// Alarms are unsure, and that is their `unsure` level.
    UnsureAlarms,
    /// These causes have that level.
    Causes(Vec<Idx<Cause>>),
    /// Alarms are open.
    OpenAlarms,
    /// Nothing that counts has a level, so it is the cautious default.
    Caution,
}

/// A line of the ranking: a cause, or a family shown by its highest member.
#[derive(Debug, Clone, PartialEq)]
pub struct RankingLine<'r> {
    /// Its subject.
    pub topic: Topic,
    /// The cause, or the members from the highest down.
    pub members: Vec<&'r Ranked>,
}

impl<'r> RankingLine<'r> {
    /// The family, if it is one.
    #[must_use]
    pub fn family(&self) -> Option<Idx<Family>> {
        match self.topic {
            Topic::Family(family) => Some(family),
            Topic::Cause(_) => None,
        }
    }

    /// The cause, or the highest member.
    #[must_use]
    pub fn highest(&self) -> Option<&'r Ranked> {
        self.members.first().copied()
    }
}

impl Outcome {
    /// Computes the outcome of evaluated answers.
    #[must_use]
    pub fn new(evaluation: &Evaluation<'_>) -> Outcome {
        let outcome = Outcome::without_names(evaluation);
        Outcome { named: named(&outcome.ranking, evaluation), ..outcome }
    }

    /// The same, but naming no cause: for whoever shows all of them.
    pub(crate) fn without_names(evaluation: &Evaluation<'_>) -> Outcome {
        let questionnaire = evaluation.questionnaire();
        let ranking = Ranking::new(evaluation);
        let [mut alarms, mut open_alarms, mut unsure_alarms] =
            [(); 3].map(|()| Vec::with_capacity(questionnaire.alarms.len()));
        for (id, alarm) in questionnaire.alarms.iter() {
            let state = evaluation.condition_state(&alarm.when);
            alarms.extend((state.truth() == Truth::Yes).then_some(id));
            open_alarms.extend(state.awaits_answer().then_some(id));
            unsure_alarms.extend((state.awaits_answer() && state.is_doubtful()).then_some(id));
        }
        let named = BTreeSet::new();
        let because = UrgencyReason::Caution;
        let mut outcome = Outcome { urgency: None, because, alarms, open_alarms, unsure_alarms, ranking, named };
        (outcome.urgency, outcome.because) = urgency(questionnaire, &outcome);
        outcome
    }

    /// Whether an answer still to come could raise an alarm.
    #[must_use]
    pub fn is_open(&self, alarm: Idx<Alarm>) -> bool {
        self.open_alarms.contains(&alarm)
    }

    /// Whether an alarm is raised that stops the interview.
    #[must_use]
    pub fn interrupts(&self, questionnaire: &Questionnaire) -> bool {
        let mut levels = self.alarms.iter().map(|alarm| questionnaire.alarms[*alarm].urgency);
        levels.any(|level| questionnaire.urgencies[level].interrupts)
    }

    /// The unsure alarms with an `unsure` level, to show: those of the highest `unsure` level first. One that shares
    /// its title with a raised alarm, or with one shown before it, is not shown.
    #[must_use]
    pub fn unsure_alarms_to_tell<'q>(&self, questionnaire: &'q Questionnaire) -> Vec<(Idx<Alarm>, &'q Alarm)> {
        let raised: Vec<&Alarm> = self.alarms.iter().map(|alarm| &questionnaire.alarms[*alarm]).collect();
        let mut unsure: Vec<_> =
            self.unsure_alarms.iter().map(|alarm| (*alarm, &questionnaire.alarms[*alarm])).collect();
        unsure.retain(|(_, alarm)| alarm.unsure.is_some());
        unsure.sort_by_key(|(_, alarm)| std::cmp::Reverse(alarm.unsure));
        let mut shown: Vec<(Idx<Alarm>, &Alarm)> = Vec::new();
        for (id, alarm) in unsure {
            let mut others = raised.iter().copied().chain(shown.iter().map(|(_, other)| *other));
            if !others.any(|other| same_title(alarm, other)) {
                shown.push((id, alarm));
            }
        }
        shown
    }

    /// The raised alarms that lead, the most urgent first: they come before the causes, and silence their advice.
    #[must_use]
    pub fn leading_alarms<'q>(&self, questionnaire: &'q Questionnaire) -> Vec<(Idx<Alarm>, &'q Alarm)> {
        let mut alarms = self.alarms_to_tell(questionnaire);
        alarms.retain(|(_, alarm)| questionnaire.urgencies[alarm.urgency].leads);
        alarms
    }

    /// Whether an alarm leads.
    #[must_use]
    pub fn is_led_by_alarm(&self, questionnaire: &Questionnaire) -> bool {
        let mut levels = self.alarms.iter().map(|alarm| questionnaire.alarms[*alarm].urgency);
        levels.any(|level| questionnaire.urgencies[level].leads)
    }

    /// Whether an alarm that the person is not sure about makes it as urgent as one that leads.
    #[must_use]
    pub fn is_led_by_doubt(&self, questionnaire: &Questionnaire) -> bool {
        self.because == UrgencyReason::UnsureAlarms
            && self.urgency.is_some_and(|level| questionnaire.urgencies[level].leads)
    }

    /// The named causes, in order.
    pub fn named(&self) -> impl Iterator<Item = &Ranked> {
        self.ranking.ranked().filter(|ranked| self.named.contains(&ranked.cause))
    }

    /// The ranked causes that are only counted, in order.
    pub fn unnamed(&self) -> impl Iterator<Item = &Ranked> {
        self.ranking.ranked().filter(|ranked| !self.named.contains(&ranked.cause))
    }

    /// The named causes that are rare, but worth a test.
    pub fn worth_checking(&self) -> impl Iterator<Item = &Ranked> {
        self.named().filter(|ranked| ranked.is_worth_checking())
    }

    /// The first of the named causes, if it stands out: the only one that is called best, and advised on before the
    /// person asks about it.
    #[must_use]
    pub fn best(&self) -> Option<&Ranked> {
        self.named().next().filter(|first| first.is_notable())
    }

    /// Whether to say that no single cause stands out: while an alarm leads, that is beside the point.
    #[must_use]
    pub fn says_nothing_stands_out(&self, questionnaire: &Questionnaire) -> bool {
        !self.named.is_empty() && self.best().is_none() && !self.is_led_by_alarm(questionnaire)
    }

    /// The causes that make it this urgent, as far as they are named.
    pub fn causes_of_urgency(&self) -> impl Iterator<Item = Idx<Cause>> {
        let causes = if let UrgencyReason::Causes(causes) = &self.because { causes.as_slice() } else { &[] };
        causes.iter().copied().filter(|cause| self.named.contains(cause))
    }

    /// The advice on a cause at one stage that applies to this person. While an alarm leads, only what to avoid and
    /// what cannot contradict the alarm is left of it.
    pub fn advice<'q>(
        &self,
        cause: &'q Cause,
        stage: Stage,
        evaluation: &Evaluation<'_>,
    ) -> impl Iterator<Item = &'q Advice> {
        let at_stage = cause.advice.iter().filter(move |advice| advice.stage == stage);
        at_stage.filter(|advice| self.gives_advice(advice, evaluation))
    }

    /// What would settle whether it is this cause. It is told to whoever has time for it, so a leading alarm silences it.
    #[must_use]
    pub fn test<'q>(&self, cause: &'q Cause, questionnaire: &Questionnaire) -> Option<&'q str> {
        cause.test.as_deref().filter(|_| !self.is_led_by_alarm(questionnaire))
    }

    /// Whether this advice applies to this person, and no leading alarm silences it.
    #[must_use]
    pub fn gives_advice(&self, advice: &Advice, evaluation: &Evaluation<'_>) -> bool {
        let is_silenced = advice.yields_to_alarms() && self.is_led_by_alarm(evaluation.questionnaire());
        !is_silenced && evaluation.truth(&advice.when) == Truth::Yes
    }

    /// Whether a cause is ranked, and its advice at this place, from 0, is given.
    #[must_use]
    pub fn is_advised(&self, cause: Idx<Cause>, row: usize, evaluation: &Evaluation<'_>) -> bool {
        let advice = evaluation.questionnaire().causes[cause].advice.get(row);
        advice.is_some_and(|advice| self.gives_advice(advice, evaluation))
            && self.ranking.ranked().any(|ranked| ranked.cause == cause)
    }

    /// The danger questions that keep alarms open, in file order. The evaluation is the one that this outcome was
    /// computed from.
    #[must_use]
    pub fn open_danger_questions(&self, evaluation: &Evaluation<'_>) -> BTreeSet<Idx<Question>> {
        let alarms = &evaluation.questionnaire().alarms;
        evaluation.questions_awaited(self.open_alarms.iter().map(|alarm| &alarms[*alarm].when))
    }

    /// The raised alarms to show, the most urgent first. When several share a title, only the most urgent is shown.
    #[must_use]
    pub fn alarms_to_tell<'q>(&self, questionnaire: &'q Questionnaire) -> Vec<(Idx<Alarm>, &'q Alarm)> {
        let mut alarms: Vec<_> = self.alarms.iter().map(|alarm| (*alarm, &questionnaire.alarms[*alarm])).collect();
        alarms.sort_by_key(|(_, alarm)| std::cmp::Reverse(alarm.urgency));
        let louder = |alarm: &Alarm, other: &Alarm| same_title(alarm, other) && other.urgency > alarm.urgency;
        let is_said_louder = |alarm: &Alarm| alarms.iter().any(|(_, other)| louder(alarm, other));
        alarms.iter().copied().filter(|(_, alarm)| !is_said_louder(alarm)).collect()
    }

    /// The named causes as they are shown: a family is one line, at the place of its highest member.
    #[must_use]
    pub fn lines(&self, questionnaire: &Questionnaire) -> Vec<RankingLine<'_>> {
        lines(self.named(), questionnaire)
    }

    /// All ranked causes, in lines of the same kind.
    #[must_use]
    pub fn lines_with_unnamed(&self, questionnaire: &Questionnaire) -> Vec<RankingLine<'_>> {
        lines(self.ranking.ranked(), questionnaire)
    }
}

fn lines<'r>(causes: impl Iterator<Item = &'r Ranked>, questionnaire: &Questionnaire) -> Vec<RankingLine<'r>> {
    let mut lines: Vec<RankingLine<'r>> = Vec::new();
    let mut places: BTreeMap<Topic, usize> = BTreeMap::new();
    for ranked in causes {
        let topic = Topic::for_cause(ranked.cause, questionnaire);
        let place = *places.entry(topic).or_insert(lines.len());
        match lines.get_mut(place) {
            Some(line) => line.members.push(ranked),
            None => lines.push(RankingLine { topic, members: vec![ranked] }),
        }
    }
    lines
}

fn same_title(one: &Alarm, other: &Alarm) -> bool {
    one.title.is_some() && one.title == other.title
}

/// The alarms that are raised, in file order.
#[must_use]
pub fn raised_alarms(evaluation: &Evaluation<'_>) -> Vec<Idx<Alarm>> {
    let alarms = evaluation.questionnaire().alarms.iter();
    alarms.filter(|(_, alarm)| evaluation.truth(&alarm.when) == Truth::Yes).map(|(id, _)| id).collect()
}

/// The answers that raise an alarm, in file order.
#[must_use]
pub fn answers_raising(alarm: Idx<Alarm>, evaluation: &Evaluation<'_>) -> Vec<(Idx<Question>, Answer)> {
    answers_behind(&evaluation.questionnaire().alarms[alarm].when, evaluation)
}

/// The urgency and the reason for it.
fn urgency(questionnaire: &Questionnaire, outcome: &Outcome) -> (Option<Idx<Urgency>>, UrgencyReason) {
    let level = |ranked: &Ranked| questionnaire.causes[ranked.cause].urgency;
    let causes = || outcome.ranking.causes.iter().filter(|ranked| ranked.counts_for_urgency());
    let first = outcome.ranking.ranked().next();
    let levels = Levels {
        raised: outcome.alarms.iter().map(|alarm| questionnaire.alarms[*alarm].urgency).max(),
        unsure: outcome.unsure_alarms.iter().filter_map(|alarm| questionnaire.alarms[*alarm].unsure).max(),
        probable: causes().filter_map(level).max(),
        first: first.and_then(level),
        is_open: !outcome.open_alarms.is_empty(),
    };
    let (urgency, because) = levels.urgency(questionnaire.cautious_urgency());
    let because = match because {
        Because::Raised => UrgencyReason::Alarms,
        Because::Unsure => UrgencyReason::UnsureAlarms,
        Because::Probable => {
            let causes = causes().filter(|ranked| level(ranked) == urgency).map(|ranked| ranked.cause);
            UrgencyReason::Causes(causes.collect())
        }
        Because::First => UrgencyReason::Causes(first.map(|first| first.cause).into_iter().collect()),
        Because::Open => UrgencyReason::OpenAlarms,
        Because::Caution => UrgencyReason::Caution,
    };
    (urgency, because)
}

/// The levels that decide the urgency, each `None` when nothing has one.
pub(super) struct Levels {
    /// The highest of the alarms that are raised.
    pub(super) raised: Option<Idx<Urgency>>,
    /// The highest `unsure` of the alarms that are unsure.
    pub(super) unsure: Option<Idx<Urgency>>,
    /// The highest of the causes that count for the urgency.
    pub(super) probable: Option<Idx<Urgency>>,
    /// That of the first ranked cause.
    pub(super) first: Option<Idx<Urgency>>,
    /// Whether an alarm is open.
    pub(super) is_open: bool,
}

/// Which of the levels the urgency is.
pub(super) enum Because {
    Raised,
    Unsure,
    Probable,
    First,
    Open,
    Caution,
}

impl Levels {
    /// The urgency, given the lowest that an unclear result may have.
    ///
    /// Whoever changes this rule has to change `settled::keeps_urgency` and `goals::encode_urgency` as well; the property
    /// tests compare them.
    pub(super) fn urgency(&self, cautious: Option<Idx<Urgency>>) -> (Option<Idx<Urgency>>, Because) {
        let highest = self.raised.max(self.unsure).max(self.probable);
        let (level, because) = match (highest, self.first) {
            (None, Some(_)) if self.first >= cautious => (self.first, Because::First),
            (None, _) => (cautious, Because::Caution),
            _ if highest == self.raised => (highest, Because::Raised),
            _ if highest == self.unsure => (highest, Because::Unsure),
            _ => (highest, Because::Probable),
        };
        if self.is_open && (level < cautious || matches!(because, Because::Caution)) {
            (cautious, Because::Open)
        } else {
            (level, because)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::engine::answers::Answers;
    use crate::questionnaire::parse;

    /// The alarms that are told when the answer is yes; each is given by its id, its level and its title.
    #[track_caller]
    fn check(alarms: &[(&str, &str, &str)], told: &[&str]) {
        let mut file = "format = 1\ntitle = \"T\"\nquestion = [{ id = \"q\", ask = \"Q?\", kind = \"one\" }]\n\
            urgency = [{ id = \"soon\", say = \"Soon.\" }, { id = \"now\", say = \"Now.\" }]\n"
            .to_owned();
        for (id, urgency, title) in alarms {
            let title = if title.is_empty() { String::new() } else { format!("title = \"{title}\"\n") };
            let head = format!("id = \"{id}\"\nurgency = \"{urgency}\"\n{title}");
            let _ = write!(file, "[[alarm]]\n{head}when = {{ q = \"yes\" }}\nsay = \"Do this.\"\n");
        }
        let questionnaire = parse(file.as_bytes()).expect("valid");
        let question = questionnaire.question("q").expect("it is asked");
        let mut answers = Answers::new();
        let yes = questionnaire.questions[question].option("yes").expect("an option");
        answers.set(question, Answer::One(yes));
        let outcome = Outcome::new(&Evaluation::new(&questionnaire, &answers));
        assert_eq!(outcome.alarms.len(), alarms.len(), "all of them hold");
        let ids: Vec<&str> =
            outcome.alarms_to_tell(&questionnaire).into_iter().map(|(_, alarm)| alarm.id.as_str()).collect();
        assert_eq!(ids, told);
    }

    #[test]
    fn the_most_urgent_alarm_is_told_first() {
        check(&[("a", "soon", "A"), ("b", "now", "B"), ("c", "now", "C")], &["b", "c", "a"]);
    }

    #[test]
    fn of_alarms_that_share_a_title_the_more_urgent_is_told() {
        check(&[("calm", "soon", "A"), ("loud", "now", "A"), ("other", "soon", "B")], &["loud", "other"]);
    }

    #[test]
    fn alarms_of_one_title_and_one_level_are_all_told() {
        check(&[("a", "now", "A"), ("b", "now", "A")], &["a", "b"]);
    }

    #[test]
    fn alarms_without_a_title_share_none() {
        check(&[("calm", "soon", ""), ("loud", "now", "")], &["loud", "calm"]);
    }
}
