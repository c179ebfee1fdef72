//! How the findings of a case are committed: every word, and every place with what stands there.

use std::fmt::Write as _;

use poolpair::rules::{FindingRecord, LocationRecord};

/// Tells a finding; the text of each place is read back from the bytes of its file.
pub(crate) fn tell<'b>(finding: &FindingRecord, bytes: impl Fn(&str) -> &'b [u8]) -> String {
    let mut text = String::new();
    let (severity, class) = (finding.severity.name(), finding.class.name());
    writeln!(text, "{severity}[{}] {class}, {}", finding.rule, finding.source).unwrap();
    writeln!(text, "  {}", finding.message).unwrap();
    writeln!(text, "  help: {}", finding.help).unwrap();
    for location in &finding.locations {
        let there = read_back(location, bytes(&location.file));
        let LocationRecord { file, line, column, byte_offset, length, label, .. } = location;
        writeln!(text, "  {file}:{line}:{column} (byte {byte_offset}, {length} long) {label}: {there}").unwrap();
    }
    text
}

/// What stands at a place, found by its byte offset; line and column are counted anew to confirm them.
fn read_back(location: &LocationRecord, bytes: &[u8]) -> String {
    let start = usize::try_from(location.byte_offset).unwrap();
    let end = start + usize::try_from(location.length).unwrap();
    let before = std::str::from_utf8(&bytes[..start]).unwrap();
    let line = before.split('\n').count();
    let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
    assert_eq!((line, column), (location.line as usize, location.column as usize), "{location:?}");
    let there = std::str::from_utf8(&bytes[start..end]).unwrap();
    there.split_whitespace().collect::<Vec<_>>().join(" ")
}
