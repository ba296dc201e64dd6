//! What a screen says, as data: a list of blocks, with a role for each text and no looks.
//!
//! A screen describes itself once, as a [`View`]. Two writers turn it into what a person meets: [`frame`](crate::app::frame)
//! into a picture of the terminal's size, [`lines`](crate::app::lines) into sentences. So what one says the other says.

use la_arena::Idx;

use crate::app::deed::Deed;
use crate::app::keymap::Binding;
use crate::app::screens::results::Page;
use crate::questionnaire::{Figure, Questionnaire, Urgency};
use crate::text::wording;

/// A whole screen.
#[derive(Debug, Clone, Default)]
pub(in crate::app) struct View {
    /// A part above everything else, which never scrolls: how urgent a result is.
    pub(in crate::app) banner: Pane,
    /// The part that the keys move in, unless the side is read.
    pub(in crate::app) main: Pane,
    /// A part about the selected line that can be read on its own. Where there is no room beside the main part, it takes its
    /// place while it is read.
    pub(in crate::app) side: Option<Pane>,
    /// Whether the keys move in the side.
    pub(in crate::app) is_side_read: bool,
    /// What the last key did.
    pub(in crate::app) notice: String,
    /// The keys that do something.
    pub(in crate::app) keys: Vec<&'static Binding>,
}

/// A part of a screen with a title.
#[derive(Debug, Clone, Default)]
pub(in crate::app) struct Pane {
    /// What it is.
    pub(in crate::app) title: String,
    /// The urgency that its title shows, whatever the pane itself is about.
    pub(in crate::app) badge: Option<Badge>,
    /// How far one is.
    pub(in crate::app) extent: String,
    /// How much is done: of so many questions so many.
    pub(in crate::app) progress: Option<(usize, usize)>,
    /// Which of its pages it is, if it has any.
    pub(in crate::app) page: Option<Page>,
    /// What stays in view above the rest.
    pub(in crate::app) head: Vec<Block>,
    /// The rest, which scrolls.
    pub(in crate::app) body: Vec<Block>,
    /// What explains the selected line, beside it. Where there is no room, the line itself shows its help.
    pub(in crate::app) aside: Vec<Block>,
}

/// A part of a text.
#[derive(Debug, Clone)]
pub(in crate::app) enum Block {
    /// What the blocks after it are about.
    Heading(String),
    /// A paragraph: plain, strong or quiet.
    Text(Role, String),
    /// An item of a list.
    Item(Item),
    /// Names or figures, each with what it stands for.
    Pairs(Vec<(String, String)>),
    /// How urgent something is.
    Badge(Badge),
    /// Lines of which one is selected. They are searchable if they are too many to be read out.
    Choices { rows: Vec<Row>, is_searchable: bool },
    /// Such lines, only to be read.
    List(Vec<Row>),
    /// A search, with what was typed so far.
    Search(String),
    /// A picture made of characters.
    Figure(Picture),
    /// Lines that stay as they are, as far as they fit.
    Excerpt(String),
}

/// What a text is for. The theme decides how that looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::app) enum Role {
    /// Text.
    Plain,
    /// A heading, or what matters most.
    Strong,
    /// Less important text: help, sources, what keys do.
    Quiet,
    /// What shows where one is and how much something is: bars, the progress, the part that has the focus.
    Accent,
    /// The selected line, over its whole width.
    Selected,
    /// How urgent something is.
    Badge(Severity),
}

/// An item of a list.
#[derive(Debug, Clone, Default)]
pub(in crate::app) struct Item {
    /// Its number, where the order matters.
    pub(in crate::app) number: Option<usize>,
    /// How much it counts, from 1 to 4; the notes say so in words.
    pub(in crate::app) weight: Option<usize>,
    /// What it says.
    pub(in crate::app) text: String,
    /// What else there is to say about it.
    pub(in crate::app) notes: Vec<String>,
}

/// How urgent something is: a word that stands out, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) struct Badge {
    pub(in crate::app) severity: Severity,
    /// The level: "EMERGENCY".
    pub(in crate::app) word: String,
    /// The level as a sentence: "Get emergency help now."
    pub(in crate::app) say: String,
}

/// How much a badge has to stand out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::app) enum Severity {
    /// Its level interrupts the interview.
    Interrupting,
    /// Its level leads the results.
    Leading,
    /// Neither.
    Middle,
    /// It is the lowest level.
    Lowest,
}

/// A probability with its range, and in words.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) struct Bar {
    pub(in crate::app) probability: f64,
    pub(in crate::app) high: f64,
    /// "about 4 in 10".
    pub(in crate::app) words: String,
    /// "between 2 and 6 in 10", unless that is the same.
    pub(in crate::app) range: Option<String>,
}

/// A line that can be selected.
#[derive(Debug, Clone, Default)]
pub(in crate::app) struct Row {
    /// What stands above it and the lines after it.
    pub(in crate::app) heading: Option<String>,
    /// The key that chooses it: a number, or a letter. The same is typed in line mode.
    pub(in crate::app) key: Option<String>,
    /// Its box, in a list with boxes.
    pub(in crate::app) tick: Option<Tick>,
    /// What it says.
    pub(in crate::app) say: String,
    /// Quiet words right behind: other names.
    pub(in crate::app) note: Option<String>,
    /// An explanation, shown while the line is selected.
    pub(in crate::app) help: Option<String>,
    /// Words below it that are always shown.
    pub(in crate::app) below: Vec<String>,
    /// A bar below it.
    pub(in crate::app) bar: Option<Bar>,
    /// Whether it stays in view below the others.
    pub(in crate::app) is_pinned: bool,
    /// Whether its words are typed into it.
    pub(in crate::app) is_field: bool,
    /// What taking it does, where that is the same wherever it is.
    pub(in crate::app) deed: Option<Deed>,
}

