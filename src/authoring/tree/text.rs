//! The tree as indented lines: each question below the last one that decides whether it is asked, with when it is asked.

use std::collections::{BTreeMap, BTreeSet};

use la_arena::{Arena, Idx};
use textwrap::{Options, WordSplitter};

use crate::authoring::tree::{condition, one_line, parent};
use crate::engine::influence::{Effects, Influence, effects};
use crate::questionnaire::{Alarm, Cause, Kind, Question, Questionnaire};
use crate::text::{hanging, wording};

/// The most columns of a line.
const WIDTH: usize = 80;

/// Questions deeper than this are not indented further, so that a long chain stays readable.
const DEEPEST: usize = 12;

/// A space at which no line is broken.
const UNBROKEN: char = '\u{a0}';

const KEY: &str = "→ causes an answer can move: ▲ more likely, ▼ less likely, ◆ in play or not\n\
    ! alarms an answer can raise, the most urgent first\n";

struct Tree<'q> {
    questionnaire: &'q Questionnaire,
    effects: BTreeMap<Idx<Question>, Effects>,
    lines: Vec<String>,
}

pub(super) fn draw(questionnaire: &Questionnaire) -> String {
    let mut tree =
        Tree { questionnaire, effects: effects(questionnaire), lines: KEY.lines().map(str::to_owned).collect() };
    tree.questions();
    tree.unaffected();
    tree.facts();
    tree.lines.join("\n") + "\n"
}

