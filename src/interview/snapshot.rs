//! An interview told by ids alone, so that it can go on with another edition of its questions.

use crate::interview::draft::{Draft, Fingerprint, FingerprintedQuestionnaire, Lost, carry_over};
use crate::interview::{InView, Interview};
use crate::questionnaire::Questionnaire;

/// An interview as it stands.
#[derive(Debug, Clone)]
pub struct Snapshot {
    draft: Option<Draft>,
    /// The question in view; `None` at the end.
    in_view: Option<String>,
    /// The alarms that are raised and were confirmed.
    confirmed: Vec<String>,
    asks_all: bool,
}

impl Interview<'_> {
    /// The interview as it stands.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        let questionnaire = self.questionnaire();
        let fingerprint = Fingerprint::from_bytes(&[]);
        let edition = FingerprintedQuestionnaire { questionnaire, fingerprint: &fingerprint };
        Snapshot {
            // An answer is text, a number or a list of texts, which can always be written.
            draft: Draft::new(edition, self.answers(), 0).ok(),
            in_view: match self.in_view() {
                InView::Question(question) => Some(questionnaire.questions[question].id.clone()),
                InView::End => None,
            },
            confirmed: self
                .confirmed
                .iter()
                .map(|confirmed| questionnaire.alarms[confirmed.alarm].id.clone())
                .collect(),
            asks_all: self.asks_all,
        }
    }
}

impl<'q> Interview<'q> {
    /// Goes on with another edition of the questions: with the answers that it still takes, at the same question if that is
    /// still asked. A confirmed alarm stays confirmed while it is raised. Returns also what has to be answered again.
    #[must_use]
    pub fn restored(questionnaire: &'q Questionnaire, snapshot: &Snapshot) -> (Interview<'q>, Vec<Lost>) {
        let carried = snapshot.draft.as_ref().map(|draft| carry_over(draft, questionnaire)).unwrap_or_default();
        let mut interview = Interview::resumed(questionnaire, carried.answers);
        if snapshot.asks_all {
            interview.ask_all();
        }
        for (alarm, named) in questionnaire.alarms.iter() {
            if snapshot.confirmed.contains(&named.id) && interview.outcome().alarms.contains(&alarm) {
                interview.confirm(alarm);
            }
        }
        match &snapshot.in_view {
            None => interview.finish(),
            Some(id) => {
                questionnaire.question(id).map(|question| interview.jump(question));
            }
        }
        (interview, carried.lost)
    }
}
