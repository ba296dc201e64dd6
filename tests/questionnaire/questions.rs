//! The built-in questions: who has to be sent to get help, who not, and which cause comes first. The people are in
//! `tests/cases/`.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use crate::trees::built_in;
use la_arena::Idx;
use twinge::authoring::cases::{self, Case};
use twinge::diagnostic::{Source, render};
use twinge::engine::evaluation::Evaluation;
use twinge::engine::outcome::Outcome;
use twinge::questionnaire::{
    Alarm, Answer, Condition, FilePart, Grade, Kind, Question, Questionnaire, Stage, Test, Truth,
};
use twinge::report::AnswersFile;

fn all_cases(questionnaire: &Questionnaire) -> Vec<Case> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> = fs::read_dir(folder).expect("cases").map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    let read = |path: PathBuf| {
        let bytes = fs::read(&path).expect("it can be read");
        let name = path.display().to_string();
        cases::parse(&bytes, questionnaire)
            .unwrap_or_else(|problems| panic!("{}", render(Source { name: &name, bytes: &bytes }, &problems)))
    };
    files.into_iter().flat_map(read).collect()
}

#[test]
fn everyone_gets_what_they_must() {
    let questionnaire = built_in();
    let cases = all_cases(&questionnaire);
    assert!(cases.len() >= 150, "only {} cases", cases.len());
    let failures: Vec<String> = cases
        .iter()
        .map(|case| (case, case.failures(&questionnaire)))
        .filter(|(_, failures)| !failures.is_empty())
        .map(|(case, failures)| format!("{}\n  {}", case.name, failures.join("\n  ")))
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Checks which alarms some answers raise, and which of them are shown.
#[track_caller]
fn raised_and_told(answers: &serde_json::Value, raised: &[&str], told: &[&str]) {
    let questionnaire = built_in();
    let file = AnswersFile::read(answers.to_string().as_bytes(), &questionnaire).expect("answers");
    let outcome = Outcome::new(&Evaluation::new(&questionnaire, &file.answers));
    let ids: Vec<_> = outcome.alarms.iter().map(|alarm| questionnaire.alarms[*alarm].id.as_str()).collect();
    assert_eq!(ids, raised);
    let ids: Vec<_> = outcome.alarms_to_tell(&questionnaire).into_iter().map(|(_, alarm)| alarm.id.as_str()).collect();
    assert_eq!(ids, told);
}

#[test]
fn new_back_pain_after_cancer_is_told_once_as_urgently_as_it_is() {
    let person = |age| serde_json::json!({"age": age, "where": ["low"], "duration": "weeks4", "history": ["cancer"]});
    raised_and_told(&person(62), &["cancer_today", "cancer_soon"], &["cancer_today"]);
    raised_and_told(&person(40), &["cancer_soon"], &["cancer_soon"]);
}

#[test]
fn the_worst_pain_ever_is_told_once_as_urgently_as_it_is() {
    let person = |age| serde_json::json!({"age": age, "where": ["low"], "pain": ["worst", "no_ease"]});
    raised_and_told(&person(70), &["worst_today", "worst_soon"], &["worst_today"]);
    raised_and_told(&person(55), &["worst_soon"], &["worst_soon"]);
}

/// An answer of *not sure* to a danger question must leave its alarms open, so that the results name the question.
#[test]
fn a_danger_question_that_is_not_sure_is_never_taken_for_a_no() {
    let questionnaire = built_in();
    let cases = all_cases(&questionnaire);
    for name in [
        "A removal man of 29 who lifted a piano",
        "A woman of 55 with foot cramps in bed",
        "A grandfather of 78 with calf knots at night for years",
    ] {
        let ordinary = cases.iter().find(|case| case.name == name).unwrap_or_else(|| panic!("{name} is no case"));
        for id in ["unwell", "nerve", "body", "pain", "history"] {
            let mut answers = ordinary.answers.clone();
            let question = questionnaire.question(id).expect("it is asked");
            if !Evaluation::new(&questionnaire, &answers).is_shown(question) {
                continue;
            }
            answers.set(question, Answer::NotSure);
            let evaluation = Evaluation::new(&questionnaire, &answers);
            let outcome = Outcome::new(&evaluation);
            assert!(outcome.open_danger_questions(&evaluation).contains(&question), "{name}: {id} is not sure");
            assert!(outcome.urgency >= questionnaire.cautious_urgency(), "{name}: {id} is not sure");
        }
    }
}

#[test]
fn every_alarm_is_raised_by_somebody() {
    let questionnaire = built_in();
    let cases = all_cases(&questionnaire);
    let raised: BTreeSet<_> =
        cases.iter().flat_map(|case| Outcome::new(&Evaluation::new(&questionnaire, &case.answers)).alarms).collect();
    let silent: Vec<_> =
        questionnaire.alarms.iter().filter(|(id, _)| !raised.contains(id)).map(|(_, alarm)| &alarm.id).collect();
    assert!(silent.is_empty(), "no case raises {silent:?}");
}

/// *Nearly* means that all tests but one are *yes* in one of its tables.
#[test]
fn every_alarm_is_nearly_raised_by_somebody() {
    let questionnaire = built_in();
    let cases = all_cases(&questionnaire);
    let is_nearly = |case: &Case, alarm: &Alarm| {
        let evaluation = Evaluation::new(&questionnaire, &case.answers);
        let lacks_one = |table: &[Test]| {
            let lacking: Vec<_> = table.iter().filter(|test| evaluation.test(test) != Truth::Yes).collect();
            lacking.len() == 1 && evaluation.test(lacking[0]) == Truth::No
        };
        evaluation.truth(&alarm.when) == Truth::No && alarm.when.tables.iter().any(|table| lacks_one(table))
    };
    let never: Vec<_> = questionnaire
        .alarms
        .values()
        .filter(|alarm| !cases.iter().any(|case| is_nearly(case, alarm)))
        .map(|alarm| &alarm.id)
        .collect();
    assert!(never.is_empty(), "no case nearly raises {never:?}");
}

#[test]
fn every_cause_has_a_typical_an_early_a_mixed_and_a_misleading_person() {
    let questionnaire = built_in();
    let cases = all_cases(&questionnaire);
    for cause in questionnaire.causes.values() {
        for kind in ["typical", "early", "mixed", "misleading"] {
            let start = format!("{}, {kind}: ", cause.id);
            assert!(cases.iter().any(|case| case.name.starts_with(&start)), "{start}");
        }
    }
}

#[test]
fn every_claim_of_the_founding_article_has_its_place() {
    const CAUSES: &str = "guarding pad venous overexert dehydration fatigue hypok hypomg hypoca pregnancy radic \
        stenosis sci heat loop statin bone memory";
    let questionnaire = built_in();
    let causes: Vec<&str> = questionnaire.causes.values().map(|cause| cause.id.as_str()).collect();
    for cause in CAUSES.split_whitespace() {
        assert!(causes.contains(&cause), "{cause} is not in {causes:?}");
    }
    for question in ["age", "start", "medicines"] {
        assert!(questionnaire.question(question).is_some(), "{question}");
    }
    let medicines = &questionnaire.questions[questionnaire.question("medicines").expect("it is asked")];
    for medicine in ["tolcapone", "raloxifene", "donepezil", "furosemide", "atorvastatin"] {
        assert!(medicines.option(medicine).is_some(), "{medicine}");
    }
}

#[test]
fn every_cause_says_what_to_do_and_which_test_would_confirm_it() {
    for cause in built_in().causes.values() {
        for stage in [Stage::Now, Stage::Next, Stage::See, Stage::Avoid] {
            assert!(cause.advice.iter().any(|advice| advice.stage == stage), "{}: {stage:?}", cause.id);
        }
        assert!(cause.summary.is_some() && cause.test.is_some() && cause.urgency.is_some(), "{}", cause.id);
    }
}

#[test]
fn every_question_says_why_it_is_asked() {
    for question in built_in().questions.values() {
        assert!(question.why.is_some(), "{}", question.id);
    }
}

/// The conditions that move a cause or raise an alarm.
fn deciding_conditions(questionnaire: &Questionnaire) -> impl Iterator<Item = &Condition> {
    let is_of_cause =
        |part| matches!(part, FilePart::Cause(_) | FilePart::Base(..) | FilePart::Adjust(..) | FilePart::Finding(..));
    let deciding =
        questionnaire.conditions().filter(move |(part, _)| is_of_cause(*part) || matches!(part, FilePart::Alarm(_)));
    deciding.map(|(_, condition)| condition)
}

#[test]
fn every_question_separates_causes_or_raises_an_alarm() {
    let questionnaire = built_in();
    let conditions: Vec<_> = deciding_conditions(&questionnaire).collect();
    let tested: BTreeSet<_> =
        conditions.into_iter().flat_map(|when| questionnaire.questions_behind(when.tests())).collect();
    let questions = questionnaire.questions.iter();
    let idle: Vec<_> = questions.filter(|(id, _)| !tested.contains(id)).map(|(_, asked)| &asked.id).collect();
    assert!(idle.is_empty(), "{idle:?}");
}

#[test]
fn every_box_that_can_be_ticked_changes_something() {
    let questionnaire = built_in();
    let advice = questionnaire.causes.values().flat_map(|cause| &cause.advice).map(|advice| &advice.when);
    let gates = questionnaire.questions.values().map(|question| &question.when);
    let mut named = BTreeSet::new();
    for test in questionnaire
        .tests_behind(deciding_conditions(&questionnaire).chain(advice).chain(gates).flat_map(Condition::tests))
    {
        if let Test::Question { question, form } = test {
            named.extend(form.options().iter().map(|option| (*question, *option)));
        }
    }
    let mut idle = Vec::new();
    // Medicines that matter to no rule are on the list too, so that people find what they take.
    let lists = questionnaire.questions.iter().filter(|(_, asked)| asked.id != "medicines");
    for (id, asked) in lists.filter(|(_, asked)| matches!(asked.kind, Kind::Many { .. })) {
        let offered = asked.options().filter(|_| asked.from().is_none()).into_iter().flat_map(la_arena::Arena::iter);
        let without_use = offered.filter(|(option, _)| !named.contains(&(id, *option)));
        idle.extend(without_use.map(|(_, choice)| format!("{}.{}", asked.id, choice.id)));
    }
    assert!(idle.is_empty(), "{idle:?}");
}

#[test]
fn no_list_is_longer_than_ten_but_those_that_people_search_by_name() {
    let questionnaire = built_in();
    let long: Vec<_> = questionnaire
        .questions
        .values()
        .filter(|asked| asked.from().is_none() && asked.options().is_some_and(|options| options.len() > 10))
        .map(|asked| asked.id.as_str())
        .collect();
    assert_eq!(long, ["history", "medicines"]);
}

#[test]
fn danger_questions_come_first_after_only_those_they_depend_on() {
    let questionnaire = built_in();
    let order: Vec<&str> = questionnaire
        .questions
        .values()
        .map(|asked| asked.section.map_or("", |section| questionnaire.sections[section].id.as_str()))
        .collect();
    let first_other = order.iter().position(|section| !["about", "danger"].contains(section)).expect("others");
    assert!(order[first_other..].iter().all(|section| *section != "danger"), "{order:?}");
    // Whoever needs an ambulance is told so before the long list of medicines.
    let is_early = |id: &Idx<Question>| {
        let section = questionnaire.questions[*id].section.map(|section| &questionnaire.sections[section].id);
        section.is_some_and(|section| ["about", "danger"].contains(&section.as_str()))
    };
    // Reactions to a medicine can only be asked about after the medicines.
    let late = [
        "medicine_storm",
        "salts_heart",
        "heart_medicine",
        "pair_colchicine_emergency",
        "thinner_bleed",
        "lithium_emergency",
        "quinine_bleed",
    ];
    for alarm in questionnaire.alarms.values().filter(|alarm| !late.contains(&alarm.id.as_str())) {
        let is_soon_known =
            alarm.when.tables.iter().any(|table| questionnaire.questions_behind(table.iter()).iter().all(is_early));
        assert!(is_soon_known || !questionnaire.urgencies[alarm.urgency].interrupts, "{}", alarm.id);
    }
}

#[test]
fn every_figure_of_grade_a_or_b_has_a_source_and_every_source_is_used() {
    let questionnaire = built_in();
    let mut used = BTreeSet::new();
    let mut unsourced = Vec::new();
    for cause in questionnaire.causes.values() {
        let base = cause.base.iter().map(|row| (row.grade, &row.sources));
        let adjust = cause.adjust.iter().map(|row| (row.grade, &row.sources));
        let findings = cause.findings.iter().map(|finding| (Some(finding.grade), &finding.sources));
        for (grade, sources) in base.chain(adjust).chain(findings) {
            if grade.is_some_and(|grade| grade != Grade::C) && sources.is_empty() {
                unsourced.push(&cause.id);
            }
            used.extend(sources.iter().copied());
        }
        used.extend(cause.advice.iter().flat_map(|advice| advice.sources.iter().copied()));
    }
    used.extend(questionnaire.alarms.values().flat_map(|alarm| alarm.sources.iter().copied()));
    assert!(unsourced.is_empty(), "{unsourced:?}");
    let unused: Vec<_> =
        questionnaire.sources.iter().filter(|(id, _)| !used.contains(id)).map(|(_, source)| &source.id).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn somebody_under_18_is_sent_to_a_doctor_and_gets_no_ranking() {
    let questionnaire = built_in();
    let cases = all_cases(&questionnaire);
    let age = questionnaire.question("age").expect("it is asked");
    for case in cases.iter().step_by(10) {
        let mut answers = case.answers.clone();
        answers.set(age, Answer::Number(17.0));
        let outcome = Outcome::new(&Evaluation::new(&questionnaire, &answers));
        assert!(outcome.ranking.causes.is_empty(), "{}", case.name);
        let (soon, _) = questionnaire.urgencies.iter().find(|(_, level)| level.id == "soon").expect("a level");
        assert!(outcome.urgency >= Some(soon), "{}", case.name);
    }
}
