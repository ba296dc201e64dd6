//! Options with the same effect: what proves something about one proves it about all.

use std::collections::{BTreeMap, BTreeSet};

use la_arena::Idx;

use crate::authoring::proof::encoding::ticks::whole_numbers;
use crate::questionnaire::{Choice, Comparison, Form, Kind, Question, Questionnaire, Test};

/// The options of each question that have to be told apart: the first of each kind.
pub(in crate::authoring::proof) struct DistinctOptions {
    apart: Vec<Vec<Idx<Choice>>>,
}

/// What the conditions ask of the options of a question, and of those that offer its ticks again.
#[derive(Default)]
struct FormsOfQuestion<'q> {
    forms: Vec<&'q Form>,
}

impl DistinctOptions {
    pub(in crate::authoring::proof) fn new(questionnaire: &Questionnaire) -> DistinctOptions {
        let mut asked: BTreeMap<Idx<Question>, FormsOfQuestion<'_>> = BTreeMap::new();
        for test in questionnaire.conditions().flat_map(|(_, condition)| condition.tests()) {
            if let Test::Question { question, form } = test {
                asked.entry(origin(questionnaire, *question)).or_default().forms.push(form);
            }
        }
        let nothing = FormsOfQuestion::default();
        let of = |(id, question): (Idx<Question>, &Question)| {
            let asked = asked.get(&origin(questionnaire, id)).unwrap_or(&nothing);
            match &question.kind {
                Kind::Number { .. } => Vec::new(),
                Kind::One(options) => asked.first_of_each(options.iter().map(|(option, _)| option), 1),
                Kind::Many { options, .. } => {
                    asked.first_of_each(options.iter().map(|(option, _)| option), asked.ticks_to_tell_apart())
                }
            }
        };
        DistinctOptions { apart: questionnaire.questions.iter().map(of).collect() }
    }

    /// Those of a question.
    pub(in crate::authoring::proof) fn of(&self, question: Idx<Question>) -> &[Idx<Choice>] {
        self.apart.get(crate::questionnaire::position(question)).map_or(&[], Vec::as_slice)
    }
}

impl FormsOfQuestion<'_> {
    fn first_of_each(&self, options: impl Iterator<Item = Idx<Choice>>, of_each: usize) -> Vec<Idx<Choice>> {
        let mut seen: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
        let named: BTreeMap<Idx<Choice>, Vec<usize>> = self.named();
        let alone = self.alone();
        options
            .filter(|option| {
                let kind = named.get(option).cloned().unwrap_or_default();
                let before = seen.entry(kind).or_default();
                *before += 1;
                *before <= of_each || alone.contains(option)
            })
            .collect()
    }

    /// The forms that name an option.
    fn named(&self) -> BTreeMap<Idx<Choice>, Vec<usize>> {
        let mut named: BTreeMap<Idx<Choice>, Vec<usize>> = BTreeMap::new();
        for (at, form) in self.forms.iter().enumerate() {
            for option in options_of(form) {
                named.entry(*option).or_default().push(at);
            }
        }
        named
    }

    /// The options of which two are more than one: those that are counted by name.
    fn alone(&self) -> BTreeSet<Idx<Choice>> {
        let counted = self.forms.iter().filter(|form| matches!(form, Form::All(_) | Form::Count { .. }));
        counted.flat_map(|form| options_of(form)).copied().collect()
    }

    /// How many ticks make a difference where all of them are counted.
    fn ticks_to_tell_apart(&self) -> usize {
        let limits = self.forms.iter().map(|form| match form {
            Form::Count { of: None, count } => last_to_differ(*count),
            Form::Count { .. } | Form::Any(_) | Form::Not(_) | Form::All(_) | Form::Number(_) => 1,
            Form::Nothing | Form::NotSure => 1,
        });
        limits.max().unwrap_or(1)
    }
}

/// From this count on, more makes no difference.
fn last_to_differ(count: Comparison) -> usize {
    match whole_numbers(count) {
        None => 1,
        Some((least, None)) => least.max(1),
        Some((_, Some(most))) => most.saturating_add(1),
    }
}

fn options_of(form: &Form) -> &[Idx<Choice>] {
    match form {
        Form::Any(options) | Form::All(options) | Form::Count { of: Some(options), .. } => options,
        Form::Not(option) => std::slice::from_ref(option),
        Form::Count { of: None, .. } | Form::Number(_) | Form::Nothing | Form::NotSure => &[],
    }
}

/// Where the ticks that a question offers come from at first. Options that are apart there are apart wherever they are
/// offered again.
fn origin(questionnaire: &Questionnaire, question: Idx<Question>) -> Idx<Question> {
    std::iter::successors(Some(question), |question| questionnaire.questions[*question].from())
        .last()
        .unwrap_or(question)
}
