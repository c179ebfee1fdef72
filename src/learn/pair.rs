//! The two pools that became a pair.

use std::collections::HashSet;

use super::error::LearnError;
use super::unexplained::Unexplained;
use crate::Export;
use crate::diff::{Difference, State, Subject};
use crate::notation::Notation;
use crate::pairing::Pairing;
use crate::topology::{Fqdn, PoolIndex, Role, Service, ServiceIndex};
use crate::xml::Node;

/// Two pools that are a pair in one document and not in the other.
#[derive(Debug)]
pub(super) struct NewPair<'a> {
    pub(super) before: &'a Export,
    pub(super) after: &'a Export,
    /// In the order of the first document.
    pub(super) sides: [PairedSide; 2],
}

/// One pool of the pair.
#[derive(Clone, Debug)]
pub(super) struct PairedSide {
    pub(super) name: Fqdn,
    /// In the document before.
    pub(super) pool_before: PoolIndex,
    pub(super) registrar_before: ServiceIndex,
    /// In the document after.
    pub(super) pool: PoolIndex,
    pub(super) registrar: ServiceIndex,
    /// Which dependency of the Registrar names the partner.
    pub(super) dependency: usize,
    usage: String,
}

impl<'a> NewPair<'a> {
    /// Finds the one pair in which each pool names the other afterwards, and neither does before.
    pub(super) fn find(before: &'a Export, after: &'a Export, open: &Unexplained) -> Result<Self, LearnError> {
        // The backup relations do not depend on the notation.
        let pairing = |export: &Export| Pairing::read(&export.document, &export.topology, &Notation::built_in());
        let (was, is) = (pairing(before), pairing(after));
        let key = |export: &Export, pools: [PoolIndex; 2]| {
            pools.map(|pool| export.topology.pool_name(pool).as_str().to_ascii_lowercase())
        };
        let old: HashSet<_> = was.backups.iter().map(|backup| key(before, [backup.pool, backup.partner])).collect();
        let is_new = |pools: &[PoolIndex; 2]| {
            let [one, other] = key(after, *pools);
            !old.contains(&[one.clone(), other.clone()]) && !old.contains(&[other, one])
        };
        let pairs: Vec<_> = is.pairs().filter(is_new).collect();
        match pairs.as_slice() {
            [] => Err(LearnError::NoPair { differences: open.words() }),
            [pools] => {
                let sides = [*pools, [pools[1], pools[0]]]
                    .map(|[pool, partner]| PairedSide::of(before, after, &is, pool, partner));
                match sides {
                    [Some(one), Some(other)] => Ok(Self::in_order(before, after, [one, other])),
                    _ => Err(LearnError::NoPair { differences: open.words() }),
                }
            }
            _ => {
                let name = |pool: PoolIndex| after.topology.pool_name(pool);
                let words = pairs.iter().map(|&[one, other]| format!("`{}` and `{}`", name(one), name(other)));
                Err(LearnError::SeveralPairs { pairs: words.collect() })
            }
        }
    }

    fn in_order(before: &'a Export, after: &'a Export, mut sides: [PairedSide; 2]) -> Self {
        sides.sort_by_key(|side| side.pool_before);
        Self { before, after, sides }
    }

    /// The usage of the dependencies; if they differ, that of the second pool is left unexplained.
    pub(super) fn usage(&self) -> &str {
        &self.sides[0].usage
    }

    pub(super) fn names(&self) -> [Fqdn; 2] {
        self.sides.each_ref().map(|side| side.name.clone())
    }

    /// The other pool of the pair.
    pub(super) fn partner_of(&self, at: usize) -> &PairedSide {
        &self.sides[1 - at.min(1)]
    }

    /// Notes that the two dependencies are not written alike.
    pub(super) fn note_usages(&self, open: &mut Unexplained) {
        let [one, other] = &self.sides;
        if one.usage != other.usage {
            let [partner, subject] = [one, other].map(|side| Subject::service(&self.after.topology, side.registrar));
            let difference = Difference::dependency_added(subject, &other.usage, State::Subject(partner));
            open.note(difference, format!("the partner's dependency has the usage `{}`", one.usage));
        }
    }
}

impl PairedSide {
    fn of(before: &Export, after: &Export, pairing: &Pairing, pool: PoolIndex, partner: PoolIndex) -> Option<Self> {
        let name = after.topology.pool_name(pool).clone();
        let pool_before = before.topology.pool_named(&name)?;
        let backup = pairing.backups_of(pool).find(|backup| backup.partner == partner)?;
        Some(Self {
            registrar_before: before.topology.service_on(pool_before, Role::REGISTRAR)?,
            pool_before,
            name,
            pool,
            registrar: backup.registrar,
            dependency: backup.dependency,
            usage: backup.usage.value.to_string(),
        })
    }

    pub(super) fn registrar_in<'a>(&self, export: &'a Export) -> &'a Service {
        &export.topology[self.registrar]
    }

    pub(super) fn registrar_before_in<'a>(&self, export: &'a Export) -> &'a Service {
        &export.topology[self.registrar_before]
    }

    /// The role element of the Registrar, in the document after.
    pub(super) fn role_element<'a>(&self, after: &'a Export) -> Option<Node<'a>> {
        Some(after.document.node(self.registrar_in(after).role_element?))
    }
}
