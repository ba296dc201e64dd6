//! Proofs about random questionnaires, compared with trying out answers: all of them where they are few, else some.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::generate::{Picks, Tree, Wishes, answer};
use crate::trees::{network, parsed};
use la_arena::Idx;
use proptest::prelude::*;
use twinge::authoring::proof::{Effort, Goal, Prover, Stop, Verdict, WhyNotAsked, all_goals};
use twinge::engine::answers::Answers;
use twinge::engine::evaluation::Evaluation;
use twinge::engine::outcome::Outcome;
use twinge::questionnaire::{Answer, Choice, Kind, OptionSet, Question, Questionnaire, Truth, parse};

/// The most sets of answers that are tried one by one.
const MOST: usize = 3_000;

fn never_stop() -> Stop {
    Arc::new(|| false)
}

/// Every answer to a question. Of the numbers with decimals, whole and half ones are enough for the comparisons in random
/// trees.
fn every_answer(question: &Question, offered: &[Idx<Choice>]) -> Vec<Answer> {
    let mut answers = vec![Answer::NotSure];
    match &question.kind {
        Kind::One(_) => answers.extend(offered.iter().map(|option| Answer::One(*option))),
        Kind::Number { min, max, decimals } => {
            let step = if *decimals == 0 { 1.0 } else { 0.5 };
            let mut number = *min;
            while number <= *max {
                answers.push(Answer::Number(number));
                number += step;
            }
        }
        Kind::Many { .. } => {
            let mut marks = vec![(OptionSet::default(), OptionSet::default())];
            for option in offered {
                let ticked = marks.iter().cloned().map(|(mut ticked, unsure)| {
                    ticked.insert(*option);
                    (ticked, unsure)
                });
                let unsure = marks.iter().cloned().map(|(ticked, mut unsure)| {
                    unsure.insert(*option);
                    (ticked, unsure)
                });
                marks = marks.iter().cloned().chain(ticked).chain(unsure).collect();
            }
            answers.extend(marks.into_iter().map(|(ticked, unsure)| Answer::Many { ticked, unsure }));
        }
    }
    answers
}

/// Every set of answers that can be given; `None` when there are too many.
fn all_sets_of_answers(questionnaire: &Questionnaire) -> Option<Vec<Answers>> {
    let mut ways = vec![Answers::new()];
    for (id, question) in questionnaire.questions.iter() {
        let mut further = Vec::new();
        for way in &ways {
            let evaluation = Evaluation::new(questionnaire, way);
            if evaluation.is_shown(id) {
                for answer in every_answer(question, &evaluation.offered(id)) {
                    let mut way = way.clone();
                    way.set(id, answer);
                    further.push(way);
                }
            }
        }
        ways.extend(further);
        if ways.len() > MOST {
            return None;
        }
    }
    Some(ways)
}

/// Whether every question that decides about this one is answered, or not asked itself.
fn is_decided(questionnaire: &Questionnaire, evaluation: &Evaluation<'_>, question: Idx<Question>) -> bool {
    let mut above = BTreeSet::new();
    let mut waiting = vec![question];
    while let Some(next) = waiting.pop() {
        let asked = &questionnaire.questions[next];
        for other in questionnaire.questions_behind(asked.when.tests()).into_iter().chain(asked.from()) {
            if above.insert(other) {
                waiting.push(other);
            }
        }
    }
    above.iter().all(|question| !evaluation.is_shown(*question) || evaluation.answer(*question).is_some())
}

/// Random answers to all shown questions, or to some of them.
fn some_answers(questionnaire: &Questionnaire, picks: Vec<u16>) -> Answers {
    let mut picks = Picks::new(picks);
    let leaves_out = picks.below(4);
    let mut answers = Answers::new();
    for (id, question) in questionnaire.questions.iter() {
        let is_shown = Evaluation::new(questionnaire, &answers).is_shown(id);
        let given = answer(&mut picks, question);
        if is_shown && (leaves_out == 0 || picks.below(leaves_out + 1) == 0) {
            answers.set(id, given);
        }
    }
    answers
}

/// A set of answers, evaluated.
struct Evaluated<'a> {
    evaluation: Evaluation<'a>,
    outcome: Outcome,
}

impl<'a> Evaluated<'a> {
    fn new(questionnaire: &'a Questionnaire, answers: &'a Answers) -> Evaluated<'a> {
        let evaluation = Evaluation::new(questionnaire, answers);
        let outcome = Outcome::new(&evaluation);
        Evaluated { evaluation, outcome }
    }

    fn count(&self) -> usize {
        let questions = self.evaluation.questionnaire().questions.iter();
        questions.filter(|(question, _)| self.evaluation.was_answered(*question)).count()
    }
}

