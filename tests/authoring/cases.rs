//! What `twinge test` prints about cases that fail, and about files of cases with mistakes.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::trees::{network, parsed};
use twinge::authoring::cases::{Case, parse as parse_cases};
use twinge::diagnostic::{Rule, Source, render};

#[track_caller]
fn case(text: &str) -> Case {
    let text = format!("[[case]]\nname = \"A case\"\n{text}\n");
    let cases = parse_cases(text.as_bytes(), &network()).unwrap_or_else(|problems| panic!("{problems:#?}"));
    cases.into_iter().next().expect("a case")
}

#[track_caller]
fn check_passes(text: &str) {
    assert_eq!(case(text).failures(&network()), Vec::<String>::new());
}

#[track_caller]
fn check_fails(text: &str, expected: &str) {
    let failures = case(text).failures(&network());
    assert_eq!(failures.first().map(String::as_str), Some(expected));
    assert_eq!(failures.len(), 2, "and what came instead: {failures:?}");
}

const ALL_DOWN: &str = "answers = { smell = [\"hot\"], scope = \"all\", days = 3 }";

#[test]
fn the_first_causes_are_those_that_are_shown_first() {
    check_passes(&format!(
        "{ALL_DOWN}\nfirst = \"line\"\namong_first = [\"storm\", \"line\"]\nnot_among_first = \"plug\""
    ));
    check_fails(&format!("{ALL_DOWN}\nfirst = \"storm\""), "expected: storm comes first");
    check_fails(&format!("{ALL_DOWN}\namong_first = \"plug\""), "expected: plug is among the first 3");
    check_fails(&format!("{ALL_DOWN}\nnot_among_first = \"line\""), "expected: line is not among the first 3");
}

#[test]
fn what_is_asked_and_not_asked_can_be_expected() {
    check_passes("answers = { scope = \"all\" }\nasked = [\"smell\", \"days\"]\nnot_asked = \"cable\"");
    check_fails("answers = { scope = \"one\" }\nasked = \"days\"", "expected: days is asked");
    check_fails("answers = { scope = \"all\" }\nnot_asked = \"days\"", "expected: days is not asked");
}

#[test]
fn a_cause_can_be_expected_above_another() {
    check_passes(&format!("{ALL_DOWN}\nabove = {{ line = [\"storm\", \"plug\"] }}"));
    check_fails(&format!("{ALL_DOWN}\nabove = {{ storm = \"line\" }}"), "expected: storm stands above line");
    check_fails("answers = {}\nabove = { line = \"storm\" }", "expected: line stands above storm");
}

#[test]
fn advice_can_be_expected_of_a_cause_that_is_ranked() {
    check_passes(&format!("{ALL_DOWN}\nadvised = {{ line = 1 }}"));
    check_fails("answers = {}\nadvised = { line = [1] }", "expected: line gives its advice 1");
}

/// The failures of a case about an alarm that leads, and that can be unsure.
fn failures_beside_an_alarm(case: &str) -> Vec<String> {
    let questionnaire = parsed(
        r#"format = 1
title = "T"
urgency = [{ id = "later", say = "Later." }, { id = "soon", say = "Soon." }, { id = "now", say = "Now.", leads = true }]
question = [{ id = "numb", ask = "Numb?", kind = "one" }, { id = "sore", ask = "Sore?", kind = "one" }]
alarm = [{ id = "nerve", when = { numb = "yes" }, urgency = "now", unsure = "soon", say = "Go." }]
[[cause]]
id = "strain"
name = "Strain"
base = [{ p = 0.1 }]
findings = [{ lr = 2, when = { sore = "yes" }, grade = "C" }]
advice = [
  { stage = "now", say = "Walk." },
  { stage = "avoid", say = "Lifting." },
  { stage = "now", say = "Warmth.", beside = true },
]
"#,
    );
    let cases = format!("[[case]]\nname = \"A case\"\n{case}\n");
    let cases = parse_cases(cases.as_bytes(), &questionnaire).unwrap_or_else(|problems| panic!("{problems:#?}"));
    cases.first().expect("a case").failures(&questionnaire)
}

#[test]
fn while_an_alarm_leads_some_advice_is_expected_never_to_be_given() {
    let led = "answers = { numb = \"yes\", sore = \"yes\" }\n";
    let none: [String; 0] = [];
    let case = format!("{led}advised = {{ strain = [2, 3] }}\nnever_advised = {{ strain = 1 }}");
    assert_eq!(failures_beside_an_alarm(&case), none);
    let failures = failures_beside_an_alarm(&format!("{led}advised = {{ strain = 1 }}"));
    assert_eq!(failures.first().map(String::as_str), Some("expected: strain gives its advice 1"));
    let failures = failures_beside_an_alarm(&format!("{led}never_advised = {{ strain = [1, 3] }}"));
    assert_eq!(failures.first().map(String::as_str), Some("expected: strain does not give its advice 3"));
    let unranked = "answers = { sore = \"no\" }\nnever_advised = { strain = [1, 2, 3] }";
    assert_eq!(failures_beside_an_alarm(unranked), none);
}

