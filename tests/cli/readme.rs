//! What the README says is so.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::trees::{built_in, parsed};
use twinge::app::{Mode, bindings};
use twinge::interview::Interview;
use twinge::questionnaire::parse;
use twinge::report::{AnswersFile, Date, Format, Report};

fn readme() -> String {
    fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("a README")
}

/// The first block of a language.
fn block(language: &str) -> String {
    let text = readme();
    let (_, rest) = text.split_once(&format!("```{language}\n")).unwrap_or_else(|| panic!("no block of {language}"));
    rest.split_once("```").expect("the end of the block").0.to_owned()
}

/// The picture of a question, but for the bar and the blank lines, which depend on the way there.
#[test]
fn the_picture_is_what_the_program_shows() {
    use twinge::app::{App, Key, Size};
    let questionnaire = built_in();
    let mut app = App::new(&questionnaire, Size { columns: 100, rows: 30 });
    let press = |app: &mut App<'_>, keys: &str| {
        for c in keys.chars() {
            app.press(if c == '\n' { Key::Enter } else { Key::Char(c) });
        }
    };
    let shown = |app: &App<'_>| app.sheet().lines.iter().map(twinge::app::Line::text).collect::<Vec<_>>().join("\n");
    press(&mut app, "\n68\n224");
    while !shown(&app).contains("Does walking make") {
        assert!(!shown(&app).contains("What may be behind it"), "the question never came");
        press(&mut app, "\n");
    }
    press(&mut app, "w");
    let screen = shown(&app);
    for line in block("text").lines().filter(|line| !line.trim().is_empty() && !line.contains('━')) {
        assert!(screen.contains(line.trim_end()), "{line}\nis not on\n{screen}");
    }
}

#[test]
fn the_dialogue_line_by_line_is_what_the_program_says() {
    use twinge::app::{App, Plain, Size};
    let questionnaire = built_in();
    let mut plain = Plain::new(App::new(&questionnaire, Size::LEAST));
    let mut shown = plain.begin();
    let mut type_in = |line: &str| {
        let prompt = plain.prompt();
        shown.extend([&prompt, line, "\n", &plain.handle_line(line).said]);
        shown.contains("Does walking make")
    };
    for line in ["68", "2", "2", "4"] {
        type_in(line);
    }
    assert!((0..30).any(|_| type_in("0")), "the question never came");
    type_in("3");
    let text = readme();
    let (_, section) = text.split_once("## Line by line").expect("a section");
    let dialogue = section.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a dialogue");
    assert!(shown.contains(dialogue), "{dialogue}\nis not in\n{shown}");
}

#[test]
fn the_example_from_another_field_is_a_valid_file_of_about_ten_lines() {
    let example = block("toml");
    assert!(example.lines().filter(|line| !line.is_empty()).count() <= 10, "{example}");
    let questionnaire = parsed(example);
    assert_eq!(questionnaire.title, "Why will my bicycle not roll?");
}

#[test]
fn the_example_of_cases_passes_on_the_example_of_questions() {
    let questionnaire = parsed(block("toml"));
    let text = readme();
    let example = text.split("```toml\n").nth(2).and_then(|rest| rest.split("```").next()).expect("a second example");
    let cases = twinge::authoring::cases::parse(example.as_bytes(), &questionnaire)
        .unwrap_or_else(|problems| panic!("{problems:#?}"));
    for case in cases {
        assert_eq!(case.failures(&questionnaire), Vec::<String>::new());
    }
}

#[test]
fn the_example_scores_as_it_is_shown() {
    let console = block("console");
    let (command, expected) = console.trim().split_once('\n').expect("a command and what it prints");
    let input = command.split('\'').nth(1).expect("a line of answers");
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bicycle.toml");
    fs::write(&path, block("toml")).expect("a scratch file");
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
    let text = readme();
    let shown = text.split("```console\n").nth(2).and_then(|rest| rest.split("```").next()).expect("a third example");
    let (command, expected) = shown.split_once('\n').expect("a command and what it prints");
    let arguments = command.strip_prefix("$ twinge ").expect("a command").split(' ');
    let output = Command::new(env!("CARGO_BIN_EXE_twinge")).args(arguments).output().expect("the program runs");
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
}

#[test]
fn the_tree_of_the_example_is_drawn_as_it_is_shown() {
    let questionnaire = parsed(block("toml"));
    let text = readme();
    let (_, section) = text.split_once("`twinge tree -f bicycle.toml`").expect("a tree");
    let shown = section.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a block");
    let drawn = twinge::authoring::tree::draw(&questionnaire, twinge::authoring::tree::Format::Text);
    assert!(drawn.ends_with(&format!("\n{shown}")), "{drawn}");
}

