//! What the README and the pages in `docs/` say about the program is true.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::trees::{built_in, parsed};
use twinge::app::{Key, Mode, action, bindings};
use twinge::interview::Interview;
use twinge::questionnaire::parse;
use twinge::report::{AnswersFile, Date, Format, Report, read_earlier_report};

pub(crate) const README: &str = "README.md";
const USING: &str = "docs/using.md";
const QUESTION_FILE: &str = "docs/question-file.md";
const REPORT_JSON: &str = "docs/report-json.md";
const CHECK: &str = "docs/check.md";

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn page(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A section of a page, without its heading.
fn section(path: &str, heading: &str) -> String {
    let text = page(path);
    let heading = format!("\n## {heading}\n");
    let (_, rest) = text.split_once(&heading).unwrap_or_else(|| panic!("{path} has no section{heading}"));
    rest.split("\n## ").next().unwrap_or(rest).to_owned()
}

/// The first block of a language in a text.
fn block(text: &str, language: &str) -> String {
    let (_, rest) = text.split_once(&format!("```{language}\n")).unwrap_or_else(|| panic!("no block of {language}"));
    rest.split_once("```").expect("the end of the block").0.to_owned()
}

/// The questions that the page on question files shows as an example.
fn bicycle() -> String {
    block(&section(QUESTION_FILE, "A complete example"), "toml")
}

#[test]
fn the_dialogue_line_by_line_is_what_the_program_says() {
    use twinge::app::{App, Plain, Size};
    let questionnaire = built_in();
    let mut plain = Plain::new(App::new(&questionnaire, Size::LEAST));
    let mut shown = plain.begin();
    let mut type_in = |line: &str| {
        let prompt = plain.prompt();
        let mut said = plain.handle_line(line).said;
        if said.contains("press 0 again") {
            said.push_str(&plain.handle_line("0").said);
        }
        shown.extend([&prompt, line, "\n", &said]);
        shown.contains("Does walking make")
    };
    for line in ["68", "2", "7", "4"] {
        type_in(line);
    }
    // None of these where there is such an answer, or else the first.
    assert!((0..30).any(|_| type_in("0") || type_in("1")), "the question never came");
    type_in("3");
    let dialogue = block(&section(USING, "Line by line"), "text");
    assert!(shown.contains(&dialogue), "{dialogue}\nis not in\n{shown}");
}

#[test]
fn the_example_from_another_field_is_a_valid_file_of_about_ten_lines() {
    let example = bicycle();
    assert!(example.lines().filter(|line| !line.is_empty()).count() <= 10, "{example}");
    let questionnaire = parsed(example);
    assert_eq!(questionnaire.title, "Why will my bicycle not roll?");
}

#[test]
fn the_example_of_cases_passes_on_the_example_of_questions() {
    let questionnaire = parsed(bicycle());
    let example = block(&section(CHECK, "Cases"), "toml");
    let cases = twinge::authoring::cases::parse(example.as_bytes(), &questionnaire)
        .unwrap_or_else(|problems| panic!("{problems:#?}"));
    for case in cases {
        assert_eq!(case.failures(&questionnaire), Vec::<String>::new());
    }
}

#[test]
fn the_example_scores_as_it_is_shown() {
    let console = block(&section(QUESTION_FILE, "A complete example"), "console");
    let (command, expected) = console.trim().split_once('\n').expect("a command and what it prints");
    let input = command.split('\'').nth(1).expect("a line of answers");
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bicycle.toml");
    fs::write(&path, bicycle()).expect("a scratch file");
    let mut child = Command::new(env!("CARGO_BIN_EXE_twinge"))
        .args(["score", "-f"])
        .arg(&path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), expected);
}

#[test]
fn what_it_shows_as_proven_is_proven() {
    let shown = block(&section(CHECK, "Proofs"), "console");
    let (command, expected) = shown.split_once('\n').expect("a command and what it prints");
    let arguments = command.strip_prefix("$ twinge ").expect("a command").split(' ');
    let output = Command::new(env!("CARGO_BIN_EXE_twinge")).args(arguments).output().expect("the program runs");
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
}

#[test]
fn the_tree_of_the_example_is_drawn_as_it_is_shown() {
    let questionnaire = parsed(bicycle());
    let shown = block(&section(QUESTION_FILE, "Seeing the tree"), "text");
    let drawn = twinge::authoring::tree::draw(&questionnaire, twinge::authoring::tree::Format::Text);
    assert!(drawn.ends_with(&format!("\n{shown}")), "{drawn}");
}

/// What `twinge score` writes for one line about the built-in questions.
fn scored(line: &str) -> (usize, String) {
    let questionnaire = built_in();
    let mut output = Vec::new();
    let failed =
        twinge::report::score::score(&questionnaire, line.as_bytes(), &mut output).expect("memory can be written");
    (failed, String::from_utf8(output).expect("text"))
}

#[test]
fn the_line_of_answers_that_it_shows_can_be_scored() {
    let (failed, output) = scored(&block(&section(REPORT_JSON, "Scores"), "json"));
    assert_eq!(failed, 0, "{output}");
}

#[test]
fn the_answers_that_it_shows_can_be_read() {
    let questionnaire = built_in();
    let shown = block(&section(REPORT_JSON, "Answers"), "json");
    let file = AnswersFile::read(shown.as_bytes(), &questionnaire).expect("answers");
    assert_eq!(file.answers.questions().count(), 4);
}