#[test]
fn the_alarms_that_are_unsure_can_be_expected() {
    let none: [String; 0] = [];
    let unsure = "answers = { numb = \"not-sure\" }\n";
    assert_eq!(failures_beside_an_alarm(&format!("{unsure}unsure = [\"nerve\"]\nurgency = \"soon\"")), none);
    assert_eq!(failures_beside_an_alarm("answers = {}\nunsure = []"), none, "silence is no doubt");
    let failures = failures_beside_an_alarm(&format!("{unsure}unsure = []"));
    let expected = [
        "expected: the unsure alarms are exactly none",
        "came: nothing ranked | urgency soon | alarms none | unsure nerve",
    ];
    assert_eq!(failures, expected);
}

#[test]
fn the_length_of_a_whole_interview_can_be_expected() {
    check_passes("answers = { smell = [], scope = \"all\", days = 3, devices = [] }\nquestions = 4");
    check_fails(
        "answers = { smell = [], scope = \"all\" }\nquestions = 2",
        "expected: 2 questions are asked and answered; 4 are asked",
    );
}

#[test]
fn advice_that_a_cause_does_not_have_is_refused() {
    for (expected, message) in [
        ("advised = { line = 9 }", "`line` has no advice 9"),
        ("advised = { line = 0 }", "`line` has no advice 0"),
        ("questions = 1.5", "1.5 is no count"),
        ("above = { line = \"lime\" }", "`lime` is not the id of a cause"),
        ("asked = \"day\"", "`day` is not the id of a question"),
    ] {
        let text = format!("[[case]]\nname = \"A case\"\nanswers = {{}}\n{expected}\n");
        let problems = parse_cases(text.as_bytes(), &network()).expect_err(expected);
        let said: Vec<_> = problems.iter().map(|problem| problem.message.as_str()).collect();
        assert!(said.contains(&message), "{said:?}");
    }
}

#[test]
fn a_family_has_the_place_of_its_most_probable_member() {
    let one = "answers = { smell = [], scope = \"one\", devices = [\"laptop\"], new_devices = [\"laptop\"] }";
    check_passes(&format!("{one}\nfirst = [\"device\", \"driver\"]"));
    check_fails(&format!("{one}\nfirst = \"plug\""), "expected: plug comes first");
}

/// The first failure of a case about four causes with these probabilities. The first two are one family.
fn failure_in_a_family(p: [f64; 4], expected: &str) -> Option<String> {
    let mut file = "format = 1\ntitle = \"T\"\nquestion = [{ id = \"q\", ask = \"Q?\", kind = \"one\" }]\n\
        [family.kin]\nname = \"Kin\"\n"
        .to_owned();
    for ((id, family), p) in [("high", "kin"), ("low", "kin"), ("b", ""), ("c", "")].into_iter().zip(p) {
        let family = if family.is_empty() { "" } else { "family = \"kin\"\n" };
        let head = format!("id = \"{id}\"\nname = \"N\"\nwhen = {{ q = \"yes\" }}\n{family}");
        let _ = write!(file, "[[cause]]\n{head}base = [{{ p = {p} }}]\n");
    }
    let questionnaire = parsed(file);
    let cases = format!("[[case]]\nname = \"A case\"\nanswers = {{ q = \"yes\" }}\n{expected}\n");
    let cases = parse_cases(cases.as_bytes(), &questionnaire).unwrap_or_else(|problems| panic!("{problems:#?}"));
    cases.first().expect("a case").failures(&questionnaire).into_iter().next()
}

#[test]
fn a_lower_member_of_a_family_is_among_the_first_only_where_that_must_not_be() {
    let close = |expected| failure_in_a_family([0.5, 0.4, 0.3, 0.2], expected);
    assert_eq!(close("among_first = \"low\"").as_deref(), Some("expected: low is among the first 3"));
    let said = "expected: low is not among the first 3, not even behind high";
    assert_eq!(close("not_among_first = \"low\"").as_deref(), Some(said));
}

#[test]
fn a_lower_member_that_would_not_be_among_the_first_by_itself_is_not() {
    assert_eq!(failure_in_a_family([0.5, 0.1, 0.3, 0.2], "not_among_first = \"low\""), None);
}

