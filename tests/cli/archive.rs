//! The zip file of `Export-CsConfiguration`: read, planned on, never unpacked to disk.

use std::io::{Cursor, Write};
use std::path::Path;
use std::process::Command;

use poolpair::Export;
use poolpair::source::{Options, normalised_sha256, sha256};
use poolpair::topology::Dialect;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn archive() -> Vec<u8> {
    let document =
        topogen::two_standard().configuration_export(&topogen::Layout::utf8(), &topogen::Notation::default());
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("DocItemSet.xml", SimpleFileOptions::default()).unwrap();
    writer.write_all(&document).unwrap();
    writer.finish().unwrap().into_inner()
}

#[test]
fn the_topology_in_an_archive_is_read_and_the_hash_is_that_of_the_archive() {
    let bytes = archive();
    let export = Export::read("config.zip", bytes.clone(), &Options::default()).unwrap();
    assert_eq!(export.topology.dialect, Dialect::ConfigurationExport);
    assert_eq!(export.source().name(), "config.zip/DocItemSet.xml");
    assert_eq!(export.source().sha256(), sha256(&bytes));
    assert_eq!(export.source().normalised_sha256(), normalised_sha256(export.source().text()));
}

#[test]
fn a_plan_on_an_archive_writes_the_published_form_and_verifies() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("config.zip"), archive()).unwrap();
    let pair = ["--pool", "pool01.contoso.com", "--backup", "pool02.contoso.com", "--out-dir", "out"];
    let messages = run(folder.path(), &[&["apply", "config.zip"], &pair[..]].concat());
    assert!(messages.contains("published form"), "{messages}");
    run(folder.path(), &["verify", "out", "--topology", "config.zip"]);
    let written = std::fs::read(folder.path().join("out/topology.xml")).unwrap();
    let export = Export::read("topology.xml", written, &Options::default()).unwrap();
    assert_eq!(export.topology.dialect, Dialect::Published);
}

/// Runs the program, which must succeed, and gives its messages.
fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_poolpair")).args(arguments).current_dir(folder).output().unwrap();
    let messages = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{arguments:?}: {messages}");
    messages
}
