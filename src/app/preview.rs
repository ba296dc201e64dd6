//! What an author sees while they write: the interview goes on with each edition of the file, and what is wrong with the file
//! is shown on top of the last good one.

use crate::app::blocks::{Block, View};
use crate::app::screens::Screen;
use crate::app::screens::results::Results;
use crate::app::{App, Size};
use crate::diagnostic::{self, Diagnostic, Source};
use crate::interview::Interview;
use crate::interview::snapshot::Snapshot;
use crate::questionnaire::Questionnaire;
use crate::text::wording::counted;

/// Why a question file cannot be used as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileProblem {
    /// It has errors.
    Errors {
        /// The file.
        name: String,
        /// Its bytes.
        bytes: Vec<u8>,
        /// What is wrong with them.
        problems: Vec<Diagnostic>,
    },
    /// It cannot be read.
    Unreadable {
        /// The file.
        name: String,
        /// Why not.
        why: String,
    },
}

/// The program as it stands, without its questions.
#[derive(Debug, Clone)]
pub struct AppSnapshot {
    interview: Snapshot,
    /// The screen in view with its selected line, unless it is about a question.
    screen: Option<(Screen, usize)>,
    size: Option<Size>,
    hides_why: bool,
}

impl App<'_> {
    /// The program as it stands, to go on with another edition of its questions. What-if answers are not meant, and dropped.
    #[must_use]
    pub fn snapshot(mut self) -> AppSnapshot {
        self.close_problems();
        let screen = match &self.screens.top.screen {
            Screen::Results(_) if self.what_if.is_some() => Some((Screen::Results(Results::default()), 0)),
            screen @ (Screen::Welcome | Screen::Results(_)) => Some((screen.clone(), self.screens.top.main.cursor)),
            _ => None,
        };
        let interview = self.own_interview().snapshot();
        AppSnapshot { interview, screen, size: self.size, hides_why: self.hides_why }
    }

    /// Tells the app that the file was changed, and cannot be used as it is now. The last good edition stays.
    pub fn cannot_read(&mut self, problem: FileProblem) {
        self.close_problems();
        if matches!(problem, FileProblem::Errors { .. }) {
            self.screens.push(Screen::Problems);
        }
        self.file_problem = Some(problem);
        self.notice.clear();
        self.settle();
    }

    fn close_problems(&mut self) {
        if matches!(&self.screens.top.screen, Screen::Problems) {
            self.screens.pop();
        }
    }

    /// That the file cannot be used as it is now, to stand above every screen.
    pub(in crate::app) fn file_problem_banner(&self) -> Option<Block> {
        let problem = match self.file_problem.as_ref()? {
            FileProblem::Errors { name, problems, .. } => format!("{name} has {}", counted(problems.len(), "error")),
            FileProblem::Unreadable { name, why } => format!("{name} cannot be read: {why}"),
        };
        Some(Block::strong(format!("{problem}. These are the questions as they were before.")))
    }

    /// The errors in the file, each with its line.
    pub(in crate::app) fn problems(&self) -> View {
        /// An author mends the first ones first.
        const MOST: usize = 20;
        /// What the frame and its margins take.
        const AROUND: usize = 4;
        let Some(FileProblem::Errors { name, bytes, problems }) = &self.file_problem else { return View::default() };
        let columns = usize::from(self.size().columns).saturating_sub(AROUND);
        let shown = problems.get(..MOST).unwrap_or(problems);
        let mut body = vec![Block::Excerpt(diagnostic::draw_within(Source { name, bytes }, shown, columns))];
        if problems.len() > MOST {
            body.push(Block::plain(format!("And {} more.", problems.len() - MOST)));
        }
        View::new("Errors", body)
    }
}

impl<'q> App<'q> {
    /// Goes on with another edition of the questions, where the person was, and says which answers no longer fit.
    #[must_use]
    pub fn restored(questionnaire: &'q Questionnaire, snapshot: AppSnapshot) -> App<'q> {
        let AppSnapshot { interview, screen, size, hides_why } = snapshot;
        let (interview, lost) = Interview::restored(questionnaire, &interview);
        let mut app = App { interview, size, hides_why, ..App::new(questionnaire, Size::LEAST) };
        app.or_alarm(|app| match screen {
            Some((screen, cursor)) => {
                app.screens.show(screen);
                app.screens.select(cursor);
            }
            None => app.show_place(),
        });
        app.notice = match lost.len() {
            0 => "The file was read again.".into(),
            1 => "The file was read again: 1 answer no longer fits.".into(),
            lost => format!("The file was read again: {lost} answers no longer fit."),
        };
        app.settle();
        app
    }
}
