//! The schema and the reader do not drift apart: a file with every key is changed in one place at a time, and both have to
//! agree on whether it is valid.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::{Value, json};
use twinge::diagnostic::{Rule, Severity};
use twinge::questionnaire::parse;

use crate::schema::bad::OF_FORM;
use crate::schema::documents::{self, Validators, root};

/// A question file with every key of every table.
fn whole() -> Value {
    documents::json(&fs::read(root().join("tests/questionnaire/schema/whole.toml")).expect("a file")).expect("TOML")
}

fn rules(document: &Value) -> BTreeSet<Rule> {
    let text = documents::toml(document);
    parse(text.as_bytes()).err().into_iter().flatten().map(|problem| problem.rule).collect()
}

/// A value in a document, and its schema.
struct Place<'s> {
    /// Where it is, as a JSON pointer.
    at: String,
    schema: &'s Value,
    /// The schema of the table or list around it.
    within: *const Value,
}

impl Place<'_> {
    /// The question of which it is a key that only some kinds of questions have.
    fn of_question(&self) -> Option<&str> {
        let (question, key) = self.at.strip_prefix("/question/")?.split_once('/')?;
        ["kind", "options", "from", "min", "max", "otherwise"].contains(&key).then_some(question)
    }

    /// Its schema without the description.
    fn form(&self) -> String {
        let mut schema = self.schema.clone();
        if let Value::Object(keywords) = &mut schema {
            keywords.remove("description");
        }
        schema.to_string()
    }

    /// The document with something else here.
    fn with(&self, document: &Value, change: impl FnOnce(&mut Value)) -> Value {
        let mut document = document.clone();
        change(document.pointer_mut(&self.at).expect("the place is in the document"));
        document
    }
}

/// Every value in the document, including tables and lists.
fn places<'s>(root: &'s Value, document: &Value) -> Vec<Place<'s>> {
    fn walk<'s>(root: &'s Value, place: Place<'s>, value: &Value, found: &mut Vec<Place<'s>>) {
        let schema = resolved(root, place.schema);
        let schema = schema["anyOf"]
            .as_array()
            .and_then(|either| either.iter().find(|schema| is_meant(schema, value)))
            .unwrap_or(schema);
        let within = std::ptr::from_ref(schema);
        let below = |key: &str| format!("{}/{}", place.at, key.replace('~', "~0").replace('/', "~1"));
        for (key, value) in value.as_object().into_iter().flatten() {
            let of_key = schema["properties"].get(key).unwrap_or(&schema["additionalProperties"]);
            walk(root, Place { at: below(key), schema: of_key, within }, value, found);
        }
        for (at, value) in value.as_array().into_iter().flatten().enumerate() {
            walk(root, Place { at: below(&at.to_string()), schema: &schema["items"], within }, value, found);
        }
        found.push(Place { schema, ..place });
    }
    let mut found = Vec::new();
    walk(root, Place { at: String::new(), schema: root, within: root }, document, &mut found);
    found
}

fn resolved<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
    let Some(reference) = schema["$ref"].as_str() else { return schema };
    root.pointer(reference.trim_start_matches('#')).expect("what is referred to")
}

/// Whether this is the one of several schemas that a value is meant for.
fn is_meant(schema: &Value, value: &Value) -> bool {
    match value {
        Value::Object(entries) => {
            schema["type"] == "object" && entries.keys().all(|key| schema["properties"].get(key).is_some())
        }
        Value::Array(_) => schema["type"] == "array",
        Value::String(_) => schema["type"] == "string",
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The tables with keys of their own, and those keys. The keys of `allow` are rules.
fn tables<'s>(root: &'s Value, document: &Value) -> Vec<(Place<'s>, BTreeSet<&'s str>)> {
    let rules = &root["$defs"]["Allow"];
    let with_keys = |place: Place<'s>| {
        let keys = place.schema["properties"].as_object()?.keys().map(String::as_str).collect();
        (!std::ptr::eq(place.schema, rules)).then_some((place, keys))
    };
    places(root, document).into_iter().filter_map(with_keys).collect()
}

fn all_keys<'s>(tables: &[(Place<'_>, BTreeSet<&'s str>)]) -> BTreeSet<&'s str> {
    tables.iter().flat_map(|(_, keys)| keys).copied().collect()
}