impl Tree<'_> {
    fn questions(&mut self) {
        let mut roots = Vec::new();
        let mut children: BTreeMap<Idx<Question>, Vec<Idx<Question>>> = BTreeMap::new();
        for (id, question) in self.questionnaire.questions.iter() {
            match parent(self.questionnaire, question) {
                Some(parent) => children.entry(parent).or_default().push(id),
                None => roots.push(id),
            }
        }
        let mut section = None;
        self.lines.push(String::new());
        let mut waiting: Vec<(Idx<Question>, usize)> = roots.into_iter().rev().map(|root| (root, 0)).collect();
        // At each depth, the condition that the last question there was drawn under.
        let mut gates: Vec<Option<String>> = Vec::new();
        while let Some((id, depth)) = waiting.pop() {
            let question = &self.questionnaire.questions[id];
            if depth == 0 && question.section != section {
                if section.is_some() {
                    self.lines.push(String::new());
                }
                section = question.section;
                self.lines.extend(section.map(|section| one_line(&self.questionnaire.sections[section].title)));
            }
            gates.truncate(depth + 1);
            let gate = condition::gate(self.questionnaire, question);
            if let Some(gate) = &gate
                // Neighbors with the same condition are drawn under one line.
                && gates.get(depth).is_none_or(|above| above.as_ref() != Some(gate))
            {
                self.push(&"  ".repeat(2 * depth.min(DEEPEST)), &format!("if {gate}"));
            }
            gates.resize(depth, None);
            gates.push(gate);
            self.question(id, &"  ".repeat(1 + 2 * depth.min(DEEPEST)));
            waiting.extend(children.get(&id).into_iter().flatten().rev().map(|child| (*child, depth + 1)));
        }
    }

    fn question(&mut self, id: Idx<Question>, indent: &str) {
        let question = &self.questionnaire.questions[id];
        let ask = one_line(&question.ask);
        self.push(indent, &format!("{}  {ask}  ({})", question.id, answers(self.questionnaire, question)));
        let Some(effects) = self.effects.get(&id) else { return };
        let indent = format!("{indent}  ");
        let causes = self.affected_causes(effects);
        let alarms = self.raised_alarms(effects);
        if causes.is_empty() && alarms.is_empty() {
            self.push(&indent, "moves no cause, raises no alarm");
        }
        if !causes.is_empty() {
            self.push(&format!("{indent}→ "), &causes.join(", "));
        }
        for alarms in alarms {
            self.push(&format!("{indent}! "), &alarms);
        }
    }

    /// The causes that an answer changes, with the signs of the key.
    fn affected_causes(&self, effects: &Effects) -> Vec<String> {
        // A name and its signs stay on one line.
        let marked = |name: &str, signs: &str| format!("{name}{UNBROKEN}{signs}");
        let name = |cause: Idx<Cause>| self.questionnaire.causes[cause].id.as_str();
        let every = effects.admits_any.then(|| marked("every cause", "◆"));
        let moved = effects.causes.iter().map(|Influence { cause, raises, lowers }| {
            // They are in file order.
            let admitted = if effects.admits.binary_search(cause).is_ok() { "◆" } else { "" };
            marked(name(*cause), &format!("{}{admitted}", wording::arrows(*raises, *lowers)))
        });
        let is_moved: BTreeSet<Idx<Cause>> = effects.causes.iter().map(|moved| moved.cause).collect();
        let admitted =
            effects.admits.iter().filter(|cause| !is_moved.contains(cause)).map(|cause| marked(name(*cause), "◆"));
        every.into_iter().chain(moved).chain(admitted).collect()
    }

    /// The alarms that an answer can raise: a text for each level of urgency, the most urgent first.
    fn raised_alarms(&self, effects: &Effects) -> Vec<String> {
        let alarms = || effects.alarms.iter().map(|alarm| &self.questionnaire.alarms[*alarm]);
        let levels = self.questionnaire.urgencies.iter().rev().filter_map(|(urgency, level)| {
            let of_level = alarms().filter(|alarm| alarm.urgency == urgency);
            let ids: Vec<&str> = of_level.map(|alarm| alarm.id.as_str()).collect();
            (!ids.is_empty()).then(|| format!("{}: {}", level.id, ids.join(", ")))
        });
        levels.collect()
    }

    /// The causes and alarms that no answer changes.
    fn unaffected(&mut self) {
        let effects = || self.effects.values();
        let moved = effects().flat_map(|effects| effects.causes.iter().map(|moved| moved.cause));
        let admitted = effects().flat_map(|effects| effects.admits.iter().copied());
        let affected: BTreeSet<Idx<Cause>> = moved.chain(admitted).collect();
        let raised: BTreeSet<Idx<Alarm>> = effects().flat_map(|effects| effects.alarms.iter().copied()).collect();
        let causes = self.questionnaire.causes.iter().filter(|(id, _)| !affected.contains(id));
        let causes: Vec<&str> = causes.map(|(_, cause)| cause.id.as_str()).collect();
        let alarms = self.questionnaire.alarms.iter().filter(|(id, _)| !raised.contains(id));
        let alarms: Vec<&str> = alarms.map(|(_, alarm)| alarm.id.as_str()).collect();
        for (title, ids) in [("Causes that no answer moves", causes), ("Alarms that hang on no answer", alarms)] {
            if !ids.is_empty() {
                self.lines.extend([String::new(), title.to_owned()]);
                self.push("  ", &ids.join(", "));
            }
        }
    }

    fn facts(&mut self) {
        if !self.questionnaire.facts.is_empty() {
            self.lines.extend([String::new(), "Facts".to_owned()]);
        }
        for fact in self.questionnaire.facts.values() {
            let when = condition::condition(self.questionnaire, &fact.when);
            self.push("  ", &format!("{}  {when}", fact.id));
        }
    }

    /// Adds a text that begins with a sign, and goes on in lines that are indented further than the sign is.
    fn push(&mut self, sign: &str, text: &str) {
        let indent = sign.chars().take_while(|c| *c == ' ').count();
        // Ids are kept whole, so that they can be searched for.
        let options = Options::new(WIDTH).word_splitter(WordSplitter::NoHyphenation).break_words(false);
        let lines = hanging(sign, indent + 4, text, options);
        self.lines.extend(lines.into_iter().map(|line| line.replace(UNBROKEN, " ")));
    }
}

fn answers(questionnaire: &Questionnaire, question: &Question) -> String {
    let number = question.options().map_or(0, Arena::len);
    match &question.kind {
        Kind::One(_) => ids(question, " | "),
        Kind::Many { from: Some(from), .. } => format!("what is ticked in {}", questionnaire.questions[*from].id),
        Kind::Many { from: None, .. } if number > 12 => format!("any of {number} options"),
        Kind::Many { from: None, .. } => format!("any of {}", ids(question, ", ")),
        Kind::Number { min, max, .. } => format!("{min} to {max}"),
    }
}

fn ids(question: &Question, between: &str) -> String {
    let options = question.options().into_iter().flat_map(Arena::values);
    options.map(|choice| choice.id.as_str()).collect::<Vec<_>>().join(between)
}
