//! What the results say of alarms: of one that leads, with nothing that contradicts it, and of one that is unsure.

use crate::generate::{Picks, Tree, Wishes};
use crate::interviews::begun;
use crate::picture::drawn;
use crate::trees::parsed;
use crate::walk::Walk;
use proptest::prelude::*;
use twinge::app::screens::resume::{Earlier, Opening};
use twinge::app::{App, Key, Mode, Plain, Size};
use twinge::interview::Interview;
use twinge::interview::draft::CarriedOver;
use twinge::questionnaire::{Answer, Questionnaire, Stage, WrittenAnswer};

const SIZE: Size = Size { columns: 200, rows: 200 };

pub(crate) fn picks() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..500)
}

/// The program with these answers, as if they had been given before.
pub(crate) fn resumed<'q>(interview: &Interview<'q>) -> App<'q> {
    let carried = CarriedOver { answers: interview.answers().clone(), lost: Vec::new() };
    let earlier = Earlier { carried, has_changed: false, saved: 0, now: 0 };
    App::open(interview.questionnaire(), SIZE, Opening { earlier: Some(earlier), ..Opening::default() })
}

/// Everything that the results show, page by page.
pub(crate) fn screens_of_results(mut app: App<'_>) -> String {
    while app.mode() == Mode::Choice {
        app.press(Key::Enter);
    }
    app.press(Key::Char('r'));
    let mut seen = drawn(&app);
    for _ in 0..12 {
        for _ in 0..4 {
            app.press(Key::Tab);
            seen.push_str(&drawn(&app));
        }
        app.press(Key::Down);
        seen.push_str(&drawn(&app));
    }
    seen
}

/// Everything that line mode says of the results.
pub(crate) fn lines_of_results(app: App<'_>) -> String {
    let mut plain = Plain::new(app);
    let mut said = plain.begin();
    let mut hear = |line: &str, plain: &mut Plain<'_>| said.push_str(&plain.handle_line(line).said);
    while plain.app().mode() == Mode::Choice {
        hear("1", &mut plain);
    }
    hear("r", &mut plain);
    for place in 1..8 {
        for line in [place.to_string(), format!("why {place}"), format!("open {place}")] {
            hear(&line, &mut plain);
        }
    }
    said + &plain.end()
}

/// The advice and the tests that a leading alarm silences.
fn silenced(questionnaire: &Questionnaire) -> impl Iterator<Item = &str> {
    let causes = || questionnaire.causes.values();
    let advice = causes().flat_map(|cause| &cause.advice);
    let silenced = advice.filter(|advice| advice.stage != Stage::Avoid && !advice.beside);
    silenced.map(|advice| &advice.say).chain(causes().filter_map(|cause| cause.test.as_ref())).map(String::as_str)
}

proptest! {
    #[test]
    fn while_an_alarm_leads_the_results_give_no_advice_that_could_contradict_it(tree in picks(), given in picks()) {
        let questionnaire = Tree::grow(&mut Picks::new(tree), Wishes { tests_not_sure: true }).questionnaire();
        let interview = begun(&mut Picks::new(given), &questionnaire);
        if interview.outcome().is_led_by_alarm(&questionnaire) {
            let screens = screens_of_results(resumed(&interview));
            let lines = lines_of_results(resumed(&interview));
            for say in silenced(&questionnaire) {
                prop_assert!(!screens.contains(say), "{} is on the screens:\n{}", say, screens);
                prop_assert!(!lines.contains(say), "{} is in the lines:\n{}", say, lines);
            }
            for said in ["No single cause stands out", "Nothing you said points to a cause"] {
                prop_assert!(!screens.contains(said) && !lines.contains(said), "{}", said);
            }
        }
    }
}

#[test]
fn an_unsure_alarm_is_told_with_what_was_not_sure() {
    let questionnaire = parsed(
        r#"
        format = 1
        title = "T"
        urgency = [{ id = "low", say = "Wait." }, { id = "mid", say = "See a doctor today." }, { id = "high", say = "Call." }]
        [[question]]
        id = "signs"
        ask = "Which?"
        kind = "many"
        options = [{ id = "numb", say = "Numb between the legs" }, { id = "cramp", say = "A cramp" }]
        [[alarm]]
        id = "nerves"
        when = { signs = "numb" }
        urgency = "high"
        unsure = "mid"
        title = "Nerves may be squeezed"
        say = "Touch the skin there. Does it feel the same on both sides?"
        "#,
    );
    let signs = questionnaire.question("signs").expect("it is asked");
    let written = WrittenAnswer::List(vec!["?numb".into(), "cramp".into()]);
    let mut interview = Interview::new(&questionnaire);
    interview.answer(signs, Answer::read(&questionnaire.questions[signs], &written).expect("an answer"));
    let lines = lines_of_results(resumed(&interview));
    for said in [
        "See a doctor today.",
        "Why: you weren't sure about this: Nerves may be squeezed.",
        "You weren't sure about this.",
        "Does it feel the same on both sides?",
        "Which? Numb between the legs (not sure).",
    ] {
        assert!(lines.contains(said), "{said} is not in\n{lines}");
    }
    assert!(!lines.contains("Call."), "nobody said that it is so: {lines}");
}

