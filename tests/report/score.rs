//! `twinge score` against the results of a second implementation, which was written in another language from the description
//! of the format alone: random trees with valid and invalid answers, in `tests/score/`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::trees::{built_in, parsed};
use serde_json::Value;
use twinge::questionnaire::{Questionnaire, parse};
use twinge::report::score::{schema, score};

/// Both sides round to four decimals.
const ROUNDING: f64 = 0.000_11;

fn cases() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/score");
    let mut cases: Vec<_> = fs::read_dir(folder).expect("cases").map(|entry| entry.expect("a case").path()).collect();
    cases.sort();
    cases
}

fn read(case: &Path, name: &str) -> Vec<u8> {
    fs::read(case.join(name)).unwrap_or_else(|error| panic!("{}/{name}: {error}", case.display()))
}

fn scored(questionnaire: &Questionnaire, input: &[u8]) -> Vec<Value> {
    let mut output = Vec::new();
    score(questionnaire, input, &mut output).expect("memory can be written");
    output
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).expect("JSON"))
        .collect()
}

fn same(expected: &Value, found: &Value) -> bool {
    match (expected, found) {
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().expect("a number"), b.as_f64().expect("a number"));
            (a - b).abs() <= ROUNDING * a.abs().max(1.0)
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        (a, b) => a == b,
    }
}

#[test]
fn a_second_implementation_comes_to_the_same_rankings() {
    let mut lines = 0;
    for case in cases() {
        let questionnaire = parse(&read(&case, "tree.toml")).unwrap_or_else(|problems| panic!("{problems:#?}"));
        // It knows nothing of versions.
        let without_version = Questionnaire { version: None, ..questionnaire };
        let found = scored(&without_version, &read(&case, "answers.jsonl"));
        let expected: Vec<Value> = String::from_utf8(read(&case, "expected.jsonl"))
            .expect("text")
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect();
        assert_eq!(found.len(), expected.len(), "{}", case.display());
        for (at, (expected, found)) in expected.iter().zip(&found).enumerate() {
            lines += 1;
            let place = format!("{} line {}", case.display(), at + 1);
            if expected.get("error").is_some() {
                assert_eq!(expected["id"], found["id"], "{place}");
                assert!(found.get("error").is_some_and(Value::is_string), "{place}: {found}");
            } else {
                assert!(same(expected, found), "{place}\nexpected {expected}\nfound    {found}");
            }
        }
    }
    assert!(lines >= 300, "only {lines} lines were compared");
}

fn places() -> Questionnaire {
    let tree = r#"
        format = 1
        title = "Places"
        question = [
          { id = "place", ask = "Where?", kind = "one", options = [{ id = "back", say = "Back" }, { id = "legs", say = "Legs" }] },
          { id = "signs", ask = "Which?", kind = "many", options = [{ id = "numb", say = "Numb" }, { id = "weak", say = "Weak" }], when = { place = "legs" } },
          { id = "age", ask = "How old?", kind = "number", min = 18, max = 110 },
        ]
        [[cause]]
        id = "strain"
        name = "Strain"
        base = [{ p = 0.2 }]
        findings = [{ lr = 4, when = { place = "back" }, grade = "C" }]
    "#;
    parsed(tree)
}

#[track_caller]
fn check(line: &str, expected: &str) {
    let found = scored(&places(), line.as_bytes());
    let expected: Value = serde_json::from_str(expected).expect("JSON");
    assert_eq!(found, [expected]);
}

#[track_caller]
fn check_error(line: &str, message: &str) {
    let found = scored(&places(), line.as_bytes());
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["error"], format!("line 1: {message}"));
}

#[test]
fn a_line_gives_its_ranking_to_four_decimals() {
    check(
        r#"{"id": "a", "answers": {"place": "back"}, "note": "passes"}"#,
        r#"{"id": "a", "urgency": null, "alarms": [], "open_alarms": [], "unsure_alarms": [], "ignored": [], "causes": [
            {"id": "strain", "family": null, "ranked": true, "probability": 0.5, "low": 0.2493, "high": 0.7507, "lift": 2.5}]}"#,
    );
}

