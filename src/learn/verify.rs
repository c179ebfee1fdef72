//! Applying a learned notation to the document that it was learned from.

use super::Fidelity;
use super::error::LearnError;
use super::pair::NewPair;
use super::service_example::NewService;
use super::unexplained::{Unexplained, between};
use crate::Export;
use crate::notation::Notation;
use crate::plan::{self, GivenIds, VoiceTarget};
use crate::source::Options;

/// Applies a notation to the document before, and compares the result with the document after.
///
/// New services get the ids that they have there, since those of a Topology Builder file are random.
///
/// # Errors
///
/// When the notation does not apply, or produces a document with another meaning.
pub(super) fn verify(
    notation: &Notation,
    pair: &NewPair<'_>,
    voice: &[VoiceTarget; 2],
    added: &[NewService],
    open: &Unexplained,
    reading: &Options,
) -> Result<Fidelity, LearnError> {
    let id = |added: &NewService| {
        let pool = pair.sides.get(added.side)?.pool_before;
        Some(((pool, added.role.clone()), added.id.clone()))
    };
    let ids: GivenIds = added.iter().filter_map(id).collect();
    let [first, second] = &pair.sides;
    let pools = [(first.pool_before, voice[0]), (second.pool_before, voice[1])];
    let edits = plan::edits_to_pair(pair.before, notation, pools, &ids).map_err(LearnError::Inapplicable)?;
    if pair.before.source().becomes(pair.after.source().bytes(), &edits) {
        return Ok(Fidelity::Bytes);
    }
    let applied = pair.before.edited(&edits, reading).map_err(LearnError::Unreadable)?;
    let left = between(&applied, pair.after);
    if left.is_empty() { Ok(Fidelity::Meaning) } else { Err(open.left(&left)) }
}

/// Whether the second document, as it was `seen`, is what the built-in notation writes into the first, encoding and
/// line ends aside: then poolpair itself may have written it.
pub(super) fn is_preview(seen: &Export, pair: &NewPair<'_>, voice: &[VoiceTarget; 2], reading: &Options) -> bool {
    let [first, second] = &pair.sides;
    let pools = [(first.pool_before, voice[0]), (second.pool_before, voice[1])];
    let Ok(edits) = plan::edits_to_pair(pair.before, &Notation::built_in(), pools, &GivenIds::default()) else {
        return false;
    };
    let preview = pair.before.edited(&edits, reading);
    preview.is_ok_and(|preview| lines_of(preview.source().text()).eq(lines_of(seen.source().text())))
}

/// The lines of a document without its XML declaration, which names the encoding, and without their ends.
fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    let declaration = text.starts_with("<?xml").then(|| text.find("?>").map(|end| end + 2)).flatten();
    text.get(declaration.unwrap_or_default()..).unwrap_or_default().trim().lines()
}
