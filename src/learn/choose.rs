//! Which notation to use on a document.

use super::example::example_in;
use crate::Export;
use crate::notation::{Choice, Notation, Origin};
use crate::source::Options;

/// The notation that the user gave, else the one of a pair in the document, else the built-in one.
pub fn choose(export: &Export, given: Option<Notation>, reading: &Options) -> Choice {
    if let Some(notation) = given {
        return Choice::given(notation);
    }
    match example_in(export, reading) {
        Some(example) => {
            let origin = Origin::LearnedFromPair { pools: example.pools };
            Choice { notation: example.notation, origin }
        }
        None => Choice::built_in(),
    }
}
