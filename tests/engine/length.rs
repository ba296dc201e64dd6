//! How long the interview is that ships, counted over simulated people.
//!
//! A screen counts one, a checklist one more for every further eight options, a list that can be searched one.
//!
//! A person has causes drawn from the base rates. An option then holds with the chance that its likelihood ratios give
//! it: with `a` = `lr` and `b` = `lr_no`, a (1 − b) / (a − b) if the cause is there and (1 − b) / (a − b) if not, which
//! solves p / q = a and (1 − p) / (1 − q) = b. Danger signs are at 1 %.

use std::collections::HashMap;

use crate::trees::built_in;
use la_arena::Idx;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng};
use twinge::engine::answers::Answers;
use twinge::engine::evaluation::Evaluation;
use twinge::engine::outcome::Outcome;
use twinge::interview::{InView, Interview};
use twinge::questionnaire::{
    Answer, Cause, Choice, Comparison, Condition, FactTest, Form, Kind, Question, Questionnaire, Test, Truth,
};

const PEOPLE: usize = 120;

/// Longer lists can be searched.
const LONGEST: usize = 10;

/// Chances that no likelihood ratio gives: who asks for help with spasms, and what they take.
const SHARES: &[(&str, &str, f64)] = &[
    ("where", "low", 0.45),
    ("where", "calf", 0.45),
    ("where", "thigh", 0.2),
    ("where", "mid", 0.1),
    ("where", "hip", 0.1),
    ("where", "neck", 0.1),
    ("where", "belly", 0.05),
    ("where", "arm", 0.05),
    ("sex", "female", 0.5),
    ("sex", "male", 0.5),
    ("pregnancy", "no", 0.95),
    ("harm", "no", 0.95),
    ("med_change", "came", 0.3),
    ("med_change", "went", 0.1),
    ("med_change", "old", 0.3),
];

/// The chance of an option that neither a likelihood ratio nor the table gives.
const ANY: f64 = 0.1;

/// The chance of a danger sign.
const DANGER: f64 = 0.01;

/// The chance of one medicine of the list: one and a half in all, or three from this age on.
const MEDICINE: f64 = 0.0055;
const OLD: f64 = 60.0;

/// An option that a condition looks at, and whether it holds for having it ticked, rather than for not.
type Mark = (Idx<Question>, Idx<Choice>, bool);

fn marks(questionnaire: &Questionnaire, condition: &Condition, is_for: bool, found: &mut Vec<Mark>) {
    for test in condition.tables.iter().flatten() {
        match test {
            Test::Fact { fact, is: FactTest::Holds } => {
                marks(questionnaire, &questionnaire.facts[*fact].when, is_for, found);
            }
            Test::Fact { fact, is: FactTest::Fails } => {
                marks(questionnaire, &questionnaire.facts[*fact].when, !is_for, found);
            }
            Test::Fact { is: FactTest::Known, .. } => {}
            Test::Question { question, form } => {
                let (options, is_had): (&[_], bool) = match form {
                    Form::Any(options) | Form::All(options) => (options, true),
                    Form::Not(option) => (std::slice::from_ref(option), false),
                    Form::Count { of: Some(options), count } => (options, is_at_least(*count)),
                    Form::Count { of: None, .. } | Form::Number(_) | Form::Nothing | Form::NotSure => (&[], true),
                };
                found.extend(options.iter().map(|option| (*question, *option, is_had == is_for)));
            }
        }
    }
}

fn is_at_least(count: Comparison) -> bool {
    match count {
        Comparison::AtLeast(_) | Comparison::Above(_) | Comparison::Between(..) => true,
        Comparison::Equal(n) => n > 0.0,
        Comparison::AtMost(_) | Comparison::Below(_) => false,
    }
}

/// What a likelihood ratio says of an option.
#[derive(Debug, Clone, Copy)]
struct Weight {
    cause: Idx<Cause>,
    /// The chance of the option when the cause is there.
    present: f64,
    /// The chance of the option when it is not.
    absent: f64,
}

/// What is known of people before they are asked.
struct World<'q> {
    questionnaire: &'q Questionnaire,
    weights: HashMap<(Idx<Question>, Idx<Choice>), Vec<Weight>>,
}

