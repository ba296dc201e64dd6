//! `no-effect`: an option that makes no difference, because no condition tells whether it was ticked, or tells it from
//! another option. People read and weigh it for nothing.

use std::collections::{BTreeMap, BTreeSet};

use la_arena::{Arena, Idx};

use crate::authoring::check::references::tests;
use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::{Choice, FilePart, Form, Kind, Parsed, Question, Questionnaire, Test};

pub(in crate::authoring::check) fn check(file: &Parsed) -> Vec<Diagnostic> {
    let forms = forms(&file.questionnaire);
    let warnings = file.questionnaire.questions.iter().flat_map(|(id, question)| {
        // A question that nothing tests at all breaks `idle-question` instead.
        let Some(forms) = forms.get(&id) else { return Vec::new() };
        match &question.kind {
            Kind::One(options) => indistinguishable_options(file, id, options, forms),
            Kind::Many { options, from: None } => untested_ticks(file, id, options, forms),
            // Its options are those of another question, and are checked there.
            Kind::Many { from: Some(_), .. } | Kind::Number { .. } => Vec::new(),
        }
    });
    warnings.collect()
}

/// How the options of each question are tested, also where another question offers them again.
fn forms(questionnaire: &Questionnaire) -> BTreeMap<Idx<Question>, Vec<&Form>> {
    let mut forms: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for test in tests(questionnaire) {
        if let Test::Question { question, form } = test {
            forms.entry(questionnaire.owner_of_options(*question)).or_default().push(form);
        }
    }
    forms
}

fn untested_ticks(file: &Parsed, question: Idx<Question>, options: &Arena<Choice>, forms: &[&Form]) -> Vec<Diagnostic> {
    // Where all ticks are counted, any of them makes a difference.
    if forms.iter().any(|form| matches!(form, Form::Nothing | Form::Count { of: None, .. })) {
        return Vec::new();
    }
    let tested: BTreeSet<&Idx<Choice>> = forms.iter().flat_map(|form| form.options()).collect();
    let untested = options.iter().filter(|(option, _)| !tested.contains(option));
    let warnings = untested.map(|(option, choice)| {
        let message = format!("no condition tells whether {} is ticked", quote(&choice.id));
        Diagnostic::new(Rule::NoEffect, file.spans.span(FilePart::Option(question, option)), message)
            .with_help("test it, or take it out")
    });
    warnings.collect()
}

fn indistinguishable_options(
    file: &Parsed,
    question: Idx<Question>,
    options: &Arena<Choice>,
    forms: &[&Form],
) -> Vec<Diagnostic> {
    // Two options that the same forms name have the same effect.
    let mut named_in: BTreeMap<Idx<Choice>, Vec<usize>> = BTreeMap::new();
    for (at, form) in forms.iter().enumerate() {
        for option in form.options() {
            named_in.entry(*option).or_default().push(at);
        }
    }
    let mut firsts: BTreeMap<Vec<usize>, &Choice> = BTreeMap::new();
    let warnings = options.iter().filter_map(|(option, choice)| {
        let first = firsts.entry(named_in.remove(&option).unwrap_or_default()).or_insert(choice);
        if std::ptr::eq(*first, choice) {
            return None;
        }
        let message = format!("no condition tells {} from {}", quote(&choice.id), quote(&first.id));
        let span = file.spans.span(FilePart::Option(question, option));
        let help = "test one of them, or make them one option";
        Some(Diagnostic::new(Rule::NoEffect, span, message).with_help(help))
    });
    warnings.collect()
}
