//! Saves the answers of an interview after each change of them, and deletes them when it is finished.

use std::io;

use crate::app::screens::resume::{Earlier, Keeping, Opening, SetAside};
use crate::app::{App, Effect};
use crate::engine::answers::Answers;
use crate::interview::draft::{Draft, Fingerprint, FingerprintedQuestionnaire, carry_over};
use crate::questionnaire::Questionnaire;
use crate::storage::clock;
use crate::storage::draft_files::{DraftFile, FoundDraft};
use crate::storage::draft_lock::{DraftLock, Unsaved};
use crate::storage::io_error_in_words;
use crate::text;

/// Saves the answers of one interview, in line mode and on screens alike.
#[derive(Debug)]
pub struct Autosave {
    /// The draft file, with the fingerprint of the question file that it answers.
    draft: Option<(DraftFile, Fingerprint)>,
    /// The right to write it, or why nothing is written.
    lock: Result<DraftLock, Keeping>,
    /// The answers after the last update.
    after_last_update: Answers,
    /// The answers in the draft on disk, as far as the questionnaire still takes them.
    on_disk: Answers,
}

impl Autosave {
    /// Saves nothing, for this reason.
    #[must_use]
    pub fn off(why: Keeping) -> Autosave {
        Autosave { draft: None, lock: Err(why), after_last_update: Answers::new(), on_disk: Answers::new() }
    }

    /// Saves answers in a draft file, with the fingerprint of the question file that they answer, once it is opened and unless
    /// another window does.
    #[must_use]
    pub fn new(file: DraftFile, fingerprint: Fingerprint) -> Autosave {
        Autosave { draft: Some((file, fingerprint)), ..Autosave::off(Keeping::Nothing) }
    }

    /// What [`Autosave::open`] most likely returns, as far as a look can tell: making a folder and locking a file in it takes
    /// longer than drawing the first screen. `None` when there may be an earlier interview or another window.
    #[must_use]
    pub fn likely_opening(&self) -> Option<Opening> {
        let Some((file, _)) = &self.draft else { return Some(self.opening()) };
        file.is_unused().then(|| Opening { keeping: keeping_in(file), ..Opening::default() })
    }

    /// Gets the right to save answers, and reads the draft of an earlier interview, if there is one. No draft is written before
    /// the first answer.
    pub fn open(&mut self, questionnaire: &Questionnaire) -> Opening {
        if let (Err(_), Some((file, _))) = (&self.lock, &self.draft) {
            self.lock = match DraftLock::new(file) {
                Ok(lock) => lock.ok_or(Keeping::Elsewhere),
                Err(error) => Err(failed(file, &error)),
            };
        }
        self.read(questionnaire)
    }

    fn read(&mut self, questionnaire: &Questionnaire) -> Opening {
        let mut opening = self.opening();
        let Some((file, fingerprint)) = &self.draft else { return opening };
        let found = match &self.lock {
            Ok(_) => file.load(),
            Err(_) => Ok(file.peek().map_or(FoundDraft::Nothing, FoundDraft::Draft)),
        };
        match found {
            Ok(FoundDraft::Nothing) => {}
            Ok(FoundDraft::Draft(draft)) => {
                let carried = carry_over(&draft, questionnaire);
                self.on_disk = carried.answers.clone();
                let has_changed = draft.fingerprint != *fingerprint;
                opening.earlier = Some(Earlier { carried, has_changed, saved: draft.saved, now: now_in_seconds() });
            }
            Ok(FoundDraft::SetAside { why, place }) => {
                opening.set_aside = Some(SetAside { why, place: text::path(&place) });
            }
            Err(error) => {
                // What could neither be read nor renamed must not be overwritten.
                let failed = failed(file, &error);
                opening.keeping = self.stop(failed);
            }
        }
        opening
    }

    /// Saves what an update of the app changed. To be called after every update, before anything of it is shown.
    ///
    /// # Errors
    ///
    /// When the interview is finished and its draft cannot be deleted.
    pub fn after_update(&mut self, effect: Effect, app: &mut App<'_>) -> io::Result<()> {
        if effect == Effect::TakeOver {
            self.take_over();
            let opening = self.read(app.own_interview().questionnaire());
            app.reopen(opening);
            return Ok(());
        }
        let (Ok(lock), Some((file, fingerprint))) = (&self.lock, &self.draft) else { return Ok(()) };
        let answers = app.own_interview().answers();
        let done = match effect {
            Effect::Quit if app.is_finished() => {
                return match lock.remove() {
                    Err(Unsaved::Failed(error)) => Err(error),
                    // What another window keeps is not ours to delete.
                    Ok(()) | Err(Unsaved::TakenOver | Unsaved::Forgotten) => Ok(()),
                };
            }
            Effect::Forget => {
                self.after_last_update = Answers::new();
                self.on_disk = Answers::new();
                lock.remove()
            }
            Effect::Draw
            | Effect::Redraw
            | Effect::Save
            | Effect::Copy
            | Effect::TakeOver
            | Effect::Quit
            | Effect::Interrupt
            | Effect::Suspend => {
                let has_changed = *answers != self.after_last_update && *answers != self.on_disk;
                self.after_last_update = answers.clone();
                if !has_changed {
                    return Ok(());
                }
                let questionnaire = app.interview().questionnaire();
                let edition = FingerprintedQuestionnaire { questionnaire, fingerprint };
                let draft = Draft::new(edition, answers, now_in_seconds()).map_err(io::Error::from);
                let saved = draft.map_err(Unsaved::Failed).and_then(|draft| lock.save(&draft));
                if saved.is_ok() {
                    self.on_disk = answers.clone();
                }
                saved
            }
        };
        let keeping = match done {
            Ok(()) => keeping_in(file),
            Err(Unsaved::Failed(error)) if effect == Effect::Forget => Keeping::Undeleted(io_error_in_words(&error)),
            Err(Unsaved::Failed(error)) => failed(file, &error),
            Err(Unsaved::TakenOver) => self.stop(Keeping::TakenOver),
            Err(Unsaved::Forgotten) => self.stop(Keeping::Forgotten),
        };
        app.kept(keeping);
        Ok(())
    }

    /// Saves the answers here from now on, and no longer in the other window.
    fn take_over(&mut self) {
        if let Some((file, _)) = &self.draft {
            self.lock = DraftLock::take_over(file).map_err(|error| failed(file, &error));
        }
    }

    /// Saves nothing from now on, for this reason.
    fn stop(&mut self, why: Keeping) -> Keeping {
        self.lock = Err(why.clone());
        why
    }

    fn opening(&self) -> Opening {
        let (keeping, was_open_to_others) = match (&self.lock, &self.draft) {
            (Ok(lock), Some((file, _))) => (keeping_in(file), lock.was_open_to_others),
            (Ok(_), None) => (Keeping::Nothing, false),
            (Err(why), _) => (why.clone(), false),
        };
        Opening { keeping, was_open_to_others, ..Opening::default() }
    }
}

fn keeping_in(file: &DraftFile) -> Keeping {
    Keeping::In(file.folder().to_owned())
}

/// Why nothing can be saved, and in which folder.
fn failed(file: &DraftFile, error: &io::Error) -> Keeping {
    Keeping::Failed(format!("{} ({})", io_error_in_words(error), file.folder()))
}

/// The time, in whole seconds since 1970; 0 on a clock that is set to an earlier year.
fn now_in_seconds() -> u64 {
    u64::try_from(clock::now().as_second()).unwrap_or(0)
}
