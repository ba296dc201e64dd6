//! What a report says in each format, and that a report that is read back gives the same report.

use crate::generate::{Picks, Tree, Wishes};
use crate::people::Person;
use crate::trees::parsed;
use proptest::prelude::*;
use twinge::interview::Interview;
use twinge::questionnaire::Stage;
use twinge::report::summary::summary;
use twinge::report::{AnswersFile, Date, Format, Report, read_earlier_report};

fn date() -> Date {
    jiff::civil::date(2026, 11, 23)
}

fn written(person: &Person, format: Format) -> String {
    let interview = Interview::resumed(&person.questionnaire, person.answers.clone());
    let report = Report::new(&interview, date()).expect("it can be written");
    report.write(format).expect("it can be written")
}

/// A new version of the program should not change the snapshots.
fn read(report: &str) -> String {
    report.replace(concat!("twinge ", env!("CARGO_PKG_VERSION")), "twinge [version]")
}

#[track_caller]
fn check(person: &Person) {
    for format in [Format::Text, Format::Markdown, Format::Html] {
        let name = format!("{}.{}", person.name, format.extension());
        insta::assert_snapshot!(name, read(&written(person, format)));
    }
    let json: serde_json::Value = serde_json::from_str(&written(person, Format::Json)).expect("JSON");
    insta::with_settings!({sort_maps => true}, {
        let mut json = json;
        json["twinge"] = "[version]".into();
        // `score` has tests of its own.
        json["result"]["causes"].as_array_mut().expect("a list").truncate(2);
        // Nor is every name of a long list worth a line.
        for offered in json["offered"].as_object_mut().into_iter().flatten() {
            offered.1.as_array_mut().expect("a list").truncate(2);
        }
        insta::assert_snapshot!(format!("{}.json", person.name), serde_json::to_string_pretty(&json).expect("JSON"));
    });
}

/// The report as people read it, in every format.
fn pages(interview: &Interview<'_>) -> String {
    let report = Report::new(interview, date()).expect("it can be written");
    let formats = Format::ALL.into_iter().filter(|format| *format != Format::Json);
    formats.map(|format| report.write(format).expect("it can be written")).collect()
}

/// The report of somebody whose answers were others two weeks ago.
fn follow_up(person: &Person, answers: &str) -> String {
    let earlier = format!(r#"{{"date": "2026-11-09", "answers": {answers}}}"#);
    let earlier = read_earlier_report(earlier.as_bytes(), &person.questionnaire, date()).expect("a report");
    let mut interview = Interview::resumed(&person.questionnaire, person.answers.clone());
    interview.compare_with(&earlier);
    let report = Report::new(&interview, date()).expect("a report");
    let json: serde_json::Value = serde_json::from_str(&report.write(Format::Json).expect("JSON")).expect("JSON");
    let section = |format: Format, before: &str, after: &str| {
        let text = report.write(format).expect("it can be written");
        let from = text.find(&format!("{before}Since 9 November")).expect("it is there");
        text[from..].split(after).next().unwrap_or_default().trim_end().to_owned()
    };
    let since = serde_json::to_string_pretty(&json["report"]["since"]).expect("JSON");
    let texts = [section(Format::Text, "", "\n\n"), section(Format::Markdown, "## ", "\n\n## ")];
    format!("{}\n\n{}\n\n{since}", texts.join("\n\n"), section(Format::Html, "<h2>", "</section>"))
}

#[test]
fn what_has_moved_since_an_earlier_report() {
    let answers =
        r#"{"smell": ["hot"], "scope": "one", "devices": ["laptop"], "new_devices": ["laptop"], "cable": "no"}"#;
    insta::assert_snapshot!("since", follow_up(&crate::people::network(), answers));
}

#[test]
fn that_nothing_has_moved_since_an_earlier_report() {
    let answers = r#"{"smell": ["dark"], "scope": "all", "days": 3, "devices": ["laptop", "phone", "?watch"],
        "new_devices": ["phone"]}"#;
    assert!(follow_up(&crate::people::network(), answers).contains("Nothing has moved."));
}

#[test]
fn of_a_plain_back_spasm() {
    check(&crate::people::back_spasm());
}

#[test]
fn of_an_emergency() {
    check(&crate::people::emergency());
}

#[test]
fn of_many_medicines() {
    check(&crate::people::many_medicines());
}

#[test]
fn of_something_else_than_medicine() {
    check(&crate::people::network());
}

