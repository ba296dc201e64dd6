//! The open questions that could move a line of the ranking to another place, and how far.

use std::collections::{BTreeMap, BTreeSet};

use la_arena::Idx;

use crate::engine::bounds::Bounds;
use crate::engine::evaluation::{Evaluation, is_unsure};
use crate::engine::influence::strengths;
use crate::engine::naming::named;
use crate::engine::ranking::Ranking;
use crate::engine::reachability::{FreeQuestions, Reachability};
use crate::questionnaire::{Answer, Cause, Condition, Kind, Question, Questionnaire, Subject, Test, Topic};

/// A question without a clear answer that could move a line of the ranking to another place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OpenQuestion {
    /// The question.
    pub question: Idx<Question>,
    /// The lowest probability that its answer could give the line; 0 when an answer could remove the line.
    pub low: f64,
    /// The highest probability that its answer could give the line.
    pub high: f64,
}

/// The open questions that could move a line of the ranking.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OpenQuestions {
    /// Those that could, the ones that could move it most first.
    pub found: Vec<OpenQuestion>,
    /// How many others were not tried, as there are too many.
    pub untried: usize,
}

/// So many conditions are evaluated at most to find them. To try one question takes all of the file, and the person waits.
const MOST_EVALUATED: usize = 2_000_000;

/// The lowest and the highest probability of each line, that of its most probable member.
type LineRanges = BTreeMap<Topic, (f64, f64)>;

/// The shown questions that are unanswered or *not sure* and could, each alone, move the line of a cause to another
/// place. Those that could move its probability most come first. Of very many in a very large file, the ones on which the
/// cause hangs most are tried.
#[must_use]
pub fn open_questions(evaluation: &Evaluation<'_>, cause: Idx<Cause>) -> OpenQuestions {
    let questionnaire = evaluation.questionnaire();
    let now = highest(evaluation);
    let place = |line: &Topic| now.get(line).copied().unwrap_or(0.0);
    let line = Topic::for_cause(cause, questionnaire);
    if !now.contains_key(&line) {
        return OpenQuestions::default();
    }
    let mut open = concerning(line, questionnaire);
    open.retain(|question| evaluation.is_shown(*question) && evaluation.answer(*question).is_none_or(is_unsure));
    let strengths = strengths(questionnaire, &questionnaire.causes[cause]);
    let strength = |question: &Idx<Question>| strengths.get(question).copied().unwrap_or(0.0);
    let mut open: Vec<Idx<Question>> = open.into_iter().collect();
    open.sort_by(|a, b| strength(b).total_cmp(&strength(a)));
    let all = open.len();
    let conditions = questionnaire.conditions().count();
    let mut evaluated = 0;
    open.retain(|question| {
        evaluated += conditions * ways_to_try(&questionnaire.questions[*question]);
        evaluated <= MOST_EVALUATED
    });
    let untried = all - open.len();
    // What moves the line equally is told in file order.
    open.sort();
    let mut found: Vec<OpenQuestion> = open
        .into_iter()
        .filter_map(|question| {
            let mut ranges = line_ranges(evaluation, question);
            let (low, high) = ranges.remove(&line)?;
            let passes = |(other, range): (&Topic, &(f64, f64))| {
                if place(other) > place(&line) { high > range.0 } else { low < range.1 }
            };
            (moves(low, high) && ranges.iter().any(passes)).then_some(OpenQuestion { question, low, high })
        })
        .collect();
    found.sort_by(|a, b| (b.high - b.low).total_cmp(&(a.high - a.low)));
    OpenQuestions { found, untried }
}

/// The questions on which a line of the ranking hangs in any way: directly, by facts, by what shows a question or fills its
/// list, or by what explains a cause away. No other question can move it.
fn concerning(line: Topic, questionnaire: &Questionnaire) -> BTreeSet<Idx<Question>> {
    let members = |topic: Topic| {
        let causes = questionnaire.causes.iter();
        causes.filter(move |(id, _)| topic == Topic::Cause(*id) || topic == Topic::for_cause(*id, questionnaire))
    };
    let explainers: BTreeSet<Topic> = members(line).flat_map(|(_, cause)| cause.unless.iter().copied()).collect();
    let causes = members(line).chain(explainers.into_iter().flat_map(members)).map(|(_, cause)| cause);
    let conditions = causes.flat_map(Cause::conditions).chain([&questionnaire.ranks_when]);
    let mut concerning = BTreeSet::new();
    let mut facts = BTreeSet::new();
    let mut waiting: Vec<Subject> = conditions.flat_map(Condition::tests).map(Test::subject).collect();
    while let Some(subject) = waiting.pop() {
        match subject {
            Subject::Question(question) if concerning.insert(question) => {
                let asked = &questionnaire.questions[question];
                waiting.extend(asked.when.tests().map(Test::subject).chain(asked.from().map(Subject::Question)));
            }
            Subject::Fact(fact) if facts.insert(fact) => {
                waiting.extend(questionnaire.facts[fact].when.tests().map(Test::subject));
            }
            Subject::Question(_) | Subject::Fact(_) => {}
        }
    }
    concerning
}

/// How often everything is evaluated to try the answers to a question.
fn ways_to_try(question: &Question) -> usize {
    match &question.kind {
        Kind::One(options) => options.len(),
        Kind::Many { .. } | Kind::Number { .. } => 1,
    }
}

/// Whether the difference is large enough to mention.
fn moves(low: f64, high: f64) -> bool {
    const LEAST: f64 = 0.005;
    high - low >= LEAST
}

/// The probability of each line.
fn highest(evaluation: &Evaluation<'_>) -> BTreeMap<Topic, f64> {
    let ranking = Ranking::new(evaluation);
    let named = named(&ranking, evaluation);
    let mut highest = BTreeMap::new();
    for ranked in ranking.ranked().filter(|ranked| named.contains(&ranked.cause)) {
        highest.entry(Topic::for_cause(ranked.cause, evaluation.questionnaire())).or_insert(ranked.probability);
    }
    highest
}

/// How far an answer to one question could move each line: exact where every answer can be tried, otherwise a bound.
fn line_ranges(evaluation: &Evaluation<'_>, question: Idx<Question>) -> LineRanges {
    let questionnaire = evaluation.questionnaire();
    let Kind::One(options) = &questionnaire.questions[question].kind else {
        let reachability = Reachability::new(evaluation, FreeQuestions::Only(question));
        return Bounds::within(&reachability).lines(&reachability);
    };
    let tried: Vec<BTreeMap<Topic, f64>> = options
        .iter()
        .map(|(option, _)| {
            let mut answers = evaluation.answers().clone();
            answers.set(question, Answer::One(option));
            highest(&Evaluation::new(questionnaire, &answers))
        })
        .collect();
    let lines: BTreeSet<Topic> = tried.iter().flat_map(BTreeMap::keys).copied().collect();
    let range = |line: Topic| {
        // An answer that removes a line from the results gives it 0.
        let each = || tried.iter().map(|highest| highest.get(&line).copied().unwrap_or(0.0));
        (line, (each().fold(f64::INFINITY, f64::min), each().fold(0.0, f64::max)))
    };
    lines.into_iter().map(range).collect()
}
