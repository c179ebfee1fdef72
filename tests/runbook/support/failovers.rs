//! The situations that a failover is written for, as topologies.

use poolpair::Export;
use poolpair::failover::{Failover, FailoverRefusal};
use poolpair::notation::Notation;
use poolpair::source::Options;
use poolpair::topology::Fqdn;
use topogen::{CentralManagement, Deployment, Layout, Pool, PoolKind, Resilience, Site};

pub(crate) const A: &str = "pool01.contoso.com";
pub(crate) const B: &str = "pool02.contoso.com";

/// Every situation with its name; it is always `pool01` that fails, and `pool02` that takes over.
pub(crate) fn all() -> Vec<(&'static str, Failover)> {
    vec![
        ("standard", of(&topogen::with_central_management())),
        ("enterprise", of(&enterprise())),
        ("store in the partner", of(&store_in_partner())),
        ("store in another pair", of(&store_elsewhere(true))),
        ("store in an unpaired pool", of(&store_elsewhere(false))),
        ("no store in the topology", of(&without_store())),
        ("mirrored partner", of(&mirrored("pool02-mirror.contoso.com"))),
        ("mirror without a name", of(&mirrored("yes"))),
        ("edge beside the pool", of(&edge())),
        ("edge beside the partner", of(&edge_beside_partner())),
        ("branches", of(&topogen::with_sba().pair(A, B))),
        ("dependents", of(&dependents())),
        ("no applications", of(&without_applications())),
        ("versions 2013", of(&topogen::versions(6, 6).pair(A, B))),
        ("versions 2019", of(&topogen::versions(8, 8).pair(A, B))),
        ("mixed versions", of(&topogen::versions(7, 8).pair(A, B))),
    ]
}

pub(crate) fn enterprise() -> Deployment {
    let standby = |pool: &mut Pool| pool.central_management = Some(CentralManagement::Standby);
    topogen::two_enterprise().pair(A, B).edit(B, standby)
}

fn store_in_partner() -> Deployment {
    let standby = |pool: &mut Pool| pool.central_management = Some(CentralManagement::Standby);
    let active = |pool: &mut Pool| pool.central_management = Some(CentralManagement::Active);
    topogen::with_pair().edit(A, standby).edit(B, active)
}

/// The store is in `pool03`, whose partner is `pool04`, or which has none.
fn store_elsewhere(paired: bool) -> Deployment {
    let mut deployment = topogen::with_pair().edit(A, |pool| pool.central_management = None);
    let host = Pool { central_management: Some(CentralManagement::Active), ..Pool::standard("pool03.contoso.com") };
    deployment.sites.push(Site::new("3", "Dublin", vec![host]));
    deployment.sites.push(Site::new("4", "Boston", vec![Pool::enterprise("pool04.contoso.com", 2)]));
    if paired { deployment.pair("pool03.contoso.com", "pool04.contoso.com") } else { deployment }
}

fn without_store() -> Deployment {
    topogen::with_pair().edit(A, |pool| pool.central_management = None)
}

fn mirrored(partner: &str) -> Deployment {
    enterprise().edit(B, |pool| {
        if let PoolKind::Enterprise { sql } = &mut pool.kind {
            sql.resilience = Resilience::Mirror { partner: partner.into() };
        }
    })
}

/// The Edge pool is in the site of `pool01`, its next hop.
pub(crate) fn edge() -> Deployment {
    topogen::with_edge().pair(A, B)
}

fn edge_beside_partner() -> Deployment {
    let mut deployment = edge();
    let edge = deployment.sites[0].pools.pop().unwrap();
    deployment.sites[1].pools.push(edge);
    deployment
}

/// A trusted application pool and a Mediation pool hand on to `pool01`, and a gateway depends on it.
pub(crate) fn dependents() -> Deployment {
    let mut deployment = topogen::with_pair().edit(A, |pool| pool.gateways = vec!["gw01.contoso.com".into()]);
    let pools = &mut deployment.sites[0].pools;
    pools.push(Pool::trusted_application("apps01.contoso.com", A));
    pools.push(Pool::mediation("mediation01.contoso.com", A));
    deployment
}

fn without_applications() -> Deployment {
    topogen::with_pair().edit(A, |pool| pool.roles.application_server = false)
}

/// The failover of `pool01`.
pub(crate) fn of(deployment: &Deployment) -> Failover {
    read(&deployment.published(&Layout::default(), &topogen::Notation::default()), A).unwrap()
}

/// The failover of a pool of a document.
pub(crate) fn read(bytes: &[u8], pool: &str) -> Result<Failover, FailoverRefusal> {
    let export = Export::read("topology.xml", bytes.to_vec(), &Options::default()).unwrap();
    let pool = export.topology.pool_named(&Fqdn::new(pool)).unwrap();
    Failover::read(&export, &Notation::built_in(), pool)
}