fn is_reached(goal: Goal, Evaluated { evaluation, outcome }: &Evaluated<'_>) -> bool {
    let questionnaire = evaluation.questionnaire();
    let ranked: Vec<_> = outcome.ranking.ranked().map(|ranked| ranked.cause).collect();
    let place = |cause| ranked.iter().position(|other| *other == cause);
    match goal {
        Goal::First(cause) => place(cause) == Some(0),
        Goal::Raised(alarm) => outcome.alarms.contains(&alarm),
        Goal::Worse(alarm, worse) => [alarm, worse].iter().all(|alarm| outcome.alarms.contains(alarm)),
        Goal::Unsure(alarm) => outcome.unsure_alarms.contains(&alarm),
        Goal::Urgency(level) => outcome.urgency == Some(level),
        Goal::Advised(cause, at) => {
            let cause_at = &questionnaire.causes[cause];
            let mut given = outcome.advice(cause_at, cause_at.advice[at].stage, evaluation);
            place(cause).is_some() && given.any(|given| given.say == cause_at.advice[at].say)
        }
        Goal::NotAsked(question, held) => {
            let awaits_answer = evaluation.question_awaits_answer(question);
            !evaluation.is_shown(question)
                && awaits_answer == (held == WhyNotAsked::NotSure)
                && is_decided(questionnaire, evaluation, question)
        }
        Goal::Above(one, other) => place(one).is_some_and(|one| place(other).is_none_or(|other| one < other)),
        Goal::LongestInterview => evaluation.shown_questions().all(|question| evaluation.answer(question).is_some()),
    }
}

/// Every goal of a check, and every pair of causes.
fn all_goals_and_pairs(questionnaire: &Questionnaire) -> Vec<Goal> {
    let causes: Vec<_> = questionnaire.causes.iter().map(|(cause, _)| cause).collect();
    let pairs = causes.iter().flat_map(|one| causes.iter().map(|other| (*one, *other)));
    let pairs = pairs.filter(|(one, other)| one != other).map(|(one, other)| Goal::Above(one, other));
    all_goals(questionnaire).into_iter().chain(pairs).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_proven_is_what_trying_every_answer_finds(
        tree in prop::collection::vec(any::<u16>(), 0..300), tests_not_sure in any::<bool>(),
    ) {
        let tree = Tree::grow(&mut Picks::new(tree), Wishes { tests_not_sure });
        let questionnaire = tree.questionnaire();
        let Some(ways) = all_sets_of_answers(&questionnaire) else { return Ok(()) };
        let ways: Vec<Evaluated<'_>> = ways.iter().map(|answers| Evaluated::new(&questionnaire, answers)).collect();
        let mut prover = Prover::new(&questionnaire, never_stop());
        for goal in all_goals_and_pairs(&questionnaire) {
            let verdict = prover.prove(goal, Effort::Unlimited);
            let counts = ways.iter().filter(|way| is_reached(goal, way)).map(Evaluated::count);
            let best = if goal == Goal::LongestInterview { counts.max() } else { counts.min() };
            match (&verdict, best) {
                (Verdict::Reachable(answers), Some(best)) => {
                    let way = Evaluated::new(&questionnaire, answers);
                    prop_assert!(is_reached(goal, &way), "{goal:?} {answers:?}\n{}", tree.toml());
                    prop_assert_eq!(way.count(), best, "{:?} {:?}\n{}", goal, answers, tree.toml());
                }
                (Verdict::Unreachable, None) => {}
                _ => prop_assert!(false, "{goal:?} is {verdict:?}, but {best:?}\n{}", tree.toml()),
            }
        }
    }

    #[test]
    fn no_answers_that_are_tried_go_beyond_what_is_proven(
        tree in prop::collection::vec(any::<u16>(), 0..500),
        tries in prop::collection::vec(prop::collection::vec(any::<u16>(), 0..60), 100),
    ) {
        let tree = Tree::grow(&mut Picks::new(tree), Wishes { tests_not_sure: true });
        let questionnaire = tree.questionnaire();
        let mut prover = Prover::new(&questionnaire, never_stop());
        let tried: Vec<Answers> = tries.into_iter().map(|tries| some_answers(&questionnaire, tries)).collect();
        let ways: Vec<Evaluated<'_>> = tried.iter().map(|answers| Evaluated::new(&questionnaire, answers)).collect();
        for goal in all_goals_and_pairs(&questionnaire) {
            let found = match prover.prove(goal, Effort::Unlimited) {
                Verdict::Reachable(answers) => {
                    let way = Evaluated::new(&questionnaire, &answers);
                    prop_assert!(is_reached(goal, &way), "{goal:?} {answers:?}\n{}", tree.toml());
                    Some(way.count())
                }
                Verdict::Unreachable => None,
                Verdict::Undecided => return Err(TestCaseError::fail("nothing stopped it")),
            };
            for way in ways.iter().filter(|way| is_reached(goal, way)) {
                let is_longest = goal == Goal::LongestInterview;
                let is_within =
                    found.is_some_and(|found| if is_longest { way.count() <= found } else { way.count() >= found });
                prop_assert!(is_within, "{goal:?}: {found:?} and {}\n{}", way.count(), tree.toml());
            }
        }
    }

    #[test]
    fn what_no_condition_can_be_no_answer_makes_of_it(tree in prop::collection::vec(any::<u16>(), 0..300)) {
        let tree = Tree::grow(&mut Picks::new(tree), Wishes { tests_not_sure: true });
        let questionnaire = tree.questionnaire();
        let Some(ways) = all_sets_of_answers(&questionnaire) else { return Ok(()) };
        let mut prover = Prover::new(&questionnaire, never_stop());
        let evaluations: Vec<_> = ways.iter().map(|way| Evaluation::new(&questionnaire, way)).collect();
        let findings = questionnaire.causes.values().flat_map(|cause| cause.findings.iter().map(|finding| &finding.when));
        let conditions = questionnaire.alarms.values().map(|alarm| &alarm.when).chain(findings);
        for condition in conditions {
            for truth in [Truth::Yes, Truth::No, Truth::Open] {
                let found = evaluations.iter().any(|evaluation| evaluation.truth(condition) == truth);
                prop_assert_eq!(prover.can_be(condition, truth), Some(found), "{:?} {:?}\n{}", condition, truth, tree.toml());
            }
        }
        for (question, _) in questionnaire.questions.iter() {
            let found = evaluations.iter().any(|evaluation| evaluation.is_shown(question));
            prop_assert_eq!(prover.can_be_asked(question), Some(found));
        }
    }
}

