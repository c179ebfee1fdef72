//! Which notation to use on a document.

use super::example::example_in;
use crate::Export;
use crate::notation::{Choice, ExampleOrigin, Notation, NotationOrigin};
use crate::pairing::{OTHER_SETTINGS, Pairing};
use crate::source::Options;
use crate::topology::{PoolIndex, Role};

/// The notation given by the user, otherwise that of a pair in the document, otherwise the built-in one.
///
/// A pair that is written exactly as the built-in notation would write it is no evidence, since poolpair itself may have
/// written the document. `stated` is the user's statement of who wrote the pair: without one it is no evidence either,
/// and the notation stays unverified.
pub fn choose(export: &Export, given: Option<Notation>, stated: ExampleOrigin, reading: &Options) -> Choice {
    if let Some(notation) = given {
        return Choice::given(notation);
    }
    match example_in(export, stated, reading)
        .filter(|example| !example.notation.is_equivalent_to(&Notation::built_in()))
    {
        Some(example) => {
            let origin = NotationOrigin::LearnedFromPair { pools: example.pools };
            Choice { notation: example.notation, origin }
        }
        None => Choice::built_in(),
    }
}

/// The same for reading only, where additions other than to the Registrars do not matter: nothing is learned if the
/// built-in notation can read every pair.
pub fn choose_for_reading(export: &Export, given: Option<Notation>, reading: &Options) -> Choice {
    if given.is_none() && is_readable(export, &Notation::built_in()) {
        return Choice::built_in();
    }
    choose(export, given, ExampleOrigin::Other, reading)
}

fn is_readable(export: &Export, notation: &Notation) -> bool {
    let pairing = Pairing::read(&export.document, &export.topology, notation);
    pairing.backups.iter().all(|backup| {
        backup.usage.value == notation.backup_registrar.usage && has_known_settings(export, backup.pool, notation)
    })
}

fn has_known_settings(export: &Export, pool: PoolIndex, notation: &Notation) -> bool {
    let Some(registrar) = export.topology.service_on(pool, Role::REGISTRAR) else { return true };
    let mut settings = export.topology[registrar].settings.iter();
    settings.all(|setting| notation.names_setting(&setting.name) || OTHER_SETTINGS.contains(&setting.name.as_str()))
}
