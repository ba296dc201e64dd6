//! What the tests of drafts share: an empty folder, a draft in it, and an interview that is driven by keys.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::rows::rows;
use crate::trees::parsed;
use twinge::app::{App, Key, Size};
use twinge::interview::Interview;
use twinge::interview::draft::{Draft, Fingerprint, FingerprintedQuestionnaire};
use twinge::questionnaire::{Answer, Questionnaire};
use twinge::storage::autosave::Autosave;
use twinge::storage::draft_files::{DraftFile, DraftFolder};
use twinge::storage::draft_lock::DraftLock;

/// An empty folder for one test.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("store").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a scratch folder");
    folder
}

pub(crate) fn drafts_in(state: &Path) -> DraftFolder {
    DraftFolder::find(|name| (name == "XDG_STATE_HOME").then(|| state.into())).expect("a folder")
}

/// A questionnaire whose drafts can be very short and very long.
pub(crate) fn long() -> Questionnaire {
    let questions: Vec<_> =
        (0..500).map(|at| format!("{{ id = \"question{at}\", ask = \"{at}?\", kind = \"one\" }}")).collect();
    let text = format!("format = 1\ntitle = \"T\"\nquestion = [{}]\n", questions.join(","));
    parsed(text)
}

/// A draft with answers to the first questions.
pub(crate) fn draft(questionnaire: &Questionnaire, answered: usize) -> Draft {
    let mut answers = Interview::new(questionnaire).answers().clone();
    for (question, _) in questionnaire.questions.iter().take(answered) {
        answers.set(question, Answer::NotSure);
    }
    let fingerprint = Fingerprint::from_bytes(b"");
    Draft::new(FingerprintedQuestionnaire { questionnaire, fingerprint: &fingerprint }, &answers, 7)
        .expect("it can be written")
}

pub(crate) fn lock(file: &DraftFile) -> DraftLock {
    DraftLock::new(file).expect("it can be locked").expect("nobody else has it")
}

pub(crate) fn save(file: &DraftFile, draft: &Draft) {
    lock(file).save(draft).expect("it is saved");
}

pub(crate) fn json(draft: &Draft) -> Vec<u8> {
    draft.to_json().expect("JSON")
}

pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<_> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

pub(crate) fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("it is there").permissions().mode() & 0o777
}

/// An app and its autosave, driven by keys.
pub(crate) struct Session<'q> {
    pub(crate) app: App<'q>,
    pub(crate) autosave: Autosave,
}

impl<'q> Session<'q> {
    pub(crate) fn begin(questionnaire: &'q Questionnaire, file: &DraftFile) -> Session<'q> {
        let mut autosave = Autosave::new(file.clone(), Fingerprint::from_bytes(b"one"));
        let opening = autosave.open(questionnaire);
        Session { app: App::open(questionnaire, Size { columns: 80, rows: 24 }, opening), autosave }
    }

    pub(crate) fn press(&mut self, keys: &str) {
        for c in keys.chars() {
            let key = match c {
                '\n' => Key::Enter,
                '↓' => Key::Down,
                '←' => Key::Left,
                '⇲' => Key::End,
                c => Key::Char(c),
            };
            if let Some(effect) = self.app.press(key) {
                self.autosave.after_update(effect, &mut self.app).expect("it is kept");
            }
        }
    }
}

pub(crate) fn kept(file: &DraftFile) -> Option<Vec<u8>> {
    fs::read(file.path()).ok()
}

/// What the screen says, in one line.
pub(crate) fn said(app: &App<'_>) -> String {
    let lines = rows(app).join(" ").replace('│', " ");
    lines.split_whitespace().collect::<Vec<_>>().join(" ")
}
