//! Somebody who goes through the questions as people do: with keys, on what is in view.
//!
//! A test names questions, options and causes by their ids:
//! `Walk::through(&network()).answer("scope", "all").answer("days", 3).open("results")`. Which keys that takes is found
//! here from what the screen shows; `keys.rs` has all that is known of the keymap. A walk stops with a message that names
//! the question in view when that is not the one that the test means.

use crate::rows::rows;
use la_arena::Idx;
use twinge::app::screens::resume::Opening;
use twinge::app::{App, Key, Mode, Size};
use twinge::engine::ranking::Ranked;
use twinge::interview::InView;
use twinge::questionnaire::{Alarm, Answer, Choice, Question, Questionnaire, WrittenAnswer};

use crate::{keys, picture};

/// The mark before the item in focus, and the boxes of options that are ticked, not sure and neither.
const FOCUS: char = '▸';
const BOXES: [&str; 3] = ["[x]", "[?]", "[ ]"];

/// More keys than it takes to get to the end of any text or list.
const ENOUGH: usize = 100;

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An answer as a test writes it: an option, a number, or a list of options (`"?hot"` is one marked *not sure*).
pub(crate) trait Given {
    fn written<'a>(self) -> WrittenAnswer<'a>
    where
        Self: 'a;
}

impl Given for WrittenAnswer<'_> {
    fn written<'a>(self) -> WrittenAnswer<'a>
    where
        Self: 'a,
    {
        self
    }
}

impl Given for &str {
    fn written<'a>(self) -> WrittenAnswer<'a>
    where
        Self: 'a,
    {
        WrittenAnswer::Text(self.into())
    }
}

impl Given for i32 {
    fn written<'a>(self) -> WrittenAnswer<'a> {
        WrittenAnswer::Number(self.into())
    }
}

impl<const N: usize> Given for [&str; N] {
    fn written<'a>(self) -> WrittenAnswer<'a>
    where
        Self: 'a,
    {
        WrittenAnswer::List(self.map(Into::into).to_vec())
    }
}

/// Somebody at a terminal, of 80 columns and 24 rows unless [`Walk::sized`] changes it.
#[derive(Debug)]
pub(crate) struct Walk<'q> {
    pub(crate) app: App<'q>,
}

