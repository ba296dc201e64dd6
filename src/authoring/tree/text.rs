//! The tree as indented lines: a question stands below the one that it hangs on, under what that has to be.

use std::collections::{BTreeMap, BTreeSet};

use la_arena::{Arena, Idx};
use textwrap::{Options, WordSplitter};

use crate::authoring::tree::{condition, one_line, parent};
use crate::engine::influence::{Effects, Influence, effects};
use crate::questionnaire::{Alarm, Cause, Kind, Question, Questionnaire};
use crate::text::{hanging, wording};

/// So many columns a line has at most.
const WIDTH: usize = 80;

/// Deeper questions are not moved farther to the right, so that a long chain stays readable.
const DEEPEST: usize = 12;

const KEY: &str = "→ causes an answer can move: ▲ more likely, ▼ less likely, ◆ in play or not\n\
    ! alarms an answer can raise, the most urgent first\n";

pub(super) fn draw(questionnaire: &Questionnaire) -> String {
    let effects: BTreeMap<Idx<Question>, Effects> =
        questionnaire.questions.iter().map(|(id, _)| (id, effects(questionnaire, id))).collect();
    let mut lines: Vec<String> = KEY.lines().map(str::to_owned).collect();
    questions(questionnaire, &effects, &mut lines);
    unreached(questionnaire, &effects, &mut lines);
    if !questionnaire.facts.is_empty() {
        lines.extend([String::new(), "Facts".to_owned()]);
        for fact in questionnaire.facts.values() {
            let when = condition::condition(questionnaire, &fact.when);
            hung("  ", &format!("{}  {when}", fact.id), &mut lines);
        }
    }
    lines.join("\n") + "\n"
}

fn questions(questionnaire: &Questionnaire, effects: &BTreeMap<Idx<Question>, Effects>, lines: &mut Vec<String>) {
    let mut roots = Vec::new();
    let mut children: BTreeMap<Idx<Question>, Vec<Idx<Question>>> = BTreeMap::new();
    for (id, question) in questionnaire.questions.iter() {
        match parent(questionnaire, question) {
            Some(parent) => children.entry(parent).or_default().push(id),
            None => roots.push(id),
        }
    }
    let mut section = None;
    lines.push(String::new());
    let mut waiting: Vec<(Idx<Question>, usize)> = roots.into_iter().rev().map(|root| (root, 0)).collect();
    let mut opened_by: Vec<Option<String>> = Vec::new();
    while let Some((id, depth)) = waiting.pop() {
        let question = &questionnaire.questions[id];
        if depth == 0 && question.section != section {
            if section.is_some() {
                lines.push(String::new());
            }
            section = question.section;
            lines.extend(section.map(|section| one_line(&questionnaire.sections[section].title)));
        }
        opened_by.truncate(depth + 1);
        let gate = condition::gate(questionnaire, question);
        if let Some(gate) = &gate
            // Neighbours that hang on the same answer stand under it together.
            && opened_by.get(depth).is_none_or(|above| above.as_ref() != Some(gate))
        {
            hung(&"  ".repeat(2 * depth.min(DEEPEST)), &format!("if {gate}"), lines);
        }
        opened_by.resize(depth, None);
        opened_by.push(gate);
        let indent = "  ".repeat(1 + 2 * depth.min(DEEPEST));
        let asked = one_line(&question.ask);
        hung(&indent, &format!("{}  {asked}  ({})", question.id, answers(questionnaire, question)), lines);
        if let Some(effects) = effects.get(&id) {
            effects_of(questionnaire, effects, &format!("{indent}  "), lines);
        }
        waiting.extend(children.get(&id).into_iter().flatten().rev().map(|child| (*child, depth + 1)));
    }
}

