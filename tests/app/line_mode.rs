//! The questions line by line: whole dialogues, and the program on a pipe.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use crate::trees::{built_in, network, parsed};
use crate::walk::Walk;
use twinge::app::{App, Effect, Mode, Plain, Size};
use twinge::questionnaire::Questionnaire;

/// The questions line by line, from where a walk ends.
fn line_by_line(walk: Walk<'_>) -> Plain<'_> {
    let Size { columns, rows } = Size::LEAST;
    let mut plain = Plain::new(walk.sized(columns, rows).app);
    plain.begin();
    plain
}

/// The same, from the first question.
fn plain(questionnaire: &Questionnaire) -> Plain<'_> {
    line_by_line(Walk::through(questionnaire))
}

/// Every question that the small network then asks is answered.
fn all_answered(walk: Walk<'_>) -> Walk<'_> {
    let walk = walk.answer("smell", ["dark"]).answer("scope", "all").answer("days", 14);
    walk.answer("devices", ["laptop"]).answer("new_devices", ["laptop"])
}

/// What a terminal shows of lines that are typed one after the other.
fn typed(plain: &mut Plain<'_>, lines: &[&str]) -> String {
    let mut shown = String::new();
    for line in lines {
        let _ = writeln!(shown, "{}{line}", plain.prompt());
        shown.push_str(&plain.handle_line(line).said);
    }
    shown
}

/// Compares a dialogue with its snapshot: lines that are typed at the end of a walk, and the answers to them.
#[track_caller]
fn check(name: &str, before: impl Fn(Walk<'_>) -> Walk<'_>, lines: &[&str]) {
    let questionnaire = network();
    let mut plain = line_by_line(before(Walk::through(&questionnaire)));
    insta::assert_snapshot!(name, typed(&mut plain, lines));
}

#[test]
fn a_whole_interview() {
    let questionnaire = network();
    let mut plain = Plain::new(App::new(&questionnaire, Size::LEAST));
    let mut shown = plain.begin();
    shown.push_str(&typed(&mut plain, &["3", "2", "/han", "1 3", "", "1", "2", "1", "why", "sources 2", "o", "l"]));
    insta::assert_snapshot!("interview", shown);
}

#[test]
fn what_was_answered_is_kept_or_changed_and_the_change_is_told() {
    check(
        "change",
        |walk| {
            let walk = walk.answer("smell", ["dark"]).answer("scope", "all").answer("days", 14);
            walk.answer("devices", ["laptop"])
        },
        &["b", "f", "", "m", "2", "2", "b", "b", "b", "f", "1"],
    );
}

#[test]
fn what_moves_in_the_ranking_is_told_in_words() {
    let questionnaire = network();
    let shown = typed(&mut line_by_line(all_answered(Walk::through(&questionnaire))), &["m", "2", "2"]);
    let told = "1 answer no longer applies.\nSomething about a device 2nd, now 1st.\nA broken line 1st, now 2nd.\n";
    assert!(shown.contains(told), "{shown}");
}

#[test]
fn an_alarm_comes_first_and_says_what_to_do() {
    check("alarm", |walk| walk, &["1 2", "2", "", "1", "?", "2", "q"]);
}

#[test]
fn the_same_letter_once_more_answers_not_sure_instead_of_what_is_ticked() {
    let questionnaire = network();
    let mut plain = line_by_line(Walk::through(&questionnaire).none_of("smell").answer("scope", "one"));
    let said = typed(&mut plain, &["5 ?8", "n", "/x", "n", "N"]);
    let asked = said.matches("1 ticked, 1 marked not sure.\nPress n again to answer “I'm not sure” instead.").count();
    assert!(asked == 2 && said.contains("Selected: Not sure."), "{said}");
}

#[test]
fn a_long_list_is_searched_ticked_and_unticked() {
    check(
        "long-list",
        |walk| walk.answer("smell", ["dark"]).answer("scope", "one"),
        &["laptop", "/", "/zzz", "/o", "5 ?8", "5", "n", "b", "f", "0", "", "0", "b", "l"],
    );
}

#[test]
fn ticks_and_marks_of_a_long_list_are_counted_apart() {
    let questionnaire = network();
    let walk = Walk::through(&questionnaire).answer("smell", ["dark"]).answer("scope", "one");
    let said = typed(&mut line_by_line(walk), &["5 ?8", "5"]);
    assert!(said.contains("1 ticked, 1 marked not sure. Press Enter to go on"), "{said}");
    assert!(said.contains("\n1 marked not sure. Press Enter"), "{said}");
}

#[test]
fn a_tick_that_is_taken_away_does_not_bring_an_earlier_none_of_these_back() {
    let questionnaire = network();
    let walk = Walk::through(&questionnaire).answer("smell", ["dark"]).answer("scope", "one").none_of("devices");
    let said = typed(&mut line_by_line(walk), &["b", "3", "3", "l", ""]);
    assert!(
        said.ends_with("Nothing is ticked.\nType 0 if none of these applies, or n if you're not sure.\n"),
        "{said}"
    );
}

#[test]
fn what_is_typed_in_full_width_is_read_like_the_rest() {
    let questionnaire = network();
    let mut plain = plain(&questionnaire);
    let typed = typed(&mut plain, &["３", "Ｎｏｔｈｉｎｇ works, on any device", "１４", "／ｌａｐ", "１　？３", "ｒ"]);
    for said in
        ["No light is on.", "Nothing works, on any device.", "14."].map(|answer| format!("Selected: {answer}\n"))
    {
        assert!(typed.contains(&said), "{said}: {typed}");
    }
    assert!(typed.contains("1 fits.") && typed.contains("1 ticked, 1 marked not sure."), "{typed}");
    assert!(typed.contains("What fits your answers"), "{typed}");
}

#[test]
fn back_is_named_only_where_there_is_something_to_go_back_to() {
    let questionnaire = network();
    let mut plain = plain(&questionnaire);
    let first = typed(&mut plain, &["?"]);
    assert!(!first.contains("b for back") && !first.contains("b: back"), "{first}");
    let second = typed(&mut plain, &["3", "?"]);
    assert!(second.contains("b: back"), "{second}");
}

#[test]
fn what_cannot_be_answered_says_what_can_and_changes_nothing() {
    let lines = ["", "7", "1 1", "0 1", "1 x", "f", "\u{1b}[A", "?", "3", "3", "2 2", "1", "999", "nan", "w"];
    check("unknown", |walk| walk, &lines);
}

#[test]
fn the_ranking_so_far_the_answers_and_starting_over() {
    check(
        "peek-and-start-over",
        |walk| walk.answer("smell", ["dark"]).answer("scope", "all"),
        &["p", "m", "s", "1", "b", "q", "1", "m", "s", "2"],
    );
}

#[test]
fn a_medicine_is_found_by_any_of_its_names() {
    let questionnaire = built_in();
    let walk = Walk::through(&questionnaire).answer("age", 58).answer("sex", "female").answer("where", ["calf"]);
    let mut plain = line_by_line(walk.answer("duration", "years").hurry_to("medicines"));
    insta::assert_snapshot!("medicine", typed(&mut plain, &["/lipi", "24", "", "m", "9", "2", "1", "f", "b", "r"]));
}

#[test]
fn the_same_number_means_the_same_option_after_any_search() {
    let questionnaire = network();
    let mut plain = line_by_line(Walk::through(&questionnaire).answer("smell", ["dark"]).answer("scope", "one"));
    for (part, said) in [("/a", "Ticked: phone."), ("/phone", "No longer ticked: phone."), ("/zzz", "Ticked: phone.")] {
        let heard = typed(&mut plain, &[part, "3"]);
        assert!(heard.contains(said), "{heard}");
    }
}

#[test]
fn a_cause_is_explained_with_its_figures_and_its_open_questions_lead_there_and_back() {
    check(
        "open-questions",
        |walk| {
            let walk = walk.answer("smell", ["dark"]).not_sure("scope");
            walk.answer("devices", ["laptop"]).answer("new_devices", ["laptop"])
        },
        &["go 1", "figures 1", "open 1", "go 7", "go 1", "1", "open", "open 2"],
    );
}

#[test]
fn danger_questions_without_a_clear_answer_can_be_answered_by_their_numbers() {
    let questionnaire = network();
    let mut plain =
        line_by_line(Walk::through(&questionnaire).not_sure("smell").answer("scope", "all").open("results"));
    let heard = typed(&mut plain, &["l", "go 1"]);
    assert!(heard.contains("Type go and a number to answer one of these, such as go 1."), "{heard}");
    assert_eq!(plain.app().mode(), Mode::Many, "{heard}");
    let back = typed(&mut plain, &["0"]);
    assert!(back.contains("What fits your answers"), "{back}");
}

#[test]
fn where_nothing_can_be_more_urgent_open_questions_can_wait() {
    let file = |level: &str| {
        format!(
            "format = 1\ntitle = \"T\"\n\
            question = [{{ id = \"a\", ask = \"A?\", kind = \"one\" }}, {{ id = \"b\", ask = \"B?\", kind = \"one\" }}]\n\
            urgency = [{{ id = \"low\", say = \"Wait.\" }}, {{ id = \"soon\", say = \"Ask.\" }}, {{ id = \"now\", say = \"Go.\", leads = true }}]\n\
            alarm = [{{ id = \"a\", when = {{ a = \"yes\" }}, urgency = \"{level}\", say = \"Go now.\" }}, \
            {{ id = \"b\", when = {{ b = \"yes\" }}, urgency = \"now\", say = \"Go too.\" }}]\n"
        )
    };
    for (level, can_wait) in [("now", true), ("low", false)] {
        let questionnaire = parsed(file(level));
        let walk = Walk::through(&questionnaire).answer("a", "yes").not_sure("b").open("results");
        let heard = typed(&mut line_by_line(walk), &["l"]);
        assert_eq!(heard.contains("They can wait"), can_wait, "{heard}");
        assert_eq!(heard.contains("more urgent") || heard.contains("Type go"), !can_wait, "{heard}");
    }
}

#[test]
fn what_if_an_answer_were_another_is_told_and_taken_back() {
    let lines = ["u", "i", "2", "2", "1", "u", "what if", "2", "2", "e", "i", "b", "i", "2", "2", "a"];
    check("what-if", all_answered, &lines);
}

#[test]
fn what_was_only_tried_out_is_no_result_at_the_end_of_input() {
    let questionnaire = network();
    let walk = all_answered(Walk::through(&questionnaire)).open("what if").change("scope").answer("scope", "one");
    let end = line_by_line(walk).end();
    assert!(end.contains("1. A broken line") && !end.contains("What if"), "{end}");
}

#[test]
fn at_the_end_of_input_the_results_so_far_are_said_in_full() {
    let questionnaire = network();
    let mut plain = line_by_line(Walk::through(&questionnaire).answer("smell", ["dark"]).answer("scope", "all"));
    insta::assert_snapshot!("end", plain.end());
}

#[test]
fn an_alarm_that_was_not_confirmed_leads_the_results_at_the_end_of_input() {
    let questionnaire = network();
    let mut plain = line_by_line(Walk::through(&questionnaire).answer("smell", ["burnt", "hot"]));
    assert!(plain.end().starts_with("DANGER.\n"));
}

#[test]
fn ticks_that_were_not_accepted_count_at_the_end_of_input() {
    let questionnaire = network();
    let walk = Walk::through(&questionnaire).none_of("smell").answer("scope", "one").fill_in("devices", ["laptop"]);
    assert!(line_by_line(walk).end().contains("3 answers"));
}

#[test]
fn results_that_were_said_are_not_said_again_at_the_end_of_input() {
    let questionnaire = network();
    let mut plain = line_by_line(Walk::through(&questionnaire).answer("smell", ["dark"]));
    typed(&mut plain, &["r"]);
    let end = plain.end();
    assert!(end.contains("1, A broken line") && !end.contains("What fits your answers"), "{end}");
}

#[test]
fn a_line_that_is_too_long_changes_nothing() {
    let questionnaire = network();
    let mut plain = plain(&questionnaire);
    for line in ["1 ".repeat(5000), " ".repeat(5000), "1".repeat(100_000)] {
        assert_eq!(plain.handle_line(&line).said, "That line is too long.\nNothing was changed.\n");
    }
    assert!(plain.app().interview().answers().is_empty());
}

#[test]
fn an_option_can_be_typed_in_its_own_words() {
    let questionnaire = network();
    let mut plain = line_by_line(Walk::through(&questionnaire).none_of("smell"));
    let shown = typed(&mut plain, &["only this device fails"]);
    assert!(shown.contains("Selected: Only this device fails."), "{shown}");
}

#[test]
fn quitting_asks_and_offers_to_save_the_report() {
    let questionnaire = network();
    let answered = || line_by_line(Walk::through(&questionnaire).answer("smell", ["dark"]));
    let mut in_the_middle = answered();
    let asked = typed(&mut in_the_middle, &["q"]);
    assert!(asked.contains("2. Quit"), "{asked}");
    assert!(in_the_middle.handle_line("2").effect == Effect::Quit);
    let mut at_the_results = answered();
    let asked = typed(&mut at_the_results, &["r", "q"]);
    assert!(asked.contains("1. Save the report and quit"), "{asked}");
    assert!(at_the_results.handle_line("1").effect == Effect::Save);
    assert!(plain(&questionnaire).handle_line("q").effect == Effect::Quit, "nothing was answered");
}

/// The program with its input from a pipe.
fn twinge(arguments: &[&str], environment: &[(&str, &str)], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_twinge"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("ACCESSIBLE")
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that has quit does not read the rest.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    child.wait_with_output().expect("the program ends")
}

#[track_caller]
fn said(arguments: &[&str], input: &[u8]) -> String {
    let output = twinge(arguments, &[], input);
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
    String::from_utf8(output.stdout).expect("text")
}

const NETWORK: &[&str] = &["--plain", "-f", "tests/trees/network.toml"];

#[test]
fn a_script_of_answers_is_read_from_a_pipe_to_its_end() {
    insta::assert_snapshot!("script", said(NETWORK, b"3\n1\n14\n0\n"));
}

#[test]
fn without_a_terminal_the_questions_are_asked_line_by_line() {
    assert_eq!(said(&["-f", "tests/trees/network.toml"], b"3\n1\n"), said(NETWORK, b"3\n1\n"));
}

#[test]
fn the_end_of_input_at_once_is_no_error() {
    let said = said(NETWORK, b"");
    assert!(said.contains("What do you notice") && said.contains("What fits your answers (0 answers)."), "{said}");
}

#[test]
fn the_last_line_needs_no_end_and_windows_lines_are_lines() {
    assert!(said(NETWORK, b"3\r\n1").contains("What fits your answers (2 answers)"));
}

#[test]
fn any_bytes_are_heard_without_harm() {
    let mut input = b"3\n\xff\xfe1\n\x001\n\x1b[1;5A\n".to_vec();
    input.extend(b" 1".repeat(100_000));
    input.extend(b"\n2\nq\n2\n");
    let said = said(NETWORK, &input);
    assert!(said.contains("That line is too long.") && said.contains("Selected: Only this device fails."), "{said}");
    assert!(said.chars().all(|c| c == '\n' || !c.is_control()));
}

#[test]
fn quitting_leaves_the_rest_unread_and_the_result_behind() {
    let said = said(NETWORK, b"3\nq\n2\n1\n");
    let (_, left) = said.rsplit_once("Answer (1 to 3, ? for help): \n").expect("it asks");
    assert!(left.starts_with("Call your provider.\n1. A broken line: quite possible, about 3 in 10\n"), "{left}");
}

#[test]
fn as_json_standard_output_holds_the_result_alone() {
    let output = twinge(&["--plain", "--json", "-f", "tests/trees/network.toml"], &[], b"3\n");
    assert!(output.status.success());
    let result: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON and nothing else");
    assert!(result["result"]["causes"].is_array(), "{result}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("What do you notice"));
}

#[test]
fn each_question_is_said_before_its_answer_is_waited_for() {
    use std::io::Read;
    let mut child = Command::new(env!("CARGO_BIN_EXE_twinge"))
        .args(NETWORK)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("a pipe");
    let mut output = child.stdout.take().expect("a pipe");
    let mut heard = String::new();
    for (waits_for, line) in
        [("What do you notice", "3\n"), ("What does not work?", "1\n"), ("For how many days", "14\n")]
    {
        while !(heard.contains(waits_for) && heard.ends_with("help): ")) {
            let mut buffer = [0; 512];
            let read = output.read(&mut buffer).expect("it can be read");
            assert!(read > 0, "it ended: {heard}");
            heard.push_str(&String::from_utf8_lossy(&buffer[..read]));
        }
        input.write_all(line.as_bytes()).expect("it listens");
    }
    drop(input);
    output.read_to_string(&mut heard).expect("the rest");
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn nothing_of_a_long_list_is_no_before_it_was_heard_or_said_to_be() {
    let questionnaire = network();
    let devices = questionnaire.question("devices").expect("it is asked");
    let at_devices = || {
        let mut plain = plain(&questionnaire);
        typed(&mut plain, &["3", "2"]);
        plain
    };
    let mut unheard = at_devices();
    let said = typed(&mut unheard, &["5", ""]);
    assert!(said.contains("of this list yet"), "{said}");
    assert_eq!(unheard.app().interview().answers().get(devices), None);
    typed(&mut unheard, &[""]);
    assert!(unheard.app().interview().answers().get(devices).is_some(), "said twice, it is meant");
    let mut heard = at_devices();
    typed(&mut heard, &["l", "0"]);
    assert!(heard.app().interview().answers().get(devices).is_some());
}
