//! Reads the built-in questions, answers some of them, ranks the causes, and prints the first five.

use std::error::Error;
use std::io::{self, Write};

use twinge::cli::BUILT_IN;
use twinge::engine::evaluation::Evaluation;
use twinge::engine::outcome::Outcome;
use twinge::questionnaire::parse;
use twinge::report::AnswersFile;

const ANSWERS: &str = r#"{"age": 68, "where": ["calf"], "cramp": ["night", "knot"], "walk": "no"}"#;

fn main() -> Result<(), Box<dyn Error>> {
    let questionnaire = parse(BUILT_IN.as_bytes()).expect("the built-in questions have no problems");
    let answers = AnswersFile::read(ANSWERS.as_bytes(), &questionnaire)?.answers;
    let outcome = Outcome::new(&Evaluation::new(&questionnaire, &answers));
    for ranked in outcome.ranking.ranked().take(5) {
        let cause = &questionnaire.causes[ranked.cause];
        writeln!(io::stdout(), "{:.2}  {}", ranked.probability, cause.name)?;
    }
    Ok(())
}
