//! `command-label`: an option whose text means something else when it is typed in line mode: a command, or the place of
//! another option.

use la_arena::Arena;

use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::{Choice, FilePart, Parsed};
use crate::text::wording::COMMAND_LETTERS;

pub(in crate::authoring::check) fn check(file: &Parsed) -> Vec<Diagnostic> {
    // With `from`, the options are those of another question, and are checked there.
    let questions = file.questionnaire.questions.iter().filter(|(_, question)| question.from().is_none());
    let options = questions.flat_map(|(id, question)| {
        let count = question.options().map_or(0, Arena::len);
        let options = question.options().into_iter().flat_map(Arena::iter);
        options.zip(1..).map(move |((option, choice), place)| (FilePart::Option(id, option), choice, place, count))
    });
    options.filter_map(|(part, choice, place, count)| warning(file, part, choice, place, count)).collect()
}

fn warning(file: &Parsed, part: FilePart, choice: &Choice, place: usize, count: usize) -> Option<Diagnostic> {
    let text = choice.say.trim();
    let meant = if COMMAND_LETTERS.iter().any(|letter| text.eq_ignore_ascii_case(letter)) {
        "a command".to_owned()
    } else {
        // The number of its own place means the same, and one beyond the list nothing else.
        let number = text.parse::<usize>().ok().filter(|number| *number != place && *number <= count)?;
        let other = if number == 0 { "none of these".to_owned() } else { format!("the option at place {number}") };
        format!("{other}, and this one is at place {place}")
    };
    let message = format!("typed in line mode, {} also means {meant}", quote(text));
    let span = file.spans.value(part, "say");
    Some(Diagnostic::new(Rule::CommandLabel, span, message).with_help("add a word to it"))
}
