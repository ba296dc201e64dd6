//! The question file as a FHIR `Questionnaire`, and two validators of others that accept it and the reports on interviews.
//!
//! One validator is `fhir.resources` from `PyPI`, in an environment of its own, the other is `fhir` from npm; `.ci/run` installs
//! both. Without them a test says that it is skipped; if the variable `CI` is set, it fails instead.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use proptest::prelude::*;
use serde_json::{Value, json};
use twinge::authoring::fhir::export;
use twinge::questionnaire::Questionnaire;
use twinge::report::fhir::bundle;

use crate::chromium::scratch;
use crate::generate::{Picks, Tree, Wishes};
use crate::interviews::begun;
use crate::skipped::skip;
use crate::trees::{built_in, network, parsed};

/// Every item, in order.
fn items(within: &Value) -> Vec<&Value> {
    let own = within["item"].as_array().into_iter().flatten();
    own.flat_map(|item| std::iter::once(item).chain(items(item))).collect()
}

fn exported(questions: &str) -> Value {
    export(&parsed(format!("format = 1\ntitle = \"A tree\"\n{questions}"))).questionnaire
}

fn expression(item: &Value) -> Option<&str> {
    let extensions = item["extension"].as_array()?;
    extensions.iter().find_map(|extension| extension["valueExpression"]["expression"].as_str())
}

#[test]
fn every_kind_of_question_is_written() {
    let exported = export(&network());
    insta::assert_snapshot!("network.fhir", format!("{:#}", exported.questionnaire));
    insta::assert_snapshot!("network.losses", exported.losses.join("\n"));
}

