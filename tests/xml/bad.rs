//! The documents of `fixtures/bad`: each is refused with the code and at the place that its index tells.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::{Refused, file_name, files, read};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/bad")
}

/// Every document of the folder, refused: the files, and those that stand together in one.
fn outcomes() -> BTreeMap<String, Refused> {
    let paths = files(&folder()).into_iter();
    let paths = paths.filter(|path| !["README.md", TOGETHER].contains(&file_name(path)));
    let alone = paths.map(|path| (file_name(&path).to_owned(), std::fs::read(&path).unwrap()));
    let together = std::fs::read_to_string(folder().join(TOGETHER)).unwrap();
    let together = together.split("=== ").skip(1).map(|document| {
        let (name, text) = document.split_once('\n').unwrap();
        (name.to_owned(), text.strip_suffix('\n').unwrap().as_bytes().to_vec())
    });
    let refused = |(name, bytes): (String, Vec<u8>)| {
        let refused = read(&name, bytes).err().unwrap_or_else(|| panic!("{name} is accepted"));
        (name, refused)
    };
    alone.chain(together).map(refused).collect()
}

/// Each document after a line with its name; the line end after it is none of its own.
const TOGETHER: &str = "documents.txt";

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
    let mut messages = String::new();
    for (name, Refused { report, .. }) in outcomes() {
        writeln!(messages, "{name}: {report}").unwrap();
        for label in report.labels().into_iter().flatten() {
            writeln!(messages, "  at: {}", label.label().unwrap()).unwrap();
        }
        writeln!(messages, "  help: {}", report.help().unwrap()).unwrap();
    }
    insta::assert_snapshot!(messages);
}
