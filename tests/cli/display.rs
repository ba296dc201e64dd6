//! The bytes that bring a terminal from one screen to the next.

use std::io::Write;

use proptest::prelude::*;
use twinge::app::theme::Theme;
use twinge::app::{App, Key, Size};
use twinge::questionnaire::{Questionnaire, parse};
use twinge::terminal::display::Display;

use crate::trees::built_in;

const SIZE: Size = Size { columns: 60, rows: 20 };

fn flags() -> Questionnaire {
    let options = "{ id = \"de\", say = \"🇩🇪 German\" }, { id = \"hi\", say = \"हिन्दी Hindi\" }, { id = \"en\", say = \"English\" }";
    let question = format!("[[question]]\nid = \"q\"\nask = \"Which?\"\nkind = \"one\"\noptions = [{options}]\n");
    parse(format!("format = 1\ntitle = \"Flags\"\n{question}").as_bytes()).expect("a questionnaire")
}

fn frame(display: &mut Display, app: &App<'_>) -> String {
    let mut written = Vec::new();
    display.draw(app, Vec::new(), |bytes| written.write_all(bytes)).expect("it is written");
    String::from_utf8(written).expect("text")
}

#[test]
fn a_row_with_a_flag_or_a_syllable_of_several_characters_is_written_whole() {
    let questionnaire = flags();
    let mut app = App::new(&questionnaire, SIZE);
    let mut display = Display::new(Theme::PLAIN);
    app.press(Key::Enter);
    frame(&mut display, &app);
    app.press(Key::Down);
    let cleared = "\x1b[2K";
    let moved = frame(&mut display, &app);
    assert_eq!(moved.matches(cleared).count(), 2, "the rows of the flag and of the syllables: {moved:?}");
    assert!(moved.contains("German") && moved.contains("Hindi"), "{moved:?}");
    app.press(Key::Down);
    let moved = frame(&mut display, &app);
    assert_eq!(moved.matches(cleared).count(), 1, "not the row of plain letters: {moved:?}");
}

#[test]
fn a_row_that_has_lost_its_flag_is_cleared() {
    let questionnaire = flags();
    let mut app = App::new(&questionnaire, SIZE);
    let mut display = Display::new(Theme::PLAIN);
    app.press(Key::Enter);
    frame(&mut display, &app);
    app.press(Key::Char('?'));
    assert!(frame(&mut display, &app).matches("\x1b[2K").count() >= 2);
}

#[test]
fn what_was_forgotten_is_written_anew() {
    let questionnaire = flags();
    let app = App::new(&questionnaire, SIZE);
    let mut display = Display::new(Theme::PLAIN);
    let first = frame(&mut display, &app);
    assert!(frame(&mut display, &app).len() < first.len() / 4);
    display.forget();
    assert_eq!(frame(&mut display, &app), first);
}

#[test]
fn a_title_with_letters_that_join_leaves_the_frame_its_corner() {
    let question = "[[question]]\nid = \"q\"\nask = \"؟\"\nkind = \"one\"\noptions = [{ id = \"a\", say = \"لا\" }]\n";
    let tree = parse(format!("format = 1\ntitle = \"السلام\"\n{question}").as_bytes()).expect("a questionnaire");
    let written = frame(&mut Display::new(Theme::PLAIN), &App::new(&tree, SIZE));
    let mut terminal = vt100::Parser::new(20.try_into().expect("rows"), 60.try_into().expect("columns"), 0);
    terminal.process(written.as_bytes());
    let first = terminal.screen().contents().lines().next().map(str::to_owned);
    assert!(first.as_ref().is_some_and(|row| row.ends_with('╮')), "{first:?}");
}

/// Has letters that are two columns wide, and clusters, beside others.
fn wide() -> Questionnaire {
    let options = "{ id = \"a\", say = \"发烧 a fever 🇩🇪\" }, { id = \"b\", say = \"a 头 ache 痛 हिन्दी\" }, { id = \"c\", say = \"no 咳嗽 👩‍👩‍👧 ö\" }";
    let question = |id: &str, kind: &str| {
        format!("[[question]]\nid = \"{id}\"\nask = \"哪里 hurts 疼?\"\nkind = \"{kind}\"\noptions = [{options}]\n")
    };
    let questions = question("p", "many") + &question("q", "one");
    parse(format!("format = 1\ntitle = \"宽 and narrow\"\n{questions}").as_bytes()).expect("a questionnaire")
}

/// Every cell that a terminal shows, with its look, and its cursor.
fn shown(screen: &vt100::Screen) -> (Vec<String>, (u16, u16)) {
    let (rows, columns) = screen.size();
    let cells = (0..rows.get()).flat_map(move |y| (0..columns.get()).filter_map(move |x| screen.cell(y, x)));
    let look = |cell: &vt100::Cell| {
        let marks = [cell.bold(), cell.dim(), cell.underline(), cell.inverse(), cell.is_wide_continuation()];
        let text = if cell.has_contents() { cell.contents() } else { " " };
        format!("{text:?} {:?} {:?} {marks:?}", cell.fgcolor(), cell.bgcolor())
    };
    (cells.map(look).collect(), screen.cursor_position())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_any_keys_a_terminal_shows_what_it_would_if_all_were_drawn_anew(
        keys in prop::collection::vec(prop::sample::select(vec![
            Key::Enter, Key::Enter, Key::Down, Key::Down, Key::Up, Key::Right, Key::Left, Key::Tab, Key::PageDown, Key::Esc,
            Key::Char('0'), Key::Char('1'), Key::Char('2'), Key::Char('4'), Key::Char('n'), Key::Char('?'), Key::Char('w'),
            Key::Char('r'), Key::Char('m'), Key::Char('i'), Key::Char('/'), Key::Char('a'),
        ]), 0..60),
        columns in 30..110_u16,
        rows in 8..40_u16,
        is_wide in any::<bool>(),
    ) {
        let questionnaire = if is_wide { wide() } else { built_in() };
        let mut app = App::new(&questionnaire, Size { columns, rows });
        let terminal = || vt100::Parser::new(rows.try_into().expect("rows"), columns.try_into().expect("columns"), 0);
        let (mut display, mut changed) = (Display::new(Theme::COLORED), terminal());
        for key in keys {
            changed.process(frame(&mut display, &app).as_bytes());
            let mut anew = terminal();
            anew.process(frame(&mut Display::new(Theme::COLORED), &app).as_bytes());
            prop_assert_eq!(shown(changed.screen()), shown(anew.screen()), "before {:?}", key);
            app.press(key);
        }
    }
}
