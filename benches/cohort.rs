//! How many lines `twinge score` takes a second, on answers that are made up at random.
//!
//! `cargo bench --bench cohort` prints the figures of the built-in file: 20,000 lines, each with an answer to every question.
//! `cargo bench --bench cohort -- 20000 > answers.jsonl` writes such answers, the same ones every time.

#![expect(clippy::print_stdout, reason = "figures are what it is for")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

use la_arena::Arena;
use twinge::cli::BUILT_IN;
use twinge::questionnaire::{Kind, Question, Questionnaire, parse};
use twinge::report::score::score;

const LINES: usize = 20_000;

fn main() {
    let questionnaire = parse(BUILT_IN.as_bytes()).expect("a valid file");
    // `cargo bench` adds an option of its own.
    let lines = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    match lines {
        Some(lines) => print!("{}", cohort(&questionnaire, lines)),
        None => measure(&questionnaire),
    }
}

fn measure(questionnaire: &Questionnaire) {
    let input = cohort(questionnaire, LINES);
    println!("{:.0} bytes of answers a line", number(input.len()) / number(LINES));
    let mut output = Vec::new();
    for round in 1..=3 {
        output.clear();
        let start = Instant::now();
        let failed = score(questionnaire, input.as_bytes(), &mut output).expect("memory can be written");
        let took = start.elapsed().as_secs_f64();
        assert_eq!(failed, 0, "every line can be scored");
        let bytes = number(black_box(&output).len()) / number(LINES);
        println!("round {round}: {:.0} lines a second, {bytes:.0} bytes a line", number(LINES) / took);
    }
}

/// Lines of answers: of each question, hidden or not.
fn cohort(questionnaire: &Questionnaire, lines: usize) -> String {
    let mut random = Random(1);
    let mut text = String::new();
    for line in 0..lines {
        let _ = write!(text, "{{\"id\": {line}, \"answers\": {{");
        for (at, question) in questionnaire.questions.values().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            let _ = write!(text, "{comma}\"{}\": {}", question.id, answer(&mut random, question));
        }
        text.push_str("}}\n");
    }
    text
}

/// An answer as it is written in JSON: one in twelve is *not sure*, and so is a part of the ticks.
fn answer(random: &mut Random, question: &Question) -> String {
    if random.below(12) == 0 {
        return "null".to_owned();
    }
    let ids: Vec<&str> =
        question.options().into_iter().flat_map(Arena::values).map(|option| option.id.as_str()).collect();
    match &question.kind {
        Kind::One(_) => format!("\"{}\"", ids[random.below(ids.len())]),
        Kind::Many { .. } => {
            // Few of a long list, as a person takes few of many medicines.
            let one_in = ids.len().clamp(4, 200) / 2;
            let ticked = ids.iter().filter(|_| random.below(one_in) == 0).copied().collect::<Vec<_>>();
            let written = ticked.iter().map(|id| {
                let mark = if random.below(12) == 0 { "?" } else { "" };
                format!("\"{mark}{id}\"")
            });
            format!("[{}]", written.collect::<Vec<_>>().join(", "))
        }
        Kind::Number { min, max, .. } => (min + (max - min) * number(random.below(1_000)) / 1e3).floor().to_string(),
    }
}

/// Random numbers that are the same every time (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap_or(0) % n.max(1)
    }
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
