//! Fuzzes planning a request on a document.

use poolpair::Export;
use poolpair::bundle::runbook_files;
use poolpair::diff::{DifferenceClass, compare};
use poolpair::notation::Notation;
use poolpair::plan::{Outcome, PlanFault, PlanOptions, Planned, plan};
use poolpair::request::{Flags, Request};
use poolpair::runbook::runbook;
use poolpair::topology::PoolIndex;

use crate::document::options;

/// The first four bytes select a request for the pools in the document, which is the rest; the edits are then checked.
pub fn apply(data: &[u8]) {
    let Some((choice, bytes)) = data.split_first_chunk::<4>() else { return };
    let Ok(before) = Export::read("fuzzed.xml", bytes.to_vec(), &options()) else { return };
    let Some(request) = request(*choice, &before) else { return };
    let Some(planned) = plan_request(&before, &request) else { return };
    check_unedited_text(&before, &planned);
    if planned.edits.is_empty() {
        assert_eq!(planned.after.source().bytes(), bytes, "different bytes without edits");
        assert!(planned.changes.is_empty(), "changes without edits");
    }
    if let Some(again) = plan_request(&planned.after, &request) {
        assert!(again.edits.is_empty(), "applying twice differs from applying once: {:?}", again.edits);
    }
    // Names that a script cannot contain are refused, which is not a bug.
    let _ = runbook(&planned.deployment).map(|steps| runbook_files(&planned.deployment, &steps));
}

/// The request that the bytes select; `None` if there are too few pools.
fn request([first, second, kind, interval]: [u8; 4], export: &Export) -> Option<Request> {
    let pools: Vec<PoolIndex> = export.topology.pool_indices().collect();
    let name = |byte: u8| {
        let pool = pools.get(usize::from(byte) % pools.len().max(1))?;
        Some(export.topology.pool_name(*pool).to_string())
    };
    let flags = if kind & 1 == 1 {
        Flags { unpair: Some(name(first)?), ..Flags::default() }
    } else {
        Flags {
            pool: Some(name(first)?),
            backup: Some(name(second)?),
            failure_detection: (interval & 1 == 1).then(|| format!("{}s", 30 + u32::from(interval))),
            failback: (interval & 2 == 2).then(|| format!("{}m", 1 + u32::from(interval))),
            no_automatic_failover: kind & 2 == 2,
            replace: kind & 4 == 4,
            ..Flags::default()
        }
    };
    let mut request = Request::from_flags(&flags).ok()?;
    let allowed = ["same-site", "edition-mismatch", "version-mismatch", "shared-file-store"];
    request.add_allows(&allowed.map(|rule| format!("{rule}=fuzzed"))).ok()?;
    Some(request)
}

fn plan_request(before: &Export, request: &Request) -> Option<Planned> {
    let options = PlanOptions { reading: options(), strict: false };
    match plan(before, request, &Notation::built_in(), &options) {
        Ok(Outcome::Planned(planned)) => Some(*planned),
        Ok(Outcome::Refused(_)) => None,
        Err(error) => {
            assert!(!matches!(error.fault(), PlanFault::Proof { .. }), "the proof failed: {error}");
            None
        }
    }
}

/// Text outside the edits is unchanged, checked in another way than by the proof.
fn check_unedited_text(before: &Export, planned: &Planned) {
    let (old, new) = (before.source(), planned.after.source());
    let mut old_rest = old.text();
    let mut new_rest = new.text();
    let mut at = 0;
    for edit in &planned.edits {
        let range = edit.span.range();
        let (kept, rest) = old_rest.split_at(range.start - at);
        new_rest = new_rest.strip_prefix(kept).expect("text before an edit changed");
        new_rest = new_rest.strip_prefix(edit.text.as_str()).expect("an edit is not in the result");
        old_rest = &rest[range.len()..];
        at = range.end;
    }
    assert_eq!(old_rest, new_rest, "text after the last edit changed");
    assert_eq!((old.encoding(), old.has_bom()), (new.encoding(), new.has_bom()));
    let changed = compare(before, &planned.after).iter().any(|one| one.class == DifferenceClass::Meaning);
    assert_eq!(changed, !planned.changes.is_empty(), "the changes are not what differs");
}