#[test]
fn of_whoever_stopped_early() {
    insta::assert_snapshot!("stopped-early.txt", read(&written(&crate::people::stopped_early(), Format::Text)));
}

#[test]
fn of_whoever_ticks_everything() {
    insta::assert_snapshot!(
        "everything-at-once.txt",
        read(&written(&crate::people::everything_at_once(), Format::Text))
    );
}

/// Compares the first lines of the report as text.
#[track_caller]
fn check_first_lines(person: &Person, expected: &[&str]) {
    let text = written(person, Format::Text);
    assert_eq!(text.lines().take(expected.len()).collect::<Vec<_>>(), expected);
}

#[test]
fn it_begins_with_the_person_and_tells_the_urgency_of_them_not_to_them() {
    check_first_lines(
        &crate::people::back_spasm(),
        &[
            "Age 34 · Male · Low back · Under 4 weeks",
            "Urgency: self-care. The questionnaire advised: “You can look after this",
            "yourself for now.” Why: Strained back with muscle spasm.",
        ],
    );
}

#[test]
fn without_a_section_about_the_person_it_begins_with_what_it_is() {
    let person = of("", "[]", "");
    check_first_lines(&person, &["Report for a doctor or pharmacist"]);
}

#[test]
fn an_emergency_tells_the_answers_behind_it_in_clinicians_words() {
    let text = written(&crate::people::emergency(), Format::Markdown);
    assert!(text.contains("EMERGENCY.** The questionnaire advised: “Call 999, 112 or 911 now.” Why:"), "{text}");
    assert!(text.contains("squeezed.** Said: Saddle anaesthesia; "), "{text}");
}

/// Somebody who ticked these signs, in a file with these lines at its top.
fn of(top: &str, signs: &str, more: &str) -> Person {
    let questionnaire = parsed(format!(
        r#"
format = 1
title = "T"
{top}
[[question]]
id = "signs"
ask = "Signs?"
kind = "many"
{more}
options = [
  {{ id = "numb", say = "Numb between the legs", term = "Saddle anaesthesia" }},
  {{ id = "ache", say = "An ache" }},
  {{ id = "pain", say = "An ache in the leg", term = "Leg pain" }},
  {{ id = "limb", say = "Pain in a leg", term = "Leg pain" }},
]
[[alarm]]
id = "fire"
when = {{ signs = ["numb", "ache", "pain", "limb"] }}
urgency = "high"
title = "It burns"
say = """
Call somebody.

- Say where it burns.
- Say who you are."""
[[urgency]]
id = "high"
say = "Call now."
interrupts = true
"#
    ));
    let answers = format!("{{\"signs\": {signs}}}");
    let answers = AnswersFile::read(answers.as_bytes(), &questionnaire).expect("answers").answers;
    Person { name: "small", questionnaire, answers }
}

