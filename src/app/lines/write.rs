//! Writes the blocks of a screen as lines to be read aloud: one sentence a line, without symbols.

use crate::app::App;
use crate::app::blocks::{Badge, Bar, Block, Item, Role, Row, Tick, View};
use crate::app::lines::results;
use crate::app::screens::Screen;
use crate::app::screens::question::Card;
use crate::text::{sentence, sentences, wording};

/// Lines to be printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Text {
    lines: Vec<String>,
    /// Whether lists are read out however long they are.
    reads_long_lists: bool,
}

/// A text with its signs replaced by words that can be read aloud: "Dehydration 2nd, now 5th."
fn spoken(text: &str) -> String {
    text.replace(" → ", ", now ").replace(" · ", ", ")
}

/// A name or a question in front of what belongs to it: "Codes:" or "Does it hurt?"
fn introducing(text: &str) -> String {
    if text.ends_with(['.', '?', '!', ':']) { text.to_owned() } else { format!("{text}:") }
}

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        let mut lines = Text::default();
        lines.sentences(text);
        lines
    }
}

impl Text {
    /// Adds a line.
    pub(super) fn line(&mut self, line: impl AsRef<str>) {
        self.lines.push(spoken(line.as_ref()));
    }

    /// Adds a text, each sentence on a line of its own.
    pub(super) fn sentences(&mut self, text: &str) {
        self.lines.extend(sentences(&spoken(text)));
    }

    /// Adds a blank line, unless the last one is blank.
    pub(super) fn blank(&mut self) {
        if self.lines.last().is_none_or(|last| !last.is_empty()) {
            self.lines.push(String::new());
        }
    }

    /// Adds the lines of another text.
    pub(super) fn append(&mut self, other: Text) {
        self.lines.extend(other.lines);
    }

    /// The lines, each with a line feed.
    pub(super) fn into_string(self) -> String {
        self.lines.into_iter().map(|line| line + "\n").collect()
    }

    /// Adds a screen.
    pub(super) fn view(&mut self, view: &View) {
        self.blocks(&view.banner.body);
        let pane = &view.main;
        if let Some(badge) = &pane.badge {
            self.line(sentence(&badge.word));
        }
        let titles = [&pane.title, &pane.extent].into_iter().filter(|title| !title.is_empty());
        let titles: Vec<String> = titles.map(|title| sentence(title)).collect();
        if !titles.is_empty() {
            self.line(titles.join(" "));
        }
        self.blocks(pane.head.iter().chain(&pane.body));
    }

