//! The file and its tables, except those of causes.

use schemars::{JsonSchema, Schema};
use serde_json::json;

use super::causes::{Cause, Family, Source};
use super::condition::{Condition, Otherwise};
use super::words::{Allow, ById, Enough, Format, Id, Kind, Language, Mark, Names, Text};

/// A question tree: what is asked, in which order, and what the answers say about each cause.
#[derive(JsonSchema)]
#[schemars(title = "A question file of twinge", deny_unknown_fields)]
pub(crate) struct QuestionFile {
    /// The number of the file format: 1.
    format: Format,
    /// The version of this text, such as `"1.0.0"`.
    version: Option<Text>,
    /// What the person is asked about.
    title: Text,
    /// The language of the texts, as a BCP 47 tag such as `"en"`: for reports and screen readers.
    language: Option<Language>,
    /// What is going to happen. A blank line makes a paragraph.
    intro: Option<Text>,
    /// What this is not, and for whom it is.
    notice: Option<Text>,
    /// What stands on every result: when to get help whatever the ranking says.
    safety: Option<Text>,
    /// The levels of urgency, lowest first.
    urgency: Option<Vec<Urgency>>,
    /// The parts of the interview.
    section: Option<Vec<Section>>,
    /// The questions, in the order in which they are asked.
    question: Option<Vec<Question>>,
    /// Named conditions, tested elsewhere like a yes/no question: `[fact.statin]`.
    fact: Option<ById<Fact>>,
    /// Red flags. They never enter the arithmetic.
    alarm: Option<Vec<Alarm>>,
    /// Pictures made of characters that questions can show: `[figure.body]`.
    figure: Option<ById<Figure>>,
    /// How the interview is led.
    interview: Option<Interview>,
    /// For whom the causes are.
    ranking: Option<Ranking>,
    /// What may contribute. Several causes can be true at once.
    cause: Option<Vec<Cause>>,
    /// Causes that are shown as one line: `[family.medicines]`.
    family: Option<ById<Family>>,
    /// Where figures and advice come from: `[source.suri2010]`.
    source: Option<ById<Source>>,
    allow: Option<Allow>,
}

/// A level of urgency.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Urgency {
    /// What alarms and causes call it.
    id: Id,
    /// What to do at this level.
    say: Text,
    /// Whether an alarm of this level stops the interview at once.
    interrupts: Option<bool>,
    /// Whether an alarm of this level comes before the causes and silences their advice.
    leads: Option<bool>,
    allow: Option<Allow>,
}

/// A part of the interview.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Section {
    /// What questions call it.
    id: Id,
    /// Its heading.
    title: Text,
    allow: Option<Allow>,
}

/// A question. It is asked while its `when` is *yes*, and looks only back.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, transform = by_kind)]
pub(crate) struct Question {
    /// What conditions call it. Questions and facts share one set of ids.
    id: Id,
    /// The section that it belongs to.
    section: Option<Id>,
    /// The question itself.
    ask: Text,
    /// Why it is asked.
    why: Option<Text>,
    /// `one`: a single choice, yes or no without `options`. `many`: a list to tick, with `options` or `from`.
    /// `number`: from `min` to `max`.
    kind: Kind,
    /// What can be chosen.
    #[schemars(length(min = 1))]
    options: Option<Vec<Choice>>,
    /// An earlier question of kind `many`: what was ticked there is offered here.
    from: Option<Id>,
    /// The least number.
    min: Option<f64>,
    /// The greatest number.
    max: Option<f64>,
    /// How many decimals the number may have; whole numbers only, when left out.
    #[schemars(range(min = 0, max = 3))]
    decimals: Option<u8>,
    /// The figure beside its options.
    figure: Option<Id>,
    /// Whether its answer rarely changes: whoever starts from an earlier report keeps it.
    lasting: Option<bool>,
    /// When it is asked; always, when left out.
    when: Option<Condition>,
    /// The answer that it counts as while its `when` is *no*: an option, a list of options, a number or `"not-sure"`.
    otherwise: Option<Otherwise>,
    allow: Option<Allow>,
}

/// A choice that a question offers. *Not sure* is always one more.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Option")]
pub(crate) struct Choice {
    /// What conditions call it.
    id: Id,
    /// What the person reads.
    say: Text,
    /// A line below it.
    help: Option<Text>,
    /// Other names to search by.
    also: Option<Vec<Text>>,
    /// A clinician's word for it, for reports.
    term: Option<Text>,
    /// The letter of its part of the question's figure.
    mark: Option<Mark>,
    allow: Option<Allow>,
}

/// A named condition.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Fact {
    /// What it says of the person: "you take a statin".
    say: Option<Text>,
    /// When it holds. It may look at any question, and at the facts before it.
    when: Condition,
    allow: Option<Allow>,
}

/// A red flag, with what to do about it.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Alarm {
    /// Its name in results for other programs.
    id: Id,
    /// What raises it.
    when: Condition,
    /// The level of urgency.
    urgency: Id,
    /// How urgent it is at least while the person is not sure about it: a level of urgency.
    unsure: Option<Id>,
    /// The more urgent alarms that `say` speaks of: one id or several.
    worse: Option<Names>,
    /// What it may be.
    title: Option<Text>,
    /// What to do, now.
    say: Text,
    /// Where it comes from: one source or several.
    source: Option<Names>,
    allow: Option<Allow>,
}

/// A picture made of characters. Under each character, `marks` has the `mark` of the option that it belongs to.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Figure {
    /// What to read out in place of the picture.
    say: Text,
    /// Its lines.
    art: Text,
    /// As many lines: letters and blanks.
    marks: Text,
    allow: Option<Allow>,
}

/// How the interview is led.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Interview {
    /// Pass over questions that change what the results say first with a smaller chance than this; ask all when left out.
    enough: Option<Enough>,
    allow: Option<Allow>,
}

/// For whom the causes are.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Ranking {
    /// While this is *no*, no cause is in play.
    when: Condition,
    allow: Option<Allow>,
}

/// The keys that only some kinds of questions have. The `if`s are nested, since some editors complete no keys beside an
/// `allOf`, and have `additionalProperties`, since other editors take each branch for a whole table.
fn by_kind(schema: &mut Schema) {
    let is = |kind: &str| json!({"properties": {"kind": {"enum": [kind]}}, "required": ["kind"], "additionalProperties": true});
    let has = |key: &str| json!({"required": [key], "additionalProperties": true});
    let not_sure_or =
        |other: &str| json!({"if": {"type": "string"}, "then": {"enum": ["not-sure"]}, "else": {"type": other}});
    let one = json!({
        "properties": {"from": false, "min": false, "max": false, "decimals": false, "otherwise": {"type": "string"}},
        "additionalProperties": true,
        "if": has("options"),
        "else": {
            "properties": {"otherwise": {"enum": ["yes", "no", "not-sure"]}},
            "additionalProperties": true,
        },
    });
    let many = json!({
        "properties": {"min": false, "max": false, "decimals": false, "otherwise": not_sure_or("array")},
        "additionalProperties": true,
        "if": has("from"),
        "then": {"properties": {"options": false}, "additionalProperties": true},
        "else": has("options"),
    });
    let number = json!({
        "properties": {"options": false, "from": false, "otherwise": not_sure_or("number")},
        "additionalProperties": true,
        "required": ["min", "max"],
    });
    let number = json!({"if": is("number"), "then": number, "additionalProperties": true});
    let many = json!({"if": is("many"), "then": many, "else": number, "additionalProperties": true});
    for (keyword, branch) in [("if", is("one")), ("then", one), ("else", many)] {
        schema.insert(keyword.to_owned(), branch);
    }
}