#[test]
fn conditions_with_one_and_or_one_or_need_no_expression() {
    let form = exported(
        "question = [
            { id = \"age\", ask = \"Age?\", kind = \"number\", min = 0, max = 99 },
            { id = \"sex\", ask = \"Sex?\", kind = \"one\", options = [{ id = \"f\", say = \"f\" }, { id = \"m\", say = \"m\" }] },
            { id = \"both\", ask = \"?\", kind = \"one\", when = { age = \"12-55\", sex = \"f\" } },
            { id = \"either\", ask = \"?\", kind = \"one\", when = [{ age = \"not-sure\" }, { sex = \"!m\" }] },
        ]",
    );
    let of = |id: &str| items(&form).into_iter().find(|item| item["linkId"] == id).expect("an item").clone();
    let equals = |question: &str, system: &str, code: &str| json!({"question": question, "operator": "=", "answerCoding": {"system": system, "code": code}});
    assert_eq!(of("both")["enableBehavior"], "all");
    assert_eq!(
        of("both")["enableWhen"],
        json!([
            {"question": "age", "operator": ">=", "answerInteger": 12},
            {"question": "age", "operator": "<=", "answerInteger": 55},
            equals("sex", "urn:twinge:a-tree:sex", "f"),
        ])
    );
    assert_eq!(of("either")["enableBehavior"], "any");
    assert_eq!(
        of("either")["enableWhen"],
        json!([
            equals("age/not-sure", "http://terminology.hl7.org/CodeSystem/data-absent-reason", "asked-unknown"),
            equals("sex", "urn:twinge:a-tree:sex", "f"),
        ])
    );
    assert!(items(&form).into_iter().all(|item| expression(item).is_none()));
}

#[test]
fn any_other_condition_is_an_expression() {
    let form = exported(
        "question = [
            { id = \"a\", ask = \"?\", kind = \"one\" },
            { id = \"b\", ask = \"?\", kind = \"one\", when = { a = \"yes\" }, otherwise = \"no\" },
            { id = \"c\", ask = \"?\", kind = \"many\", options = [{ id = \"x\", say = \"x\" }, { id = \"y\", say = \"y\" }] },
            { id = \"d\", ask = \"?\", kind = \"one\", when = [{ b = \"yes\", c = \"x\" }, { c = \"y\" }] },
            { id = \"e\", ask = \"?\", kind = \"one\", when = { b = \"no\" } },
            { id = \"f\", ask = \"?\", kind = \"one\", when = { c = \"!x\" } },
            { id = \"g\", ask = \"?\", kind = \"one\", when = { c = { all = [\"x\", \"y\"] } } },
        ]",
    );
    let written: Vec<_> =
        items(&form).into_iter().filter_map(|item| Some((item["linkId"].as_str()?, expression(item)?))).collect();
    let c = "%resource.item.where(linkId = 'c').answer.value";
    let d = format!(
        "(%resource.item.where(linkId = 'b').answer.value.where(code = 'yes').exists() and {c}.where(code = 'x').exists()) \
         or {c}.where(code = 'y').exists()"
    );
    let f = format!(
        "{c}.exists() and {c}.where(code = 'x').empty() and \
         {c}.where(system = 'http://terminology.hl7.org/CodeSystem/data-absent-reason').empty()"
    );
    assert_eq!(written, [("d", d.as_str()), ("f", f.as_str())]);
    // A question that is hidden counts as its `otherwise`.
    let e = items(&form).into_iter().find(|item| item["linkId"] == "e").expect("an item");
    let questions: Vec<_> = e["enableWhen"].as_array().expect("a list").iter().map(|when| &when["question"]).collect();
    assert_eq!(questions, ["b", "a"]);
}

#[test]
fn a_condition_that_grows_with_each_question_is_left_out_and_named() {
    let mut questions =
        ["r", "q0"].map(|id| format!("[[question]]\nid = \"{id}\"\nask = \"?\"\nkind = \"one\"\n")).concat();
    questions.extend((1..40).map(|at| {
        let before = format!("q{}", at - 1);
        format!(
            "[fact.f{at}]\nwhen = [{{ {before} = \"no\", r = \"yes\" }}, {{ {before} = \"yes\", r = \"no\" }}]\n\
             [[question]]\nid = \"q{at}\"\nask = \"?\"\nkind = \"one\"\notherwise = \"no\"\n\
             when = [{{ f{at} = \"yes\" }}, {{ f{at} = \"no\", {before} = \"no\" }}]\n"
        )
    }));
    let exported = export(&parsed(format!("format = 1\ntitle = \"A tree\"\n{questions}")));
    assert!(exported.questionnaire.to_string().len() < 2_000_000);
    assert!(exported.losses.iter().any(|loss| loss.contains("too long for a form") && loss.contains("q39")));
}

proptest! {
    #[test]
    fn items_have_names_of_their_own_and_look_back_at_items_that_exist(numbers in prop::collection::vec(any::<u16>(), 0..600)) {
        let mut picks = Picks::new(numbers);
        let form = export(&Tree::grow(&mut picks, Wishes { tests_not_sure: true }).questionnaire()).questionnaire;
        let mut seen = BTreeSet::new();
        for item in items(&form) {
            for when in item["enableWhen"].as_array().into_iter().flatten() {
                prop_assert!(seen.contains(when["question"].as_str().expect("a name")), "{}", item);
            }
            prop_assert!(seen.insert(item["linkId"].as_str().expect("a name")), "{}", item);
        }
    }
}

/// A program that prints what is wrong with the resources in a file.
struct Validator {
    program: PathBuf,
    script: &'static str,
}

impl Validator {
    fn all() -> Vec<Validator> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let python = root.join("target/fhir/bin/python");
        let folders = env::var_os("PATH").unwrap_or_default();
        let node = env::split_paths(&folders).map(|folder| folder.join("node")).find(|node| node.is_file());
        let node = node.filter(|_| root.join("tests/browser/node_modules/fhir").exists());
        let found = [
            (Some(python).filter(|python| python.exists()), "validate.py", "fhir.resources (pip, in target/fhir)"),
            (node, "validate.js", "node, or fhir (npm ci --prefix tests/browser)"),
        ];
        let validators = found.into_iter().filter_map(|(program, script, name)| {
            if program.is_none() {
                skip("FHIR was not validated", &format!("there is no {name}"));
            }
            Some(Validator { program: program?, script })
        });
        validators.collect()
    }

    fn said(&self, resources: &[Value], name: &str) -> String {
        let path = scratch(&format!("{name}.{}.jsonl", self.script));
        let lines: Vec<String> = resources.iter().map(Value::to_string).collect();
        fs::write(&path, lines.join("\n")).expect("a scratch file");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fhir").join(self.script);
        let output = Command::new(&self.program).arg(script).arg(path).output().expect("it starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

/// A bundle of a random interview.
fn random_bundle(picks: &mut Picks, questionnaire: &Questionnaire) -> Value {
    let text = bundle(&begun(picks, questionnaire), jiff::civil::date(2026, 11, 23)).expect("it can be written");
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn validators_of_others_find_no_fault() {
    let mut resources = Vec::new();
    for (seed, questionnaire) in (0_u16..).zip([built_in(), network(), parsed(include_str!("../trees/hostile.toml"))]) {
        resources.push(export(&questionnaire).questionnaire);
        for person in 0..10 {
            let numbers = (0..2_000_u16).map(|at| at.wrapping_mul(31_337).wrapping_add(seed * 977 + person * 919) >> 3);
            resources.push(random_bundle(&mut Picks::new(numbers.collect()), &questionnaire));
        }
    }
    for seed in 0..20_u16 {
        let numbers = (0..2_000_u16).map(|at| at.wrapping_mul(27_449).wrapping_add(seed * 1_039) >> 3);
        let mut picks = Picks::new(numbers.collect());
        let questionnaire = Tree::grow(&mut picks, Wishes { tests_not_sure: true }).questionnaire();
        resources.push(export(&questionnaire).questionnaire);
        resources.push(random_bundle(&mut picks, &questionnaire));
    }
    for validator in Validator::all() {
        assert_eq!(validator.said(&resources, "resources"), "end\n", "{}", validator.script);
    }
}

#[test]
fn validators_of_others_find_the_faults_of_what_has_some() {
    let faulty =
        json!({"resourceType": "Questionnaire", "status": "unknown", "item": [{"linkId": "a", "kind": "choice"}]});
    for validator in Validator::all() {
        let said = validator.said(std::slice::from_ref(&faulty), "faulty");
        assert!(said.starts_with("line 1: ") && said.contains("kind"), "{}: {said}", validator.script);
    }
}