#[test]
fn a_search_that_is_stopped_claims_nothing() {
    let questionnaire = network();
    let mut prover = Prover::new(&questionnaire, Arc::new(|| true));
    for goal in all_goals(&questionnaire) {
        assert_eq!(prover.prove(goal, Effort::Unlimited), Verdict::Undecided);
    }
}

#[test]
fn a_cause_that_is_written_like_another_never_comes_first() {
    use std::fmt::Write as _;
    const QUESTIONS: usize = 40;
    let mut text = String::from("format = 1\ntitle = \"Twins\"\n");
    for at in 0..QUESTIONS {
        let _ = writeln!(text, "[[question]]\nid = \"q{at}\"\nask = \"{at}?\"\nkind = \"one\"");
    }
    for twin in ["elder", "younger"] {
        let _ = writeln!(text, "[[cause]]\nid = \"{twin}\"\nname = \"{twin}\"\nbase = [{{ p = 0.1 }}]\nfindings = [");
        for at in 0..QUESTIONS {
            let _ = writeln!(text, "{{ lr = 1.{at}1, lr_no = 0.9, when = {{ q{at} = \"yes\" }}, grade = \"C\" }},");
        }
        text.push_str("]\n");
    }
    let questionnaire = parsed(text);
    let mut prover = Prover::new(&questionnaire, never_stop());
    let twins: Vec<_> = questionnaire.causes.iter().map(|(cause, _)| cause).collect();
    assert_eq!(prover.prove(Goal::First(twins[1]), Effort::Unlimited), Verdict::Unreachable);
    assert_eq!(prover.prove(Goal::Above(twins[1], twins[0]), Effort::Unlimited), Verdict::Unreachable);
    assert!(matches!(prover.prove(Goal::First(twins[0]), Effort::Unlimited), Verdict::Reachable(_)));
}

#[test]
fn who_is_sure_can_miss_a_question_two_gates_deep() {
    let questionnaire = parse(
        br#"format = 1
title = "Two gates"
urgency = [{ id = "now", say = "Now." }]
question = [
  { id = "back", ask = "Does your back hurt?", kind = "one" },
  { id = "side", ask = "On one side?", kind = "one", when = { back = "yes" } },
  { id = "numb", ask = "Are you numb?", kind = "one", when = { side = "yes" } },
]
alarm = [{ id = "nerve", when = { numb = "yes" }, urgency = "now", say = "Go." }]
"#,
    )
    .expect("valid");
    let mut prover = Prover::new(&questionnaire, never_stop());
    let question = |id| questionnaire.question(id).expect("it is there");
    let mut answered = |held| match prover.prove(Goal::NotAsked(question("numb"), held), Effort::Unlimited) {
        Verdict::Reachable(answers) => answers.get(question("back")).cloned(),
        Verdict::Unreachable | Verdict::Undecided => None,
    };
    let no = questionnaire.questions[question("back")].option("no").expect("yes or no");
    assert_eq!(answered(WhyNotAsked::RuledOut), Some(Answer::One(no)));
    assert_eq!(answered(WhyNotAsked::NotSure), Some(Answer::NotSure));
}
