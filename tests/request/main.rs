//! Requests: files, flags, intervals, and random ones.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on must fail")]

mod files;
mod flags;
mod interval;
mod random;

use std::sync::LazyLock;

use jsonschema::Validator;
use miette::{Diagnostic as _, GraphicalReportHandler, GraphicalTheme};
use poolpair::request::{Request, RequestError, RequestErrors};
use serde_json::Value;

/// What no JSON Schema can say: the codes of errors in requests that the schema accepts.
const BEYOND_THE_SCHEMA: [&str; 4] = [
    "poolpair::request::duplicate-facts",
    "poolpair::request::duplicate-allow",
    "poolpair::request::duplicate-key",
    "poolpair::request::foreign-pool",
];

static SCHEMA: LazyLock<Validator> =
    LazyLock::new(|| jsonschema::validator_for(Request::json_schema().as_value()).unwrap());

fn render(errors: &RequestErrors) -> String {
    let mut text = String::new();
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::none()).with_width(100);
    match errors.errors.as_slice() {
        [error] => handler.render_report(&mut text, error).unwrap(),
        _ => handler.render_report(&mut text, errors).unwrap(),
    }
    text
}

fn code(error: &RequestError) -> String {
    error.code().unwrap().to_string()
}

/// What a request means, wherever its values were written.
fn written(request: &Request) -> Value {
    serde_json::to_value(request).unwrap()
}

fn snapshot(folder: &str, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("snapshots/{folder}"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
