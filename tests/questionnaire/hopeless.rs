//! Files that are no question files at all: little is kept of them, however large they are.

use std::fmt::Write as _;

use twinge::diagnostic::{MOST_KEPT, Rule, Source, render};
use twinge::questionnaire::parse;

const LARGE: usize = 2 * 1024 * 1024;

#[track_caller]
fn problems(bytes: &[u8]) -> (usize, Rule) {
    let problems = parse(bytes).expect_err("it has problems");
    (problems.len(), problems.first().expect("a problem").rule)
}

#[test]
fn of_a_large_file_of_junk_only_the_beginning_is_told() {
    assert_eq!(problems(&vec![b'='; LARGE]), (1000, Rule::Syntax));
    assert_eq!(problems(&vec![b'\r'; LARGE]), (1, Rule::Syntax));
    assert_eq!(problems(&vec![0; LARGE]), (1, Rule::Syntax));
    let late = [vec![b'#'; LARGE], vec![b'\n'], vec![b'='; 5000]].concat();
    assert_eq!(problems(&late), (1000, Rule::Syntax));
}

#[test]
fn of_very_many_problems_so_many_are_kept_and_the_number_says_so() {
    let file = (0..MOST_KEPT + 5).fold("format = 1\ntitle = \"T\"\n".to_owned(), |mut file, at| {
        let _ = writeln!(file, "key{at} = 1");
        file
    });
    let found = parse(file.as_bytes()).expect_err("it has problems");
    assert_eq!(found.len(), MOST_KEPT);
    let drawn = render(Source { name: "many.toml", bytes: file.as_bytes() }, &found);
    assert!(drawn.ends_with("at least 10000 problems in many.toml; the first 1000 are shown\n"));
}

#[test]
fn a_large_file_that_is_right_is_read() {
    let file = "format = 1\ntitle = \"T\"\n".to_owned() + &"# A line with a comment.\r\n".repeat(LARGE / 20);
    assert_eq!(parse(file.as_bytes()).expect("a questionnaire").title, "T");
}