    /// Adds blocks.
    pub(super) fn blocks<'b>(&mut self, blocks: impl IntoIterator<Item = &'b Block>) {
        for block in blocks {
            match block {
                Block::Heading(text) => self.heading(text),
                Block::Text(Role::Quiet, text) => self.line(sentence(text)),
                Block::Text(_, text) => self.sentences(&sentence(text)),
                Block::Item(item) => self.item(item),
                Block::Pairs(pairs) => pairs.iter().for_each(|(name, text)| self.pair(name, text)),
                Block::Badge(badge) => self.badge(badge),
                Block::Choices { rows, is_searchable } => self.choices(rows, *is_searchable),
                Block::List(rows) => self.rows(rows),
                // What is typed is on the person's own line already.
                Block::Search(_) => {}
                Block::Excerpt(text) => text.lines().for_each(|line| self.line(line)),
                Block::Figure(picture) => self.sentences(&sentence(&picture.figure.say)),
            }
        }
    }

    fn heading(&mut self, text: &str) {
        self.line(introducing(text));
    }

    fn item(&mut self, item: &Item) {
        self.sentences(&sentence(&item.text));
        item.notes.iter().for_each(|note| self.line(sentence(note)));
    }

    /// "Does it hurt? Yes." or "ICD-10: R25.2."
    fn pair(&mut self, name: &str, text: &str) {
        self.line(sentence(&format!("{} {}", introducing(name), text.replace('×', "times"))));
    }

    fn badge(&mut self, badge: &Badge) {
        self.line(sentence(&badge.word));
        self.sentences(&badge.say);
    }

    fn choices(&mut self, rows: &[Row], is_searchable: bool) {
        let is_short = self.reads_long_lists || !is_searchable;
        if !is_short {
            let hidden = rows.iter().filter(|row| !row.is_pinned).count();
            self.line(format!("{} in the list.", wording::counted(hidden, "line")));
            self.line("Type / and a part of a name to find one, or l to hear them all.");
        }
        self.rows(rows.iter().filter(|row| row.is_pinned || is_short));
    }

    /// Adds lines that can be chosen, each by the key that is typed for it.
    pub(super) fn rows<'r>(&mut self, rows: impl IntoIterator<Item = &'r Row>) {
        rows.into_iter().for_each(|row| self.row(row));
    }

    fn row(&mut self, row: &Row) {
        if let Some(heading) = &row.heading {
            self.heading(heading);
        }
        let tick = match row.tick {
            Some(Tick::Ticked) => " (ticked)",
            Some(Tick::Unsure) => " (marked not sure)",
            Some(Tick::Blank) | None => "",
        };
        let note = row.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
        let bar = row.bar.as_ref().map(|bar| format!(": {}", in_words(bar))).unwrap_or_default();
        let say = format!("{}{note}{tick}{bar}", row.say);
        match row.key.as_deref() {
            _ if row.is_field => {}
            Some(key) if key.chars().all(char::is_alphanumeric) && !key.is_empty() => {
                let say = if row.bar.is_some() { sentence(&say) } else { say };
                self.line(format!("{key}. {say}"));
            }
            Some(_) | None => self.line(sentence(&say)),
        }
        row.help.iter().for_each(|help| self.sentences(help));
        row.below.iter().for_each(|below| self.line(sentence(&wording::capitalized(below))));
    }
}

/// "about 4 in 10 (between 2 and 6 in 10)".
fn in_words(bar: &Bar) -> String {
    bar.words.clone() + &bar.range.as_ref().map(|range| format!(" ({range})")).unwrap_or_default()
}

/// The welcome: what the questions are about, and how to type answers.
pub(super) fn welcome(app: &App<'_>, text: &mut Text) {
    let View { main, .. } = app.view();
    text.line(sentence(&main.title));
    text.blocks(main.body.iter().filter(|block| !is_list(block)));
    text.sentences(
        "Type the number of an answer and press Enter. The letter n says not sure, b goes back, q quits. A question \
         mark lists all that can be typed.",
    );
}

pub(super) fn is_list(block: &Block) -> bool {
    matches!(block, Block::Choices { .. })
}

/// The screen in view.
pub(super) fn screen(app: &App<'_>, text: &mut Text) {
    match &app.screens.top.screen {
        Screen::Results(_) => results::overview(app, text),
        Screen::Welcome => {
            welcome(app, text);
            text.blocks(app.view().main.body.iter().filter(|block| is_list(block)));
        }
        Screen::Question(card) => {
            text.view(&app.view());
            earlier(app, card, text);
        }
        _ => text.view(&app.view()),
    }
}

/// The question again, with the whole list however long it is.
pub(super) fn whole_list(app: &App<'_>) -> Text {
    let mut text = Text { reads_long_lists: true, ..Text::default() };
    text.view(&app.view());
    text
}

/// What the main part of a screen says, without its title.
pub(super) fn body(app: &App<'_>, text: &mut Text) {
    text.blocks(&app.view().main.body);
}

/// What an empty line would do.
fn earlier(app: &App<'_>, card: &Card, text: &mut Text) {
    let interview = app.interview();
    let asked = &interview.questionnaire().questions[card.question];
    let evaluation = interview.evaluation();
    if card.says_something(interview) || (evaluation.answer(card.question).is_none() && !card.is_blank()) {
        if let Ok(answer) = card.answer(interview) {
            text.line(sentence(&format!("Ticked so far: {}", wording::answer(asked, &answer))));
        }
        text.line("Press Enter to go on with that.");
    } else if let Some(answer) = evaluation.answer(card.question) {
        text.line(sentence(&format!("Your answer so far: {}", wording::answer(asked, answer))));
        text.line("Press Enter to keep it.");
    }
}
