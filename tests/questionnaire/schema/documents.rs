//! Question files as JSON, and an independent validator for them.

use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::{Draft, Validator};
use serde_json::Value;

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A file as an editor gives it to a validator; `None` when it is not TOML.
pub(crate) fn json(toml: &[u8]) -> Option<Value> {
    toml::from_slice(toml).ok()
}

/// A document as TOML, with every table and list inline.
pub(crate) fn toml(document: &Value) -> String {
    let entries = document.as_object().expect("a file is a table");
    let lines: Vec<_> = entries.iter().map(|(key, value)| format!("{} = {}", quoted(key), inline(value))).collect();
    lines.join("\n")
}

fn inline(value: &Value) -> String {
    match value {
        Value::Object(entries) => {
            let entries: Vec<_> =
                entries.iter().map(|(key, value)| format!("{} = {}", quoted(key), inline(value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::String(text) => quoted(text),
        Value::Null => panic!("TOML has no null"),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

/// A quoted text is the same in JSON and in TOML.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// What `twinge schema` prints.
pub(crate) fn schema() -> Value {
    serde_json::from_str(twinge::questionnaire::schema::SCHEMA).expect("JSON")
}

/// The schema in the draft that it names, and in the older one that some editors know.
pub(crate) struct Validators {
    drafts: [Validator; 2],
}

impl Validators {
    pub(crate) fn new() -> Validators {
        let schema = schema();
        let with = |draft| jsonschema::options().with_draft(draft).build(&schema).expect("a schema");
        Validators { drafts: [with(Draft::Draft202012), with(Draft::Draft7)] }
    }

    /// The problems of a document: where each is, and which keyword finds it. Both drafts have to agree.
    pub(crate) fn problems(&self, document: &Value) -> Vec<String> {
        let [newest, oldest] = self.drafts.each_ref().map(|validator| {
            let problems = validator.iter_errors(document);
            let mut problems: Vec<_> = problems
                .map(|problem| {
                    let keyword = problem.schema_path().to_string();
                    let keyword = keyword.rsplit('/').next().unwrap_or_default().to_owned();
                    format!("{} {keyword}", problem.instance_path())
                })
                .collect();
            problems.sort();
            problems
        });
        assert_eq!(newest, oldest, "draft 2020-12 and draft 7 differ on {document:#}");
        newest
    }

    /// Whether a document is valid in the draft that the schema names.
    pub(crate) fn takes(&self, document: &Value) -> bool {
        let [newest, _] = &self.drafts;
        newest.is_valid(document)
    }
}

/// Every file below a folder, in the order of their names.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("it can be read").path()).collect();
    entries.sort();
    let (folders, mut files): (Vec<_>, Vec<_>) = entries.into_iter().partition(|path| path.is_dir());
    files.extend(folders.iter().filter(|path| !path.ends_with("node_modules")).flat_map(|path| files_below(path)));
    files
}
