//! Questions: what can be answered to each, when it is asked, and what it counts as while it is not.

use std::ops::Range;
use std::sync::Arc;

use la_arena::Idx;
use toml::Spanned;

use crate::diagnostic::{Rule, quote};
use crate::questionnaire::condition::{Condition, Subject};
use crate::questionnaire::parse::condition::MayTest;
use crate::questionnaire::parse::fields::{Fields, TomlText, TomlValue};
use crate::questionnaire::parse::names::Names;
use crate::questionnaire::parse::spans::FilePart;
use crate::questionnaire::parse::{FileReader, answer, one_of, span_of, text_of};
use crate::questionnaire::{Choice, Choices, Kind, Question, has_decimals, index};

/// What a question says about others, which is resolved once every fact is known.
pub(super) struct QuestionConditions<'t> {
    question: Idx<Question>,
    when: Option<&'t TomlValue<'t>>,
    otherwise: Option<&'t TomlValue<'t>>,
}

/// What an author can write for `kind`.
#[derive(Debug, Clone, Copy)]
enum KindName {
    One,
    Many,
    Number,
}

const KINDS: [(&str, KindName); 3] = [("one", KindName::One), ("many", KindName::Many), ("number", KindName::Number)];

/// The options of a question, and where their list is.
type WrittenOptions = (Range<usize>, Choices);