impl<'q> World<'q> {
    fn new(questionnaire: &'q Questionnaire) -> World<'q> {
        let mut weights: HashMap<_, Vec<Weight>> = HashMap::new();
        for (cause, about) in questionnaire.causes.iter() {
            for finding in &about.findings {
                let mut found = Vec::new();
                marks(questionnaire, &finding.when, true, &mut found);
                let a = finding.lr;
                // Where a *no* says nothing the option is rare.
                let b = finding.lr_no.unwrap_or(if a > 1.0 { 0.95 } else { 1.05 });
                let absent = (1.0 - b) / (a - b);
                for (question, option, is_had) in found {
                    let is_one = matches!(questionnaire.questions[question].kind, Kind::One(_));
                    let of = |chance: f64| if is_had { chance } else { 1.0 - chance };
                    // That another option was chosen says little about which.
                    if is_had || !is_one {
                        let weight = Weight { cause, present: of(a * absent), absent: of(absent) };
                        weights.entry((question, option)).or_default().push(weight);
                    }
                }
            }
        }
        for alarm in questionnaire.alarms.values() {
            let mut found = Vec::new();
            marks(questionnaire, &alarm.when, true, &mut found);
            for (question, option, _) in found {
                let asked = &questionnaire.questions[question];
                let section = asked.section.map(|section| questionnaire.sections[section].id.as_str());
                if section == Some("danger") {
                    weights.remove(&(question, option));
                }
            }
        }
        World { questionnaire, weights }
    }

    /// The chance of an option for somebody who has these causes.
    fn chance(&self, question: Idx<Question>, option: Idx<Choice>, age: f64, has: &HashMap<Idx<Cause>, bool>) -> f64 {
        let asked = &self.questionnaire.questions[question];
        let id = asked.options().map(|options| options[option].id.as_str());
        if let Some((.., share)) = SHARES.iter().find(|(of, one, _)| *of == asked.id && Some(*one) == id) {
            return *share;
        }
        if asked.id == "medicines" {
            return if age >= OLD { 2.0 * MEDICINE } else { MEDICINE };
        }
        let section = asked.section.map(|section| self.questionnaire.sections[section].id.as_str());
        let Some(weights) = self.weights.get(&(question, option)) else {
            return if section == Some("danger") { DANGER } else { ANY };
        };
        let is_there = |weight: &&Weight| has.get(&weight.cause) == Some(&true);
        let there: Vec<f64> = weights.iter().filter(is_there).map(|weight| weight.present).collect();
        let not: Vec<f64> = weights.iter().map(|weight| weight.absent).collect();
        let chances = if there.is_empty() { not } else { there };
        chances.iter().sum::<f64>() / chances.iter().map(|_| 1.0).sum::<f64>()
    }
}

/// What somebody answers, question by question.
struct Person<'w, 'q> {
    world: &'w World<'q>,
    answers: Answers,
    age: f64,
    has: HashMap<Idx<Cause>, bool>,
}

impl<'w, 'q> Person<'w, 'q> {
    /// Asks somebody everything.
    fn ask(world: &'w World<'q>, rng: &mut TestRng) -> Answers {
        let mut person = Person { world, answers: Answers::new(), age: 0.0, has: HashMap::new() };
        loop {
            let evaluation = Evaluation::new(world.questionnaire, &person.answers);
            let next = evaluation.shown_questions().find(|question| evaluation.answer(*question).is_none());
            let Some(question) = next else { break };
            let offered = evaluation.offered(question);
            let drawn = draw(world.questionnaire, &evaluation, &person.has, rng);
            person.has.extend(drawn);
            let answer = person.answer(question, &offered, rng);
            person.answers.set(question, answer);
        }
        person.answers
    }

