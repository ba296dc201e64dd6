//! The format of question files, as types from which the schema is generated.
//!
//! Each type is a table or a value of the file, and its doc comment is what an editor shows. No value of these types is ever
//! made, and they are no part of the program, which would be a twelfth larger: it has only the generated schema.

#![expect(dead_code, reason = "what the fields are called and of which type they are is all that is needed")]

mod causes;
mod condition;
mod file;
mod words;

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use serde_json::Value;

/// The schema of a question file, in draft 2020-12.
pub(crate) fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12().with_transform(WithoutNull);
    settings.into_generator().into_root_schema_for::<file::QuestionFile>().into()
}

/// Removes `null` as the value of optional keys, since TOML has none.
#[derive(Debug, Clone)]
struct WithoutNull;

impl Transform for WithoutNull {
    fn transform(&mut self, schema: &mut Schema) {
        let is_null = |value: &Value| value.get("type").is_some_and(|kind| kind == "null");
        for list in ["type", "enum"] {
            if let Some(Value::Array(words)) = schema.get_mut(list) {
                words.retain(|word| !word.is_null() && word != "null");
                if let ("type", [only]) = (list, words.as_slice()) {
                    let only = only.clone();
                    schema.insert(list.to_owned(), only);
                }
            }
        }
        if let Some(Value::Array(either)) = schema.get_mut("anyOf")
            && either.iter().any(is_null)
        {
            let without: Vec<_> = either.drain(..).filter(|schema| !is_null(schema)).collect();
            schema.remove("anyOf");
            for (key, value) in without.iter().filter_map(Value::as_object).flatten() {
                // The description of the key is more helpful than that of its type.
                if schema.get(key).is_none() {
                    schema.insert(key.clone(), value.clone());
                }
            }
        }
        transform_subschemas(self, schema);
    }
}
