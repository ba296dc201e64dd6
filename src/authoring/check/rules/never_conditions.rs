//! Conditions that can never be yes or never be no, and questions that nobody is asked.

use std::collections::BTreeSet;

use la_arena::Idx;

use crate::authoring::check::Checking;
use crate::authoring::proof::Prover;
use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::{Condition, FilePart, Question, Truth};
use crate::text::wording::counted;

/// What this part looks for.
pub(in crate::authoring::check) const LOOKS_FOR: &[Rule] =
    &[Rule::NeverAsked, Rule::NeverYes, Rule::AlwaysYes, Rule::NeverCounts];

/// Looks at every condition. Gives how many there was no time for.
pub(in crate::authoring::check) fn look(
    file: Checking<'_>,
    prover: &mut Prover<'_>,
    found: &mut Vec<Diagnostic>,
) -> usize {
    let mut looking = ConditionCheck { file, prover, found, unasked: BTreeSet::new(), left_out: 0 };
    let conditions = file.questionnaire.conditions().filter(|(_, when)| !when.is_always());
    let conditions: Vec<(FilePart, &Condition)> = conditions.collect();
    for (_, condition) in &conditions {
        looking.prover.watch(condition);
    }
    looking.questions();
    for (part, condition) in conditions {
        looking.condition(part, condition);
    }
    for (cause, named) in file.questionnaire.causes.iter() {
        let base: Vec<&Condition> = named.base.iter().map(|row| &row.when).collect();
        looking.rows(&base, |row| FilePart::Base(cause, row));
        let adjust: Vec<&Condition> = named.adjust.iter().map(|row| &row.when).collect();
        looking.rows(&adjust, |row| FilePart::Adjust(cause, row));
    }
    looking.left_out
}

struct ConditionCheck<'a, 'p, 'q> {
    file: Checking<'a>,
    prover: &'p mut Prover<'q>,
    found: &'p mut Vec<Diagnostic>,
    /// The questions that nobody is asked.
    unasked: BTreeSet<Idx<Question>>,
    left_out: usize,
}

impl ConditionCheck<'_, '_, '_> {
    fn questions(&mut self) {
        for (id, question) in self.file.questionnaire.questions.iter() {
            match self.prover.can_be_asked(id) {
                Some(true) => {}
                None => self.left_out += 1,
                Some(false) => {
                    let notes = self.because_of(
                        self.file.questionnaire.questions_behind(&question.when).into_iter().chain(question.from()),
                    );
                    self.unasked.insert(id);
                    let message = format!("nobody is ever asked {}", quote(&question.id));
                    let help = "mend its `when`, or take the question out";
                    self.push(Rule::NeverAsked, FilePart::Question(id), message, help, notes);
                }
            }
        }
    }

    fn condition(&mut self, part: FilePart, condition: &Condition) {
        if self.can_be(condition, Truth::Yes) == Some(false) {
            // What is never asked, raised or given is told as that.
            if !matches!(part, FilePart::Question(_) | FilePart::Alarm(_) | FilePart::Advice(..)) {
                let notes = self.because_of(self.file.questionnaire.questions_behind(condition));
                let help = "mend it, or take out what it stands in";
                self.push(Rule::NeverYes, part, "this condition is never yes".into(), help, notes);
            }
            return;
        }
        if self.can_be(condition, Truth::No) == Some(false) {
            let message = "this condition is never no: it is yes whatever is answered, and open until then".into();
            let help = "ask for less, or allow it if being answered is what you ask";
            self.push(Rule::AlwaysYes, part, message, help, Vec::new());
        }
        let tables = condition.tables.len();
        for (at, table) in condition.tables.iter().enumerate().filter(|_| tables > 1) {
            match self.prover.can_hold(table) {
                Some(true) => {}
                None => self.left_out += 1,
                Some(false) => {
                    let message =
                        format!("table {} of {} of this condition is never yes", at + 1, counted(tables, "table"));
                    let notes = self.because_of(
                        self.file.questionnaire.questions_behind(&Condition { tables: vec![table.clone()] }),
                    );
                    self.push(Rule::NeverYes, part, message, "mend the table, or take it out", notes);
                }
            }
        }
    }

    /// Rows of which the first that holds counts.
    fn rows(&mut self, rows: &[&Condition], part: impl Fn(usize) -> FilePart) {
        for (at, row) in rows.iter().enumerate().filter(|(at, row)| *at > 0 && !row.is_always()) {
            if self.prover.can_be(row, Truth::Yes) != Some(true) {
                continue;
            }
            match self.prover.can_hold_alone(row, rows.iter().take(at).copied()) {
                Some(true) => {}
                None => self.left_out += 1,
                Some(false) => {
                    let message = "this row never counts: whenever it holds, one before it does".into();
                    self.push(Rule::NeverCounts, part(at), message, "put it further up, or take it out", Vec::new());
                }
            }
        }
    }

    fn can_be(&mut self, condition: &Condition, truth: Truth) -> Option<bool> {
        let can = self.prover.can_be(condition, truth);
        if can.is_none() {
            self.left_out += 1;
        }
        can
    }

    /// Names the questions among these that nobody is asked.
    fn because_of(&self, questions: impl IntoIterator<Item = Idx<Question>>) -> Vec<String> {
        let never = questions.into_iter().filter(|question| self.unasked.contains(question));
        never
            .map(|question| {
                format!(
                    "it looks at {}, which nobody is ever asked",
                    quote(&self.file.questionnaire.questions[question].id)
                )
            })
            .collect()
    }

    fn push(&mut self, rule: Rule, part: FilePart, message: String, help: &str, notes: Vec<String>) {
        let span = self.file.spans.value(part, "when");
        self.found.push(Diagnostic { notes, help: Some(help.into()), ..Diagnostic::new(rule, span, message) });
    }
}
