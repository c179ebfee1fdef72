//! Why no runbook can be written.

use miette::Diagnostic;

use crate::runbook::quote::{QuoteError, check_visible};
use crate::runbook::step::{Script, Step};
use crate::topology::{Fqdn, ServiceVersion};

/// Why no runbook can be written for a deployment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RunbookError {
    /// A name would be printed into a script although it is not a valid host name. The rule `invalid-host-name` reports
    /// such a topology.
    #[error("`{}` is no host name, so the {role} cannot be printed into a script", name.as_str().escape_debug())]
    NotAHostName {
        /// The role of the name, such as `pool`.
        role: &'static str,
        /// The name as the document writes it.
        name: Fqdn,
    },
    /// The folder of Bootstrapper is known for the documented products only.
    #[error("`{pool}` runs {version}, whose Bootstrapper has no documented path")]
    UnknownProduct {
        /// The pool.
        pool: Fqdn,
        /// Its version.
        version: ServiceVersion,
    },
    /// A pool is to get the standby Central Management store, and no SQL instance is known for it.
    #[error("`{pool}` is to host the standby Central Management store, but its SQL instance is unknown")]
    NoSqlInstance {
        /// The pool.
        pool: Fqdn,
    },
    /// A pool's backup pool is not part of the deployment.
    #[error("`{pool}` names the backup pool `{partner}`, which the plan does not describe")]
    UnknownPartner {
        /// The pool.
        pool: Fqdn,
        /// The backup pool after the change.
        partner: Fqdn,
    },
    /// The cmdlet route compares the live topology with the plan, but the plan lacks the hash to compare with.
    #[error(
        "the topology is to be published by cmdlet, but the plan holds no hash of the normalised text to compare with"
    )]
    NoTextHash,
    /// A file name, share, instance or installer path contains a character that no script line may contain.
    #[error(transparent)]
    Quote(#[from] QuoteError),
}

/// A plan for which no runbook can be written.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("no runbook can be written: {0}")]
#[diagnostic(
    code("poolpair::plan::no-runbook"),
    help("nothing was written; correct the name or the setting in the topology or the request")
)]
pub struct NoRunbook(pub RunbookError);

/// Refuses names that are not valid host names.
pub(super) fn check_host_names<'a>(
    mut names: impl Iterator<Item = (&'static str, &'a Fqdn)>,
) -> Result<(), RunbookError> {
    match names.find(|(_, name)| !name.is_host_name()) {
        Some((role, name)) => Err(RunbookError::NotAHostName { role, name: name.clone() }),
        None => Ok(()),
    }
}

/// Refuses steps with a line that contains characters a reviewer cannot see.
pub(super) fn check_steps(steps: &[Step]) -> Result<(), QuoteError> {
    let blocks = steps.iter().flat_map(|Step { script, .. }| {
        let Script { done, check, warn, ready, by_hand, run, until, .. } = script;
        [done, check, warn, ready, by_hand, run, until]
    });
    blocks.flatten().try_for_each(|line| check_visible(line))
}

/// A pool and its servers, each with its role in the deployment.
pub(super) fn group<'a>(
    role: &'static str,
    pool: &'a Fqdn,
    role_of_servers: &'static str,
    servers: &'a [Fqdn],
) -> impl Iterator<Item = (&'static str, &'a Fqdn)> {
    std::iter::once((role, pool)).chain(servers.iter().map(move |server| (role_of_servers, server)))
}