#[test]
fn the_line_of_answers_that_it_shows_can_be_scored() {
    let text = readme();
    let line = text.split('`').find(|code| code.starts_with("{\"id\"")).expect("a line of answers");
    let questionnaire = built_in();
    let mut output = Vec::new();
    let failed =
        twinge::report::score::score(&questionnaire, line.as_bytes(), &mut output).expect("memory can be written");
    assert_eq!(failed, 0, "{}", String::from_utf8_lossy(&output));
}

#[test]
fn the_table_of_keys_is_that_of_the_program() {
    let rows: Vec<String> =
        bindings(Mode::LongMany).map(|binding| format!("| {} | {} |", binding.name, binding.long)).collect();
    let table = format!("| key, on a question | does |\n| --- | --- |\n{}\n\n", rows.join("\n"));
    assert!(readme().contains(&table), "the README needs this table:\n{table}");
}

#[test]
fn every_key_of_the_file_format_is_named() {
    let text = readme();
    let keys = "format title version intro notice safety id say interrupts section ask why kind options from min max \
        when otherwise help also ranking urgency source name term codes attribution summary test base adjust findings unless \
        family advice p odds grade lr lr_no group stage cite doi allow";
    for key in keys.split_whitespace() {
        assert!(text.contains(&format!("`{key}`")), "`{key}` is not explained");
    }
}

#[test]
fn the_example_of_what_is_allowed_can_stand_in_a_file() {
    let text = readme();
    let (_, section) = text.split_once("### Check it").expect("a section");
    let example = section.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let file = format!("format = 1\ntitle = \"T\"\n{example}ask = \"A?\"\nkind = \"one\"\n");
    assert!(parse(file.as_bytes()).is_ok(), "{:?}", parse(file.as_bytes()));
}

#[test]
fn every_key_of_the_problems_as_json_is_named() {
    fn check(value: &serde_json::Value, section: &str) {
        match value {
            serde_json::Value::Object(object) => {
                for (key, value) in object {
                    assert!(section.contains(&format!("`{key}`")), "`{key}` is not explained");
                    // Below it stand the questions of the file.
                    if key != "answers" {
                        check(value, section);
                    }
                }
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| check(item, section)),
            serde_json::Value::Null
            | serde_json::Value::Bool(_)
            | serde_json::Value::Number(_)
            | serde_json::Value::String(_) => {}
        }
    }
    let output = Command::new(env!("CARGO_BIN_EXE_twinge"))
        .args(["check", "--format", "json", "-f", "tests/warned/late-alarm.toml"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program starts");
    let text = readme();
    let (_, section) = text.split_once("### Check it").expect("a section");
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(found["problems"].as_array().is_some_and(|problems| !problems.is_empty()));
    check(&found, section);
}

#[test]
fn every_key_of_the_report_is_named() {
    fn keys(value: &serde_json::Value, found: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(object) => {
                for (key, value) in object {
                    found.push(key.clone());
                    // These are the keys of `score`, and of the questions.
                    if key != "result" && key != "answers" {
                        keys(value, found);
                    }
                }
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| keys(item, found)),
            serde_json::Value::Null
            | serde_json::Value::Bool(_)
            | serde_json::Value::Number(_)
            | serde_json::Value::String(_) => {}
        }
    }
    let questionnaire = built_in();
    let mut found = Vec::new();
    for answers in [
        r#"{"age": 54, "place": "legs", "body": ["tingle"], "medicines": ["atorvastatin"], "med_change": ["came"]}"#,
        r#"{"age": 54, "place": "back", "nerve": ["saddle"], "general": null}"#,
    ] {
        let answers = AnswersFile::read(answers.as_bytes(), &questionnaire).expect("answers").answers;
        let interview = Interview::resumed(&questionnaire, answers);
        let report = Report::new(&interview, Date::of_seconds(0)).and_then(|report| report.write(Format::Json));
        let report = report.expect("it can be written");
        keys(&serde_json::from_str(&report).expect("JSON"), &mut found);
    }
    let text = readme();
    let (_, section) = text.split_once("### The report as JSON").expect("a section");
    for key in found {
        assert!(section.contains(&format!("`{key}`")), "`{key}` is not explained");
    }
}

#[test]
fn the_commands_are_those_of_the_program() {
    let output = Command::new(env!("CARGO_BIN_EXE_twinge")).arg("--help").output().expect("the program starts");
    let help = String::from_utf8_lossy(&output.stdout);
    for command in ["check", "explain", "tree", "schema", "score", "report", "test", "forget", "completions", "man"] {
        assert!(help.contains(&format!("  {command}")), "{help}");
        assert!(readme().contains(&format!("twinge {command}")));
    }
}
