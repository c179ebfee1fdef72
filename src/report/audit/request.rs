//! The suggested pairs as a request file for `plan`.

use std::fmt::Write as _;

use super::words;
use crate::audit::Audit;
use crate::text::{count, is_unsafe_for_display, sanitize_truncated};

const HEAD: &str = "\
#:schema request.schema.json
# For an editor that knows the keys: poolpair schema request --out request.schema.json
#
# Pairs that poolpair suggests for the unpaired Front End pools of a topology. Delete those that you do not want, then
#   poolpair plan TOPOLOGY --request THIS-FILE
# shows what would change. A [[pool]] table declares what no topology shows, such as users and hosting.
";

/// Writes the request in TOML, with comments; it has no pairs if none are suggested.
pub fn request(audit: &Audit) -> String {
    let mut out = format!("{HEAD}# Topology: SHA-256 {}\n", audit.input.sha256);
    if !audit.blocking.is_empty() {
        out.push_str("\n# No plan can be made on this topology until these are fixed:\n");
    }
    for reason in &audit.blocking {
        comment(&mut out, &format!("{}: {}", reason.rule, reason.message));
    }
    if audit.suggestions.is_empty() {
        out.push_str("\n# There is no pair to suggest.\n");
    }
    for suggestion in &audit.suggestions {
        out.push('\n');
        comment(&mut out, &suggestion.reason);
        for warning in &suggestion.warnings {
            comment(&mut out, &format!("warning: {}: {}", warning.rule, warning.message));
        }
        let [first, second] = suggestion.pools.each_ref().map(|pool| quoted(pool.as_str()));
        let _ = writeln!(out, "[[pair]]\npools = [{first}, {second}]");
    }
    if !audit.unmatched.is_empty() {
        let _ = writeln!(out, "\n# {} without a suggestion:", count(audit.unmatched.len(), "unpaired pool"));
    }
    for unmatched in &audit.unmatched {
        comment(&mut out, &format!("{}: {}", unmatched.pool, words::unmatched(unmatched)));
    }
    out
}

/// Writes a comment on a single line; line breaks are escaped.
fn comment(out: &mut String, text: &str) {
    let _ = writeln!(out, "# {}", sanitize_truncated(text));
}

/// A TOML string on a single line, with unsafe characters escaped.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            hidden if is_unsafe_for_display(hidden) => {
                let _ = write!(out, "\\U{:08X}", u32::from(hidden));
            }
            visible => out.push(visible),
        }
    }
    out + "\""
}
