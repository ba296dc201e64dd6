//! A draft: the answers of an unfinished interview as they are saved, and what of them still fits when they are loaded.

use std::collections::BTreeMap;
use std::fmt;

use la_arena::{Arena, Idx};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::engine::answers::Answers;
use crate::engine::answers_json::{AnswersJson, AnswersReader};
use crate::questionnaire::{Answer, Kind, OptionSet, Question, Questionnaire};

/// The version of the format, the only one written and read.
pub const FORMAT: u64 = 1;

/// Saved answers, and the questionnaire that they belong to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Draft {
    format: u64,
    /// The title of the questionnaire.
    pub title: String,
    /// The version of its text.
    pub version: Option<String>,
    /// The fingerprint of its question file.
    pub fingerprint: Fingerprint,
    /// When it was saved, in seconds since 1970.
    pub saved: u64,
    answers: AnswersJson,
    offered: Offered,
}

/// The options that questions offered, all by their ids, for questions that allow several: an answer says nothing about others.
pub type Offered = BTreeMap<String, Vec<String>>;

/// A hash of a question file's bytes, to tell files apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(String);

/// A questionnaire, and the file that it was read from.
#[derive(Debug, Clone, Copy)]
pub struct FingerprintedQuestionnaire<'q> {
    /// The questionnaire.
    pub questionnaire: &'q Questionnaire,
    /// Its file.
    pub fingerprint: &'q Fingerprint,
}

/// Why a saved file cannot be read as a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It is damaged.
    Damaged,
    /// It has a later format.
    Newer,
    /// It is something else.
    Foreign,
}

/// The part of a draft that fits a questionnaire.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CarriedOver {
    /// The answers that the questionnaire still takes.
    pub answers: Answers,
    /// What has to be answered again, in the order of the draft.
    pub lost: Vec<Lost>,
}

/// Why a saved answer cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lost {
    /// There is no such question now.
    NoQuestion(String),
    /// The question does not take it now.
    NoAnswer(Idx<Question>),
    /// The question offers more now. What was ticked is still ticked.
    MoreOptions(Idx<Question>),
}

impl Fingerprint {
    /// The fingerprint of a question file.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Fingerprint {
        Fingerprint::from_hash(fnv1a(bytes))
    }

    /// The fingerprint of a file with this hash ([`fnv1a()`]).
    #[must_use]
    pub fn from_hash(hash: u64) -> Fingerprint {
        Fingerprint(format!("{hash:016x}"))
    }
}

/// FNV-1a, 64 bits: unlike the standard library's hash it is the same on every machine and in every version. Nobody
/// gains anything by forging it.
#[must_use]
pub const fn fnv1a(mut bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    while let [byte, rest @ ..] = bytes {
        hash = (hash ^ *byte as u64).wrapping_mul(0x0100_0000_01b3);
        bytes = rest;
    }
    hash
}

impl Draft {
    /// A draft of these answers.
    ///
    /// # Errors
    ///
    /// When an answer cannot be written as JSON.
    pub fn new(of: FingerprintedQuestionnaire<'_>, answers: &Answers, saved: u64) -> serde_json::Result<Draft> {
        let FingerprintedQuestionnaire { questionnaire, fingerprint } = of;
        Ok(Draft {
            format: FORMAT,
            title: questionnaire.title.clone(),
            version: questionnaire.version.clone(),
            fingerprint: fingerprint.clone(),
            saved,
            answers: AnswersJson::from_answers(questionnaire, answers)?,
            offered: offered(questionnaire, answers, |_| true),
        })
    }

    /// The draft as JSON, to be saved.
    ///
    /// # Errors
    ///
    /// When it cannot be written as JSON.
    pub fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        let mut json = serde_json::to_vec(self)?;
        json.push(b'\n');
        Ok(json)
    }

    /// Reads a saved draft.
    ///
    /// # Errors
    ///
    /// When it is not a draft, or has another format.
    pub fn parse(bytes: &[u8]) -> Result<Draft, Unreadable> {
        #[derive(Deserialize)]
        struct Head {
            format: u64,
        }
        let head: Head = serde_json::from_slice(bytes)
            .map_err(|error| if error.is_data() { Unreadable::Foreign } else { Unreadable::Damaged })?;
        match head.format {
            FORMAT => serde_json::from_slice(bytes).map_err(|_| Unreadable::Damaged),
            0 => Err(Unreadable::Foreign),
            _ => Err(Unreadable::Newer),
        }
    }
}

/// The options that some of the answered questions offered.
#[must_use]
pub fn offered(questionnaire: &Questionnaire, answers: &Answers, is_one: impl Fn(&Question) -> bool) -> Offered {
    let offered = answers.questions().filter_map(|id| {
        let question = &questionnaire.questions[id];
        let Kind::Many { options, .. } = &question.kind else { return None };
        let was_offered = |option| answers.offered(id).is_none_or(|offered| offered.contains(&option));
        let ids = options.iter().filter(|(option, _)| was_offered(*option)).map(|(_, choice)| choice.id.clone());
        is_one(question).then(|| (question.id.clone(), ids.collect()))
    });
    offered.collect()
}

/// Carries a draft over to a questionnaire, perhaps a later version: an answer is kept when its question still exists
/// and still takes it.
#[must_use]
pub fn carry_over(draft: &Draft, questionnaire: &Questionnaire) -> CarriedOver {
    carry(draft.answers.entries(), questionnaire, |question, answer| {
        about(&draft.offered, &questionnaire.questions[question], answer)
    })
}

/// The same for any answers. `about` says which options one is about; `None` when it is about all.
pub(super) fn carry<'a>(
    answers: impl Iterator<Item = (&'a str, &'a RawValue)>,
    questionnaire: &Questionnaire,
    about: impl Fn(Idx<Question>, &Answer) -> Option<OptionSet>,
) -> CarriedOver {
    let reader = AnswersReader::new(questionnaire);
    let mut carried = CarriedOver::default();
    for (id, value) in answers {
        let Some(question) = reader.question(id) else {
            carried.lost.push(Lost::NoQuestion(id.to_owned()));
            continue;
        };
        match reader.answer(question, value) {
            Ok(answer) if carried.answers.get(question).is_none() => match about(question, &answer) {
                None => carried.answers.set(question, answer),
                Some(offered) => {
                    if questionnaire.questions[question].from().is_none() {
                        carried.lost.push(Lost::MoreOptions(question));
                    }
                    carried.answers.set_offered(question, answer, offered);
                }
            },
            Ok(_) | Err(_) => carried.lost.push(Lost::NoAnswer(question)),
        }
    }
    carried
}

/// The options that an answer is about; `None` when these are all that the question has.
pub(super) fn about(offered: &Offered, question: &Question, answer: &Answer) -> Option<OptionSet> {
    let named = offered.get(&question.id);
    let offered: OptionSet = match (answer, named) {
        // *Not sure* is about no option in particular.
        (Answer::NotSure | Answer::One(_) | Answer::Number(_), _) if question.from().is_none() => return None,
        (_, Some(named)) => named.iter().filter_map(|option| question.option(option)).collect(),
        (Answer::Many { ticked, unsure }, None) => ticked | unsure,
        (Answer::NotSure | Answer::One(_) | Answer::Number(_), None) => OptionSet::default(),
    };
    (offered.len() < question.options().map_or(0, Arena::len)).then_some(offered)
}

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Unreadable::Damaged => "the file is damaged",
            Unreadable::Newer => "a newer twinge wrote it",
            Unreadable::Foreign => "twinge did not write it",
        })
    }
}