#[test]
fn the_reader_takes_every_key_of_every_table_of_the_schema() {
    let (schema, whole) = (documents::schema(), whole());
    assert_eq!(rules(&whole), BTreeSet::new());
    assert!(Validators::new().takes(&whole));
    let mut unseen: BTreeMap<*const Value, BTreeSet<&str>> = BTreeMap::new();
    for (place, keys) in tables(&schema, &whole) {
        let unseen = unseen.entry(std::ptr::from_ref(place.schema)).or_insert(keys);
        let table = whole.pointer(&place.at).and_then(Value::as_object).expect("a table");
        unseen.retain(|key| !table.contains_key(*key));
    }
    let tables_without_conditions =
        1 + schema["$defs"].as_object().expect("tables").len() - ["Allow", "Condition", "Test"].len();
    assert_eq!(unseen.len(), tables_without_conditions + ["all", "of and count"].len(), "some table is never seen");
    let unseen: Vec<_> = unseen.into_values().filter(|keys| !keys.is_empty()).collect();
    assert!(unseen.is_empty(), "these keys of the schema are not in whole.toml: {unseen:?}");
}

#[test]
fn a_key_that_the_schema_does_not_have_there_is_unknown_to_the_reader() {
    let (schema, whole, validators) = (documents::schema(), whole(), Validators::new());
    let tables = tables(&schema, &whole);
    let mut candidates = all_keys(&tables);
    candidates.insert("invented");
    for (place, keys) in &tables {
        let changed = place.with(&whole, |table| {
            candidates.difference(keys).for_each(|key| table[key] = json!("x"));
        });
        let found = parse(documents::toml(&changed).as_bytes()).expect_err("unknown keys");
        let unknown = found.iter().filter(|problem| problem.rule == Rule::UnknownKey).count();
        // The form of a table in a condition is known by its keys, so another key makes it a table of no known form.
        let is_test = found.iter().any(|problem| problem.rule == Rule::BadCondition);
        assert!(
            unknown == candidates.difference(keys).count() || (is_test && unknown == 0),
            "at {:?} the schema does not have a key that the reader has, or the reader stopped: {found:#?}",
            place.at
        );
        let invented = place.with(&whole, |table| table["invented"] = json!("x"));
        assert!(!validators.takes(&invented), "the schema takes any key at {:?}", place.at);
    }
}

/// The test above tries every key of the schema in every table. This one looks in the source for keys that the schema does
/// not have at all.
#[test]
fn the_schema_has_every_key_that_the_reader_asks_for() {
    let (schema, whole) = (documents::schema(), whole());
    let known = all_keys(&tables(&schema, &whole));
    let parse = root().join("src/questionnaire/parse");
    let files = fs::read_dir(&parse).expect("the reader").map(|entry| entry.expect("a file").path());
    let source: String =
        files.chain([parse.with_extension("rs")]).map(|path| fs::read_to_string(path).expect("the reader")).collect();
    let is_key = |text: &&str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let asked: BTreeSet<&str> = ["(\"", "(fields, \""]
        .into_iter()
        .flat_map(|before| source.match_indices(before).map(move |(at, _)| at + before.len()))
        .filter_map(|at| source[at..].split_once('"'))
        // The key is the first argument of a method or function, perhaps of several.
        .filter(|(key, rest)| is_key(key) && rest.starts_with([')', ',']))
        .map(|(key, _)| key)
        .collect();
    assert!(known.intersection(&asked).count() > 40, "the reader asks in another way now: {asked:?}");
    // Not keys but values, and answers of yes/no questions.
    let answers = ["yes", "no", "none"];
    let values = words(&schema, &whole);
    let is_other = |word: &&&str| !values.contains(**word) && !answers.contains(*word);
    let unknown: Vec<_> = asked.difference(&known).filter(is_other).collect();
    assert!(unknown.is_empty(), "the reader knows {unknown:?}, which the schema has nowhere");
}

/// Words that are values, such as those of `kind`.
fn words(schema: &Value, document: &Value) -> BTreeSet<String> {
    let places = places(schema, document);
    let words = places.iter().filter_map(|place| place.schema["enum"].as_array()).flatten();
    words.map(|word| word.as_str().expect("a word").to_owned()).collect()
}

#[test]
fn a_key_is_needed_by_both_or_by_neither() {
    let (schema, whole, validators) = (documents::schema(), whole(), Validators::new());
    let mut needed = 0;
    for (place, _) in tables(&schema, &whole) {
        let table = whole.pointer(&place.at).and_then(Value::as_object).expect("a table");
        for key in table.keys() {
            let changed = place.with(&whole, |table| {
                table.as_object_mut().expect("a table").remove(key);
            });
            let found = rules(&changed);
            let is_needed = found.contains(&Rule::MissingKey) || found.contains(&Rule::BadCondition);
            needed += usize::from(is_needed);
            assert_eq!(!validators.takes(&changed), is_needed, "without `{key}` at {:?}: {found:?}", place.at);
        }
    }
    assert!(needed > 40, "only {needed} keys are needed");
}

