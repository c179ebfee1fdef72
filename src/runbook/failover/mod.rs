//! The steps of a failover, a failback and a rehearsal of both.

mod before;
mod carried;
mod case;
mod edges;
mod pools;
mod store;

pub(super) use before::{CONFIRM, RIGHTS};
pub(super) use pools::SIGN_IN;

use case::FailoverCase;

use crate::failover::Failover;
use crate::runbook::error::{RunbookError, check_steps};
use crate::runbook::step::{Runbook, RunbookKind, Step};

/// The scripts of a failover, in the order in which they are needed; all run on a Front End of the partner.
const KINDS: [RunbookKind; 3] = [RunbookKind::Failover, RunbookKind::Failback, RunbookKind::Rehearsal];

/// The steps of a failover, of the failback after it, and of a rehearsal of both.
///
/// # Errors
///
/// When the topology holds what cannot be printed into a script, or names no database for the store.
pub fn failover(failover: &Failover) -> Result<[Runbook; 3], RunbookError> {
    case::check(failover)?;
    let runbooks = KINDS.map(|kind| Runbook { kind, steps: steps(&FailoverCase { failover, kind }) });
    runbooks.iter().try_for_each(|runbook| check_steps(&runbook.steps))?;
    Ok(runbooks)
}

fn steps(case: &FailoverCase<'_>) -> Vec<Step> {
    let mut steps = before::steps(case);
    if case.kind != RunbookKind::Failback {
        for part in [store::steps, edges::over, pools::over, carried::over] {
            steps.extend(part(case));
        }
    }
    if case.kind != RunbookKind::Failover {
        for part in [pools::back, edges::back, carried::back, pools::after] {
            steps.extend(part(case));
        }
    }
    steps.push(pools::verify(case));
    steps
}