#[test]
fn every_key_of_a_score_is_named() {
    let section = section(REPORT_JSON, "Scores");
    let (_, output) = scored(&block(&section, "json"));
    let (failed, error) = scored("{}");
    assert_eq!(failed, 1);
    for line in [output, error] {
        let mut keys = Vec::new();
        collect_keys(&serde_json::from_str(&line).expect("JSON"), &[], &mut keys);
        for key in keys {
            let is_named = section.contains(&format!("`{key}`")) || section.contains(&format!("\"{key}\":"));
            assert!(is_named, "`{key}` is not explained");
        }
    }
}

#[test]
fn the_table_of_keys_is_that_of_the_program() {
    let rows: Vec<String> =
        bindings(Mode::LongMany).map(|binding| format!("| {} | {} |", binding.name, binding.long)).collect();
    let table = format!("| key | what it does |\n| --- | --- |\n{}\n\n", rows.join("\n"));
    assert!(section(USING, "Keys").contains(&table), "{USING} needs this table:\n{table}");
}

#[test]
fn the_short_table_of_keys_is_true_of_every_kind_of_question() {
    let section = section(README, "Use it");
    let rows = section.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" | "));
    let keys: Vec<char> = rows.skip(1).filter_map(|(key, _)| key.chars().next().filter(|c| *c != '-')).collect();
    assert_eq!(keys, ['n', 'w', 'm', 'p', 'r', '?', 'q']);
    for mode in [Mode::One, Mode::LongOne, Mode::Many, Mode::LongMany, Mode::Number] {
        for key in &keys {
            assert!(action(Key::Char(*key), mode).is_some(), "{key} does nothing in {mode:?}");
        }
    }
}

#[test]
fn every_key_of_the_file_format_is_named() {
    let text = page(QUESTION_FILE);
    let keys = "format title version intro notice safety id say interrupts section ask why kind options from min max \
        when otherwise help also ranking urgency source name term codes attribution summary test base adjust findings unless \
        family advice p odds grade lr lr_no group stage cite doi allow language leads unsure worse beside decimals figure mark art \
        marks via lasting";
    for key in keys.split_whitespace() {
        assert!(text.contains(&format!("`{key}`")), "`{key}` is not explained");
    }
}

#[test]
fn the_example_of_what_is_allowed_can_stand_in_a_file() {
    let example = block(&section(CHECK, "Warnings you can live with"), "toml");
    let file = format!("format = 1\ntitle = \"T\"\n{example}ask = \"A?\"\nkind = \"one\"\n");
    assert!(parse(file.as_bytes()).is_ok(), "{:?}", parse(file.as_bytes()));
}

/// Every key of some JSON, but not those within the keys of `but`.
fn collect_keys(value: &serde_json::Value, but: &[&str], found: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(object) => {
            for (key, value) in object {
                found.push(key.clone());
                if !but.contains(&key.as_str()) {
                    collect_keys(value, but, found);
                }
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect_keys(item, but, found)),
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::String(_) => {}
    }
}

#[track_caller]
fn check_named(keys: &[String], section: &str) {
    for key in keys {
        assert!(section.contains(&format!("`{key}`")), "`{key}` is not explained");
    }
}

#[test]
fn every_key_of_the_problems_as_json_is_named() {
    let output = Command::new(env!("CARGO_BIN_EXE_twinge"))
        .args(["check", "--format", "json", "-f", "tests/warned/late-alarm.toml"])
        .current_dir(root())
        .output()
        .expect("the program starts");
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(found["problems"].as_array().is_some_and(|problems| !problems.is_empty()));
    let mut keys = Vec::new();
    // Within the answers are the ids of the questions.
    collect_keys(&found, &["answers"], &mut keys);
    check_named(&keys, &section(CHECK, "Problems as JSON"));
}

#[test]
fn every_key_of_the_report_is_named() {
    let questionnaire = built_in();
    let earlier = br#"{"answers": {"age": 54, "where": ["low"]}}"#;
    let earlier = read_earlier_report(earlier, &questionnaire, Date::default()).expect("a report");
    let mut found = Vec::new();
    for answers in [
        r#"{"age": 54, "where": ["calf"], "body": ["lock"], "medicines": ["atorvastatin"], "med_change": ["came"]}"#,
        r#"{"age": 54, "where": ["low"], "nerve": ["numb"], "numb_more": ["saddle"], "body": null}"#,
    ] {
        let answers = AnswersFile::read(answers.as_bytes(), &questionnaire).expect("answers").answers;
        let mut interview = Interview::resumed(&questionnaire, answers);
        interview.compare_with(&earlier);
        let report = Report::new(&interview, Date::default()).and_then(|report| report.write(Format::Json));
        let report = report.expect("it can be written");
        // Within these are the keys of `score`, and the ids of the questions.
        collect_keys(&serde_json::from_str(&report).expect("JSON"), &["result", "answers", "offered"], &mut found);
    }
    check_named(&found, &section(REPORT_JSON, "The report as JSON"));
}

#[test]
fn the_commands_are_those_of_the_program() {
    let output = Command::new(env!("CARGO_BIN_EXE_twinge")).arg("--help").output().expect("the program starts");
    let help = String::from_utf8_lossy(&output.stdout);
    let readme = page(README);
    for command in
        ["check", "explain", "tree", "export", "schema", "score", "report", "test", "forget", "completions", "man"]
    {
        assert!(help.contains(&format!("  {command}")), "{help}");
        assert!(readme.contains(&format!("twinge {command}")));
    }
}