/// The probabilities differ in their last bits: 0.8 × logistic(…) is not exactly 0.002.
#[test]
fn causes_that_are_equally_probable_are_in_file_order() {
    let tree = "format = 1\ntitle = \"T\"\n";
    let cause = |id: &str, attribution: f64| {
        format!("[[cause]]\nid = \"{id}\"\nname = \"N\"\nattribution = {attribution}\nbase = [{{ p = 0.002 }}]\n")
    };
    let attributions = [1.0, 0.8, 0.6, 0.9, 0.25, 0.7, 0.3];
    let causes: String = attributions.iter().enumerate().map(|(at, a)| cause(&format!("c{at}"), *a)).collect();
    let questionnaire = parsed(tree.to_owned() + &causes);
    let found = scored(&questionnaire, b"{\"answers\": {}}");
    let order: Vec<_> =
        found[0]["causes"].as_array().expect("causes").iter().map(|cause| cause["id"].clone()).collect();
    assert_eq!(order, ["c0", "c1", "c2", "c3", "c4", "c5", "c6"]);
}

#[test]
fn answers_to_questions_that_are_not_shown_are_ignored_by_name() {
    check(
        r#"{"id": 7, "answers": {"place": "back", "signs": []}}"#,
        r#"{"id": 7, "urgency": null, "alarms": [], "open_alarms": [], "unsure_alarms": [], "ignored": ["signs"], "causes": [
            {"id": "strain", "family": null, "ranked": true, "probability": 0.5, "low": 0.2493, "high": 0.7507, "lift": 2.5}]}"#,
    );
}