    fn answer(&mut self, question: Idx<Question>, offered: &[Idx<Choice>], rng: &mut TestRng) -> Answer {
        let chance = |option: &Idx<Choice>| self.world.chance(question, *option, self.age, &self.has);
        match &self.world.questionnaire.questions[question].kind {
            Kind::Number { .. } => {
                self.age = f64::from(rng.random_range(18..=90));
                Answer::Number(self.age)
            }
            Kind::Many { .. } => {
                let ticked = offered.iter().filter(|option| rng.random_bool(chance(option).clamp(0.0, 1.0))).copied();
                Answer::Many { ticked: ticked.collect(), unsure: [].into() }
            }
            Kind::One(_) => {
                // What no likelihood ratio claims is shared by the other options.
                let claimed = |option: &&Idx<Choice>| {
                    let asked = &self.world.questionnaire.questions[question];
                    let id = asked.options().map(|options| options[**option].id.as_str());
                    self.world.weights.contains_key(&(question, **option))
                        || SHARES.iter().any(|(of, one, _)| *of == asked.id && Some(*one) == id)
                };
                let rest = (1.0 - offered.iter().filter(claimed).map(chance).sum::<f64>()).max(0.0);
                let others: f64 = offered.iter().filter(|option| !claimed(option)).map(|_| 1.0).sum();
                let shares: Vec<f64> = offered
                    .iter()
                    .map(|option| if claimed(&option) { chance(option) } else { rest / others })
                    .collect();
                let mut left = rng.random_range(0.0..shares.iter().sum());
                let chosen = offered.iter().zip(&shares).find(|(_, share)| {
                    left -= **share;
                    left < 0.0
                });
                Answer::One(*chosen.map_or(&offered[0], |(option, _)| option))
            }
        }
    }
}

/// Whether the person has the causes that came into play with the last answer.
fn draw(
    questionnaire: &Questionnaire,
    evaluation: &Evaluation<'_>,
    has: &HashMap<Idx<Cause>, bool>,
    rng: &mut TestRng,
) -> Vec<(Idx<Cause>, bool)> {
    let in_play = questionnaire.causes.iter().filter(|(id, cause)| {
        // Nobody has a cause before it is known where it hurts.
        let place = questionnaire.question("where").and_then(|place| evaluation.answer(place));
        !has.contains_key(id) && place.is_some() && evaluation.truth(&cause.when) == Truth::Yes
    });
    in_play
        .map(|(id, cause)| {
            let holds = |when: &Condition| evaluation.truth(when) == Truth::Yes;
            let p = cause.base.iter().find(|row| holds(&row.when)).map_or(0.0, |row| row.p);
            let odds = cause.adjust.iter().find(|row| holds(&row.when)).map_or(1.0, |row| row.odds) * p / (1.0 - p);
            (id, rng.random_bool(odds / (1.0 + odds)))
        })
        .collect()
}

fn screens(question: &Question, offered: usize) -> usize {
    match question.kind {
        Kind::Many { .. } if offered <= LONGEST => offered.div_ceil(8).max(1),
        Kind::Many { .. } | Kind::One(_) | Kind::Number { .. } => 1,
    }
}

/// The words of a screen: of the question, of every option on offer, and a third of the help. Of the medicines, which
/// people find by their names, only those of the question.
fn words(question: &Question, offered: &[Idx<Choice>]) -> f64 {
    let count = |text: &str| text.split_whitespace().map(|_| 1.0).sum::<f64>();
    let options = question.options();
    let choices = || offered.iter().filter_map(|option| Some(&options?[*option]));
    let help: f64 = choices().filter_map(|choice| choice.help.as_deref()).map(count).sum();
    if question.id == "medicines" {
        return count(&question.ask);
    }
    count(&question.ask) + choices().map(|choice| count(&choice.say)).sum::<f64>() + help / 3.0
}

/// How much somebody reads, and what they get, who is asked only what matters.
struct Reading {
    screens: usize,
    words: f64,
    same_urgency: bool,
    same_first: bool,
}

/// Asks somebody who has an answer to everything.
fn read(questionnaire: &Questionnaire, answers: &Answers) -> Reading {
    let mut interview = Interview::new(questionnaire);
    let (mut seen, mut read) = (0, 0.0);
    while let InView::Question(question) = interview.in_view() {
        let asked = &questionnaire.questions[question];
        let offered = interview.offered(question);
        seen += screens(asked, offered.len());
        read += words(asked, &offered);
        interview.answer(question, answers.get(question).expect("everything is answered").clone());
    }
    let (all, short) = (Outcome::new(&Evaluation::new(questionnaire, answers)), interview.outcome());
    let first = |outcome: &Outcome| outcome.ranking.ranked().next().map(|ranked| ranked.cause);
    Reading {
        screens: seen,
        words: read,
        same_urgency: all.urgency == short.urgency,
        same_first: first(&all) == first(short),
    }
}

#[test]
fn half_the_people_see_at_most_14_screens_and_700_words_and_asking_more_would_hardly_change_a_result() {
    let questionnaire = built_in();
    let world = World::new(&questionnaire);
    let mut rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let readings: Vec<Reading> = (0..PEOPLE).map(|_| read(&questionnaire, &Person::ask(&world, &mut rng))).collect();
    let mut screens: Vec<usize> = readings.iter().map(|reading| reading.screens).collect();
    let mut words: Vec<f64> = readings.iter().map(|reading| reading.words).collect();
    screens.sort_unstable();
    words.sort_by(f64::total_cmp);
    let (screens, most, words) = (screens[PEOPLE / 2], screens[PEOPLE - 1], words[PEOPLE / 2]);
    let same_first = readings.iter().filter(|reading| reading.same_first).count();
    println!("{screens} screens and {words:.0} words in the median, {most} screens at most, same first {same_first}");
    assert!(screens <= 14 && most <= 26 && words <= 700.0);
    assert!(readings.iter().all(|reading| reading.same_urgency));
    assert!(same_first * 100 >= PEOPLE * 97);
}
