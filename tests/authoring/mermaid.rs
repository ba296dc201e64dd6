//! Mermaid itself draws the flowchart of a tree, and every label reads as in the question file.
//!
//! Needs the browser that `chromium` finds, and the build of Mermaid without the diagrams that need other libraries.

use crate::chromium::Browser;
use crate::trees::{built_in, parsed};
use serde::Deserialize;
use twinge::authoring::tree::{Format, draw};
use twinge::questionnaire::Questionnaire;

const MERMAID: &str = "@mermaid-js/tiny/dist/mermaid.tiny.js";

/// What Mermaid draws for a chart.
#[derive(Debug, Deserialize)]
struct Picture {
    /// Why it cannot be drawn.
    error: Option<String>,
    nodes: usize,
    edges: usize,
    /// The texts in it, in any order.
    labels: Vec<String>,
}

/// How many arrows Mermaid draws by default, and how many a page has to allow for the built-in questions.
const BY_DEFAULT: usize = 500;
const FOR_THE_BUILT_IN: usize = 1_000;

/// Draws a chart with the default settings but for the number of arrows, and writes what can be seen of it into the page.
const DRAW: &str = r"
const picture = { error: null, nodes: 0, edges: 0, labels: [] };
const text = node => node.nodeName === 'BR' ? ' ' : node.nodeName === '#text' ? node.data : node.outerHTML;
const draw = async () => {
  mermaid.initialize({ startOnLoad: false, maxEdges });
  await mermaid.parse(chart);
  const drawing = document.createElement('div');
  drawing.innerHTML = (await mermaid.render('picture', chart)).svg;
  picture.nodes = drawing.querySelectorAll('.node').length;
  picture.edges = drawing.querySelectorAll('.flowchart-link').length;
  picture.labels = [...drawing.querySelectorAll('foreignObject p')].map(p => [...p.childNodes].map(text).join(''));
};
draw().catch(error => { picture.error = String(error); }).then(() => {
  const note = document.createElement('pre');
  const plain = JSON.stringify(picture).replace(/[^ -~]|[<>&]/g,
    c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
  note.textContent = 'PICTURE-' + 'BEGIN' + plain + 'PICTURE-' + 'END';
  document.body.append(note);
});";

fn drawn(browser: &Browser, chart: &str, name: &str, most_edges: usize) -> Picture {
    let chart = serde_json::to_string(chart).expect("text").replace('<', "\\u003c");
    let page = format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>{}<script>const maxEdges = {most_edges}; const chart = {chart};{DRAW}</script>\
         </body></html>",
        browser.scripts()
    );
    let shown = browser.run(&page, name, &["--virtual-time-budget=120000", "--dump-dom"]);
    let (_, found) = shown.rsplit_once("PICTURE-BEGIN").unwrap_or_else(|| panic!("it never ended:\n{shown:.2000}"));
    serde_json::from_str(found.split("PICTURE-END").next().unwrap_or_default()).expect("what the page found")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The labels that the nodes and groups of a chart have to have.
fn named(questionnaire: &Questionnaire) -> Vec<String> {
    let questions = questionnaire.questions.values().map(|question| format!("{} {}", question.id, question.ask));
    let sections = questionnaire.sections.values().map(|section| section.title.clone());
    let alarms = questionnaire.alarms.values().map(|alarm| alarm.title.as_ref().unwrap_or(&alarm.id).clone());
    let urgencies = questionnaire.alarms.values().map(|alarm| alarm.urgency).collect::<std::collections::BTreeSet<_>>();
    let urgencies =
        urgencies.into_iter().map(|urgency| twinge::text::wording::loud_word(&questionnaire.urgencies[urgency]));
    let single = questionnaire.causes.values().filter(|cause| cause.family.is_none()).map(|cause| cause.name.clone());
    let families = questionnaire.families.iter().map(|(id, family)| {
        let members = questionnaire.causes.values().filter(|cause| cause.family == Some(id)).count();
        format!("{} {}", family.name, twinge::text::wording::counted(members, "cause"))
    });
    let all = questions.chain(sections).chain(alarms).chain(urgencies).chain(single).chain(families);
    all.map(|text| one_line(&text)).collect()
}

#[test]
fn the_built_in_questions_are_drawn_where_a_page_allows_that_many_arrows() {
    let Some(browser) = Browser::with(&[MERMAID]) else { return };
    let questionnaire = built_in();
    let picture = drawn(&browser, &draw(&questionnaire, Format::Mermaid), "picture.built-in", FOR_THE_BUILT_IN);
    assert_eq!(picture.error, None);
    let single = questionnaire.causes.values().filter(|cause| cause.family.is_none()).count();
    let all = questionnaire.questions.len() + questionnaire.families.len() + single + questionnaire.alarms.len();
    assert_eq!(picture.nodes, all);
    assert!(picture.edges > questionnaire.questions.len() + questionnaire.alarms.len(), "{}", picture.edges);
    for name in named(&questionnaire) {
        assert!(picture.labels.contains(&name), "{name} cannot be read");
    }
}

#[test]
fn texts_that_mean_something_to_mermaid_are_drawn_as_they_are_written() {
    let Some(browser) = Browser::with(&[MERMAID]) else { return };
    let questionnaire = parsed(include_str!("../trees/hostile.toml"));
    let picture = drawn(&browser, &draw(&questionnaire, Format::Mermaid), "picture.hostile", BY_DEFAULT);
    assert_eq!(picture.error, None);
    let mut expected = named(&questionnaire);
    let edges = ["end is yes", "a--b is yes", "class is click or style and default is yes", "▲", "▼"];
    expected.extend(edges.map(str::to_owned));
    // The separator of two signs has no width.
    let mut labels: Vec<String> = picture.labels.iter().map(|label| label.replace('\u{200b}', "")).collect();
    expected.sort();
    labels.sort();
    assert_eq!(labels, expected);
    assert_eq!((picture.nodes, picture.edges), (9 + 3 + 3, 10));
}

#[test]
fn mermaid_refuses_what_is_no_chart() {
    let Some(browser) = Browser::with(&[MERMAID]) else { return };
    let picture = drawn(&browser, "flowchart TD\nq0[\"How old\" are you?\"]\n", "picture.broken", BY_DEFAULT);
    assert!(picture.error.is_some_and(|error| error.contains("Parse error on line 2")));
}
