//! The audit of a deployment, and the failover of one of its pools.

use poolpair::audit::Audited;
use poolpair::bundle::{Bundle, failover_bundle};
use poolpair::failover::Failover;
use poolpair::notation::Notation;
use poolpair::pairing::Pairing;
use poolpair::report::OutputStyle;
use poolpair::report::audit::{html, request, text};
use poolpair::report::failover::FailoverRecord;
use poolpair::report::picture::Picture;
use poolpair::runbook::NoRunbook;
use poolpair::source::Options;
use poolpair::topology::{Fqdn, PoolIndex};
use poolpair::{Export, learn};

use crate::answer::Answer;
use crate::archive;
use crate::error::{BoxedError, PageError};
use crate::fragment;

pub(crate) fn audit(export: &Export) -> Answer {
    let notation = learn::choose_for_reading(export, None, &Options::default()).notation;
    let pairing = Pairing::read(&export.document, &export.topology, &notation);
    let audit = Audited::new(export, &pairing, &notation).audit;
    let picture = Picture::of_topology(&export.topology, &pairing);
    Answer {
        page: html::write(&audit, &picture),
        request: request(&audit),
        ..Answer::new(true, fragment::text(&text(&audit, OutputStyle::Plain)))
    }
}

/// The files of a pool's failover.
pub(crate) fn failover(export: &Export, pool: &str) -> Result<Answer, BoxedError> {
    let notation = learn::choose(export, None, Default::default(), &Options::default()).notation;
    let failover = read(export, &notation, pool)?;
    let assumed: Vec<_> = failover.assumptions().iter().map(|one| format!("assumed: {one}\n")).collect();
    let verdict = format!("failover of `{}` to `{}`", failover.pool().fqdn, failover.partner().fqdn);
    let bundle = failover_bundle(&failover).map_err(NoRunbook)?;
    Ok(Answer {
        archive: Some(archive::write(&bundle)?),
        ..Answer::new(true, fragment::lines(true, &verdict, &assumed.concat()))
    })
}

/// The bundle of a failover, generated again from its record.
pub(crate) fn rebuild_failover(export: &Export, record: &[u8]) -> Result<Bundle<'static>, BoxedError> {
    let record: FailoverRecord = serde_json::from_slice(record).map_err(PageError::Record)?;
    let failover = read(export, &record.failover.notation, record.pool.as_str())?;
    Ok(failover_bundle(&failover).map_err(NoRunbook)?)
}

fn read(export: &Export, notation: &Notation, pool: &str) -> Result<Failover, BoxedError> {
    Ok(Failover::read(export, notation, index(export, pool)?).map_err(PageError::NoFailover)?)
}

pub(crate) fn index(export: &Export, pool: &str) -> Result<PoolIndex, PageError> {
    export.topology.pool_named(&Fqdn::new(pool)).ok_or_else(|| PageError::NoSuchPool(pool.to_owned()))
}
