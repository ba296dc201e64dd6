//! Saves the answers of an interview after each change of them, and deletes them when it is finished.

use std::io;

use crate::app::screens::resume::{Earlier, Keeping, Opening, SetAside};
use crate::app::{App, Effect};
use crate::engine::answers::Answers;
use crate::interview::draft::{Draft, Fingerprint, FingerprintedQuestionnaire, carry_over};
use crate::questionnaire::Questionnaire;
use crate::storage::clock;
use crate::storage::draft_files::{DraftFile, FoundDraft};
use crate::storage::io_error_in_words;
use crate::text;

/// Saves the answers of one interview, in line mode and on screens alike.
#[derive(Debug)]
pub struct Autosave {
    target: SaveTarget,
    /// The answers after the last update.
    after_last_update: Answers,
    /// The answers in the draft on disk, as far as the questionnaire still takes them.
    on_disk: Answers,
}

/// Where the answers are saved.
#[derive(Debug)]
enum SaveTarget {
    /// Nowhere, and why.
    None(Keeping),
    /// In a draft file, with the fingerprint of the question file that they answer.
    File(DraftFile, Fingerprint),
}

impl Autosave {
    /// Saves nothing, for this reason.
    #[must_use]
    pub fn off(why: Keeping) -> Autosave {
        Autosave { target: SaveTarget::None(why), after_last_update: Answers::new(), on_disk: Answers::new() }
    }

    /// Saves answers in a draft file, with the fingerprint of the question file that they answer.
    #[must_use]
    pub fn new(file: DraftFile, fingerprint: Fingerprint) -> Autosave {
        Autosave {
            target: SaveTarget::File(file, fingerprint),
            after_last_update: Answers::new(),
            on_disk: Answers::new(),
        }
    }

    /// What the first screen says about saving, if that can be known without reading a draft: `None` when there may be an
    /// earlier interview.
    #[must_use]
    pub fn opening_without_earlier(&self) -> Option<Opening> {
        match &self.target {
            SaveTarget::None(why) => Some(Opening { keeping: why.clone(), ..Opening::default() }),
            SaveTarget::File(file, _) if file.exists() => None,
            SaveTarget::File(file, _) => Some(Opening { keeping: keeping_in(file), ..Opening::default() }),
        }
    }

    /// Reads the draft of an earlier interview, if there is one. Nothing is written before the first answer.
    pub fn open(&mut self, questionnaire: &Questionnaire) -> Opening {
        let (file, fingerprint) = match &self.target {
            SaveTarget::None(why) => return Opening { keeping: why.clone(), ..Opening::default() },
            SaveTarget::File(file, fingerprint) => (file, fingerprint),
        };
        let mut opening = Opening { keeping: keeping_in(file), ..Opening::default() };
        match file.load() {
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
                let why = Keeping::Failed(io_error_in_words(&error));
                self.target = SaveTarget::None(why.clone());
                opening.keeping = why;
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
        let SaveTarget::File(file, fingerprint) = &self.target else { return Ok(()) };
        let answers = app.own_interview().answers();
        match effect {
            Effect::Quit if app.is_finished() => file.remove(),
            Effect::Forget => {
                let keeping = match file.remove() {
                    Ok(()) => keeping_in(file),
                    Err(error) => Keeping::Undeleted(io_error_in_words(&error)),
                };
                self.after_last_update = Answers::new();
                self.on_disk = Answers::new();
                app.kept(keeping);
                Ok(())
            }
            Effect::Draw | Effect::Redraw | Effect::Save | Effect::Quit | Effect::Suspend => {
                if *answers == self.after_last_update {
                    return Ok(());
                }
                self.after_last_update = answers.clone();
                if *answers == self.on_disk {
                    return Ok(());
                }
                let edition =
                    FingerprintedQuestionnaire { questionnaire: app.interview().questionnaire(), fingerprint };
                let saved =
                    Draft::new(edition, answers, now_in_seconds()).map_err(io::Error::from).and_then(|d| file.save(&d));
                let keeping = match saved {
                    Ok(()) => {
                        self.on_disk = answers.clone();
                        keeping_in(file)
                    }
                    Err(error) => Keeping::Failed(io_error_in_words(&error)),
                };
                app.kept(keeping);
                Ok(())
            }
        }
    }
}

fn keeping_in(file: &DraftFile) -> Keeping {
    Keeping::In(file.folder().to_owned())
}

/// The time, in whole seconds since 1970; 0 on a clock that is set to an earlier year.
fn now_in_seconds() -> u64 {
    u64::try_from(clock::now().as_second()).unwrap_or(0)
}
