//! The values of keys: texts, names, and numbers with their ranges.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Map;
use twinge::diagnostic::rule_pages::title;
use twinge::diagnostic::{Rule, Severity};

/// Words that have a meaning of their own in a condition, and so cannot be ids.
pub(crate) const RESERVED: [&str; 2] = ["none", "not-sure"];

/// How an id is written, in what all dialects of regular expressions have in common.
pub(crate) const ID: &str = "^[a-z][a-z0-9_-]*$";

/// A character that can be seen.
const VISIBLE: &str = r"[^\s\u200b-\u200d\u2060\ufeff]";

/// Control characters except those of line endings, and characters that change the direction of text.
const UNWANTED: &str = r"[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]";

/// Values that the schema describes where they are used, instead of under a name of their own.
macro_rules! values {
    ($($(#[$doc:meta])* $name:ident = $schema:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $name;

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    )*};
}

values! {
    /// The number of the file format.
    Format = json_schema!({"type": "number", "const": 1});

    /// A text for people: never empty, and without control characters.
    Text = text(VISIBLE);

    /// A code of some system, which people need not be able to read.
    Code = text(r"\S");

    /// An id, or the name of something that has this id.
    Id = id();

    /// One name or several.
    Names = names();

    /// A list of names that may be empty.
    Unless = json_schema!({"type": "array", "items": id(), "uniqueItems": true});

    /// `one`, `many` or `number`.
    Kind = one_of(&["one", "many", "number"]);

    /// `A`, `B` or `C`.
    Grade = one_of(&["A", "B", "C"]);

    /// `now`, `next`, `see` or `avoid`.
    Stage = one_of(&["now", "next", "see", "avoid"]);

    /// A language tag: a language and perhaps more, joined by `-`.
    Language = json_schema!({"type": "string", "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"});

    /// One letter or digit.
    Mark = json_schema!({"type": "string", "pattern": "^[A-Za-z0-9]$"});

    /// A chance from 0 to below 1.
    Enough = json_schema!({"type": "number", "minimum": 0, "exclusiveMaximum": 1});

    /// A base rate: a probability above 0 and below 1.
    BaseRate = json_schema!({"type": "number", "minimum": 1e-9, "exclusiveMaximum": 1});

    /// A probability above 0 and up to 1.
    Share = json_schema!({"type": "number", "exclusiveMinimum": 0, "maximum": 1});

    /// A factor on odds: above 0, and not 1, which would say nothing.
    Ratio = json_schema!({
        "type": "number",
        "minimum": 1e-6,
        "maximum": 1e6,
        "not": {"enum": [1]},
    });
}

/// The warnings of `twinge check` that are fine, each with the reason.
pub(crate) struct Allow;

impl JsonSchema for Allow {
    fn schema_name() -> Cow<'static, str> {
        "Allow".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let warnings = Rule::ALL.iter().filter(|rule| rule.severity() == Severity::Warning);
        let reasons: Map<_, _> = warnings
            .map(|rule| {
                let mut reason = text(VISIBLE);
                reason.insert("description".to_owned(), format!("{}.", title(*rule)).into());
                (rule.name().to_owned(), reason.to_value())
            })
            .collect();
        json_schema!({
            "description": "Warnings of `twinge check` that are fine here, each with the reason: \
                `{ late-alarm = \"nobody can say it before\" }`.",
            "type": "object",
            "properties": reasons,
            "additionalProperties": false,
            "minProperties": 1,
        })
    }
}

/// Tables that are named by their ids: `[fact.statin]`.
pub(crate) struct ById<T>(PhantomData<T>);

impl<T: JsonSchema> JsonSchema for ById<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("{}ById", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let table = generator.subschema_for::<T>();
        json_schema!({"type": "object", "propertyNames": id(), "additionalProperties": table})
    }
}

/// A text with a character of a pattern, and without unwanted ones.
fn text(character: &str) -> Schema {
    json_schema!({"type": "string", "pattern": character, "not": {"type": "string", "pattern": UNWANTED}})
}

/// An id, which is not one of the reserved words.
pub(crate) fn id() -> Schema {
    json_schema!({"type": "string", "pattern": ID, "not": {"enum": RESERVED}})
}

/// Several ids, each once.
pub(crate) fn ids() -> Schema {
    json_schema!({"type": "array", "items": id(), "minItems": 1, "uniqueItems": true})
}

/// A text or a list. Keywords for texts do not apply to lists, nor the other way round.
fn names() -> Schema {
    json_schema!({
        "type": ["string", "array"],
        "pattern": ID,
        "not": {"enum": RESERVED},
        "items": id(),
        "minItems": 1,
        "uniqueItems": true,
    })
}

fn one_of(words: &[&str]) -> Schema {
    json_schema!({"type": "string", "enum": words})
}
