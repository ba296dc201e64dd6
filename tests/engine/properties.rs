//! What holds of every tree and every way through it.

use crate::generate::{Picks, Tree, Wishes, answer};
use crate::rows::rows;
use crate::trees::parsed;
use la_arena::Idx;
use proptest::prelude::*;
use twinge::app::{App, Effect, Key, Size};
use twinge::engine::answers::Answers;
use twinge::engine::evaluation::Evaluation;
use twinge::engine::outcome::Outcome;
use twinge::interview::{InView, Interview};
use twinge::questionnaire::{Answer, Condition, Fact, Questionnaire, Subject, Test, Truth, WrittenAnswer};

const ANY: Wishes = Wishes { tests_not_sure: true };

fn picks() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..500)
}

/// An answer to every question, hidden ones too.
fn all_answers(picks: &mut Picks, questionnaire: &Questionnaire) -> Answers {
    let mut answers = Answers::new();
    for (id, question) in questionnaire.questions.iter() {
        answers.set(id, answer(picks, question));
    }
    answers
}

/// Answers what is next until nothing is, with the answers given.
fn walk<'q>(questionnaire: &'q Questionnaire, given: &Answers) -> Interview<'q> {
    let mut interview = Interview::new(questionnaire);
    while let InView::Question(question) = interview.next() {
        interview.answer(question, given.get(question).expect("every question has an answer").clone());
    }
    interview
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_more_finding_for_a_cause_never_lowers_it_before_others_explain_it_away(
        numbers in picks(),
        which in any::<usize>(),
        lr in 1.01_f64..40.0,
        group in prop::sample::select(vec!["", "group = \"g0\", ", "group = \"g1\", "]),
    ) {
        const SURE: &str = "\n[[question]]\nid = \"sure\"\nask = \"Sure?\"\nkind = \"one\"\n";
        let mut picks = Picks::new(numbers);
        let tree = Tree::grow(&mut picks, ANY);
        let at = which % tree.causes.len();
        let mut more = tree.clone();
        more.causes[at].findings.push(format!("{{ lr = {lr}, {group}when = {{ sure = \"yes\" }}, grade = \"C\" }}"));
        let read = |tree: &Tree| parsed(tree.toml() + SURE);
        let (less, more) = (read(&tree), read(&more));
        let mut answers = all_answers(&mut picks, &less);
        let sure = less.question("sure").expect("it was added");
        answers.set(sure, Answer::read(&less.questions[sure], &WrittenAnswer::Text("yes".into())).expect("yes"));
        let before_unless = |questionnaire: &Questionnaire| {
            let causes = Outcome::new(&Evaluation::new(questionnaire, &answers)).ranking.causes;
            let cause = questionnaire.causes.iter().nth(at).map(|(cause, _)| cause);
            causes.into_iter().find(|ranked| Some(ranked.cause) == cause).map(|ranked| ranked.probability / ranked.left)
        };
        let (before, after) = (before_unless(&less), before_unless(&more));
        prop_assert_eq!(before.is_some(), after.is_some());
        prop_assert!(after.unwrap_or(1.0) >= before.unwrap_or(0.0) - 1e-9, "{:?} became {:?}", before, after);
    }

    #[test]
    fn the_order_of_answering_never_matters(numbers in picks(), order in prop::collection::vec(any::<u16>(), 0..40)) {
        let mut picks = Picks::new(numbers);
        let questionnaire = Tree::grow(&mut picks, ANY).questionnaire();
        let given = all_answers(&mut picks, &questionnaire);
        let in_file_order = walk(&questionnaire, &given);
        let mut order = Picks::new(order);
        let mut in_any_order = Interview::new(&questionnaire);
        loop {
            let open: Vec<_> = {
                let evaluation = in_any_order.evaluation();
                evaluation.shown_questions().filter(|question| evaluation.answer(*question).is_none()).collect()
            };
            if open.is_empty() {
                break;
            }
            let question = order.of(&open);
            in_any_order.answer(question, given.get(question).expect("an answer").clone());
        }
        prop_assert_eq!(in_any_order.outcome(), in_file_order.outcome());
    }

    #[test]
    fn not_sure_everywhere_ranks_nothing_and_raises_nothing(numbers in picks()) {
        let questionnaire = Tree::grow(&mut Picks::new(numbers), Wishes { tests_not_sure: false }).questionnaire();
        let mut answers = Answers::new();
        for (question, _) in questionnaire.questions.iter() {
            answers.set(question, Answer::NotSure);
        }
        let outcome = Outcome::new(&Evaluation::new(&questionnaire, &answers));
        prop_assert_eq!(outcome.ranking.ranked().count(), 0);
        prop_assert!(outcome.alarms.is_empty());
    }

    #[test]
    fn the_answer_of_a_hidden_question_never_counts(numbers in picks()) {
        let mut picks = Picks::new(numbers);
        let questionnaire = Tree::grow(&mut picks, ANY).questionnaire();
        let given = all_answers(&mut picks, &questionnaire);
        let evaluation = Evaluation::new(&questionnaire, &given);
        let mut shown_only = Answers::new();
        for question in evaluation.shown_questions() {
            shown_only.set(question, given.get(question).expect("an answer").clone());
        }
        prop_assert_eq!(Outcome::new(&Evaluation::new(&questionnaire, &shown_only)), Outcome::new(&evaluation));
    }

    #[test]
    fn what_a_change_hid_comes_back_unchanged(numbers in picks(), which in any::<u16>()) {
        let mut picks = Picks::new(numbers);
        let questionnaire = Tree::grow(&mut picks, ANY).questionnaire();
        let given = all_answers(&mut picks, &questionnaire);
        let mut interview = walk(&questionnaire, &given);
        let before = interview.outcome().clone();
        let shown: Vec<_> = interview.evaluation().shown_questions().collect();
        let Some(question) = shown.get(usize::from(which) % shown.len().max(1)).copied() else { return Ok(()) };
        let old = given.get(question).expect("an answer").clone();
        interview.answer(question, answer(&mut picks, &questionnaire.questions[question]));
        interview.answer(question, old);
        prop_assert_eq!(interview.next(), InView::End);
        prop_assert_eq!(interview.outcome(), &before);
    }

    #[test]
    fn every_shown_question_is_reached_forward_backward_and_by_jumping(numbers in picks()) {
        let mut picks = Picks::new(numbers);
        let questionnaire = Tree::grow(&mut picks, ANY).questionnaire();
        let given = all_answers(&mut picks, &questionnaire);
        let mut interview = walk(&questionnaire, &given);
        let shown: Vec<_> = interview.evaluation().shown_questions().collect();
        let mut backward = Vec::new();
        while interview.back() {
            let InView::Question(question) = interview.in_view() else { panic!("back leads to a question") };
            backward.push(question);
        }
        backward.reverse();
        prop_assert_eq!(&backward, &shown);
        let mut forward = Vec::new();
        while let InView::Question(question) = interview.in_view() {
            forward.push(question);
            prop_assert!(interview.forward());
        }
        prop_assert_eq!(&forward, &shown);
        for question in shown {
            prop_assert!(interview.jump(question));
            prop_assert_eq!(interview.in_view(), InView::Question(question));
        }
    }

    #[test]
    fn back_and_forward_undo_each_other(numbers in picks(), steps in 0_usize..12) {
        let mut picks = Picks::new(numbers);
        let questionnaire = Tree::grow(&mut picks, ANY).questionnaire();
        let given = all_answers(&mut picks, &questionnaire);
        let mut interview = walk(&questionnaire, &given);
        let answers = interview.answers().clone();
        let steps = (0..steps).take_while(|_| interview.back()).count();
        for _ in 0..steps {
            prop_assert!(interview.forward());
        }
        prop_assert_eq!(interview.in_view(), InView::End);
        prop_assert_eq!(interview.answers(), &answers);
    }

    #[test]
    fn what_is_left_lies_between_the_fewest_and_the_most(numbers in picks()) {
        let mut picks = Picks::new(numbers);
        let questionnaire = Tree::grow(&mut picks, ANY).questionnaire();
        let given = all_answers(&mut picks, &questionnaire);
        let mut interview = Interview::new(&questionnaire);
        let mut promised = Vec::new();
        while let InView::Question(question) = interview.next() {
            promised.push(interview.progress());
            interview.answer(question, given.get(question).expect("an answer").clone());
        }
        let all = promised.len();
        for (asked, progress) in promised.into_iter().enumerate() {
            let left = all - asked;
            prop_assert!(progress.fewest <= left, "{:?}, but {} were left", progress, left);
            prop_assert!(left <= progress.most, "{:?}, but {} were left", progress, left);
        }
    }

    #[test]
    fn no_key_at_no_size_leads_out_of_the_screen_or_to_a_dead_end(numbers in picks(), pressed in prop::collection::vec(any::<u16>(), 0..300)) {
        const SIZES: [(u16, u16); 8] = [(80, 24), (40, 12), (30, 8), (200, 60), (29, 7), (1, 1), (100, 30), (31, 9)];
        let questionnaire = Tree::grow(&mut Picks::new(numbers), ANY).questionnaire();
        let keys: Vec<Key> = "123nxwmpr/?q ".chars().map(Key::Char).chain([
            Key::Enter, Key::Enter, Key::Enter, Key::Up, Key::Down, Key::Left, Key::Right, Key::Home, Key::End,
            Key::PageUp, Key::PageDown, Key::Tab, Key::BackTab, Key::Backspace, Key::Esc,
        ]).collect();
        let mut app = App::new(&questionnaire, Size { columns: 80, rows: 24 });
        let mut pressed = Picks::new(pressed);
        for _ in 0..300 {
            if pressed.once_in(20) {
                let (columns, rows) = pressed.of(&SIZES);
                app.resize(Size { columns, rows });
            }
            let key = pressed.of(&keys);
            if app.press(key) == Some(Effect::Quit) {
                break;
            }
            let size = app.size();
            prop_assert_eq!(rows(&app).len(), usize::from(size.rows), "after {:?} at {:?}", key, size);
        }
        // It may ask first, but only once.
        let is_end = [Key::Ctrl('c'); 2].map(|key| app.press(key) == Some(Effect::Interrupt));
        prop_assert!(is_end.contains(&true));
    }

    #[test]
    fn every_condition_is_what_its_tables_make_it(numbers in picks()) {
        let mut picks = Picks::new(numbers);
        let questionnaire = Tree::grow(&mut picks, ANY).questionnaire();
        // Some questions are left without an answer.
        let mut given = all_answers(&mut picks, &questionnaire);
        for (question, _) in questionnaire.questions.iter().filter(|_| picks.below(4) == 0).collect::<Vec<_>>() {
            given.unset(question);
        }
        let evaluation = Evaluation::new(&questionnaire, &given);
        let of_tests = |condition: &Condition, is_reason: &dyn Fn(&Test) -> bool| {
            let mut open_tables = condition.tables.iter().filter(|table| evaluation.table(table) == Truth::Open);
            let has_reason = |test: &Test| evaluation.test(test) == Truth::Open && is_reason(test);
            evaluation.truth(condition) == Truth::Open && open_tables.any(|table| table.iter().any(has_reason))
        };
        let fact = |fact: Idx<Fact>| &questionnaire.facts[fact].when;
        for (part, condition) in questionnaire.conditions() {
            let truth = condition.tables.iter().map(|table| evaluation.table(table)).max();
            prop_assert_eq!(Some(evaluation.truth(condition)), truth, "{:?}", part);
            let awaits_answer = of_tests(condition, &|test| match test.subject() {
                Subject::Question(question) => evaluation.question_awaits_answer(question),
                Subject::Fact(tested) => evaluation.awaits_answer(fact(tested)),
            });
            prop_assert_eq!(evaluation.awaits_answer(condition), awaits_answer, "{:?}", part);
            let is_doubtful = of_tests(condition, &|test| match test.subject() {
                Subject::Question(question) => evaluation.answer(question).is_some(),
                Subject::Fact(tested) => evaluation.is_doubtful(fact(tested)),
            });
            prop_assert_eq!(evaluation.is_doubtful(condition), is_doubtful, "{:?}", part);
        }
    }

    #[test]
    fn probabilities_stay_inside_their_ranges(numbers in picks()) {
        let mut picks = Picks::new(numbers);
        let questionnaire = Tree::grow(&mut picks, ANY).questionnaire();
        let given = all_answers(&mut picks, &questionnaire);
        for ranked in Outcome::new(&Evaluation::new(&questionnaire, &given)).ranking.causes {
            prop_assert!(0.0 < ranked.probability && ranked.probability < questionnaire.causes[ranked.cause].attribution);
            prop_assert!(ranked.low <= ranked.probability && ranked.probability <= ranked.high);
        }
    }
}