#[test]
fn an_error_says_its_line_and_what_may_be_meant() {
    check_error(r#"{"answers": {"plce": "back"}}"#, "question `plce` does not exist; did you mean `place`?");
    check_error(r#"{"answers": {"place": "bakc"}}"#, "`bakc` is no option of `place`; did you mean `back`?");
    check_error(r#"{"answers": {"signs": "numb"}}"#, "`signs` takes a list of options, not a text");
    check_error(r#"{"answers": {"signs": ["numb", "?numb"]}}"#, "`numb` stands twice in the answer to `signs`");
    check_error(r#"{"answers": {"age": 17}}"#, "17 is outside what `age` can be: 18 to 110");
    check_error(r#"{"answers": {"age": "17"}}"#, "`age` takes a number, not a text");
    check_error(r#"{"answers": {"age": 20, "age": 21}}"#, "question `age` is answered twice");
    check_error(r#"{"answers": {"place": true}}"#, "`place` takes the id of one option, not true or false");
    check_error(r#"{"id": "a"}"#, "the line has no `answers` (id \"a\")");
    check_error(r#"{"answers": []}"#, "`answers` must be an object: {\"question\": answer, …}");
    check_error(r#"{"answers": {}, "answers": {}}"#, "`answers` stands twice in the line");
    check_error("[1, 2]", "the line is not an object with `answers`");
    check_error(r#"{"id": "a", "#, "EOF while parsing a value (column 12)");
    check_error("\u{0}", "expected value (column 1)");
}

#[test]
fn an_error_keeps_the_id_and_the_place_of_its_line() {
    let input = "\n{\"id\": \"a\", \"answers\": {}}\n\n{\"answers\": {\"x\": 1}, \"id\": {\"n\": 2}}\nnot json\n{\"id\": \"b\", \"answers\": {}}";
    let found = scored(&places(), input.as_bytes());
    let ids: Vec<String> = found.iter().map(|line| line["id"].to_string()).collect();
    assert_eq!(ids, ["\"a\"", "{\"n\":2}", "null", "\"b\""]);
    assert_eq!(found[1]["error"], "line 4: question `x` does not exist (id {\"n\": 2})");
    assert!(found[2]["error"].as_str().is_some_and(|error| error.starts_with("line 5: ")));
}

#[test]
fn an_id_comes_back_as_it_was_but_never_acts_on_a_terminal() {
    let input = "{\"id\": \"a\u{9b}31m\u{7f}\u{202e}é\", \"answers\": {}}\n{\"id\": [1,\r\t2], \"answers\": {}}\n";
    let mut output = Vec::new();
    score(&places(), input.as_bytes(), &mut output).expect("memory can be written");
    let written = String::from_utf8(output).expect("text");
    assert!(written.starts_with(r#"{"id":"a\u009b31m\u007f\u202eé","#), "{written}");
    assert!(!written.contains(['\r', '\t', '\u{9b}', '\u{7f}', '\u{202e}']), "{written}");
}

#[test]
fn a_line_that_is_no_text_is_an_error_in_its_place() {
    let found = scored(&places(), b"\xff\xfe\n{\"id\": 1, \"answers\": {}}\n");
    assert_eq!(found[0]["error"], "line 1: the line is not UTF-8 text");
    assert_eq!(found[1]["id"], 1);
}

#[test]
fn a_line_that_is_too_long_is_an_error_and_the_next_one_is_scored() {
    let mut input = vec![b' '; twinge::report::score::MAX_LINE + 10];
    input.extend(b"\n{\"id\": 1, \"answers\": {}}\n");
    let found = scored(&places(), &input);
    assert!(found[0]["error"].as_str().is_some_and(|error| error.contains("longer than")), "{}", found[0]);
    assert_eq!(found[1]["id"], 1);
}

/// A missing answer is never a *no*: whoever did not answer is ranked.
#[test]
fn whoever_the_causes_are_not_for_gets_none() {
    const FILE: &str = r#"
format = 1
title = "A ranking for some"
question = [{ id = "grown", ask = "Grown?", kind = "one" }, { id = "cold", ask = "Cold?", kind = "one" }]
ranking = { when = { grown = "yes" } }
cause = [{ id = "ice", name = "Ice", base = [{ p = 0.3 }], findings = [{ lr = 2.0, when = { cold = "yes" }, grade = "C" }] }]
"#;
    let questionnaire = parsed(FILE);
    for (grown, causes) in [("\"yes\"", 1), ("\"no\"", 0), ("null", 1)] {
        let line = format!("{{\"answers\": {{\"grown\": {grown}, \"cold\": \"yes\"}}}}\n");
        let mut output = Vec::new();
        score(&questionnaire, line.as_bytes(), &mut output).expect("it is written");
        let scored: serde_json::Value = serde_json::from_slice(&output).expect("JSON");
        assert_eq!(scored["causes"].as_array().map(Vec::len), Some(causes), "{grown}");
    }
}

/// The number of a line says little about a part of a larger file.
#[test]
fn an_error_quotes_the_id_of_its_line() {
    let found = scored(&places(), br#"{"id": "a-7", "answers": {"place": "bakc"}}"#);
    assert_eq!(found[0]["error"], "line 1: `bakc` is no option of `place`; did you mean `back`? (id \"a-7\")");
}

#[test]
fn the_version_of_the_questionnaire_is_the_last_key() {
    let questionnaire = Questionnaire { version: Some("2 \"beta\"".into()), ..places() };
    let mut output = Vec::new();
    score(&questionnaire, br#"{"answers": {}}"#.as_slice(), &mut output).expect("memory can be written");
    assert!(
        output.ends_with(br#","version":"2 \"beta\""}"#.iter().chain(b"\n").copied().collect::<Vec<_>>().as_slice())
    );
}

#[test]
fn the_schemas_take_what_is_read_and_what_is_written_and_nothing_else() {
    let questionnaire = built_in();
    let answers = jsonschema::validator_for(&schema::of_answers(&questionnaire)).expect("a schema");
    let results = jsonschema::validator_for(&schema::of_results(&questionnaire)).expect("a schema");
    for (line, is_right) in [
        (r#"{"id": 1, "answers": {"age": 54, "body": ["lock", "?sore"], "sex": null}, "note": "passes"}"#, true),
        (r#"{"answers": {"where": "not-sure", "unwell": []}}"#, true),
        (r#"{"answers": {"age": 54.5}}"#, false),
        (r#"{"answers": {"age": 17000}}"#, false),
        (r#"{"answers": {"body": ["lokc"]}}"#, false),
        (r#"{"answers": {"wheer": ["calf"]}}"#, false),
        (r#"{"id": "a"}"#, false),
    ] {
        let value: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(answers.is_valid(&value), is_right, "{line}");
        let result = scored(&questionnaire, line.as_bytes()).remove(0);
        assert_eq!(result.get("error").is_none(), is_right, "{result}");
        assert!(results.is_valid(&result), "{result}");
    }
    assert!(!results.is_valid(&serde_json::json!({ "id": 1, "urgency": "later" })));
}

/// Whoever reads gets whole lines, even of two programs that write to one file.
#[test]
fn no_line_is_written_in_two_pieces() {
    struct Pieces;
    impl std::io::Write for Pieces {
        fn write(&mut self, piece: &[u8]) -> std::io::Result<usize> {
            assert!(piece.ends_with(b"\n"));
            Ok(piece.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let input = "{\"answers\": {\"place\": \"back\"}}\n".repeat(10_000);
    assert_eq!(score(&places(), input.as_bytes(), &mut Pieces).expect("it is written"), 0);
}
