//! Lines of a cohort in plain form, read in one pass, since reading takes a good part of the time that a cohort takes.
//!
//! A line that is not plain, or wrong, is left to the general reader ([`LineJson`](super::LineJson)), which also says what is
//! wrong. What this one reads, the general one would read as well, and as the same.

use serde_json::value::RawValue;

use super::{AnswersReader, read};
use crate::engine::answers::Answers;
use crate::questionnaire::{Answer, Kind, Question, Ticks, WrittenAnswer, index, position};

/// A line in plain form: an object with nothing but answers and at most an id, whose texts are printable ASCII without
/// escapes.
#[derive(Debug)]
pub struct PlainLine<'l> {
    /// The id.
    pub id: Option<&'l RawValue>,
    /// The answers.
    pub answers: Answers,
}

impl AnswersReader<'_> {
    /// Reads a line; `None` if it is not plain, or wrong.
    #[must_use]
    pub fn plain_line<'l>(&self, line: &'l str) -> Option<PlainLine<'l>> {
        let mut rest = Rest(line);
        let (mut id, mut answers) = (None, None);
        rest.list(["{", "}"], |rest| {
            let key = rest.text()?;
            rest.take(":")?;
            match key {
                "id" if id.is_none() => id = Some(rest.value()?),
                "answers" if answers.is_none() => answers = Some(self.plain_answers(rest)?),
                _ => return None,
            }
            Some(())
        })?;
        rest.skip_space();
        rest.0.is_empty().then_some(PlainLine { id, answers: answers? })
    }

    fn plain_answers(&self, rest: &mut Rest<'_>) -> Option<Answers> {
        let questions = &self.questionnaire.questions;
        let mut answers = Answers::with_capacity(questions.len());
        // Most lines are in file order.
        let mut next = 0;
        rest.list(["{", "}"], |rest| {
            let expected = (next < questions.len()).then(|| index(next));
            let question = match expected.filter(|expected| rest.take_text(&questions[*expected].id).is_some()) {
                Some(question) => question,
                None => self.question(rest.text()?)?,
            };
            next = position(question) + 1;
            rest.take(":")?;
            let is_new = answers.get(question).is_none();
            answers.set(question, plain_answer(&questions[question], rest)?);
            is_new.then_some(())
        })?;
        Some(answers)
    }
}

fn plain_answer(question: &Question, rest: &mut Rest<'_>) -> Option<Answer> {
    if rest.take("null").is_some() {
        return Some(Answer::NotSure);
    }
    match (rest.0.as_bytes().first(), &question.kind) {
        (Some(b'['), Kind::Many { .. }) => {
            let mut ticks = Ticks::new(question);
            rest.list(["[", "]"], |rest| ticks.add(rest.text()?).ok())?;
            Some(ticks.answer())
        }
        (Some(b'"'), _) => Answer::read(question, &WrittenAnswer::Text(rest.text()?.into())).ok(),
        _ => Answer::read(question, &read(rest.value()?).ok()?).ok(),
    }
}

/// What is left of a line.
struct Rest<'l>(&'l str);