impl<'t, 'p> FileReader<'t, 'p, '_> {
    pub(super) fn question(&mut self, question: Idx<Question>, mut fields: Fields<'t, 'p>) -> QuestionConditions<'t> {
        let id = fields.required_name("id");
        let section = fields.name("section");
        let section = section.and_then(|name| self.sections.resolve(&name, "a section", self.problems));
        let (ask, why) = (fields.required_text("ask"), fields.text("why"));
        let kind = self.kind(question, &mut fields);
        if kind.is_none() {
            self.broken.insert(question);
        }
        let figure = fields.name("figure").and_then(|name| self.figures.resolve(&name, "a figure", self.problems));
        let question_read = Question {
            id: text_of(id.as_ref()),
            section,
            ask,
            why,
            kind: kind.unwrap_or_else(|| Kind::One(Arc::default())),
            when: Condition::always(),
            otherwise: None,
            figure,
            lasting: fields.flag("lasting"),
        };
        self.check_marks_of(&question_read, id.as_ref());
        self.out.questions.alloc(question_read);
        self.subjects.insert(id.as_ref(), Subject::Question(question), self.problems);
        let (when, otherwise) = (fields.value("when"), fields.value("otherwise"));
        self.finish(FilePart::Question(question), span_of(id.as_ref()), fields);
        QuestionConditions { question, when, otherwise }
    }

    pub(super) fn question_conditions(&mut self, questions: Vec<QuestionConditions<'t>>) {
        for QuestionConditions { question, when, otherwise } in questions {
            self.out.questions[question].when = self.condition(MayTest::BeforeQuestion(question), when);
            if let Some(value) = otherwise.filter(|_| !self.broken.contains(&question)) {
                let asked = &mut self.out.questions[question];
                asked.otherwise = answer::otherwise(asked, value, self.problems);
            }
        }
    }

    /// Reads `kind` and the keys that belong to it. All of them are read even if the kind is wrong, so that none of their
    /// problems is missed.
    fn kind(&mut self, question: Idx<Question>, fields: &mut Fields<'t, 'p>) -> Option<Kind> {
        let name = fields.required_name("kind");
        let kind = name.as_ref().and_then(|name| one_of(name, "kind", &KINDS, self.problems));
        let options = self.options(question, fields);
        let (from, min, max) = (fields.name("from"), fields.number("min"), fields.number("max"));
        let decimals = fields.number("decimals");
        let (kind, name) = (kind?, name?.into_inner());
        self.note_misplaced(
            kind,
            name,
            [
                ("options", options.as_ref().map(|(span, _)| span.clone())),
                ("from", span_of(from.as_ref())),
                ("min", min.as_ref().map(Spanned::span)),
                ("max", max.as_ref().map(Spanned::span)),
                ("decimals", decimals.as_ref().map(Spanned::span)),
            ],
        );
        let needs = |keys: &str| {
            let message = format!("a question of kind `{name}` needs {keys}");
            self.problems.push(Rule::MissingKey, fields.span(), message);
        };
        match kind {
            KindName::One if fields.has("options") => Some(Kind::One(Arc::new(options?.1))),
            KindName::One => Some(Kind::One(Arc::new(yes_no()))),
            KindName::Many if fields.has("options") && fields.has("from") => {
                let span = span_of(from.as_ref()).unwrap_or(fields.span());
                self.problems.push(Rule::BadFrom, span, "a question has either `options` or `from`");
                None
            }
            KindName::Many if fields.has("options") => Some(Kind::Many { options: Arc::new(options?.1), from: None }),
            KindName::Many if fields.has("from") => self.from(&from?),
            KindName::Many => {
                needs("`options` or `from`");
                None
            }
            KindName::Number => {
                for key in ["min", "max"].into_iter().filter(|key| !fields.has(key)) {
                    needs(&format!("`{key}`"));
                }
                let (min, max) = (min?, max?);
                if min.get_ref() > max.get_ref() {
                    let message = format!("`min` is {} and `max` is {}", min.get_ref(), max.get_ref());
                    self.problems.push_with_help(Rule::UpsideDown, min.span(), message, "swap them");
                    return None;
                }
                let decimals = self.decimals(decimals.as_ref(), [("min", &min), ("max", &max)])?;
                Some(Kind::Number { min: min.into_inner(), max: max.into_inner(), decimals })
            }
        }
    }

    /// How many decimals a number can have: none unless `decimals` says so. The ends of its range have no more.
    fn decimals(&self, written: Option<&Spanned<f64>>, ends: [(&str, &Spanned<f64>); 2]) -> Option<u8> {
        let decimals = match written {
            None => 0,
            Some(written) => {
                let decimals = (0..=3_u8).find(|decimals| written.get_ref().total_cmp(&f64::from(*decimals)).is_eq());
                if decimals.is_none() {
                    let message = format!("`decimals` is 0, 1, 2 or 3, not {}", written.get_ref());
                    self.problems.push(Rule::OutOfRange, written.span(), message);
                }
                decimals?
            }
        };
        for (key, end) in ends.into_iter().filter(|(_, end)| !has_decimals(*end.get_ref(), decimals)) {
            let message = format!("`{key}` is {}, which has more decimals than the question takes", end.get_ref());
            let help = "write a whole number, or give the question `decimals`";
            self.problems.push_with_help(Rule::OutOfRange, end.span(), message, help);
        }
        Some(decimals)
    }

    /// Notes the keys that only other kinds of questions have.
    fn note_misplaced(&self, kind: KindName, name: &str, keys: [(&str, Option<Range<usize>>); 5]) {
        let own: &[&str] = match kind {
            KindName::One => &["options"],
            KindName::Many => &["options", "from"],
            KindName::Number => &["min", "max", "decimals"],
        };
        for (key, span) in keys.into_iter().filter(|(key, _)| !own.contains(key)) {
            if let Some(span) = span {
                let message = format!("a question of kind `{name}` has no `{key}`");
                self.problems.push_with_help(Rule::MisplacedKey, span, message, "take it out, or change `kind`");
            }
        }
    }

    fn options(&mut self, question: Idx<Question>, fields: &mut Fields<'t, 'p>) -> Option<WrittenOptions> {
        let span = fields.value("options")?.span();
        fields.list("options")?;
        let mut ids = Names::new();
        let choices: Vec<_> = fields.tables("options", "an option", |at, mut fields| {
            let id = fields.required_name("id");
            ids.insert(id.as_ref(), (), self.problems);
            let choice = Choice {
                id: text_of(id.as_ref()),
                say: fields.required_text("say"),
                help: fields.text("help"),
                also: fields.texts("also"),
                term: fields.text("term"),
                mark: self.mark(&mut fields),
            };
            self.finish(FilePart::Option(question, index(at)), span_of(id.as_ref()), fields);
            choice
        });
        if choices.is_empty() {
            let help = "list what can be chosen; a `one` without `options` is yes/no";
            self.problems.push_with_help(Rule::Empty, span.clone(), "the list of `options` is empty", help);
        }
        Some((span, choices.into_iter().collect()))
    }

    /// The options of an earlier `many` question.
    fn from(&self, name: &TomlText<'t>) -> Option<Kind> {
        let Some(Subject::Question(question)) = self.subjects.get(name.get_ref()) else {
            let known = self.out.questions.values().map(|question| question.id.as_str());
            let message = format!("{} is no earlier question", quote(name.get_ref()));
            self.problems.push_unknown(Rule::BadFrom, name, message, known);
            return None;
        };
        match &self.out.questions[question].kind {
            Kind::Many { options, .. } => Some(Kind::Many { options: Arc::clone(options), from: Some(question) }),
            Kind::One(_) | Kind::Number { .. } => {
                if !self.broken.contains(&question) {
                    let message = format!("{} is not a question of kind `many`", quote(name.get_ref()));
                    let help = "`from` names an earlier question of kind `many`";
                    self.problems.push_with_help(Rule::BadFrom, name.span(), message, help);
                }
                None
            }
        }
    }
}

/// The two options of a `one` without any.
fn yes_no() -> Choices {
    [("yes", "Yes"), ("no", "No")]
        .into_iter()
        .map(|(id, say)| Choice {
            id: id.into(),
            say: say.into(),
            help: None,
            also: Vec::new(),
            term: None,
            mark: None,
        })
        .collect()
}
