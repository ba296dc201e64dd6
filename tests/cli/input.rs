//! What comes in from the terminal: which keys bytes stand for, and that nothing malformed takes the keyboard away.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use twinge::app::Key;
use twinge::terminal::input::{ESC_WAIT, Event, Input, Press, REST_WAIT};

/// Everything that bytes say, once whatever waits for more has waited long enough.
fn heard(bytes: &[u8]) -> Vec<Event> {
    heard_in_pieces(&[bytes])
}

fn heard_in_pieces(pieces: &[&[u8]]) -> Vec<Event> {
    let mut input = Input::default();
    let now = Instant::now();
    let mut events: Vec<Event> = pieces.iter().flat_map(|piece| input.read(piece, now)).collect();
    events.extend(input.pass_time(now + REST_WAIT));
    events
}

#[track_caller]
fn check(bytes: &str, expected: &[Key]) {
    let expected: Vec<Event> = expected.iter().map(|key| Event::Key(Press::from(*key))).collect();
    assert_eq!(heard(bytes.as_bytes()), expected, "{bytes:?}");
}

const CTRL_C: Key = Key::Ctrl('c');
const Q: Key = Key::Char('q');

#[test]
fn each_way_to_send_a_key_is_known() {
    check("q9é漢", &[Q, Key::Char('9'), Key::Char('é'), Key::Char('漢')]);
    for (arrow, key) in [('A', Key::Up), ('B', Key::Down), ('C', Key::Right), ('D', Key::Left)] {
        for sequence in [format!("\x1b[{arrow}"), format!("\x1bO{arrow}"), format!("\x1b[1;5{arrow}")] {
            check(&sequence, &[key]);
        }
    }
    for home in ["\x1b[H", "\x1bOH", "\x1b[1~", "\x1b[7~"] {
        check(home, &[Key::Home]);
    }
    for end in ["\x1b[F", "\x1bOF", "\x1b[4~", "\x1b[8~"] {
        check(end, &[Key::End]);
    }
    check("\x1b[5~\x1b[6~\x1b[Z\t", &[Key::PageUp, Key::PageDown, Key::BackTab, Key::Tab]);
    // Enter, as typed ahead, and of the keypad; Backspace in both traditions.
    check("\r\n\x1bOM", &[Key::Enter, Key::Enter, Key::Enter]);
    check("\x08\x7f", &[Key::Backspace, Key::Backspace]);
    check("\x15\x0c\x1a", &[Key::Ctrl('u'), Key::Ctrl('l'), Key::Ctrl('z')]);
    check("\x1bOp\x1bOy\x1bOl\x1bOn\x1bOm", &['0', '9', ',', '.', '-'].map(Key::Char));
}

#[test]
fn keys_without_a_use_say_nothing() {
    for sequence in ["\x1b[2~", "\x1b[3~", "\x1b[15~", "\x1bOP", "\x1b[P", "\x1b[[A", "\x1bq", "\x1b[1;3A", "\x1b[E"] {
        check(sequence, &[]);
    }
    // An old mouse report: three characters that could be digits.
    check("\x1b[M 12q", &[Q]);
}

#[test]
fn replies_of_the_terminal_are_passed_over() {
    for reply in [
        "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\",
        "\x1b]11;rgb:1e1e/1e1e/2e2e\x07",
        "\x1b]4;1;rgb:12/34/56\x1b\\",
        "\x1b[?62;1;2;6;9;15;22c",
        "\x1b[>41;354;0c",
        "\x1bP>|XTerm(390)\x1b\\",
        "\x1bP!|00000000\x1b\\",
        "\x1bP1$r0m\x1b\\",
        "\x1b_Gi=31;OK\x1b\\",
        "\x1b^a message\x1b\\",
        "\x1bXa string\x1b\\",
        "\x1b[?2026;2$y",
        "\x1b[?31u",
        "\x1b[12;40R",
        "\x1b[8;24;80t",
        "\x1b[<0;12;34M",
        "\x1b[I\x1b[O",
        "\x1b[0n",
    ] {
        check(&format!("{reply}q"), &[Q]);
    }
}

