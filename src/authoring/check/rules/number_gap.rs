//! `number-gap`: bands of a number that leave a single value out between them, as `"< 65"` and `">= 66"` do.

use std::collections::BTreeMap;

use la_arena::Idx;

use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::{Cause, Comparison, FilePart, Form, Kind, Parsed, Question, Test};

/// Parts whose comparisons of a number are meant to meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bands {
    Alarms,
    Base(Idx<Cause>),
    Adjust(Idx<Cause>),
    Findings(Idx<Cause>),
}

type Band = (FilePart, Comparison);

pub(in crate::authoring::check) fn check(file: &Parsed) -> Vec<Diagnostic> {
    let mut bands: BTreeMap<(Bands, Idx<Question>), Vec<Band>> = BTreeMap::new();
    for (part, condition) in file.questionnaire.conditions() {
        let together = match part {
            FilePart::Alarm(_) => Bands::Alarms,
            FilePart::Base(cause, _) => Bands::Base(cause),
            FilePart::Adjust(cause, _) => Bands::Adjust(cause),
            FilePart::Finding(cause, _) => Bands::Findings(cause),
            FilePart::File
            | FilePart::Urgency(_)
            | FilePart::Section(_)
            | FilePart::Question(_)
            | FilePart::Option(..)
            | FilePart::Fact(_)
            | FilePart::Ranking
            | FilePart::Cause(_)
            | FilePart::Advice(..)
            | FilePart::Family(_)
            | FilePart::Figure(_)
            | FilePart::Interview
            | FilePart::Source(_) => continue,
        };
        for test in condition.tests() {
            if let Test::Question { question, form: Form::Number(comparison) } = test {
                bands.entry((together, *question)).or_default().push((part, *comparison));
            }
        }
    }
    bands.iter().flat_map(|((_, question), bands)| gaps(file, *question, bands)).collect()
}

fn gaps(file: &Parsed, id: Idx<Question>, bands: &[Band]) -> Vec<Diagnostic> {
    let question = &file.questionnaire.questions[id];
    let Kind::Number { min, max, decimals } = question.kind else { return Vec::new() };
    let steps_per_unit = 10_f64.powi(i32::from(decimals));
    let mut steps: Vec<f64> =
        bands.iter().flat_map(|(_, band)| ends(*band)).map(|end| (end * steps_per_unit).round()).collect();
    steps = steps.iter().flat_map(|step| [step - 1.0, *step, step + 1.0]).collect();
    steps.sort_by(f64::total_cmp);
    steps.dedup();
    let warnings = steps.into_iter().filter_map(|step| {
        let number = step / steps_per_unit;
        let (before, after) = ((step - 1.0) / steps_per_unit, (step + 1.0) / steps_per_unit);
        if !(min..=max).contains(&number) || bands.iter().any(|(_, band)| band.holds(number)) {
            return None;
        }
        let next_to = |number: f64| bands.iter().find(|(_, band)| !is_single(*band) && band.holds(number));
        let (below, above) = (next_to(before)?.0, next_to(after)?.0);
        let (earlier, later) =
            if file.spans.line(below) <= file.spans.line(above) { (below, above) } else { (above, below) };
        let message = format!("{} is left out between two ranges of {}", number, quote(&question.id));
        let note = format!("the other range is on line {}", file.spans.line(earlier));
        let diagnostic = Diagnostic::new(Rule::NumberGap, file.spans.value(later, "when"), message);
        Some(diagnostic.with_notes(vec![note]).with_help(format!("let one of the two include {number}")))
    });
    warnings.collect()
}

/// Whether it accepts one number only: such numbers need not meet.
fn is_single(comparison: Comparison) -> bool {
    matches!(comparison, Comparison::Equal(_))
}

fn ends(comparison: Comparison) -> Vec<f64> {
    match comparison {
        Comparison::AtLeast(end)
        | Comparison::Above(end)
        | Comparison::AtMost(end)
        | Comparison::Below(end)
        | Comparison::Equal(end) => vec![end],
        Comparison::Between(low, high) => vec![low, high],
    }
}