#[test]
fn the_urgency_can_be_exact_or_a_bound() {
    check_passes(&format!("{ALL_DOWN}\nurgency = \"call\"\nat_least = \"self\"\nat_most = \"call\""));
    check_fails(&format!("{ALL_DOWN}\nurgency = \"danger\""), "expected: the urgency is danger");
    check_fails(&format!("{ALL_DOWN}\nat_least = \"danger\""), "expected: the urgency is at least danger");
    check_fails(&format!("{ALL_DOWN}\nat_most = \"self\""), "expected: the urgency is at most self");
}

#[test]
fn alarms_can_be_all_or_some_or_not() {
    check_passes(&format!("{ALL_DOWN}\nalarms = [\"warm\"]\nraised = \"warm\"\nnot_raised = [\"fire\"]"));
    check_passes("answers = { smell = [] }\nalarms = []");
    check_fails(&format!("{ALL_DOWN}\nalarms = []"), "expected: the alarms are exactly none");
    check_fails(&format!("{ALL_DOWN}\nraised = \"fire\""), "expected: the alarm fire is raised");
    check_fails(&format!("{ALL_DOWN}\nnot_raised = \"warm\""), "expected: the alarm warm is not raised");
}

#[test]
fn every_problem_in_a_file_of_cases_is_reported_with_its_place() {
    let text = "\
[answers]
days = 3

[[case]]
name = \"Nobody is asked about the cable\"
answers = { scope = \"all\", cable = \"no\" }
first = \"line\"

[[case]]
name = \"Words that nobody knows\"
answers = { scop = \"all\", scope = \"some\", days = 400 }
first = \"lien\"
at_least = \"cal\"
alarms = [\"fir\"]
expects = 3

[[case]]
name = \"\"
answers = {}
";
    let problems = parse_cases(text.as_bytes(), &network()).expect_err("it is wrong");
    insta::assert_snapshot!("problems", render(Source { name: "cases.toml", bytes: text.as_bytes() }, &problems));
}

#[test]
fn what_everyone_answers_need_not_be_asked_of_everyone() {
    let text = "[answers]\nscope = \"one\"\ndays = 3\n[[case]]\nname = \"One\"\nalarms = []\n";
    assert!(parse_cases(text.as_bytes(), &network()).is_ok());
}

#[test]
fn a_file_without_a_case_is_refused() {
    let problems = parse_cases(b"", &network()).expect_err("it is empty");
    assert_eq!(problems.iter().map(|problem| problem.rule).collect::<Vec<_>>(), [Rule::Empty]);
}

#[test]
fn a_file_of_cases_is_refused_for_what_every_file_is() {
    let rules = |bytes: &[u8]| -> Vec<Rule> {
        parse_cases(bytes, &network()).expect_err("it is wrong").iter().map(|problem| problem.rule).collect()
    };
    assert_eq!(rules(b"\xff"), [Rule::NotUtf8]);
    assert!(rules(b"[[case").contains(&Rule::Syntax));
    let named = |name: &str| format!("[[case]]\nname = \"{name}\"\nalarms = []\n");
    assert_eq!(rules(named("\\u001b[31m").as_bytes()), [Rule::ControlCharacter]);
    assert_eq!(rules(&vec![b'#'; twinge::questionnaire::MAX_BYTES + 1]), [Rule::TooLarge]);
}

#[test]
fn the_command_names_what_failed_and_what_came_and_counts() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let (good, bad) = (folder.join("good.toml"), folder.join("bad.toml"));
    let line = format!("[[case]]\nname = \"All down\"\n{ALL_DOWN}\n");
    fs::write(&good, format!("{line}first = \"line\"\n")).expect("a scratch file");
    fs::write(&bad, format!("{line}first = \"storm\"\n")).expect("a scratch file");
    let run = |files: &[&PathBuf]| {
        let network = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/trees/network.toml");
        let output = Command::new(env!("CARGO_BIN_EXE_twinge"))
            .args(["test", "-f", network])
            .args(files)
            .output()
            .expect("the program runs");
        let shown = String::from_utf8_lossy(&output.stdout).replace(&folder.display().to_string(), "");
        (shown, output.status.code())
    };
    assert_eq!(run(&[&good]), ("1 case passed, 0 failed\n".into(), Some(0)));
    let (shown, status) = run(&[&good, &bad]);
    assert_eq!(status, Some(1));
    assert_eq!(
        shown,
        "/bad.toml: All down\n  expected: storm comes first\n  came: 1. line 0.69, 2. storm 0.02 | urgency call | \
            alarms warm\n\n1 case passed, 1 failed\n"
    );
    assert_eq!(run(&[&folder.join("nowhere.toml")]).1, Some(2));
}