#[test]
fn what_one_is_not_sure_about_is_selected_first_where_it_is_as_urgent_as_what_leads() {
    for leads in [true, false] {
        let questionnaire = parsed(format!(
            r#"
            format = 1
            title = "T"
            urgency = [{{ id = "low", say = "Wait." }}, {{ id = "high", say = "Call.", leads = {leads} }}]
            [[question]]
            id = "signs"
            ask = "Which?"
            kind = "many"
            options = [{{ id = "numb", say = "Numb between the legs" }}, {{ id = "cramp", say = "A cramp" }}]
            [[alarm]]
            id = "nerves"
            when = {{ signs = "numb" }}
            urgency = "high"
            unsure = "high"
            title = "Nerves may be squeezed"
            say = "Touch the skin there."
            [[cause]]
            id = "tired"
            name = "Tired muscles"
            base = [{{ p = 0.3 }}]
            findings = [{{ when = {{ signs = "cramp" }}, lr = 5.0, grade = "C" }}]
            "#
        ));
        let selected = if leads { "▸ ? Nerves may be squeezed" } else { "▸ 1 Tired muscles" };
        Walk::through(&questionnaire).sized(100, 30).answer("signs", ["?numb", "cramp"]).shows(selected);
    }
}

/// Two signs, of which one raises two alarms, and another question.
fn two_signs() -> Questionnaire {
    parsed(
        r#"
format = 1
title = "T"
urgency = [{ id = "low", say = "Wait." }, { id = "soon", say = "Ask a pharmacist." }, { id = "high", say = "Go today." }]
question = [
  { id = "signs", ask = "Which?", kind = "many", options = [{ id = "numb", say = "Numb" }, { id = "weak", say = "A weak leg" }] },
  { id = "more", ask = "Anything else?", kind = "one", options = [{ id = "yes", say = "Yes" }, { id = "no", say = "No" }] },
]
alarm = [
  { id = "nerves", when = [{ signs = ["numb", "weak"] }, { signs = "weak" }], urgency = "high", title = "Nerves", say = "Go." },
  { id = "muscle", when = { signs = "weak" }, urgency = "soon", title = "A muscle", say = "Ask." },
]
"#,
    )
}

#[test]
fn only_what_is_as_urgent_as_all_the_rest_is_announced() {
    let questionnaire = two_signs();
    let walk = Walk::through(&questionnaire).answer("signs", ["numb", "weak"]);
    walk.shows("Anything else?").shows("Nerves: Go today.").hides("Ask a pharmacist.");
}

#[test]
fn what_raises_an_alarm_in_two_ways_is_said_once() {
    let questionnaire = two_signs();
    let walk = Walk::through(&questionnaire).sized(100, 30).answer("signs", ["numb", "weak"]).answer("more", "no");
    walk.shows("Numb; A weak leg").hides("A weak leg;");
}

#[test]
fn what_was_ticked_is_said_without_what_was_not() {
    let questionnaire = parsed(
        r#"
format = 1
title = "A leg"
question = [
  { id = "leg", ask = "What is wrong with it?", kind = "many", options = [
    { id = "swollen", say = "It is swollen" },
    { id = "same", say = "The same for months" },
  ] },
]
fact.old = { when = { leg = "same" } }
urgency = [{ id = "calm", say = "Rest." }, { id = "today", say = "Go today.", leads = true }]
alarm = [{ id = "clot", when = { old = "no", leg = "swollen" }, urgency = "today", title = "A clot", say = "Do not rub it." }]
"#,
    );
    let walk = Walk::through(&questionnaire).sized(100, 30).answer("leg", ["swollen"]);
    walk.shows("Do not rub it.").shows("It is swollen").hides("ot ticked").hides("The same for months");
}