#[test]
fn a_lone_esc_is_a_key_after_a_short_wait_and_a_sequence_in_two_reads_is_none() {
    let mut input = Input::default();
    let now = Instant::now();
    assert_eq!(input.read(b"\x1b", now), []);
    assert_eq!(input.deadline(), Some(now + ESC_WAIT));
    assert_eq!(input.pass_time(now + ESC_WAIT), [Event::Key(Key::Esc.into())]);
    assert_eq!(input.deadline(), None, "nothing wakes the program up again");

    assert_eq!(input.read(b"\x1b", now), []);
    assert_eq!(input.read(b"[1~", now), [Event::Key(Key::Home.into())]);
    check("\x1b\x1b", &[Key::Esc, Key::Esc]);
    // The end of a reply, cut in two.
    assert_eq!(heard_in_pieces(&[b"\x1b]11;rgb:0/0/0\x1b", b"\\q"]), [Event::Key(Q.into())]);
    assert_eq!(heard(b"\x1b]11;rgb:0/0/0\x1b"), []);
}

#[test]
fn nothing_malformed_holds_ctrl_c() {
    let opened = ["", "[", "[<", "[?", "[1;", "[200", "[200~", "O", "]11;", "P", "P>|", "_G", "^", "X", "[M", "[["];
    for open in opened.map(|rest| format!("\x1b{rest}")) {
        assert!(heard(format!("{open}\x03").as_bytes()).ends_with(&[Event::Key(CTRL_C.into())]), "{open:?}");
    }
    assert_eq!(heard(b"\xe6\xbc\x03"), [Event::Key(CTRL_C.into())]);
    check("\x1b[55296u\x03", &[CTRL_C]);
    check("\x1b[99999999999u\x03", &[CTRL_C]);
    // What was cut off is dropped, and a control character says what it always says.
    check("\x1b[1;\rq", &[Key::Enter, Q]);
}

#[test]
fn a_paste_is_one_piece_until_its_mark() {
    assert_eq!(heard(b"\x1b[200~5,5\x1b[201~q"), [Event::Paste("5,5".into()), Event::Key(Q.into())]);
    // Escape sequences in it say nothing, and lines become words.
    assert_eq!(heard(b"\x1b[200~a\x1b[31m\x1b]0;x\x07b\rc\x1b[201~"), [Event::Paste("ab c".into())]);
    assert_eq!(heard(b"\x1b[201~q"), [Event::Key(Q.into())]);
}

#[test]
fn a_paste_without_its_end_ends_at_ctrl_c_or_at_a_pause_or_at_a_limit() {
    check("\x1b[200~q\x03q", &[CTRL_C, Q]);
    let mut input = Input::default();
    let now = Instant::now();
    assert_eq!(input.read(b"\x1b[200~abc", now), []);
    assert_eq!(input.pass_time(now + REST_WAIT), [Event::Paste("abc".into())]);
    assert_eq!(input.read(b"q", now + REST_WAIT), [Event::Key(Q.into())]);
    let endless = [b"\x1b[200~".as_slice(), &vec![b'a'; 2 << 20]].concat();
    let events = Input::default().read(&endless, now);
    assert!(matches!(events.first(), Some(Event::Paste(text)) if text.len() <= 4096));
}

#[test]
fn a_character_in_two_reads_is_one() {
    assert_eq!(heard_in_pieces(&[b"\xe6", b"\xbc", b"\xa2"]), [Event::Key(Key::Char('漢').into())]);
    assert_eq!(heard(b"\xe6\xbcq\xff\xc0"), [Event::Key(Q.into())]);
}

#[test]
fn a_held_key_and_a_released_one_are_told_from_a_pressed_one() {
    let press = |key, is_repeat| Event::Key(Press { key, is_repeat });
    assert_eq!(heard(b"\x1b[13u\x1b[13;1:2u\x1b[13;1:3u"), [press(Key::Enter, false), press(Key::Enter, true)]);
    assert_eq!(heard(b"\x1b[1;1:2B\x1b[1;1:3B"), [press(Key::Down, true)]);
    // Shift-/ on one keyboard; the text that another types; a letter whose text is not told.
    check("\x1b[47:63;2u\x1b[223;2;63u\x1b[97u", &[Key::Char('?'), Key::Char('?'), Key::Char('a')]);
    // Ctrl with the Cyrillic letter at the place of C; 5 of the keypad; Shift alone.
    check("\x1b[1089::99;5u\x1b[57404u\x1b[57441;2u", &[CTRL_C, Key::Char('5')]);
    check("\x1b[27u\x1b[9;2u\x1b[127u\x1b[27;5;99~", &[Key::Esc, Key::BackTab, Key::Backspace, CTRL_C]);
}

