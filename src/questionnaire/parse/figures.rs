//! Figures, and the marks that tie their parts to the options of questions.

use std::collections::BTreeSet;

use la_arena::{Arena, Idx};
use unicode_width::UnicodeWidthStr;

use crate::diagnostic::{Rule, quote};
use crate::questionnaire::parse::fields::{Fields, TomlText};
use crate::questionnaire::parse::spans::FilePart;
use crate::questionnaire::parse::{FileReader, text_of};
use crate::questionnaire::{Figure, Question};

impl<'t, 'p> FileReader<'t, 'p, '_> {
    /// Reads a figure, and gives back where its id is.
    pub(super) fn figure(&mut self, figure: Idx<Figure>, id: TomlText<'t>, mut fields: Fields<'t, 'p>) -> TomlText<'t> {
        self.figures.insert(Some(&id), figure, self.problems);
        let say = fields.required_text("say");
        let [art, marks] = ["art", "marks"].map(|key| fields.required_lines(key));
        let is_beyond = |(art, marks): (&String, &String)| marks.width() > art.width();
        if art.len() != marks.len() || art.iter().zip(&marks).any(is_beyond) {
            let message = "`art` and `marks` do not have the same shape";
            let help = "give `marks` as many lines as `art`, none longer than the line above which it belongs";
            self.problems.push_with_help(Rule::BadFigure, id.span(), message, help);
        }
        self.out.figures.alloc(Figure { id: text_of(Some(&id)), say, art, marks });
        self.finish(FilePart::Figure(figure), Some(id.span()), fields);
        id
    }

    /// The mark of an option: one letter or digit.
    pub(super) fn mark(&self, fields: &mut Fields<'t, 'p>) -> Option<char> {
        let mark = fields.name("mark")?;
        let mut letters = mark.get_ref().chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) if letter.is_ascii_alphanumeric() => Some(letter),
            _ => {
                let message = format!("`mark` is one letter or digit, not {}", quote(mark.get_ref()));
                self.problems.push(Rule::UnknownValue, mark.span(), message);
                None
            }
        }
    }

    /// Every mark of a question's options is in its figure. Gives back those marks.
    pub(super) fn check_marks_of(&self, question: &Question, id: Option<&TomlText<'t>>) {
        let Some(id) = id else { return };
        let marks = question.options().into_iter().flat_map(Arena::values).filter_map(|choice| choice.mark);
        let is_in = |figure: Idx<Figure>, mark| self.out.figures[figure].marks.iter().any(|line| line.contains(mark));
        for mark in marks {
            let message = match question.figure {
                Some(figure) if is_in(figure, mark) => continue,
                Some(_) => format!("no character of the figure has the mark `{mark}`"),
                None => format!("an option has the mark `{mark}`, but the question has no `figure`"),
            };
            self.problems.push(Rule::BadFigure, id.span(), message);
        }
    }

    /// Every mark of a figure is that of an option.
    pub(super) fn check_marks(&self, ids: &[TomlText<'t>]) {
        for ((figure, read), id) in self.out.figures.iter().zip(ids) {
            let shown_by = self.out.questions.values().filter(|question| question.figure == Some(figure));
            let options = shown_by.filter_map(Question::options).flat_map(Arena::values);
            let used: BTreeSet<char> = options.filter_map(|choice| choice.mark).collect();
            let mut marks = read.marks.iter().flat_map(|line| line.chars()).filter(|mark| *mark != ' ');
            if let Some(mark) = marks.find(|mark| !used.contains(mark)) {
                let message = format!("no option has the mark `{mark}` of the figure {}", quote(&read.id));
                self.problems.push(Rule::BadFigure, id.span(), message);
            }
        }
    }
}
