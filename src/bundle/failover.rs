//! Builds the files of a failover bundle: scripts, checklists, the module and the record.

use std::collections::BTreeMap;

use super::{Artifact, Bundle, BundleKind};
use crate::failover::Failover;
use crate::report::failover::FailoverRecord;
use crate::report::json;
use crate::runbook::{self, RunbookError};

/// Builds all files of a failover bundle.
///
/// # Errors
///
/// When the topology contains text that cannot be written into a script.
pub fn failover_bundle(failover: &Failover) -> Result<Bundle<'static>, RunbookError> {
    let runbooks = runbook::failover(failover)?;
    let mut files: BTreeMap<String, Artifact<'static>> = BTreeMap::new();
    for runbook in &runbooks {
        let name = runbook.kind.name();
        files.insert(format!("{name}.ps1"), runbook::failover_powershell(failover, runbook).into());
        files.insert(format!("{name}.md"), runbook::failover_markdown(failover, runbook).into());
    }
    files.insert(runbook::MODULE_FILE.to_owned(), runbook::module().into());
    let record = FailoverRecord::new(failover, &runbooks);
    files.insert(FailoverRecord::NAME.to_owned(), json::to_bytes(&record).into());
    Ok(Bundle::new(BundleKind::Failover, failover.input.sha256.clone(), files))
}