impl<'q> Walk<'q> {
    /// At the welcome screen. The first answer goes on from there by itself.
    pub(crate) fn through(questionnaire: &'q Questionnaire) -> Walk<'q> {
        Walk::resuming(questionnaire, Opening::default())
    }

    /// At the first screen, with what is known of an earlier interview.
    pub(crate) fn resuming(questionnaire: &'q Questionnaire, opening: Opening) -> Walk<'q> {
        Walk { app: App::open(questionnaire, Size { columns: 80, rows: 24 }, opening) }
    }

    /// On a terminal of another size from now on.
    pub(crate) fn sized(mut self, columns: u16, rows: u16) -> Self {
        self.app.resize(Size { columns, rows });
        self
    }

    /// Leaves the welcome screen.
    #[track_caller]
    pub(crate) fn begin(mut self) -> Self {
        self.press(keys::BEGIN);
        assert_ne!(self.app.mode(), Mode::Welcome, "{}", self.screen());
        self
    }

    /// Answers the question in view, and goes on.
    #[track_caller]
    pub(crate) fn answer(self, id: &str, value: impl Given) -> Self {
        let (mut walk, question, answer) = self.at_question(id, value);
        walk.put(question, &answer);
        walk.press_until(keys::ACCEPT, &format!("“{id}” is answered"), |walk| walk.in_view() != Some(question));
        let given = walk.app.interview().answers().get(question);
        assert_eq!(given, Some(&answer), "the answer to “{id}”\n{}", walk.screen());
        walk
    }

    /// Answers the question in view with *not sure*, and goes on.
    #[track_caller]
    pub(crate) fn not_sure(self, id: &str) -> Self {
        self.answer(id, WrittenAnswer::Nothing)
    }

    /// Says that nothing of the list in view applies, and goes on.
    #[track_caller]
    pub(crate) fn none_of(self, id: &str) -> Self {
        self.answer(id, [])
    }

    /// Ticks or types an answer on the question in view, but does not go on.
    #[track_caller]
    pub(crate) fn fill_in(self, id: &str, value: impl Given) -> Self {
        let (mut walk, question, answer) = self.at_question(id, value);
        walk.put(question, &answer);
        assert_eq!(walk.in_view(), Some(question), "“{id}” is answered at once\n{}", walk.screen());
        walk
    }

    /// Takes what comes first on every question, and none of a list, until this question is in view.
    #[track_caller]
    pub(crate) fn hurry_to(mut self, id: &str) -> Self {
        let wanted = self.question(id);
        self.press_until(keys::ACCEPT, &format!("“{id}” is asked"), |walk| walk.in_view() == Some(wanted));
        self
    }

    /// Says that the answers that raise the alarm in view are right.
    #[track_caller]
    pub(crate) fn confirm_alarm(mut self) -> Self {
        let alarm = self.alarm_in_view();
        assert!(alarm.is_some(), "no alarm asks whether its answers are right:\n{}", self.screen());
        self.press_until(keys::ACCEPT, "the alarm is confirmed", |walk| walk.alarm_in_view() != alarm);
        self
    }

    /// Goes on from what a confirmed alarm says to do.
    #[track_caller]
    pub(crate) fn go_on(mut self) -> Self {
        assert_eq!(self.app.mode(), Mode::Choice, "nothing to go on from:\n{}", self.screen());
        let is_there = |walk: &Walk<'q>| walk.line_in_focus_if_any().contains("Go on with the questions");
        self.press_until(keys::DOWN, "the way on is selected", is_there);
        self.press_until(keys::ACCEPT, "it goes on", |walk| walk.app.mode() != Mode::Choice);
        self
    }

    /// Opens a screen of [`keys::SCREENS`], if it is not in view already.
    #[track_caller]
    pub(crate) fn open(mut self, screen: &str) -> Self {
        let found = keys::SCREENS.iter().find(|(name, ..)| *name == screen);
        let (_, key, mode) = *found.unwrap_or_else(|| panic!("no key opens “{screen}”"));
        if self.app.mode() != mode {
            self.press(key);
        }
        assert_eq!(self.app.mode(), mode, "“{screen}” is not in view:\n{}", self.screen());
        self
    }

    /// Goes to a question by the list of answers.
    #[track_caller]
    pub(crate) fn change(self, id: &str) -> Self {
        let mut walk = self.open("answers");
        let question = walk.question(id);
        let at = walk.app.interview().evaluation().shown_questions().position(|shown| shown == question);
        walk.go_down(at.unwrap_or_else(|| panic!("“{id}” is not among the answers:\n{}", walk.screen())));
        walk.press(keys::ACCEPT);
        assert_eq!(walk.in_view(), Some(question), "“{id}” is not in view\n{}", walk.screen());
        walk
    }

    /// Selects the line of a cause in the results.
    #[track_caller]
    pub(crate) fn select(mut self, cause: &str) -> Self {
        let interview = self.app.interview();
        let questionnaire = interview.questionnaire();
        let outcome = interview.outcome();
        let is_of = |member: &&Ranked| questionnaire.causes[member.cause].id == cause;
        let lines = outcome.lines(questionnaire);
        let place = lines.iter().position(|line| line.members.iter().any(is_of));
        let place = place.unwrap_or_else(|| panic!("“{cause}” is not in the ranking:\n{}", self.screen())) + 1;
        self.press(keys::FIRST);
        let start = format!("{FOCUS} {place} ");
        self.press_until(keys::DOWN, &format!("“{cause}” is selected"), |walk| {
            walk.line_in_focus().starts_with(&start)
        });
        self
    }

    /// Reads about a cause in the results.
    #[track_caller]
    pub(crate) fn read(self, cause: &str) -> Self {
        let mut walk = self.select(cause);
        walk.press(keys::ACCEPT);
        walk
    }

    /// Turns to a page of the text about a cause, by its title.
    #[track_caller]
    pub(crate) fn page(mut self, title: &str) -> Self {
        let tab = format!("[{title}]");
        self.press_until(keys::NEXT_PAGE, &format!("{tab} is in view"), |walk| walk.screen().contains(&tab));
        self
    }

    /// Presses keys, for a test that is about keys.
    pub(crate) fn keys(mut self, text: &str) -> Self {
        for key in keys::parse(text) {
            self.press(key);
        }
        self
    }

    /// Fails unless the screen shows a text, wherever that is wrapped.
    #[track_caller]
    pub(crate) fn shows(self, text: &str) -> Self {
        assert!(self.words().contains(&in_one_line(text)), "“{text}” is not in view:\n{}", self.screen());
        self
    }

    /// Fails if the screen shows a text, wherever that is wrapped.
    #[track_caller]
    pub(crate) fn hides(self, text: &str) -> Self {
        assert!(!self.words().contains(&in_one_line(text)), "“{text}” is in view:\n{}", self.screen());
        self
    }

    /// The screen as it is drawn.
    pub(crate) fn screen(&self) -> String {
        picture::drawn(&self.app)
    }

    /// The screen as it is drawn, and a letter for the look of each cell.
    pub(crate) fn roles(&self) -> String {
        picture::with_roles(&self.app)
    }

    /// The text of the screen, row by row.
    pub(crate) fn text(&self) -> String {
        rows(&self.app).iter().map(|row| row.to_owned() + "\n").collect()
    }

    /// The text of the screen in one line, wherever it is wrapped, without frames.
    pub(crate) fn words(&self) -> String {
        in_one_line(&self.text().replace(|sign| "│╭╮╰╯─┃".contains(sign), " "))
    }

    fn press(&mut self, key: Key) {
        self.app.press(key);
    }

    /// Presses a key until something is so, if it is not so already.
    #[track_caller]
    fn press_until(&mut self, key: Key, what: &str, is_so: impl Fn(&Walk<'q>) -> bool) {
        for _ in 0..ENOUGH {
            if is_so(self) {
                return;
            }
            self.press(key);
        }
        panic!("{key:?} was pressed {ENOUGH} times, and still it is not so that {what}:\n{}", self.screen());
    }

    /// To the line of a list with so many lines above it.
    fn go_down(&mut self, lines: usize) {
        self.press(keys::FIRST);
        for _ in 0..lines {
            self.press(keys::DOWN);
        }
    }

    #[track_caller]
    fn question(&self, id: &str) -> Idx<Question> {
        self.app.interview().questionnaire().question(id).unwrap_or_else(|| panic!("there is no question “{id}”"))
    }

    /// The question that can be answered now.
    fn in_view(&self) -> Option<Idx<Question>> {
        let is_asking =
            matches!(self.app.mode(), Mode::One | Mode::LongOne | Mode::Many | Mode::LongMany | Mode::Number);
        match self.app.interview().in_view() {
            InView::Question(question) if is_asking => Some(question),
            InView::Question(_) | InView::End => None,
        }
    }

    fn alarm_in_view(&self) -> Option<Idx<Alarm>> {
        self.app.interview().interrupting().filter(|_| self.app.mode() == Mode::Choice)
    }

    /// The walk at a question, and what an answer to it means; the question must be the one in view.
    #[track_caller]
    fn at_question(self, id: &str, value: impl Given) -> (Self, Idx<Question>, Answer) {
        let walk = if self.app.mode() == Mode::Welcome { self.begin() } else { self };
        let question = walk.question(id);
        let questions = &walk.app.interview().questionnaire().questions;
        match walk.in_view() {
            Some(here) if here == question => {}
            Some(here) => {
                let Question { id: here, ask, .. } = &questions[here];
                panic!("“{id}” is not in view, but “{here}”: {ask}\n{}", walk.screen())
            }
            None => panic!("“{id}” is not in view, nor any other question:\n{}", walk.screen()),
        }
        let answer = Answer::read(&questions[question], &value.written());
        let answer = answer.unwrap_or_else(|problem| panic!("no answer to “{id}”: {}", problem.message));
        (walk, question, answer)
    }

    /// Chooses, ticks or types an answer to the question in view.
    fn put(&mut self, question: Idx<Question>, answer: &Answer) {
        let is_list = matches!(self.app.mode(), Mode::Many | Mode::LongMany);
        match answer {
            Answer::One(option) => self.pick(question, *option),
            Answer::Number(number) => self.type_in(&number.to_string()),
            Answer::NotSure => {
                if is_list {
                    self.tick(question, answer);
                }
                self.press(keys::NOT_SURE);
            }
            Answer::Many { ticked, unsure } => {
                self.tick(question, answer);
                if ticked.is_empty() && unsure.is_empty() {
                    // *None of these* is the row above *not sure*, which is the last.
                    self.press(keys::LAST);
                    self.press(keys::UP);
                }
            }
        }
    }

    /// Ticks and marks what an answer has, and nothing else.
    fn tick(&mut self, question: Idx<Question>, answer: &Answer) {
        let boxes = |answer: Option<&Answer>| match answer {
            Some(Answer::Many { ticked, unsure }) => (ticked.clone(), unsure.clone()),
            _ => Default::default(),
        };
        let (ticked, unsure) = boxes(Some(answer));
        let before = boxes(self.app.interview().answers().get(question));
        let [tick, mark, blank] = BOXES;
        for option in self.app.interview().offered(question) {
            let wanted = match (ticked.contains(&option), unsure.contains(&option)) {
                (true, _) => tick,
                (_, true) => mark,
                _ if before.0.contains(&option) || before.1.contains(&option) => blank,
                _ => continue,
            };
            self.pick(question, option);
            let key = if wanted == mark { keys::MARK_UNSURE } else { keys::TICK };
            self.press_until(key, &format!("the option in focus is {wanted}"), |walk| {
                walk.line_in_focus().contains(wanted)
            });
        }
    }

    /// Presses the digit of an option, or searches for it where it has none.
    fn pick(&mut self, question: Idx<Question>, option: Idx<Choice>) {
        let interview = self.app.interview();
        let at = interview.offered(question).iter().position(|offered| *offered == option);
        let at = at.unwrap_or_else(|| panic!("the option is not on offer:\n{}", self.screen()));
        if let Some(digit) = keys::digit(at + 1) {
            self.press(digit);
            return;
        }
        let options = interview.questionnaire().questions[question].options().expect("a question with options");
        let name = options[option].say.clone();
        self.press(keys::SEARCH);
        self.type_in(&name);
        self.press(keys::ACCEPT);
        if self.app.mode() == Mode::Search {
            self.press(keys::END_SEARCH);
        }
    }

    fn type_in(&mut self, text: &str) {
        for c in text.chars() {
            self.press(Key::Char(c));
        }
    }

    /// The line that is in focus, from its mark on.
    fn line_in_focus(&self) -> String {
        let marked = self.line_in_focus_if_any();
        assert!(!marked.is_empty(), "nothing is in focus:\n{}", self.screen());
        marked
    }

    fn line_in_focus_if_any(&self) -> String {
        let marked = rows(&self.app).into_iter().find_map(|line| Some(line[line.find(FOCUS)?..].to_owned()));
        marked.unwrap_or_default()
    }
}