#[test]
fn the_reader_knows_every_word_of_the_schema() {
    let (schema, whole) = (documents::schema(), whole());
    for place in places(&schema, &whole) {
        for word in place.schema["enum"].as_array().into_iter().flatten() {
            let changed = place.with(&whole, |value| *value = word.clone());
            assert!(!rules(&changed).contains(&Rule::UnknownValue), "{word} at {:?}", place.at);
        }
    }
    let words = words(&schema, &whole);
    assert_eq!(
        words.iter().map(String::as_str).collect::<Vec<_>>(),
        ["A", "B", "C", "avoid", "many", "next", "now", "number", "one", "see"]
    );
}

/// How many of the odd values there are with one of each type.
const OF_EACH_TYPE: usize = 7;

/// Values in every form that some key takes, and in some that none does. Those of each type come first.
fn odd_values() -> Vec<Value> {
    let texts = [
        "",
        " ",
        "\n",
        "\u{200b}",
        "x",
        "X y",
        "2x",
        "x-y_1",
        "é",
        "none",
        "not-sure",
        "!x",
        "!none",
        "!",
        "?x",
        "??x",
        "yes",
        "one",
        "many",
        "number",
        "B",
        "D",
        "next",
        "> 3",
        ">3",
        "=> 3",
        "> 3.5",
        "> 3.",
        "> -3",
        "3-5",
        "3 - 5",
        "-5--3",
        "3-",
        " 3-5",
        "> inf",
        "tab\t",
        "bell \u{7}",
        "del \u{7f}",
        "c1 \u{9b}",
        "turn \u{202e}",
        "\u{2066}x",
    ];
    let numbers = [
        json!(0),
        json!(1),
        json!(1.0),
        json!(-1),
        json!(2),
        json!(0.5),
        json!(9e-10),
        json!(2e-9),
        json!(9e-7),
        json!(2e-6),
        json!(9e5),
        json!(2e6),
    ];
    let others = [
        json!([]),
        json!([[]]),
        json!([1]),
        json!(["x", "x"]),
        json!(["X"]),
        json!(["?x"]),
        json!(["none"]),
        json!([""]),
        json!([{}]),
        json!({"x": 1}),
        json!({"X": "y"}),
        json!({"none": "y"}),
        json!([{"x": "y"}]),
        json!([{"x": "y"}, 1]),
        json!({"x": ["y"]}),
        json!({"x": {}}),
        json!({"x": {"all": ["y"]}}),
        json!({"x": {"all": ["y"], "count": "> 1"}}),
        json!({"x": {"of": ["y"], "count": "> 1.5"}}),
        json!({"all": ["x"]}),
        json!({"of": ["x"], "count": ">= 1"}),
        json!({"of": ["x"], "count": 1}),
        json!({"": ["x"]}),
        json!({"x": []}),
    ];
    let of_each_type: [Value; OF_EACH_TYPE] =
        [json!(true), json!(3), json!(""), json!("x"), json!(["x"]), json!({}), json!({"x": "y"})];
    of_each_type.into_iter().chain(texts.map(Value::from)).chain(numbers).chain(others).collect()
}

#[test]
fn with_any_value_anywhere_both_agree_or_the_reader_knows_more() {
    let (schema, whole, validators) = (documents::schema(), whole(), Validators::new());
    let (mut taken, mut rejected) = (0, 0);
    let (odd, mut seen, mut forms) = (odd_values(), BTreeSet::new(), BTreeSet::new());
    for place in places(&schema, &whole).iter().filter(|place| !place.at.is_empty()) {
        // Tables of one kind are read in the same way, except questions.
        let question = place.of_question().map(str::to_owned);
        if !seen.insert((question.clone(), std::ptr::from_ref(place.schema), place.within)) {
            continue;
        }
        // A form that was tried before is only tried with a value of each type.
        let is_new_form = forms.insert((question.filter(|_| place.at.ends_with("/otherwise")), place.form()));
        let most = if is_new_form { odd.len() } else { OF_EACH_TYPE };
        for odd in odd.iter().take(most) {
            let changed = place.with(&whole, |value| *value = odd.clone());
            let found = rules(&changed);
            if validators.takes(&changed) {
                let of_form: Vec<_> = OF_FORM.into_iter().filter(|rule| found.contains(rule)).collect();
                assert!(of_form.is_empty(), "the schema takes {odd} at {:?}: {of_form:?}", place.at);
                taken += 1;
            } else {
                assert!(!found.is_empty(), "the schema rejects {odd} at {:?}, which the reader takes", place.at);
                rejected += 1;
            }
        }
    }
    assert!(taken > 200 && rejected > 1000, "{taken} taken, {rejected} rejected");
}

#[test]
fn every_warning_may_be_allowed_and_no_error() {
    let validators = Validators::new();
    for rule in Rule::ALL {
        let mut changed = whole();
        changed["allow"] = json!({rule.name(): "for a reason"});
        let is_taken = rules(&changed).is_empty();
        assert_eq!(is_taken, rule.severity() == Severity::Warning, "{}", rule.name());
        assert_eq!(is_taken, validators.takes(&changed), "{}", rule.name());
    }
}