#[test]
fn what_is_positive_is_in_clinicians_words_with_the_persons_own_behind_them() {
    let text = written(&of("", r#"["numb", "ache"]"#, ""), Format::Text);
    assert!(text.contains("- Saddle anaesthesia “Numb between the legs”\n- An ache\n"), "{text}");
}

#[test]
fn what_is_negative_stands_once_under_the_title_of_its_section() {
    let section = "section = [{ id = \"s\", title = \"The legs\" }]";
    let text = written(&of(section, "[]", "section = \"s\""), Format::Markdown);
    assert!(text.contains("## Negative\n\n- **The legs**: Saddle anaesthesia; An ache; Leg pain\n"), "{text}");
}

#[test]
fn what_the_person_is_told_stands_apart_at_the_end() {
    for format in Format::ALL.into_iter().filter(|format| *format != Format::Json) {
        let page = written(&of("", r#"["numb"]"#, ""), format);
        let (clinician, person) = page.split_once("For the person who answered").expect("two parts");
        assert!(!clinician.contains("Call somebody.") && person.contains("Call somebody."), "{page}");
    }
}

#[test]
fn a_list_stays_a_list_in_every_format() {
    let person = of("safety = \"\"\"\nGet help if:\n\n- A leg is\n  weak.\n- It swells.\n\"\"\"", r#"["numb"]"#, "");
    for (format, items) in [
        (
            Format::Text,
            ["- Say where it burns.\n- Say who you are.\n", "Get help if:\n- A leg is weak.\n- It swells.\n"],
        ),
        (Format::Markdown, ["- Say where it burns.\n- Say who you are.\n", "- A leg is weak.\n- It swells.\n"]),
        (Format::Html, ["<li>Say where it burns.</li>\n<li>Say who", "<li>A leg is weak.</li>\n<li>It swells.</li>"]),
    ] {
        let page = written(&person, format);
        assert!(items.iter().all(|list| page.contains(list)), "{page}");
    }
}

#[test]
fn the_page_is_in_the_language_of_the_questions() {
    assert!(written(&of("language = \"en-GB\"", "[]", ""), Format::Html).contains("<html lang=\"en-GB\">"));
    assert!(written(&of("", "[]", ""), Format::Html).contains("<html lang=\"en\">"));
}

#[test]
fn every_drawn_range_has_words() {
    let page = written(&crate::people::back_spasm(), Format::Html);
    assert_eq!(page.matches("<svg role=\"img\"").count(), 3);
    assert!(page.contains("<title>between 7 and 9 in 10</title>"), "{page}");
}

#[test]
fn a_report_read_back_gives_the_same_report() {
    for person in crate::people::everybody() {
        let before = Format::ALL.map(|format| written(&person, format));
        let json = written(&person, Format::Json);
        let file = AnswersFile::read(json.as_bytes(), &person.questionnaire).expect("answers");
        assert_eq!(file.date, Some(date()));
        let again = Person { answers: file.answers, ..person };
        assert_eq!(Format::ALL.map(|format| written(&again, format)), before);
    }
}

#[test]
fn score_reads_a_report_as_it_stands() {
    for person in crate::people::everybody() {
        let json = written(&person, Format::Json);
        let mut output = Vec::new();
        let failed = twinge::report::score::score(&person.questionnaire, json.as_bytes(), &mut output).expect("memory");
        assert_eq!(failed, 0);
        let scored: serde_json::Value = serde_json::from_slice(&output).expect("JSON");
        let report: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(report["result"], scored, "{}", person.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn while_an_alarm_leads_no_format_gives_advice_that_could_contradict_it(numbers in prop::collection::vec(any::<u16>(), 0..900)) {
        let mut picks = Picks::new(numbers);
        let questionnaire = Tree::grow(&mut picks, Wishes { tests_not_sure: true }).questionnaire();
        let interview = crate::interviews::begun(&mut picks, &questionnaire);
        if interview.outcome().is_led_by_alarm(&questionnaire) {
            let report = Report::new(&interview, date()).expect("it can be written");
            let written = Format::ALL.map(|format| report.write(format).expect("it can be written")).concat();
            let advice = questionnaire.causes.values().flat_map(|cause| &cause.advice);
            for advice in advice.filter(|advice| advice.stage != Stage::Avoid && !advice.beside) {
                prop_assert!(!written.contains(&advice.say), "{} is in the report:\n{}", advice.say, written);
                prop_assert!(!summary(&interview).contains(&advice.say));
            }
            for test in questionnaire.causes.values().filter_map(|cause| cause.test.as_ref()) {
                prop_assert!(!written.contains(test), "{} is in the report:\n{}", test, written);
            }
            prop_assert!(!written.contains("No single cause stands out"));
        }
    }

    #[test]
    fn no_page_names_a_cause_that_only_no_answers_moved(numbers in prop::collection::vec(any::<u16>(), 0..900)) {
        let mut picks = Picks::new(numbers);
        let questionnaire = Tree::grow(&mut picks, Wishes { tests_not_sure: true }).questionnaire();
        let interview = crate::interviews::begun(&mut picks, &questionnaire);
        let pages = pages(&interview);
        for name in crate::unsaid::without_reason(&interview) {
            prop_assert!(!pages.contains(name), "{} is in\n{}", name, pages);
        }
    }

    #[test]
    fn the_page_on_somebody_not_sure_of_anything_gives_no_advice(numbers in prop::collection::vec(any::<u16>(), 0..900)) {
        let mut picks = Picks::new(numbers);
        let questionnaire = Tree::grow(&mut picks, Wishes { tests_not_sure: true }).questionnaire();
        let pages = pages(&crate::unsaid::not_sure_of_anything(&questionnaire));
        prop_assert!(!pages.contains("best"));
        for advice in questionnaire.causes.values().flat_map(|cause| &cause.advice) {
            prop_assert!(!pages.contains(&advice.say), "{} is in\n{}", advice.say, pages);
        }
    }

    #[test]
    fn whatever_was_answered_comes_back_with_the_same_outcome(numbers in prop::collection::vec(any::<u16>(), 0..500)) {
        let mut picks = Picks::new(numbers);
        let questionnaire = Tree::grow(&mut picks, Wishes { tests_not_sure: true }).questionnaire();
        let interview = crate::interviews::begun(&mut picks, &questionnaire);
        let report = Report::new(&interview, date()).expect("it can be written");
        let json = report.write(Format::Json).expect("it can be written");
        let file = AnswersFile::read(json.as_bytes(), &questionnaire).expect("answers");
        let again = Interview::resumed(&questionnaire, file.answers);
        prop_assert_eq!(again.outcome(), interview.outcome());
        prop_assert_eq!(again.next(), interview.next());
        let again = Report::new(&again, date()).expect("it can be written");
        for format in Format::ALL {
            let both = [&again, &report].map(|report| report.write(format).expect("it can be written"));
            prop_assert_eq!(&both[0], &both[1]);
        }
    }
}

/// A text of a question file with something that is markup in each of the formats.
const HOSTILE: &str = r#"</style></title><script>alert(1)</script> & \" ' `x` **b** _i_ [l](javascript:x) | ~~d~~ # h $m$ {a} ![i](j) www.x.de https://x.de @me"#;

fn hostile() -> Person {
    let h = HOSTILE;
    let file = format!(
        r##"
format = 1
version = "{h}"
title = "# 1. {h}"
notice = "- {h}"
safety = "1. {h}"
urgency = [{{ id = "low", say = "{h}" }}, {{ id = "high", say = "= {h}", interrupts = true }}]
question = [
  {{ id = "a", ask = "{h}?", kind = "many", options = [{{ id = "x", say = "+ {h}" }}, {{ id = "y", say = "y {h}" }}, {{ id = "z", say = "z {h}" }}] }},
  {{ id = "b", ask = "b {h}?", kind = "many", from = "a" }},
  {{ id = "c", ask = "c {h}?", kind = "one", options = [{{ id = "x", say = "- {h}" }}, {{ id = "y", say = "{h}" }}] }},
  {{ id = "d", ask = "d {h}?", kind = "many", options = [{{ id = "x", say = "x {h}" }}, {{ id = "y", say = "y {h}" }}, {{ id = "z", say = "z {h}" }}] }},
  {{ id = "e", ask = "2) {h}?", kind = "one" }},
]
alarm = [{{ id = "f", when = {{ d = "x" }}, urgency = "high", title = "{h}", say = "{h}", source = "s" }}]
[family.k]
name = "{h}"
[[cause]]
id = "g"
name = "{h}"
term = "{h}"
codes = {{ "{h}" = ["{h}"] }}
family = "k"
summary = "{h}"
test = "{h}"
base = [{{ p = 0.3, source = "s" }}]
findings = [{{ lr = 4.0, lr_no = 0.5, when = {{ c = "x" }}, grade = "C", source = "s" }}]
advice = [{{ stage = "now", say = "{h}" }}]
[source.s]
cite = "{h}"
doi = "{h}"
"##
    );
    let questionnaire = parsed(file);
    let answers = br#"{"a": ["x", "?y"], "b": ["x"], "c": "x", "d": ["x", "?y"]}"#;
    let answers = AnswersFile::read(answers, &questionnaire).expect("answers").answers;
    Person { name: "hostile", questionnaire, answers }
}

/// The names of the tags of a page, those of closing tags with their slash.
fn tags(html: &str) -> Vec<&str> {
    let opened = html.split('<').skip(1);
    opened.map(|tag| tag.split(|c: char| c != '/' && c != '!' && !c.is_alphanumeric()).next().unwrap_or("")).collect()
}

#[test]
fn nothing_in_a_question_file_becomes_a_tag() {
    const KNOWN: [&str; 28] = [
        "!DOCTYPE", "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "p", "main", "section",
        "h3", "small", "svg", "rect", "strong", "ul", "ol", "li", "div", "table", "thead", "tbody", "tr", "th", "td",
    ];
    let page = written(&hostile(), Format::Html);
    for tag in tags(&page) {
        let name = tag.trim_start_matches('/');
        assert!(KNOWN.contains(&name), "<{tag}> in\n{page}");
    }
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    // No text of the file is in an attribute.
    let whole = page.split('<').skip(1).filter_map(|tag| tag.split('>').next());
    for tag in whole {
        assert!(!tag.contains("javascript") && !tag.contains("alert"), "<{tag}>");
    }
}

#[test]
fn every_tag_is_closed_where_it_should_be() {
    for person in crate::people::everybody().into_iter().chain([hostile()]) {
        let page = written(&person, Format::Html);
        let mut open = Vec::new();
        for tag in tags(&page) {
            match tag.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name), "in the page of {}", person.name),
                None if matches!(tag, "!DOCTYPE" | "meta" | "rect") => {}
                None => open.push(tag),
            }
        }
        assert_eq!(open, [""; 0]);
    }
}

#[test]
fn the_page_needs_no_script_and_nothing_from_elsewhere() {
    for person in crate::people::everybody() {
        let page = written(&person, Format::Html);
        assert!(!page.contains("<script"), "{}", person.name);
        for wanted in ["src=", "href=", "url(", "@import", " on"] {
            let head = page.split("<body>").next().expect("a head");
            let tags = page.split("<body>").nth(1).expect("a body").split('<').filter_map(|tag| tag.split('>').next());
            assert!(!head.contains(wanted) || wanted == " on", "{wanted}");
            assert!(tags.into_iter().all(|tag| !tag.contains(wanted)), "{wanted}");
        }
    }
}

#[test]
fn nothing_in_a_question_file_becomes_markdown() {
    let text = written(&hostile(), Format::Markdown);
    for line in text.lines() {
        let mut is_escaped = false;
        // Without the markup that the report itself writes: headings, lists and emphasis.
        let own = line.trim_start().trim_start_matches("## ").trim_start_matches("# ").trim_start_matches("- ");
        for c in own.replace("**", "").chars() {
            assert!(is_escaped || !"`*_[]<>|~#&$@{}".contains(c), "{c} in {line}");
            is_escaped = c == '\\' && !is_escaped;
        }
        assert_eq!(own.matches("**").count() % 2, 0, "{line}");
        assert!(!own.starts_with(['+', '=', '-', '#']), "{line}");
    }
    assert!(text.contains("\\*\\*b\\*\\*") && !text.contains("**b**"), "{text}");
    insta::assert_snapshot!("hostile.md", read(&text));
}

#[test]
fn what_holds_no_answers_is_told_apart() {
    let network = crate::people::network().questionnaire;
    let told = |bytes: &[u8]| AnswersFile::read(bytes, &network).expect_err("no answers");
    for (bytes, expected) in [
        (&b"\xff"[..], "the file is not UTF-8 text"),
        (b"", "line 1: EOF while parsing a value (column 0)"),
        (b"{\n\"answers\": {\n}", "line 3: EOF while parsing an object (column 1)"),
        (b"[1]", "the file holds no object with `answers`"),
        (b"7", "the file holds no object with `answers`"),
        (b"{\"scop\": \"all\"}", "question `scop` does not exist; did you mean `scope`?"),
        (b"{\"answers\": {\"scope\": 4}}", "`scope` takes the id of one option, not a number"),
        (b"{\"answers\": {}, \"answers\": {}}", "`answers` stands twice in the file"),
        (b"{\"answers\": []}", "question `answers` does not exist"),
        (
            b"{\"questionnaire\": {\"title\": \"Why?\"}, \"answers\": {}}",
            "these answers are to other questions: `Why?`, not `Why is my network down?`; name their question file with -f",
        ),
    ] {
        assert_eq!(told(bytes), expected);
    }
    let escape = told(b"{\"answers\": {\"\\u001b[31m\": 1}}");
    assert!(!escape.contains('\u{1b}'), "{escape:?}");
}

#[test]
fn answers_may_stand_alone_or_as_score_takes_them() {
    let network = crate::people::network().questionnaire;
    let read = |text: &str| AnswersFile::read(text.as_bytes(), &network).expect("answers");
    let alone = read("{\"scope\": \"all\", \"days\": 3}");
    assert_eq!(read("{\"id\": 7, \"answers\": {\"scope\": \"all\", \"days\": 3}}\n"), alone);
    assert_eq!(read("\u{feff}\n {\"days\": 3, \"scope\": \"all\"}"), alone);
    assert_eq!(alone.date, None);
}

#[test]
fn only_a_day_as_a_report_has_it_is_read_as_one() {
    let network = crate::people::network().questionnaire;
    let read = |day: &str| {
        let file = format!("{{\"date\": \"{day}\", \"answers\": {{}}}}");
        AnswersFile::read(file.as_bytes(), &network).expect("answers").date
    };
    assert_eq!(read("2026-11-23"), Some(date()));
    for text in ["", "2026", "2026-13-01", "2026-00-01", "2026-02-29", "2026-1-1", "2026-11-23T10:00", "20261123"] {
        assert_eq!(read(text), None, "{text}");
    }
}
