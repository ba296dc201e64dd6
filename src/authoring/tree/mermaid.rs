//! The tree as a [Mermaid](https://mermaid.js.org) flowchart: questions by section, alarms by urgency, causes by family, and
//! an arrow from each question to what its answers open, change or raise.
//!
//! Nodes are numbered, because an id such as `end` or `a--b` has a meaning in Mermaid. Ids and texts of the file are only in
//! labels, where they are escaped.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write as _};

use la_arena::Idx;

use crate::authoring::tree::mermaid_label::label;
use crate::authoring::tree::{condition, parent};
use crate::engine::influence::{Effects, effects};
use crate::questionnaire::{Cause, Family, Questionnaire, Section, position};
use crate::text::wording;

/// What Mermaid draws at most, unless the page that starts it allows more. A chart cannot set these limits itself.
const MOST_EDGES: usize = 500;
const MOST_CHARACTERS: usize = 50_000;

pub(super) fn draw(questionnaire: &Questionnaire) -> String {
    Chart { questionnaire, lines: vec!["flowchart TD".to_owned()], edges: 0 }.draw()
}

struct Chart<'q> {
    questionnaire: &'q Questionnaire,
    lines: Vec<String>,
    edges: usize,
}

impl Chart<'_> {
    fn draw(mut self) -> String {
        self.questions();
        self.causes();
        self.alarms();
        self.openings();
        self.effects();
        self.classes();
        let mut chart = self.lines.join("\n") + "\n";
        let length = chart.encode_utf16().count();
        if self.edges > MOST_EDGES || length > MOST_CHARACTERS {
            let _ = write!(
                chart,
                "%% {} arrows and {length} characters. Mermaid draws up to {MOST_EDGES} and {MOST_CHARACTERS},\n\
                 %% unless maxEdges and maxTextSize allow more where it is started.\n",
                self.edges
            );
        }
        chart
    }

    /// The questions, grouped by section.
    fn questions(&mut self) {
        let mut sections: BTreeMap<Option<Idx<Section>>, Vec<String>> = BTreeMap::new();
        for (id, question) in self.questionnaire.questions.iter() {
            let label = label(&[&question.id, &question.ask]);
            sections.entry(question.section).or_default().push(format!("q{}[{label}]", position(id)));
        }
        for (section, nodes) in sections {
            match section {
                Some(section) => {
                    let title = label(&[&self.questionnaire.sections[section].title]);
                    self.group(&format!("s{}[{title}]", position(section)), nodes);
                }
                None => self.lines.extend(nodes),
            }
        }
    }

    /// The causes. A family is one node, as it is one line of the results.
    fn causes(&mut self) {
        for (id, cause) in self.questionnaire.causes.iter() {
            if cause.family.is_none() {
                self.lines.push(format!("c{}([{}])", position(id), label(&[&cause.name])));
            }
        }
        let mut members: BTreeMap<Idx<Family>, usize> = BTreeMap::new();
        for family in self.questionnaire.causes.values().filter_map(|cause| cause.family) {
            *members.entry(family).or_default() += 1;
        }
        for (id, family) in self.questionnaire.families.iter() {
            if let Some(members) = members.get(&id).copied() {
                let label = label(&[&family.name, &wording::counted(members, "cause")]);
                self.lines.push(format!("f{}([{label}])", position(id)));
            }
        }
    }

    /// The alarms, the most urgent first.
    fn alarms(&mut self) {
        for (urgency, level) in self.questionnaire.urgencies.iter().rev() {
            let alarms = self.questionnaire.alarms.iter().filter(|(_, alarm)| alarm.urgency == urgency);
            let nodes: Vec<String> = alarms
                .map(|(id, alarm)| {
                    let name = alarm.title.as_ref().unwrap_or(&alarm.id);
                    format!("a{}{{{{{}}}}}", position(id), label(&[name]))
                })
                .collect();
            if !nodes.is_empty() {
                let title = label(&[&wording::loud_word(level)]);
                self.group(&format!("u{}[{title}]", position(urgency)), nodes);
            }
        }
    }

    /// An arrow from each question to those that are drawn below it, with when they are asked.
    fn openings(&mut self) {
        for (id, question) in self.questionnaire.questions.iter() {
            if let Some(parent) = parent(self.questionnaire, question) {
                let gate = condition::gate(self.questionnaire, question).unwrap_or_default();
                self.edge(&format!("q{} ==>|{}| q{}", position(parent), label(&[&gate]), position(id)));
            }
        }
    }

    /// Arrows from each question to the causes and alarms that its answers change.
    fn effects(&mut self) {
        for (id, effects) in effects(self.questionnaire) {
            for (node, (raises, lowers)) in self.affected(&effects) {
                let arrows = wording::arrows(raises, lowers);
                let arrows = if arrows.is_empty() { String::new() } else { format!("|\"{arrows}\"|") };
                self.edge(&format!("q{} -->{arrows} {node}", position(id)));
            }
            for alarm in effects.alarms {
                self.edge(&format!("q{} -.-> a{}", position(id), position(alarm)));
            }
        }
    }

    /// The nodes of the causes that a question affects, each with whether it can raise and whether it can lower it.
    fn affected(&self, effects: &Effects) -> BTreeMap<Node, (bool, bool)> {
        let mut affected: BTreeMap<Node, (bool, bool)> = BTreeMap::new();
        for cause in &effects.admits {
            affected.entry(self.node(*cause)).or_default();
        }
        for influence in &effects.causes {
            let (raises, lowers) = affected.entry(self.node(influence.cause)).or_default();
            *raises |= influence.raises;
            *lowers |= influence.lowers;
        }
        affected
    }

    fn node(&self, cause: Idx<Cause>) -> Node {
        match self.questionnaire.causes[cause].family {
            Some(family) => Node::Family(position(family)),
            None => Node::Cause(position(cause)),
        }
    }

    /// Causes and alarms have colors of their own.
    fn classes(&mut self) {
        let causes: BTreeSet<Node> = self.questionnaire.causes.iter().map(|(id, _)| self.node(id)).collect();
        let causes: Vec<String> = causes.iter().map(Node::to_string).collect();
        let alarms: Vec<String> =
            self.questionnaire.alarms.iter().map(|(id, _)| format!("a{}", position(id))).collect();
        for (class, style, nodes) in
            [("cause", "fill:#dbe9f6,color:#102030", causes), ("alarm", "fill:#f9d6d5,color:#300808", alarms)]
        {
            if !nodes.is_empty() {
                self.lines.push(format!("classDef {class} {style}"));
                self.lines.push(format!("class {} {class}", nodes.join(",")));
            }
        }
    }

    fn group(&mut self, title: &str, nodes: Vec<String>) {
        self.lines.push(format!("subgraph {title}"));
        self.lines.extend(nodes.into_iter().map(|node| format!("  {node}")));
        self.lines.push("end".to_owned());
    }

    fn edge(&mut self, edge: &str) {
        self.edges += 1;
        self.lines.push(edge.to_owned());
    }
}

/// The node of a cause or family, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Cause(usize),
    Family(usize),
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Node::Cause(at) => write!(f, "c{at}"),
            Node::Family(at) => write!(f, "f{at}"),
        }
    }
}
