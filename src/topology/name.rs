//! Host and pool names.

use std::fmt;
use std::hash::{Hash, Hasher};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// The name of a pool or of a machine, as the document writes it.
///
/// Comparison ignores ASCII case, as in DNS. Any text is accepted, since reading never refuses a document for its
/// names; only a name that is printed into a script must be a [valid host name](Fqdn::is_host_name).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Fqdn(#[schemars(with = "String")] SmolStr);

impl Fqdn {
    /// The longest name that DNS allows, in bytes.
    pub const MAX_LENGTH: usize = 253;
    /// The longest label between two dots, in bytes.
    pub const MAX_LABEL: usize = 63;

    /// Keeps `text` as it is.
    pub fn new(text: impl Into<SmolStr>) -> Self {
        Self(text.into())
    }

    /// The name as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is a host name by RFC 1123, underscores allowed as Windows does.
    pub fn is_host_name(&self) -> bool {
        self.0.len() <= Self::MAX_LENGTH && self.0.split('.').all(is_label)
    }

    /// The name in lower case, for use as a map key.
    pub fn folded(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

fn is_label(label: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let bytes = label.as_bytes();
    (1..=Fqdn::MAX_LABEL).contains(&bytes.len())
        && bytes.iter().all(|&byte| inner(byte))
        && !label.starts_with('-')
        && !label.ends_with('-')
}

impl PartialEq for Fqdn {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for Fqdn {}

/// One write per name is faster than one per byte.
const FOLDED_AT_ONCE: usize = 32;

impl Hash for Fqdn {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for chunk in self.0.as_bytes().chunks(FOLDED_AT_ONCE) {
            let mut folded = [0; FOLDED_AT_ONCE];
            let folded = &mut folded[..chunk.len()];
            folded.copy_from_slice(chunk);
            folded.make_ascii_lowercase();
            state.write(folded);
        }
        state.write_u8(0xFF);
    }
}

impl PartialOrd for Fqdn {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fqdn {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let [one, other] = [self, other].map(|name| name.0.bytes().map(|byte| byte.to_ascii_lowercase()));
        one.cmp(other)
    }
}

impl fmt::Display for Fqdn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Fqdn;

    #[test]
    fn names_compare_without_case() {
        assert_eq!(Fqdn::new("FE01.Contoso.com"), Fqdn::new("fe01.contoso.COM"));
    }

    #[test]
    fn host_names() {
        for good in ["a", "fe-01.contoso.com", "S4BLab92-WAC1", "my_sql.contoso.com", "1.2"] {
            assert!(Fqdn::new(good).is_host_name(), "{good}");
        }
        for bad in ["", ".", "a..b", "-a", "a-", "a b", "a'b", "a\u{2019}", "fe.contoso.com.", "$(x)", "ü"] {
            assert!(!Fqdn::new(bad).is_host_name(), "{bad}");
        }
        assert!(!Fqdn::new("a".repeat(64)).is_host_name());
        assert!(!Fqdn::new(vec!["abc"; 70].join(".")).is_host_name());
    }
}
