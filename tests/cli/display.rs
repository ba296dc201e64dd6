//! The bytes that bring a terminal from one screen to the next.

use std::io::Write;

use twinge::app::theme::Theme;
use twinge::app::{App, Key, Size};
use twinge::questionnaire::{Questionnaire, parse};
use twinge::terminal::display::Display;

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
