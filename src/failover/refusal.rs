//! Why a pool cannot be failed over.

use crate::pairing::Pairing;
use crate::topology::{Fqdn, PoolIndex, PoolKind, Topology};

/// Why there is no failover of a pool.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FailoverRefusal {
    /// Users are homed on Front End pools only.
    #[error("`{pool}` is {}, and only a Front End pool is failed over", kind.phrase())]
    NotAFrontEndPool {
        /// The pool.
        pool: Fqdn,
        /// What it is.
        kind: PoolKind,
    },
    /// No pool of the pair names the other.
    #[error("`{pool}` has no backup pool to fail over to")]
    Unpaired {
        /// The pool.
        pool: Fqdn,
    },
    /// One pool names the other, which does not name it.
    #[error("`{by}` names `{named}` as its backup pool, but `{named}` does not name `{by}`")]
    OneSided {
        /// The pool that names the other.
        by: Fqdn,
        /// The pool that is named.
        named: Fqdn,
    },
    /// The backup pool is ambiguous: there are several.
    #[error("`{pool}` is in more than one pair")]
    NotOneToOne {
        /// The pool.
        pool: Fqdn,
    },
}

/// The backup pool of a pool, if the two name only each other.
pub(super) fn partner(topology: &Topology, pairing: &Pairing, pool: PoolIndex) -> Result<PoolIndex, FailoverRefusal> {
    let name = |pool: PoolIndex| topology.pool_name(pool).clone();
    let kind = topology.kind(pool);
    if kind != PoolKind::FrontEnd {
        return Err(FailoverRefusal::NotAFrontEndPool { pool: name(pool), kind });
    }
    let ties = pairing.ties_of(pool);
    let Some(tie) = ties.first() else { return Err(FailoverRefusal::Unpaired { pool: name(pool) }) };
    let partner = tie.other(pool);
    if let Some(crowded) = [pool, partner].into_iter().find(|&pool| pairing.ties_of(pool).len() > 2) {
        return Err(FailoverRefusal::NotOneToOne { pool: name(crowded) });
    }
    let names = |one: PoolIndex, other: PoolIndex| pairing.backup_pool(one) == Some(other);
    if names(pool, partner) && names(partner, pool) {
        return Ok(partner);
    }
    Err(FailoverRefusal::OneSided { by: name(tie.pool), named: name(tie.partner) })
}