/// What terminals send, whole and cut off.
const PIECES: [&str; 34] = [
    "\x1b",
    "\x1b[",
    "\x1bO",
    "\x1b]",
    "\x1bP",
    "\x1b_",
    "\x1b^",
    "\x1bX",
    "\x1b\\",
    "\x07",
    "\x1b[200~",
    "\x1b[201~",
    "\x1b[A",
    "\x1b[1~",
    "\x1bOM",
    "\x1b[13;1:2u",
    "\x1b[97;5u",
    "\x1b[?1;2c",
    "\x1b[<0;1;1M",
    "\x1b[M !!",
    "\r",
    "q",
    "1",
    ";",
    ":",
    "?",
    "~",
    "u",
    "\x18",
    "\x1a",
    "\x7f",
    "漢",
    "😀",
    "\u{85}",
];

/// Such pieces, and any other bytes.
fn streams() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => prop::sample::select(PIECES.as_slice()).prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 1..4),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn cut(bytes: &[u8], cuts: &[usize]) -> Vec<Event> {
    let mut at: Vec<usize> = cuts.iter().map(|cut| cut % (bytes.len() + 1)).chain([0, bytes.len()]).collect();
    at.sort_unstable();
    let pieces: Vec<&[u8]> = at.windows(2).map(|ends| &bytes[ends[0]..ends[1]]).collect();
    heard_in_pieces(&pieces)
}

/// After a pause, a key is a key, whatever came before; Ctrl-C needs no pause.
fn assert_is_heard(bytes: &[u8]) {
    let mut input = Input::default();
    let mut now = Instant::now();
    input.read(bytes, now);
    assert!(input.read(b"\x03", now).ends_with(&[Event::Key(CTRL_C.into())]), "Ctrl-C after {bytes:x?}");
    assert_eq!(input.deadline(), None, "{bytes:x?}");
    input.read(bytes, now);
    while let Some(deadline) = input.deadline() {
        assert!(deadline <= now + Duration::from_millis(500), "{bytes:x?}");
        now = deadline;
        input.pass_time(now);
    }
    assert_eq!(input.read(b"q", now), [Event::Key(Q.into())], "after {bytes:x?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn wherever_the_reads_are_cut_the_same_is_heard(bytes in streams(), cuts in prop::collection::vec(any::<usize>(), 0..8)) {
        prop_assert_eq!(cut(&bytes, &cuts), heard(&bytes));
    }

    #[test]
    fn after_any_bytes_ctrl_c_is_heard_at_once_and_q_within_half_a_second(bytes in streams()) {
        assert_is_heard(&bytes);
    }
}

/// The same for as many streams as the variable `TWINGE_STREAMS` says.
#[test]
#[ignore = "ten million streams take a while"]
fn millions_of_streams_take_the_keyboard_away_neither() {
    let streams: u64 =
        std::env::var("TWINGE_STREAMS").ok().and_then(|streams| streams.parse().ok()).unwrap_or(10_000_000);
    // Marsaglia's xorshift.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut pick = |most: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 32).expect("32 bits") % most
    };
    let mut bytes = Vec::new();
    let mut heard_keys = 0_u64;
    for _ in 0..streams {
        bytes.clear();
        for _ in 0..=pick(16) {
            match pick(PIECES.len() + 8) {
                known if known < PIECES.len() => bytes.extend(PIECES[known].as_bytes()),
                _ => bytes.push(u8::try_from(pick(256)).expect("a byte")),
            }
        }
        let whole = heard(&bytes);
        assert_eq!(cut(&bytes, &[pick(1 << 16), pick(1 << 16)]), whole, "{bytes:x?}");
        assert_is_heard(&bytes);
        heard_keys += whole.len() as u64;
    }
    println!("{streams} streams, {heard_keys} events");
}
