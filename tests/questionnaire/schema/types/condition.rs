//! Conditions and answers, as far as they can be described without knowing the questions.
//!
//! A condition is a table or a list. One schema describes both, since keywords for tables do not apply to lists, nor the
//! other way round. So an editor can say what is wrong, instead of that neither of two schemas fits.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::words::{ID, RESERVED, id, ids};

/// A number in a comparison.
const NUMBER: &str = r"-?[0-9]+(\.[0-9]+)?";

/// How many options are ticked: a whole number.
const COUNT: &str = r"[0-9]+(\.0+)?";

/// A `when`.
pub(crate) struct Condition;

/// What stands behind the name of a question or fact in a condition.
pub(crate) struct Test;

/// What stands behind `otherwise`.
pub(crate) struct Otherwise;

impl JsonSchema for Condition {
    fn schema_name() -> Cow<'static, str> {
        "Condition".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let test = generator.subschema_for::<Test>();
        let table = json_schema!({
            "type": "object",
            "propertyNames": id(),
            "additionalProperties": test,
            "minProperties": 1,
        });
        json_schema!({
            "description": "A table of tests, `question = value`, is *yes* when all of them are; a list of tables is \
                *yes* when any of them is.",
            "type": ["object", "array"],
            "propertyNames": id(),
            "additionalProperties": test,
            "minProperties": 1,
            "items": table,
            "minItems": 1,
        })
    }
}

impl JsonSchema for Test {
    fn schema_name() -> Cow<'static, str> {
        "Test".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let options = ids();
        let count = format!("^({})$", comparison(COUNT));
        json_schema!({
            "description": "An option or any of several (`\"a\"`, `[\"a\", \"b\"]`), any other (`\"!a\"`), all of \
                several (`{ all = [\"a\", \"b\"] }`), so many of several (`{ of = [\"a\", \"b\"], count = \">= 1\" }`), \
                a number (`\">= 65\"`, `\"> 3\"`, `\"<= 2\"`, `\"< 40\"`, `\"= 1\"`, `\"40-59\"`), `\"none\"` or \
                `\"not-sure\"`. A fact is `\"yes\"` or `\"no\"`.",
            "anyOf": [
                {
                    "type": "string",
                    "pattern": format!("^(!?[a-z][a-z0-9_-]*|{})$", comparison(NUMBER)),
                    "not": {"enum": RESERVED.map(|word| format!("!{word}"))},
                },
                options,
                {
                    "type": "object",
                    "properties": {"all": options},
                    "required": ["all"],
                    "additionalProperties": false,
                },
                {
                    "type": "object",
                    "properties": {"of": options, "count": {"type": "string", "pattern": count}},
                    "required": ["of", "count"],
                    "additionalProperties": false,
                },
            ],
        })
    }
}

impl JsonSchema for Otherwise {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Otherwise".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let reserved = RESERVED.iter().flat_map(|word| [(*word).to_owned(), format!("?{word}")]);
        json_schema!({
            "type": ["string", "number", "array"],
            "pattern": ID,
            "not": {"enum": ["none"]},
            "items": {
                "type": "string",
                "pattern": r"^\??[a-z][a-z0-9_-]*$",
                "not": {"enum": reserved.collect::<Vec<_>>()},
            },
            "uniqueItems": true,
        })
    }
}

fn comparison(number: &str) -> String {
    format!("(>=|<=|>|<|=) *{number}|{number} *- *{number}")
}
