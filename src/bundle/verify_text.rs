//! The output of `verify`.

use super::{BundleKind, DeviationKind, Manifest, ManifestFile, StoredBundle};
use crate::text::sanitize;

/// Printed if the bundle is unchanged.
pub const HASHES_MATCH: &str = "every file matches its hash in manifest.json\n";
/// Printed if no topology was given to verify the bundle against.
pub const NOT_REGENERATED: &str = "not checked: whether poolpair makes these files from the topology and the request; \
    give `--topology` to check this\n";
const LINE_ENDS: &str = "help: a checkout or an editor changed line ends; keep the `.gitattributes` of the bundle \
    (`* -text`) in its directory, and check it out again\n";
const SIGNED: &str = "not checked: signatures, which `Get-AuthenticodeSignature` checks\n";

/// The deviations of a bundle from its manifest.
pub fn deviations(stored: &StoredBundle) -> String {
    let lines = stored.deviations.iter().map(|deviation| format!("{}\n", sanitize(&deviation.to_string())));
    let has = |kind: DeviationKind| stored.deviations.iter().any(|deviation| deviation.kind == kind);
    let notes = [(DeviationKind::LineEnds, LINE_ENDS), (DeviationKind::Signed, SIGNED)];
    let notes = notes.into_iter().filter(|(kind, _)| has(*kind)).map(|(_, note)| note.to_owned());
    lines.chain(notes).collect()
}

/// Printed if the bundle was made from another topology.
pub fn other_topology(planned: &str, found: &str) -> String {
    format!("the bundle was made from another topology: SHA-256 {planned}, not {found}\n")
}

/// Whether a bundle equals the one generated again from its topology and request.
pub fn origin(stored: &Manifest, new: &Manifest) -> String {
    let source = if stored.kind() == BundleKind::Failover { "this topology" } else { "this topology and request" };
    if stored == new {
        return format!("every file of the bundle is what poolpair makes from {source}\n");
    }
    differences(stored, new, source).iter().map(|line| format!("{}\n", sanitize(line))).collect()
}

/// The differences between the manifests of a stored and a regenerated bundle.
fn differences(stored: &Manifest, new: &Manifest, source: &str) -> Vec<String> {
    let is_in = |file: &ManifestFile, manifest: &Manifest| manifest.files.iter().any(|other| other.name == file.name);
    let missing =
        new.files.iter().filter(|file| !is_in(file, stored)).map(|file| format!("`{}` is missing", file.name));
    let stored_files =
        stored.files.iter().filter(|file| !new.files.contains(file)).map(|file| match is_in(file, new) {
            true => format!("`{}` is not what poolpair makes from {source}", file.name),
            false => format!("`{}` is not part of the bundle", file.name),
        });
    let mut lines: Vec<_> = missing.chain(stored_files).collect();
    lines.sort();
    if stored.tool_version != new.tool_version {
        lines.push(format!("it was made by poolpair {}, and this is {}", stored.tool_version, new.tool_version));
    }
    if lines.is_empty() {
        lines.push(format!("`{}` is not what poolpair makes from {source}", Manifest::NAME));
    }
    lines
}
