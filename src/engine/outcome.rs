//! The outcome of the answers: the alarms that are raised or open, the ranking, and the urgency.

use std::collections::{BTreeMap, BTreeSet};

use la_arena::Idx;

use crate::engine::evaluation::Evaluation;
use crate::engine::explanation::trace::answers_behind;
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
    /// The causes, ranked.
    pub ranking: Ranking,
}

/// The reason for the urgency of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrgencyReason {
    /// Alarms of that level are raised.
    Alarms,
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
        let questionnaire = evaluation.questionnaire();
        let ranking = Ranking::new(evaluation);
        let alarms = raised_alarms(evaluation);
        let open_alarms: Vec<_> = questionnaire
            .alarms
            .iter()
            .filter(|(_, alarm)| evaluation.awaits_answer(&alarm.when))
            .map(|(id, _)| id)
            .collect();
        let (urgency, because) = urgency(questionnaire, &ranking, &alarms, !open_alarms.is_empty());
        Outcome { urgency, because, alarms, open_alarms, ranking }
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
        let is_said_louder = |alarm: &Alarm| {
            alarms
                .iter()
                .any(|(_, other)| alarm.title.is_some() && other.title == alarm.title && other.urgency > alarm.urgency)
        };
        alarms.iter().copied().filter(|(_, alarm)| !is_said_louder(alarm)).collect()
    }

    /// The ranked causes as they are shown: a family is one line, at the place of its highest member.
    #[must_use]
    pub fn lines(&self, questionnaire: &Questionnaire) -> Vec<RankingLine<'_>> {
        let mut lines: Vec<RankingLine<'_>> = Vec::new();
        let mut places: BTreeMap<Topic, usize> = BTreeMap::new();
        for ranked in self.ranking.ranked() {
            let topic = Topic::for_cause(ranked.cause, questionnaire);
            let place = *places.entry(topic).or_insert(lines.len());
            match lines.get_mut(place) {
                Some(line) => line.members.push(ranked),
                None => lines.push(RankingLine { topic, members: vec![ranked] }),
            }
        }
        lines
    }
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

/// The advice on a cause at one stage that applies to this person.
pub fn advice<'q>(cause: &'q Cause, stage: Stage, evaluation: &Evaluation<'_>) -> impl Iterator<Item = &'q Advice> {
    cause.advice.iter().filter(move |advice| advice.stage == stage && evaluation.truth(&advice.when) == Truth::Yes)
}

/// The urgency and the reason for it.
///
/// Whoever changes this rule has to change `settled::keeps_urgency` and `goals::encode_urgency` as well; the property
/// tests compare them.
fn urgency(
    questionnaire: &Questionnaire,
    ranking: &Ranking,
    alarms: &[Idx<Alarm>],
    is_open: bool,
) -> (Option<Idx<Urgency>>, UrgencyReason) {
    let of_cause = |ranked: &Ranked| questionnaire.causes[ranked.cause].urgency;
    let of_alarms = alarms.iter().map(|alarm| questionnaire.alarms[*alarm].urgency).max();
    let counting: Vec<&Ranked> = ranking.causes.iter().filter(|ranked| ranked.counts_for_urgency()).collect();
    let of_causes = counting.iter().filter_map(|ranked| of_cause(ranked)).max();
    let of_first = ranking.ranked().next().and_then(|first| Some((first.cause, of_cause(first)?)));
    let cautious = questionnaire.cautious_urgency();
    let (level, because) = if of_alarms.is_some() && of_alarms >= of_causes {
        (of_alarms, UrgencyReason::Alarms)
    } else if of_causes.is_some() {
        let causes = counting.iter().filter(|ranked| of_cause(ranked) == of_causes).map(|ranked| ranked.cause);
        (of_causes, UrgencyReason::Causes(causes.collect()))
    } else {
        match of_first {
            Some((first, level)) if Some(level) >= cautious => (Some(level), UrgencyReason::Causes(vec![first])),
            _ => (cautious, UrgencyReason::Caution),
        }
    };
    if is_open && (level < cautious || because == UrgencyReason::Caution) {
        (cautious, UrgencyReason::OpenAlarms)
    } else {
        (level, because)
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
