//! Deviations of the files in a directory from the manifest of a bundle.

use super::signature::unsigned;
use crate::source::sha256;

/// A file that deviates from the bundle.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` {kind}")]
pub struct Deviation {
    /// Its name.
    pub name: String,
    /// How it deviates.
    pub kind: DeviationKind,
}

/// How a file deviates from the bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeviationKind {
    /// It does not exist.
    #[error("is missing")]
    Missing,
    /// It exists, but is not in the manifest.
    #[error("is not part of the bundle")]
    Unlisted,
    /// It is a symbolic link.
    #[error("is a link, and should be a file")]
    Link,
    /// It is a directory, a pipe or a device.
    #[error("is not a file")]
    NotAFile,
    /// A checkout or an editor changed the line ends.
    #[error("has other line ends, and differs in nothing else")]
    LineEnds,
    /// A signature was appended to a script, and nothing else changed.
    #[error("was signed after it was made")]
    Signed,
    /// Anything else.
    #[error("was changed after it was made")]
    Changed,
}

impl DeviationKind {
    /// Compares the bytes of a file with the expected hash; `None` if they match.
    pub(super) fn between(name: &str, bytes: &[u8], expected: &str) -> Option<Self> {
        let is_expected = |bytes: &[u8]| sha256(bytes) == expected;
        if is_expected(bytes) {
            return None;
        }
        let script = unsigned(bytes).filter(|_| name.ends_with(".ps1") || name.ends_with(".psm1"));
        // Signing adds a line end before its block if the script does not end with one.
        let is_script = |script: &[u8]| is_expected(script) || script.strip_suffix(b"\r\n").is_some_and(is_expected);
        let kind = if script.is_some_and(is_script) {
            Self::Signed
        } else if [&b"\n"[..], b"\r\n"].into_iter().any(|end| is_expected(&with_line_ends(bytes, end))) {
            Self::LineEnds
        } else {
            Self::Changed
        };
        Some(kind)
    }
}

fn with_line_ends(bytes: &[u8], end: &[u8]) -> Vec<u8> {
    let lines = bytes.split(|&byte| byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    lines.collect::<Vec<_>>().join(end)
}

#[cfg(test)]
mod tests {
    use super::{DeviationKind, sha256};

    const SIGNATURE: &str = "# SIG # Begin signature block\r\n# SIG # AQ==\r\n# SIG # End signature block\r\n";

    #[test]
    fn what_became_of_a_file_is_told_by_its_hash() {
        let script = "Get-Date\r\nGet-Host\r\n";
        let signed = format!("{script}{SIGNATURE}");
        let spaced = format!("{script}\r\n{SIGNATURE}");
        let spaced_twice = format!("{script}\r\n\r\n{SIGNATURE}");
        for (name, found, expected) in [
            ("runbook.ps1", script, None),
            ("runbook.ps1", "Get-Date\nGet-Host\n", Some(DeviationKind::LineEnds)),
            ("runbook.ps1", "Get-Date\r\nGet-Host\n", Some(DeviationKind::LineEnds)),
            ("runbook.ps1", "Get-Date\r\nGet-Host", Some(DeviationKind::Changed)),
            ("runbook.ps1", &signed, Some(DeviationKind::Signed)),
            ("poolpair.psm1", &spaced, Some(DeviationKind::Signed)),
            ("runbook.ps1", &spaced_twice, Some(DeviationKind::Changed)),
            ("runbook.md", &signed, Some(DeviationKind::Changed)),
        ] {
            assert_eq!(DeviationKind::between(name, found.as_bytes(), &sha256(script.as_bytes())), expected, "{found}");
        }
    }
}
