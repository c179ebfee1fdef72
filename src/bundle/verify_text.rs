//! What became of a bundle, in words.

use super::{BundleKind, DeviationKind, Manifest, ManifestFile, StoredBundle};
use crate::text::sanitize;

/// What is said of a bundle that is as it was written.
pub const HASHES_HOLD: &str = "every file has the hash that manifest.json gives\n";
/// What the command line says where it was given no topology to hold the bundle against.
pub const NOT_MADE_AGAIN: &str = "not checked: whether poolpair makes these files from the topology and the request; \
    give `--topology` for that\n";
const LINE_ENDS: &str = "help: a checkout or an editor changed line ends; keep the `.gitattributes` of the bundle \
    (`* -text`) in its directory, and check it out again\n";
const SIGNED: &str = "not checked: signatures, which `Get-AuthenticodeSignature` checks\n";

/// What is not as the bundle's manifest says.
pub fn deviations(stored: &StoredBundle) -> String {
    let lines = stored.deviations.iter().map(|deviation| format!("{}\n", sanitize(&deviation.to_string())));
    let has = |kind: DeviationKind| stored.deviations.iter().any(|deviation| deviation.kind == kind);
    let notes = [(DeviationKind::LineEnds, LINE_ENDS), (DeviationKind::Signed, SIGNED)];
    let notes = notes.into_iter().filter(|(kind, _)| has(*kind)).map(|(_, note)| note.to_owned());
    lines.chain(notes).collect()
}

/// What is said of a topology that the bundle was not made from.
pub fn other_topology(planned: &str, found: &str) -> String {
    format!("the bundle was made from another topology: SHA-256 {planned}, not {found}\n")
}

/// Whether a bundle is what is made again from its topology and request.
pub fn origin(stored: &Manifest, made: &Manifest) -> String {
    let source = if stored.kind() == BundleKind::Failover { "this topology" } else { "this topology and request" };
    if stored == made {
        return format!("every file of the bundle is what poolpair makes from {source}\n");
    }
    differences(stored, made, source).iter().map(|line| format!("{}\n", sanitize(line))).collect()
}

/// How the manifest of a bundle is not the one that is made again.
fn differences(stored: &Manifest, made: &Manifest, source: &str) -> Vec<String> {
    let is_in = |file: &ManifestFile, manifest: &Manifest| manifest.files.iter().any(|other| other.name == file.name);
    let missing =
        made.files.iter().filter(|file| !is_in(file, stored)).map(|file| format!("`{}` is missing", file.name));
    let stored_files =
        stored.files.iter().filter(|file| !made.files.contains(file)).map(|file| match is_in(file, made) {
            true => format!("`{}` is not what poolpair makes from {source}", file.name),
            false => format!("`{}` is no part of the bundle", file.name),
        });
    let mut lines: Vec<_> = missing.chain(stored_files).collect();
    lines.sort();
    if stored.tool_version != made.tool_version {
        lines.push(format!("it was made by poolpair {}, and this is {}", stored.tool_version, made.tool_version));
    }
    if lines.is_empty() {
        lines.push(format!("`{}` is not what poolpair makes from {source}", Manifest::NAME));
    }
    lines
}