/// The box of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Tick {
    Ticked,
    Unsure,
    Blank,
}

/// A picture of which parts stand out.
#[derive(Debug, Clone)]
pub(in crate::app) struct Picture {
    pub(in crate::app) figure: Figure,
    /// The mark of the selected option.
    pub(in crate::app) selected: Option<char>,
    /// The marks of the ticked options.
    pub(in crate::app) ticked: Vec<char>,
}

impl Badge {
    /// The badge of a level.
    pub(in crate::app) fn new(questionnaire: &Questionnaire, level: Idx<Urgency>) -> Badge {
        let urgency = &questionnaire.urgencies[level];
        let lowest = questionnaire.urgencies.iter().next().map(|(lowest, _)| lowest);
        let severity = match urgency {
            Urgency { interrupts: true, .. } => Severity::Interrupting,
            Urgency { leads: true, .. } => Severity::Leading,
            _ if lowest == Some(level) => Severity::Lowest,
            _ => Severity::Middle,
        };
        Badge { severity, word: wording::loud_word(urgency), say: urgency.say.clone() }
    }
}

impl Item {
    pub(in crate::app) fn new(text: impl Into<String>) -> Item {
        Item { text: text.into(), ..Item::default() }
    }
}

impl View {
    /// A part with a title, and nothing else.
    pub(in crate::app) fn new(title: impl Into<String>, body: Vec<Block>) -> View {
        View { main: Pane { title: title.into(), body, ..Pane::default() }, ..View::default() }
    }

    /// Whether there are pages to turn.
    pub(in crate::app) fn has_pages(&self) -> bool {
        self.side.as_ref().is_some_and(|side| side.page.is_some())
    }

    /// The lines that can be selected.
    pub(in crate::app) fn rows(&self) -> &[Row] {
        let pane = self.side.as_ref().filter(|_| self.is_side_read).unwrap_or(&self.main);
        let rows = pane.body.iter().find_map(|block| match block {
            Block::Choices { rows, .. } => Some(rows.as_slice()),
            _ => None,
        });
        rows.unwrap_or_default()
    }

    /// How many lines are chosen by a number.
    pub(in crate::app) fn numbers(&self) -> usize {
        let is_number =
            |row: &&Row| row.key.as_ref().is_some_and(|key| key.parse().is_ok_and(|number: usize| number > 0));
        self.rows().iter().filter(is_number).count()
    }
}

impl Row {
    /// A line that is chosen by its number, in line mode too.
    pub(in crate::app) fn numbered(number: usize, say: impl Into<String>, deed: Deed) -> Row {
        Row { key: Some(number.to_string()), say: say.into(), deed: Some(deed), ..Row::default() }
    }
}

impl Block {
    pub(in crate::app) fn heading(text: impl Into<String>) -> Block {
        Block::Heading(text.into())
    }

    pub(in crate::app) fn strong(text: impl Into<String>) -> Block {
        Block::Text(Role::Strong, text.into())
    }

    pub(in crate::app) fn quiet(text: impl Into<String>) -> Block {
        Block::Text(Role::Quiet, text.into())
    }

    pub(in crate::app) fn plain(text: impl Into<String>) -> Block {
        Block::Text(Role::Plain, text.into())
    }

    /// Lines that the keys move in.
    pub(in crate::app) fn choices(rows: Vec<Row>) -> Block {
        Block::Choices { rows, is_searchable: false }
    }

    /// Lines without anything but their words.
    pub(in crate::app) fn buttons<const N: usize>(buttons: [(&str, Deed); N]) -> Block {
        let row = |((say, deed), number)| Row::numbered(number, say, deed);
        Block::choices(buttons.into_iter().zip(1..).map(row).collect())
    }

    /// An item, and what else there is to say about it.
    pub(in crate::app) fn noted(text: impl Into<String>, notes: Vec<String>) -> Block {
        Block::Item(Item { notes, ..Item::new(text) })
    }

    pub(in crate::app) fn item(text: impl Into<String>) -> Block {
        Block::Item(Item::new(text))
    }
}

/// Blocks under a heading; nothing where there are none.
pub(in crate::app) fn section(heading: &str, blocks: impl IntoIterator<Item = Block>) -> Vec<Block> {
    let mut blocks = blocks.into_iter().peekable();
    let heading = blocks.peek().map(|_| Block::heading(heading));
    heading.into_iter().chain(blocks).collect()
}

/// The blocks of a text from the question file: a paragraph for each part between blank lines, and an item for each line that
/// begins with `- `.
pub(in crate::app) fn paragraphs(role: Role, text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for part in text.split("\n\n") {
        for (at, line) in part.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
            match (line.strip_prefix("- "), blocks.last_mut()) {
                (Some(item), _) => blocks.push(Block::item(item)),
                (None, Some(Block::Text(_, paragraph))) if at > 0 => paragraph.extend([" ", line]),
                (None, _) => blocks.push(Block::Text(role, line.into())),
            }
        }
    }
    blocks
}
