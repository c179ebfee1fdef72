//! Dependencies on the partner that were added with the pair, other than those of the Registrars.

use std::collections::HashMap;

use super::pair::{NewPair, PairedSide};
use super::unexplained::Unexplained;
use crate::diff::{Difference, State, Subject};
use crate::notation::{DependencyPosition, PairDependency};
use crate::topology::{Role, ServiceId, ServiceIndex};

/// The dependencies that existing services of both pools gained on the other pool. One that only one of them gained is
/// noted.
pub(super) fn learn(pair: &NewPair<'_>, open: &mut Unexplained) -> Vec<PairDependency> {
    let [one, other] = [0, 1].map(|at| gained(pair, &pair.sides[at], pair.partner_of(at)));
    let is_in = |found: &Gained, others: &[Gained]| others.iter().any(|other| other.notation == found.notation);
    let lonely = other.iter().filter(|found| !is_in(found, &one));
    for found in one.iter().filter(|found| !is_in(found, &other)).chain(lonely) {
        open.note(found.difference.clone(), ONE_SIDED);
    }
    one.into_iter().filter(|found| is_in(found, &other)).map(|found| found.notation).collect()
}

const ONE_SIDED: &str = "the other pool of the pair gained no such dependency";

struct Gained {
    notation: PairDependency,
    difference: Difference,
}

/// New dependencies of services of one pool on the other.
fn gained(pair: &NewPair<'_>, side: &PairedSide, partner: &PairedSide) -> Vec<Gained> {
    let (before, after) = (&pair.before.topology, &pair.after.topology);
    let present: HashMap<&ServiceId, ServiceIndex> =
        before.service_indices().map(|service| (&before[service].id.value, service)).collect();
    let mut found = Vec::new();
    for &service in &after[side.pool].services {
        let Some(&old) = present.get(&after[service].id.value) else { continue };
        let count = after[service].depends_on.len();
        for (at, dependency) in after[service].depends_on.iter().enumerate() {
            let Some(target) = dependency.target else { continue };
            let (role, names) = (&after[service].role, &after[target].role);
            let is_partners = after.serving(partner.pool, &names.0) == Some(target);
            let is_backup = role.is(Role::REGISTRAR) && names.is(Role::REGISTRAR);
            let was_there = before[old]
                .depends_on
                .iter()
                .any(|old| old.usage.value == dependency.usage.value && old.names.value == dependency.names.value);
            if !is_partners || is_backup || was_there || after.pool_of(target) == Some(side.pool) {
                continue;
            }
            let first = count > 1 && at == 0;
            let usage = dependency.usage.value.to_string();
            let is = State::Subject(Subject::service(after, target));
            found.push(Gained {
                difference: Difference::dependency_added(Subject::service(after, service), &usage, is),
                notation: PairDependency {
                    role: role.to_string(),
                    usage,
                    names: names.to_string(),
                    position: if first { DependencyPosition::First } else { DependencyPosition::Last },
                },
            });
        }
    }
    found
}
