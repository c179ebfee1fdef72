//! The signature that `Set-AuthenticodeSignature` appends to a script.

use memchr::memmem;

const BEGIN: &str = "# SIG # Begin signature block";
const END: &str = "# SIG # End signature block";

/// The bytes before the signature of a script; `None` if it does not end with one.
///
/// Nothing may follow the signature, and it may contain only comments with Base64, so that it cannot hide a command.
/// `Get-AuthenticodeSignature` checks whether the signature is valid.
pub(super) fn unsigned(bytes: &[u8]) -> Option<&[u8]> {
    let (script, block) = bytes.split_at_checked(memmem::rfind(bytes, BEGIN.as_bytes())?)?;
    let block = std::str::from_utf8(block).ok()?.trim_end_matches(['\r', '\n']);
    let mut lines = block.strip_prefix(BEGIN)?.strip_suffix(END)?.split('\n').map(|line| line.trim_end_matches('\r'));
    let is_base64 =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='));
    let is_comment = |line: &str| line.is_empty() || line.strip_prefix("# SIG # ").is_some_and(is_base64);
    (lines.all(is_comment) && (script.is_empty() || script.ends_with(b"\n"))).then_some(script)
}

#[cfg(test)]
mod tests {
    use super::unsigned;

    fn signed(block: &str) -> String {
        format!("Get-Date\r\n\r\n# SIG # Begin signature block\r\n{block}# SIG # End signature block\r\n")
    }

    #[test]
    fn a_signature_is_told_from_the_script_before_it() {
        let script = b"Get-Date\r\n\r\n";
        for block in ["", "# SIG # MIIFuQYJKoZIhvcNAQcCoIIFqjCC+/A=\r\n# SIG # AQ==\r\n"] {
            assert_eq!(unsigned(signed(block).as_bytes()), Some(&script[..]), "{block}");
        }
    }

    #[test]
    fn no_command_hides_in_a_signature() {
        for block in [
            "Remove-Item\r\n",
            "# SIG # AQ==\rRemove-Item\r\n",
            "# SIG # AQ==; Remove-Item\r\n",
            "# SIG # End signature block\r\nRemove-Item\r\n",
            "#> # SIG # AQ==\r\n",
        ] {
            assert_eq!(unsigned(signed(block).as_bytes()), None, "{block}");
        }
        assert_eq!(unsigned((signed("") + "Remove-Item\r\n").as_bytes()), None);
        assert_eq!(unsigned(b"'# SIG # Begin signature block\r\n# SIG # End signature block\r\n"), None);
        assert_eq!(unsigned(b"Get-Date\r\n"), None);
    }
}
