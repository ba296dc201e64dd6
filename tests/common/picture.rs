//! What a screen looks like, drawn on a terminal in memory.

use std::fmt::Write as _;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Cell;
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use twinge::app::theme::Theme;
use twinge::app::{App, Size};
use twinge::questionnaire::Questionnaire;

use crate::walk::Walk;

/// The sizes at which every screen is looked at: columns and rows.
pub(crate) const SIZES: [(u16, u16); 3] = [(100, 30), (80, 24), (40, 12)];

/// What each letter in the picture of the roles means.
const LEGEND: &str =
    ". text   s strong   q quiet   c accent   f selected   badges: e interrupts   l leads   m middle   g lowest";

/// Compares what is to be seen at the end of a walk, at every size, with the snapshots `name@100x30` and so on.
macro_rules! check {
    ($name:expr, $questionnaire:expr, $walk:expr) => {
        for (size, picture) in $crate::picture::at_every_size($questionnaire, $walk) {
            insta::assert_snapshot!(format!("{}@{size}", $name), picture);
        }
    };
}

/// The end of a walk with its cursor, at every size.
pub(crate) fn at_every_size(
    questionnaire: &Questionnaire,
    walk: impl Fn(Walk<'_>) -> Walk<'_>,
) -> Vec<(String, String)> {
    let at = |(columns, rows)| {
        let app = walk(Walk::through(questionnaire).sized(columns, rows)).app;
        let Position { x, y } = cursor(&app);
        (format!("{columns}x{rows}"), format!("{}cursor at column {x}, row {y}\n", drawn(&app)))
    };
    SIZES.into_iter().map(at).collect()
}

/// The screen of an app on a terminal of its size.
pub(crate) fn terminal(app: &App<'_>, theme: Theme) -> Terminal<TestBackend> {
    let Size { columns, rows } = app.size();
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a test terminal");
    let draw = |frame: &mut ratatui::Frame<'_>| {
        app.frame().paint(theme, frame.buffer_mut());
        frame.set_cursor_position(app.frame().cursor);
    };
    terminal.draw(draw).expect("it draws");
    terminal
}

/// Its text, each row in quotes.
pub(crate) fn drawn(app: &App<'_>) -> String {
    terminal(app, Theme::COLORED).backend().to_string()
}

/// Where its cursor is.
pub(crate) fn cursor(app: &App<'_>) -> Position {
    terminal(app, Theme::COLORED).get_cursor_position().expect("a cursor")
}

/// Its text, and below that a letter for the look of each cell.
pub(crate) fn with_roles(app: &App<'_>) -> String {
    let terminal = terminal(app, Theme::COLORED);
    let buffer = terminal.backend().buffer();
    let mut picture = format!("{}\n", terminal.backend());
    for row in buffer.content().chunks(usize::from(buffer.area.width)) {
        let letters: String = row.iter().map(letter).collect();
        let _ = writeln!(picture, "\"{letters}\"");
    }
    picture + "\n" + LEGEND + "\n"
}

/// Every look that a cell can have, and its letter.
pub(crate) const LOOKS: [(Color, Color, Modifier, char); 9] = [
    (Color::Reset, Color::Reset, Modifier::empty(), '.'),
    (Color::Reset, Color::Reset, Modifier::DIM, 'q'),
    (Color::Reset, Color::Reset, Modifier::BOLD, 's'),
    (Color::Magenta, Color::Reset, Modifier::empty(), 'c'),
    (Color::Reset, Color::Reset, Modifier::BOLD.union(Modifier::REVERSED), 'f'),
    (Color::White, Color::Red, Modifier::BOLD, 'e'),
    (Color::Black, Color::Yellow, Modifier::BOLD, 'l'),
    (Color::Black, Color::Cyan, Modifier::BOLD, 'm'),
    (Color::Black, Color::Green, Modifier::BOLD, 'g'),
];

/// The letter for the look of a cell; a blank that looks like text has none.
fn letter(cell: &Cell) -> char {
    let is_its = |(text, ground, modifier, _): &&(Color, Color, Modifier, char)| {
        (*text, *ground, *modifier) == (cell.fg, cell.bg, cell.modifier)
    };
    let (.., letter) = LOOKS.iter().find(is_its).unwrap_or_else(|| panic!("no letter stands for {cell:?}"));
    if *letter == '.' && cell.symbol().trim().is_empty() { ' ' } else { *letter }
}
