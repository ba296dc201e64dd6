//! How time and memory grow with the question file: trees of 10, 100, 1,000 and 10,000 questions, with causes and findings in
//! proportion.
//!
//! `cargo bench --bench scale` prints the figures. Each size is measured in a process of its own, for its peak of memory.
//! Times are CPU times, so that other work on the machine changes them little.

#![cfg(unix)]
#![expect(clippy::print_stdout, reason = "figures are what it is for")]

#[path = "../tests/common/grow.rs"]
mod grow;
#[path = "../tests/common/rows.rs"]
mod rows;

use std::hint::black_box;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use la_arena::Idx;
use rows::rows;
use rustix::time::{ClockId, clock_gettime};
use twinge::app::{App, Key, Mode, Size};
use twinge::authoring::check::check;
use twinge::engine::answers::Answers;
use twinge::engine::answers_json::AnswersJson;
use twinge::engine::evaluation::Evaluation;
use twinge::engine::outcome::Outcome;
use twinge::interview::draft::{Draft, Fingerprint, FingerprintedQuestionnaire};
use twinge::interview::{InView, Interview};
use twinge::questionnaire::{Answer, Kind, Question, Questionnaire, parse};
use twinge::report::score::score;

const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];
const SCREEN: Size = Size { columns: 80, rows: 24 };

/// The variable with the path of the tree, in a process that measures one.
const TREE: &str = "TWINGE_SCALE_TREE";

/// This many answers are given before keys are measured, in trees with enough questions.
const GIVEN: usize = 300;

/// At least this many keys that answer are measured.
const KEYS: usize = 300;

fn main() {
    match std::env::var_os(TREE) {
        Some(tree) => measure(&std::fs::read(tree).expect("the tree")),
        None => compare(),
    }
}

/// Runs a process for each size, and prints what they measured, side by side.
fn compare() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let mut table: Vec<(String, Vec<f64>)> = Vec::new();
    for questions in SIZES {
        let path = folder.join(format!("grown-{questions}.toml"));
        std::fs::write(&path, grow::tree(questions, 1)).expect("the tree is written");
        let itself = std::env::current_exe().expect("this program");
        let output = Command::new(itself).env(TREE, &path).output().expect("it measures");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let (figure, name) = line.split_once(' ').expect("a figure and its name");
            let figure = figure.parse().expect("a number");
            match table.iter_mut().find(|(known, _)| known == name) {
                Some((_, figures)) => figures.push(figure),
                None => table.push((name.to_owned(), vec![figure])),
            }
        }
    }
    println!("{:<42}{:>11}{:>11}{:>11}{:>11}{:>9}", "questions", 10, 100, "1,000", "10,000", "growth");
    let growth = |figures: &[f64]| figures[3] / figures[1];
    let file = growth(&table[0].1);
    for (name, figures) in &table {
        print!("{name:<42}");
        for figure in figures {
            print!("{figure:>11.2}");
        }
        println!("{:>9.2}", growth(figures) / file);
    }
    println!("growth: from 100 to 10,000 questions, as a multiple of the file's own. 1 is linear.");
    let built_in = parse(include_bytes!("../questions.toml")).expect("a valid file");
    let mut times = keys_passing_over(&built_in);
    times.sort_unstable();
    println!(
        "built-in file, key to answer, passing over, us: median {}, most {}",
        micros(times[times.len() / 2]),
        micros(times[times.len() - 1])
    );
}

/// Measures one tree: a line for each figure.
fn measure(bytes: &[u8]) {
    println!("{} file, KiB", number(bytes.len()) / 1024.0);
    let questionnaire = parse(bytes).expect("a valid tree");
    println!("{} memory at its peak once loaded, MiB", peak_mib());
    println!("{} load, ms", median_of(5, || parse(bytes).expect("valid")) * 1e3);
    println!("{} check, ms", median_of(5, || check(bytes).expect("valid")) * 1e3);

    let answers = all_answers(&questionnaire);
    let outcome = || Outcome::new(&Evaluation::new(&questionnaire, &answers));
    println!("{} rank, ms", median_of(9, outcome) * 1e3);
    let line = format!(
        "{{\"id\": 1, \"answers\": {}}}\n",
        serde_json::to_string(&AnswersJson::from_answers(&questionnaire, &answers).expect("JSON")).expect("JSON")
    );
    let scored = || score(&questionnaire, line.as_bytes(), &mut Vec::new()).expect("it is scored");
    println!("{} score a line, ms", median_of(9, scored) * 1e3);
    println!("{} begin an interview, ms", median_of(9, || Interview::new(&questionnaire)) * 1e3);

    let mut keys = Keys::default();
    let first = GIVEN.min(questionnaire.questions.len() * 4 / 10);
    while keys.answer.len() < KEYS {
        keys.measure(&questionnaire, first);
    }
    let passing_over = keys_passing_over(&questionnaire);
    for (name, mut times) in
        [("answer", keys.answer), ("answer, passing over", passing_over), ("move", keys.movement), ("back", keys.back)]
    {
        times.sort_unstable();
        println!("{} key to {name}, us, median", micros(times[times.len() / 2]));
        println!("{} key to {name}, us, 99 of 100", micros(times[times.len() * 99 / 100]));
    }
    let mut interview = given(&questionnaire);
    println!("{} change what all hangs on, us", change_age(&mut interview) * 1e6);
    let about =
        FingerprintedQuestionnaire { questionnaire: &questionnaire, fingerprint: &Fingerprint::from_bytes(b"") };
    let draft = || Draft::new(about, interview.answers(), 0).and_then(|draft| draft.to_json()).expect("JSON");
    println!("{} write the draft (memory only), us", median_of(99, draft) * 1e6);
    println!("{} memory at its peak, MiB", peak_mib());
}