/// What an answer can move and raise.
fn effects_of(questionnaire: &Questionnaire, effects: &Effects, indent: &str, lines: &mut Vec<String>) {
    let mut moved = Vec::new();
    if effects.admits_any {
        moved.push(marked("every cause", "◆"));
    }
    moved.extend(effects.causes.iter().map(|Influence { cause, raises, lowers }| {
        let admitted = if effects.admits.contains(cause) { "◆" } else { "" };
        let arrows = wording::arrows(*raises, *lowers);
        marked(&questionnaire.causes[*cause].id, &format!("{arrows}{admitted}"))
    }));
    let unmoved = effects.admits.iter().filter(|cause| !effects.causes.iter().any(|moved| moved.cause == **cause));
    moved.extend(unmoved.map(|cause| marked(&questionnaire.causes[*cause].id, "◆")));
    if !moved.is_empty() {
        hung(&format!("{indent}→ "), &moved.join(", "), lines);
    }
    // The most urgent first.
    for (urgency, level) in questionnaire.urgencies.iter().rev() {
        let raised: Vec<&str> = effects
            .alarms
            .iter()
            .map(|alarm| &questionnaire.alarms[*alarm])
            .filter(|alarm| alarm.urgency == urgency)
            .map(|alarm| alarm.id.as_str())
            .collect();
        if !raised.is_empty() {
            hung(&format!("{indent}! "), &format!("{}: {}", level.id, raised.join(", ")), lines);
        }
    }
    if moved.is_empty() && effects.alarms.is_empty() {
        hung(indent, "moves no cause, raises no alarm", lines);
    }
}

/// A name with its signs, which stay on its line.
fn marked(name: &str, signs: &str) -> String {
    format!("{name}{UNBROKEN}{signs}")
}

/// The causes and alarms that stand at no question, because no answer does anything to them.
fn unreached(questionnaire: &Questionnaire, effects: &BTreeMap<Idx<Question>, Effects>, lines: &mut Vec<String>) {
    let moved = effects.values().flat_map(|effects| effects.causes.iter().map(|moved| moved.cause));
    let admitted = effects.values().flat_map(|effects| effects.admits.iter().copied());
    let moved: BTreeSet<Idx<Cause>> = moved.chain(admitted).collect();
    let raised: BTreeSet<Idx<Alarm>> = effects.values().flat_map(|effects| effects.alarms.iter().copied()).collect();
    let causes = questionnaire.causes.iter().filter(|(id, _)| !moved.contains(id)).map(|(_, cause)| &cause.id);
    let alarms = questionnaire.alarms.iter().filter(|(id, _)| !raised.contains(id)).map(|(_, alarm)| &alarm.id);
    let groups: [(&str, Vec<&String>); 2] =
        [("Causes that no answer moves", causes.collect()), ("Alarms that hang on no answer", alarms.collect())];
    for (title, ids) in groups {
        if !ids.is_empty() {
            lines.extend([String::new(), title.to_owned()]);
            hung("  ", &ids.into_iter().map(String::as_str).collect::<Vec<_>>().join(", "), lines);
        }
    }
}

fn answers(questionnaire: &Questionnaire, question: &Question) -> String {
    let number = question.options().map_or(0, Arena::len);
    match &question.kind {
        Kind::One(_) => ids(question, " | "),
        Kind::Many { from: Some(from), .. } => format!("what is ticked in {}", questionnaire.questions[*from].id),
        Kind::Many { from: None, .. } if number > 12 => format!("any of {number} options"),
        Kind::Many { from: None, .. } => format!("any of {}", ids(question, ", ")),
        Kind::Number { min, max } => format!("{min} to {max}"),
    }
}

fn ids(question: &Question, between: &str) -> String {
    let options = question.options().into_iter().flat_map(Arena::values);
    options.map(|choice| choice.id.as_str()).collect::<Vec<_>>().join(between)
}

/// A space at which no line ends.
const UNBROKEN: char = '\u{a0}';

/// Lines that begin after a sign and go on a little to the right of where it begins.
fn hung(sign: &str, text: &str, lines: &mut Vec<String>) {
    let begins = sign.chars().take_while(|c| *c == ' ').count();
    // An id is searched for as a whole.
    let options = Options::new(WIDTH).word_splitter(WordSplitter::NoHyphenation).break_words(false);
    lines.extend(hanging(sign, begins + 4, text, options).into_iter().map(|line| line.replace(UNBROKEN, " ")));
}
