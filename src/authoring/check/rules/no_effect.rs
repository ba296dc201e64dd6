//! Options that make no difference: no condition could tell whether they were chosen.

use std::collections::{HashMap, HashSet};

use la_arena::{Arena, Idx};

use crate::authoring::check::references::tests;
use crate::authoring::check::{Checking, Room};
use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::{Choice, FilePart, Form, Kind, Question, Questionnaire, Test};

pub(in crate::authoring::check) const ROOM: Room = Room { looks_for: &[Rule::NoEffect], look };

fn look(file: Checking<'_>, found: &mut Vec<Diagnostic>) {
    let forms = forms(file.questionnaire);
    for (question, asked) in file.questionnaire.questions.iter() {
        // A question that nothing tests at all is idle as a whole.
        let Some(forms) = forms.get(&question) else { continue };
        match &asked.kind {
            Kind::One(options) => alike(file, question, options, forms, found),
            Kind::Many { options, from: None } => unheard(file, question, options, forms, found),
            // Its options are those of another question, and are judged there.
            Kind::Many { from: Some(_), .. } | Kind::Number { .. } => {}
        }
    }
}

/// How each question is tested. What tests a question with `from` tests the one whose options it offers.
fn forms(questionnaire: &Questionnaire) -> HashMap<Idx<Question>, Vec<&Form>> {
    let mut origins: HashMap<Idx<Question>, Idx<Question>> = HashMap::new();
    for (question, asked) in questionnaire.questions.iter() {
        let origin = asked.from().map_or(question, |from| origins.get(&from).copied().unwrap_or(from));
        origins.insert(question, origin);
    }
    let mut forms: HashMap<_, Vec<_>> = HashMap::new();
    for test in tests(questionnaire) {
        if let Test::Question { question, form } = test {
            forms.entry(origins.get(question).copied().unwrap_or(*question)).or_default().push(form);
        }
    }
    forms
}

/// Ticks that nothing looks at.
fn unheard(
    file: Checking<'_>,
    question: Idx<Question>,
    options: &Arena<Choice>,
    forms: &[&Form],
    found: &mut Vec<Diagnostic>,
) {
    // Any tick counts, or keeps the question from being answered with none.
    if forms.iter().any(|form| matches!(form, Form::Nothing | Form::Count { of: None, .. })) {
        return;
    }
    let heard: HashSet<Idx<Choice>> = forms.iter().flat_map(|form| form.options()).copied().collect();
    for (option, choice) in options.iter().filter(|(option, _)| !heard.contains(option)) {
        let message = format!("no condition tells whether {} is ticked", quote(&choice.id));
        let help = Some("test it, or take it out".into());
        let span = file.spans.span(FilePart::Option(question, option));
        found.push(Diagnostic { help, ..Diagnostic::new(Rule::NoEffect, span, message) });
    }
}

/// Choices that nothing tells from another one.
fn alike(
    file: Checking<'_>,
    question: Idx<Question>,
    options: &Arena<Choice>,
    forms: &[&Form],
    found: &mut Vec<Diagnostic>,
) {
    // The forms that name an option. Two options that the same forms name stand on the same side of all of them.
    let mut naming: HashMap<Idx<Choice>, Vec<usize>> = HashMap::new();
    for (at, form) in forms.iter().enumerate() {
        for option in form.options() {
            naming.entry(*option).or_default().push(at);
        }
    }
    let mut firsts: HashMap<Vec<usize>, &Choice> = HashMap::new();
    for (option, choice) in options.iter() {
        let named_by = naming.remove(&option).unwrap_or_default();
        let Some(first) = firsts.get(&named_by) else {
            firsts.insert(named_by, choice);
            continue;
        };
        let message = format!("no condition tells {} from {}", quote(&choice.id), quote(&first.id));
        let help = Some("test one of them, or make them one option".into());
        let span = file.spans.span(FilePart::Option(question, option));
        found.push(Diagnostic { help, ..Diagnostic::new(Rule::NoEffect, span, message) });
    }
}