/// How long keys that answer take where questions that hardly matter are passed over, from the first one on.
fn keys_passing_over(questionnaire: &Questionnaire) -> Vec<Duration> {
    let questionnaire = Questionnaire { enough: 0.03, ..questionnaire.clone() };
    let mut keys = Keys::default();
    keys.measure(&questionnaire, 0);
    keys.answer
}

/// How long keys took, each with laying out the next screen.
#[derive(Default)]
struct Keys {
    answer: Vec<Duration>,
    movement: Vec<Duration>,
    back: Vec<Duration>,
}

impl Keys {
    /// Walks through an interview once so many questions are answered.
    fn measure(&mut self, questionnaire: &Questionnaire, first: usize) {
        let mut app = App::new(questionnaire, SCREEN);
        press(&mut app, Key::Enter);
        let mut at = 0;
        while app.mode() != Mode::Results && self.answer.len() < KEYS {
            let before = app.interview().progress().answered;
            let is_measured = before >= first;
            if is_measured && at % 7 == 0 {
                self.movement.push(press(&mut app, Key::Down));
                self.movement.push(press(&mut app, Key::Up));
                self.back.push(press(&mut app, Key::Left));
                press(&mut app, Key::Right);
            }
            at += 1;
            for key in keys_to_answer(&app, at) {
                let took = press(&mut app, key);
                if is_measured && app.interview().progress().answered > before {
                    self.answer.push(took);
                    break;
                }
            }
        }
    }
}

/// The keys that answer the question in view, one way or another.
fn keys_to_answer(app: &App<'_>, at: usize) -> Vec<Key> {
    let option = Key::Char(if at.is_multiple_of(3) { '2' } else { '1' });
    let mode = app.mode();
    if mode == Mode::One || mode == Mode::Many {
        vec![option, Key::Enter]
    } else if mode == Mode::Number {
        "47".chars().map(Key::Char).chain([Key::Enter]).collect()
    } else {
        // An alarm interrupts, and Enter confirms it.
        vec![Key::Enter]
    }
}

fn press(app: &mut App<'_>, key: Key) -> Duration {
    time_of(|| {
        app.press(key);
        rows(app)
    })
}

/// An interview after some answers.
fn given(questionnaire: &Questionnaire) -> Interview<'_> {
    let mut interview = Interview::new(questionnaire);
    for at in 0..GIVEN.min(questionnaire.questions.len() * 4 / 10) {
        if let InView::Question(question) = interview.next() {
            interview.answer(question, any_answer(questionnaire, question, at));
        }
    }
    interview
}

/// How many seconds it takes to change the answer that most of the tree depends on.
fn change_age(interview: &mut Interview<'_>) -> f64 {
    let age = interview.questionnaire().question("q0_4").expect("it is there");
    let mut years = 30.0;
    median_of(9, || {
        years = 90.0 - years;
        interview.answer(age, Answer::Number(years))
    })
}

/// An answer to every question, hidden ones too.
fn all_answers(questionnaire: &Questionnaire) -> Answers {
    let mut answers = Answers::new();
    for (at, (question, _)) in questionnaire.questions.iter().enumerate() {
        answers.set(question, any_answer(questionnaire, question, at));
    }
    answers
}

/// An answer to a question, a different one for each `at`.
fn any_answer(questionnaire: &Questionnaire, question: Idx<Question>, at: usize) -> Answer {
    let asked = &questionnaire.questions[question];
    let options: Vec<_> = asked.options().into_iter().flat_map(|all| all.iter().map(|(option, _)| option)).collect();
    match asked.kind {
        Kind::One(_) => Answer::One(options[at * 7 % options.len()]),
        Kind::Many { .. } => {
            let ticked =
                options.iter().enumerate().filter(|(n, _)| (at + n).is_multiple_of(3)).map(|(_, option)| *option);
            Answer::Many { ticked: ticked.collect(), unsure: [].into() }
        }
        Kind::Number { .. } => Answer::Number(number(at * 13 % 90)),
    }
}

/// How many seconds something takes: the median of some runs, after a first one that warms the caches.
fn median_of<T>(times: usize, mut act: impl FnMut() -> T) -> f64 {
    let mut took: Vec<Duration> = (0..=times).map(|_| time_of(&mut act)).skip(1).collect();
    took.sort_unstable();
    took[took.len() / 2].as_secs_f64()
}

/// How long something takes.
fn time_of<T>(act: impl FnOnce() -> T) -> Duration {
    let start = now();
    black_box(act());
    now().saturating_sub(start)
}

/// The CPU time of this thread.
fn now() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// The peak of this process's memory in MiB; not a number where there is no `/proc`.
fn peak_mib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<f64>().ok()).map_or(f64::NAN, |kib| kib / 1024.0)
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