impl<'l> Rest<'l> {
    fn skip_space(&mut self) {
        let spaces = self.0.bytes().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).count();
        self.0 = self.0.get(spaces..).unwrap_or_default();
    }

    /// Takes what comes next, after any white space, if it is this.
    fn take(&mut self, expected: &str) -> Option<()> {
        self.skip_space();
        self.0 = self.0.strip_prefix(expected)?;
        Some(())
    }

    /// Takes the next text if it is this one, which needs no escapes.
    fn take_text(&mut self, expected: &str) -> Option<()> {
        self.skip_space();
        self.0 = self.0.strip_prefix('"')?.strip_prefix(expected)?.strip_prefix('"')?;
        Some(())
    }

    /// Takes a text.
    fn text(&mut self) -> Option<&'l str> {
        self.take("\"")?;
        // The texts are short: a search that prepares itself would take longer.
        let end = self.0.bytes().position(|byte| matches!(byte, b'"' | b'\\') || !matches!(byte, b' '..=b'~'))?;
        let (text, rest) = self.0.split_at_checked(end)?;
        self.0 = rest.strip_prefix('"')?;
        Some(text)
    }

    /// Takes a text, or a value that holds no comma and no brace.
    fn value(&mut self) -> Option<&'l RawValue> {
        self.skip_space();
        let value = self.0;
        if value.starts_with('"') {
            self.text()?;
        } else {
            self.0 = value.get(value.bytes().position(|byte| matches!(byte, b',' | b'}'))?..)?;
        }
        serde_json::from_str(value.get(..value.len() - self.0.len())?).ok()
    }

    /// Takes the entries of a list or object between two brackets, if each can be taken.
    fn list(&mut self, brackets: [&str; 2], mut take_entry: impl FnMut(&mut Rest<'l>) -> Option<()>) -> Option<()> {
        let [opening, closing] = brackets;
        self.take(opening)?;
        if self.take(closing).is_some() {
            return Some(());
        }
        loop {
            take_entry(self)?;
            if self.take(",").is_none() {
                return self.take(closing);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::{Index, select};

    use super::*;
    use crate::engine::answers_json::LineJson;
    use crate::questionnaire::{Questionnaire, parse};

    const FILE: &str = r#"
        format = 1
        title = "T"
        question = [
            { id = "age", ask = "How old?", kind = "number", min = 0, max = 120, decimals = 1 },
            { id = "pain", ask = "Pain?", kind = "one" },
            { id = "signs", ask = "Signs?", kind = "many", options = [{ id = "a", say = "A" }, { id = "b", say = "B" }] },
        ]
    "#;

    fn questionnaire() -> Questionnaire {
        parse(FILE.as_bytes()).expect("a valid file")
    }

    /// The id and the answers that the general reader reads.
    fn read_generally(reader: &AnswersReader<'_>, line: &str) -> Option<(Option<String>, Answers)> {
        let line: LineJson<'_> = serde_json::from_str(line).ok().filter(|line: &LineJson<'_>| line.twice.is_none())?;
        let answers = reader.answers(line.answers.as_ref()?.as_ref()?).ok()?;
        Some((line.id.map(|id| id.get().to_owned()), answers))
    }

    #[track_caller]
    fn check_is_plain(line: &str) {
        let questionnaire = questionnaire();
        let reader = AnswersReader::new(&questionnaire);
        let plain = reader.plain_line(line).map(|plain| (plain.id.map(|id| id.get().to_owned()), plain.answers));
        assert!(plain.is_some(), "{line}");
        assert_eq!(plain, read_generally(&reader, line), "{line}");
    }

    #[test]
    fn lines_as_programs_write_them_are_plain() {
        check_is_plain(r#"{"id": 7, "answers": {"age": 54, "pain": "yes", "signs": ["a", "?b"]}}"#);
        check_is_plain(r#"{"answers":{"signs":[],"pain":null,"age":0.5},"id":"a-7"}"#);
        check_is_plain(" { \"answers\" : { \"pain\" : \"not-sure\" , \"age\" : 1e1 } } \r");
        check_is_plain(r#"{"answers":{},"id":null}"#);
    }

    const TOKENS: [&str; 27] = [
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        " ",
        "\t",
        "null",
        "0",
        "54",
        "007",
        "-1",
        "1.",
        "1.25",
        "1e1",
        "true",
        "\"a\"",
        "\"?a\"",
        "\"b\"",
        "\"yes\"",
        "\"pain\"",
        "\"\\u0061\"",
        "\"é\"",
        "\"\u{1}\"",
        "\"not-sure\"",
        "\"id\"",
    ];

    proptest! {
        #[test]
        fn what_is_read_as_plain_is_what_the_general_reader_reads(
            edits in prop::collection::vec((any::<Index>(), 0_usize..=1, prop::option::of(select(&TOKENS[..]))), 0..4)
        ) {
            let line = r#"{ "id" : 7 , "answers" : { "age" : 54 , "pain" : "yes" , "signs" : [ "a" , "?b" ] } }"#;
            let mut tokens: Vec<&str> = line.split(' ').collect();
            for (at, removed, added) in edits {
                let at = at.index(tokens.len());
                tokens.splice(at..at + removed, added);
                if tokens.is_empty() {
                    break;
                }
            }
            let line = tokens.concat();
            let questionnaire = questionnaire();
            let reader = AnswersReader::new(&questionnaire);
            if let Some(PlainLine { id, answers }) = reader.plain_line(&line) {
                let plain = (id.map(|id| id.get().to_owned()), answers);
                prop_assert_eq!(Some(plain), read_generally(&reader, &line), "{}", line);
            }
        }
    }
}
