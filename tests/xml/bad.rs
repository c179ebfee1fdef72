//! The documents of `fixtures/bad`: each is refused with the code and at the place that its index tells.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use miette::{GraphicalReportHandler, GraphicalTheme};

use crate::{Refused, file_name, files, read};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/bad")
}

/// Every document of the folder, refused.
fn outcomes() -> BTreeMap<String, Refused> {
    let documents = files(&folder()).into_iter().filter(|path| file_name(path) != "README.md");
    documents
        .map(|path| {
            let name = file_name(&path).to_owned();
            let outcome = read(&name, std::fs::read(&path).unwrap());
            let refused = outcome.err().unwrap_or_else(|| panic!("{name} is accepted"));
            (name, refused)
        })
        .collect()
}

#[test]
fn each_is_refused_as_the_index_says() {
    let index = std::fs::read_to_string(folder().join("README.md")).unwrap();
    let rows = index.lines().filter(|line| line.starts_with("| `"));
    let told: Vec<_> = rows.map(|row| row.rsplit_once(" | ").unwrap().0.to_owned()).collect();
    let found: Vec<_> = outcomes()
        .iter()
        .map(|(name, refused)| {
            let place = refused
                .position
                .map_or_else(|| "none".to_owned(), |at| format!("{}:{} ({})", at.line, at.column, at.byte_offset));
            format!("| `{name}` | `{}` | {place}", refused.code)
        })
        .collect();
    assert_eq!(told, found, "correct the table in fixtures/bad/README.md:\n{}", found.join("\n"));
}

#[test]
fn messages_tell_what_to_do() {
    let handler =
        GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor()).with_width(100).with_links(false);
    let mut messages = String::new();
    for refused in outcomes().values() {
        handler.render_report(&mut messages, refused.report.as_ref()).unwrap();
        messages.push('\n');
    }
    insta::assert_snapshot!(messages);
}
