//! Expected output with gaps.

/// Whether the lines are the expected ones; `...` stands for any lines, `[..]` for any text within a line.
pub(crate) fn matches(expected: &[&str], lines: &[&str]) -> bool {
    match expected {
        [] => lines.is_empty(),
        ["...", rest @ ..] => (0..=lines.len()).any(|skipped| matches(rest, &lines[skipped..])),
        [first, rest @ ..] => match lines {
            [line, others @ ..] => matches_line(first, line) && matches(rest, others),
            [] => false,
        },
    }
}

fn matches_line(expected: &str, line: &str) -> bool {
    let Some((start, rest)) = expected.split_once("[..]") else { return expected == line };
    let Some(line) = line.strip_prefix(start) else { return false };
    let ends = line.char_indices().map(|(at, _)| at).chain([line.len()]);
    ends.into_iter().any(|end| matches_line(rest, &line[end..]))
}

#[test]
fn gaps_match_anything_and_nothing() {
    assert!(matches(&["a", "...", "d"], &["a", "b", "c", "d"]));
    assert!(matches(&["...", "a", "..."], &["a"]));
    assert!(!matches(&["a", "...", "d"], &["a", "b"]));
    assert!(!matches(&["a"], &["a", "b"]));
    assert!(matches(&["x[..]y[..]z"], &["x1y22z"]));
    assert!(!matches(&["x[..]y"], &["x1z"]));
    assert!(!matches(&["[..] x"], &["x"]));
}
