//! The unified diff of two decoded texts.

use similar::TextDiff;

/// The unified diff with three lines of context; empty where the texts are equal.
///
/// Both are decoded first, so that a diff of UTF-16 exports reads like any other. Carriage returns before a line
/// feed are kept out of the way: a diff of a file with CRLF line ends is written with LF, unless line ends are the
/// difference.
pub fn unified(before_name: &str, before: &str, after_name: &str, after: &str) -> String {
    let fold = |text: &str| text.replace("\r\n", "\n");
    let (folded_before, folded_after) = (fold(before), fold(after));
    let folded = folded_before != folded_after || before == after;
    let (before, after) = if folded { (folded_before.as_str(), folded_after.as_str()) } else { (before, after) };
    let diff = TextDiff::from_lines(before, after);
    diff.unified_diff().context_radius(3).header(before_name, after_name).to_string()
}

#[cfg(test)]
mod tests {
    use super::unified;

    #[test]
    fn equal_texts_have_no_diff() {
        assert_eq!(unified("a", "x\r\n", "b", "x\r\n"), "");
    }

    #[test]
    fn crlf_is_folded_unless_it_is_the_difference() {
        assert_eq!(unified("a", "x\r\ny\r\n", "b", "x\r\nz\r\n"), "--- a\n+++ b\n@@ -1,2 +1,2 @@\n x\n-y\n+z\n");
        assert_eq!(unified("a", "x\r\n", "b", "x\n"), "--- a\n+++ b\n@@ -1 +1 @@\n-x\r\n+x\n");
    }
}
