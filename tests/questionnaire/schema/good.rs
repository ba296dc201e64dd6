//! Every question file without a problem is valid by the schema, and editors can use the schema.

use std::collections::BTreeSet;
use std::fs;

use proptest::prelude::*;
use serde_json::Value;
use twinge::questionnaire::parse;

use crate::generate::{Picks, Tree, Wishes};
use crate::schema::documents::{Validators, files_below, json, root, schema};

#[track_caller]
fn check(validators: &Validators, name: &str, toml: &[u8]) {
    let document = json(toml).unwrap_or_else(|| panic!("{name} is not TOML"));
    assert_eq!(validators.problems(&document), Vec::<String>::new(), "{name}");
}

#[test]
fn the_built_in_questions_are_valid() {
    check(&Validators::new(), "questions.toml", twinge::cli::BUILT_IN.as_bytes());
}

#[test]
fn the_example_of_the_page_on_question_files_is_valid() {
    let page = fs::read_to_string(root().join("docs/question-file.md")).expect("a page");
    let example = page.split("```toml\n").find(|block| block.starts_with("format ")).expect("an example");
    let example = example.split("```").next().expect("its end");
    assert!(parse(example.as_bytes()).is_ok());
    check(&Validators::new(), "docs/question-file.md", example.as_bytes());
}

#[test]
fn every_question_file_of_the_tests_that_has_no_problem_is_valid() {
    let validators = Validators::new();
    let mut seen = BTreeSet::new();
    for path in files_below(&root().join("tests")) {
        let name = path.to_string_lossy().into_owned();
        let is_a = |extension| path.extension().is_some_and(|found| found == extension);
        let Ok(bytes) = fs::read(&path) else { continue };
        if is_a("toml") && parse(&bytes).is_ok() {
            check(&validators, &name, &bytes);
            seen.insert(name);
        } else if is_a("rs") {
            // Question files inside a test, as raw strings.
            let text = String::from_utf8(bytes).expect("source is text");
            for tree in text.split("r#\"").filter_map(|rest| Some(rest.split_once("\"#")?.0)) {
                if parse(tree.as_bytes()).is_ok() {
                    check(&validators, &name, tree.as_bytes());
                    seen.insert(name.clone());
                }
            }
        }
    }
    for known in ["trees/network.toml", "trees/wide.toml", "worked/worked.toml", "score/1/tree.toml", "app/cause.rs"] {
        assert!(seen.iter().any(|name| name.ends_with(known)), "{known} is not in {seen:#?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_random_tree_is_valid(picks in prop::collection::vec(any::<u16>(), 0..500)) {
        thread_local!(static VALIDATORS: Validators = Validators::new());
        let tree = Tree::grow(&mut Picks::new(picks), Wishes { tests_not_sure: true }).toml();
        VALIDATORS.with(|validators| check(validators, &tree, tree.as_bytes()));
    }
}

#[test]
fn the_schema_itself_is_valid() {
    jsonschema::meta::validate(&schema()).unwrap_or_else(|problem| panic!("{problem}"));
}

/// A schema and every schema inside it.
fn schemas<'s>(schema: &'s Value, found: &mut Vec<&'s Value>) {
    found.push(schema);
    for (keyword, value) in schema.as_object().into_iter().flatten() {
        match (keyword.as_str(), value) {
            ("properties" | "$defs", Value::Object(named)) => named.values().for_each(|value| schemas(value, found)),
            ("anyOf", Value::Array(several)) => several.iter().for_each(|value| schemas(value, found)),
            ("if" | "then" | "else" | "not" | "items" | "contains" | "additionalProperties" | "propertyNames", _) => {
                schemas(value, found);
            }
            _ => {}
        }
    }
}

/// An editor shows the description of the key under the cursor.
#[test]
fn every_table_and_every_key_has_a_description() {
    let schema = schema();
    let mut found = Vec::new();
    schemas(&schema, &mut found);
    let tables: Vec<_> = found.into_iter().filter(|table| table["additionalProperties"] == false).collect();
    assert!(tables.len() > 15, "{tables:#?}");
    for table in tables.iter().filter(|table| table.get("description").is_some()) {
        for (key, value) in table["properties"].as_object().expect("keys") {
            let of_its_type = value["$ref"].as_str().and_then(|at| schema.pointer(at.trim_start_matches('#')));
            let said = value.get("description").or(of_its_type.and_then(|of_its_type| of_its_type.get("description")));
            let said = said.and_then(Value::as_str).unwrap_or_default();
            assert!(said.ends_with(['.', ':', '`']) && said.len() > 5, "{key} of {}: {said:?}", table["description"]);
        }
    }
    let without = |table: &&&Value| table.get("description").is_none();
    let in_conditions: BTreeSet<_> =
        tables.iter().filter(without).flat_map(|table| table["properties"].as_object().expect("keys").keys()).collect();
    assert_eq!(in_conditions.into_iter().collect::<Vec<_>>(), ["all", "count", "of"]);
}

/// Editors that know draft 7 ignore newer keywords, and every keyword beside a `$ref` except its description.
#[test]
fn every_keyword_is_known_to_draft_7_and_none_is_lost_beside_a_reference() {
    const KNOWN: &str = "$schema $defs $ref title description type enum const pattern format properties required \
        additionalProperties propertyNames minProperties items minItems uniqueItems contains minimum maximum \
        exclusiveMinimum exclusiveMaximum anyOf not if then else";
    let known: BTreeSet<_> = KNOWN.split_whitespace().collect();
    let schema = schema();
    let mut found = Vec::new();
    schemas(&schema, &mut found);
    for schema in found.into_iter().filter_map(Value::as_object) {
        for keyword in schema.keys() {
            assert!(known.contains(keyword.as_str()), "{keyword} in {schema:#?}");
        }
        let beside: Vec<_> = schema.keys().filter(|key| !["$ref", "description"].contains(&key.as_str())).collect();
        assert!(!schema.contains_key("$ref") || beside.is_empty(), "{beside:?} beside a $ref");
    }
}

#[test]
fn it_is_what_the_types_say() {
    let made = format!("{:#}\n", crate::schema::types::schema());
    if twinge::questionnaire::schema::SCHEMA != made {
        let path = root().join("src/questionnaire/schema.json");
        fs::write(&path, made).expect("it can be written");
        panic!("{} was out of date and has been made anew: look at what changed, and commit it", path.display());
    }
}
