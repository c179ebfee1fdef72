//! Learning how a pairing is written, from two documents that differ by one, or from a document that contains one.
//!
//! ```text
//! before, after -> the new pair -> settings, services, placement -> Notation -> applied to before -> is it after?
//! ```
//!
//! Every difference in meaning is explained or refused, and a notation is accepted only if it reproduces its example:
//! byte for byte if both documents have one layout, in meaning otherwise.

mod align;
mod choose;
mod dependencies;
mod error;
mod example;
mod pair;
mod placement;
mod service_example;
mod services;
mod settings;
mod strip;
mod unexplained;
mod verify;

pub use choose::{choose, choose_for_reading};
pub use error::LearnError;
pub use example::{Example, example_in};

use crate::Export;
use crate::notation::{BackupRegistrar, Evidence, ExampleOrigin, LearnedFrom, Notation};
use crate::source::Options;
use crate::topology::{Dialect, Fqdn};
use pair::NewPair;
use unexplained::Unexplained;

/// A notation, and how well it reproduces what it was learned from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Learned {
    /// The notation, named by its content.
    pub notation: Notation,
    /// The pools that became a pair, in the order of the document.
    pub pools: [Fqdn; 2],
    /// How well it reproduces the example.
    pub fidelity: Fidelity,
    /// Parts of the example that follow no repeatable rule, in sentences without a full stop.
    pub remarks: Vec<String>,
}

/// How well a notation reproduces the document that it was learned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fidelity {
    /// Byte for byte; ids of added services and facts about the file are taken from the example.
    Bytes,
    /// In meaning; the two documents differ in layout or order.
    Meaning,
}

/// Learns from two documents of one dialect that differ by one pairing.
///
/// `origin` is the user's statement of who wrote the two. The notation keeps it with the hashes of the documents. It is
/// [`Unverified`](Evidence::Unverified) unless Topology Builder is stated, and if the second document is what the
/// built-in notation writes into the first, encoding and line ends aside.
///
/// Facts about the file itself (its name, whether it is saved or published, the `Signature`, the `Original…` attributes
/// of new services) are not part of a pairing and may differ. `reading` is how edited documents are read.
///
/// # Errors
///
/// When a difference has no explanation, when a setting is missing or ambiguous, or when the learned notation does not
/// reproduce the example.
pub fn learn(before: &Export, after: &Export, origin: ExampleOrigin, reading: &Options) -> Result<Learned, LearnError> {
    let (was, is) = (before.topology.dialect, after.topology.dialect);
    if was != is {
        return Err(LearnError::Dialects { before: was.name(), after: is.name() });
    }
    if let Some(duplicate) = before.topology.duplicates.iter().chain(&after.topology.duplicates).next() {
        return Err(LearnError::Damaged { what: duplicate.what.clone() });
    }
    let aligned = align::aligned(before, after, reading);
    // Topology Builder's facts about the file do not count; a published document's `Signature` differs in each export.
    let seen = if is == Dialect::TopologyBuilder { aligned.as_ref().unwrap_or(after) } else { after };
    let documents = [before, after].map(|export| export.source().sha256()).to_vec();
    let after = aligned.as_ref().unwrap_or(after);
    let mut open = Unexplained::between(before, after);
    if open.is_empty() {
        return Err(LearnError::NothingDiffers);
    }
    let pair = NewPair::find(before, after, &open)?;
    pair.note_usages(&mut open);
    let services = services::learn(&pair, &mut open);
    let dependencies = dependencies::learn(&pair, &mut open);
    let settings = settings::learn(&pair, &mut open)?;
    let mut notation = Notation {
        format_version: Notation::FORMAT_VERSION,
        name: String::new(),
        evidence: Evidence::Unverified,
        learned_from: None,
        backup_registrar: BackupRegistrar { usage: pair.usage().to_owned(), position: placement::dependency(&pair) },
        automatic_failover: settings.automatic_failover,
        failure_detection: settings.failure_detection,
        failback: settings.failback,
        placement: placement::of(&pair, &settings.names, &services),
        dependencies,
        services: services.notations,
    };
    let remarks = placement::number(&mut notation, &pair, &services.added);
    notation = notation.with_content_name();
    if let Some(problem) = notation.problems().into_iter().next() {
        return Err(LearnError::Unwritable { path: problem.path, reason: problem.fault });
    }
    let fidelity = verify::verify(&notation, &pair, &settings.voice, &services.added, &open, reading)?;
    let may_be_preview = verify::is_preview(seen, &pair, &settings.voice, reading);
    let notation = notation.with_evidence(LearnedFrom { documents, origin, may_be_preview });
    Ok(Learned { notation, pools: pair.names(), fidelity, remarks })
}
