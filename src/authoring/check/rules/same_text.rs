//! `same-text`: two options of one question that read the same, so that nobody can tell which one they choose.

use std::collections::HashMap;

use la_arena::{Arena, Idx};

use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::{Choice, FilePart, Parsed, Question};

pub(in crate::authoring::check) fn check(file: &Parsed) -> Vec<Diagnostic> {
    // With `from`, the options are those of another question, and are checked there.
    let questions = file.questionnaire.questions.iter().filter(|(_, question)| question.from().is_none());
    let options = questions.filter_map(|(id, question)| Some((id, question.options()?)));
    options.flat_map(|(id, options)| same_texts(file, id, options)).collect()
}

fn same_texts(file: &Parsed, question: Idx<Question>, options: &Arena<Choice>) -> Vec<Diagnostic> {
    let mut firsts: HashMap<String, &Choice> = HashMap::new();
    let warnings = options.iter().filter_map(|(option, choice)| {
        let first = *firsts.entry(choice.say.trim().to_lowercase()).or_insert(choice);
        if std::ptr::eq(first, choice) {
            return None;
        }
        let message = format!("{} reads the same as {}", quote(&choice.id), quote(&first.id));
        let span = file.spans.value(FilePart::Option(question, option), "say");
        Some(
            Diagnostic::new(Rule::SameText, span, message)
                .with_help("say what sets them apart, or make them one option"),
        )
    });
    warnings.collect()
}
