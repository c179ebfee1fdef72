//! The output of `confirm`.

use super::diff_text::SIGNATURE_NOTE;
use crate::confirm::{Confirmation, Unexpected};
use crate::diff::Aspect;
use crate::text::sanitize;

/// The result of comparing a new export with a plan, line by line, the verdict and the help last.
pub fn write(confirmation: &Confirmation) -> String {
    let Confirmation { confirmed, missing, notation_differs, unexpected, signature_differs } = confirmation;
    let mut lines: Vec<String> = Vec::new();
    lines.extend(confirmed.iter().map(|fact| format!("as planned: {fact}")));
    lines.extend(missing.iter().map(|fact| format!("not as planned: {fact}")));
    lines.extend(notation_differs.iter().map(|one| format!("written in another way than the preview: {one}")));
    lines.extend(unexpected.iter().map(|one| format!("not planned: {one}")));
    lines.extend(signature_differs.then(|| SIGNATURE_NOTE.to_owned()));
    lines.push(match (missing.len(), unexpected.len()) {
        (0, 0) => "the export shows what was planned, and nothing else".to_owned(),
        (missing, unexpected) => format!("{missing} not as planned, {unexpected} not planned"),
    });
    lines.extend(help(confirmation).into_iter().map(|help| format!("help: {help}")));
    lines.iter().map(|line| format!("{}\n", sanitize(line))).collect()
}

/// What to do about the deviations.
fn help(confirmation: &Confirmation) -> Vec<&'static str> {
    let is_dialect =
        |one: &Unexpected| matches!(one, Unexpected::Difference(difference) if difference.aspect == Aspect::Dialect);
    if confirmation.unexpected.iter().any(is_dialect) {
        return vec!["export the topology in the same way as the one that was planned on"];
    }
    let all = [
        (!confirmation.missing.is_empty(), "carry out what is left of `runbook.md`, then export again"),
        (
            !confirmation.notation_differs.is_empty(),
            "a pairing that is written in another way is as good; `poolpair learn` can learn this notation",
        ),
        (
            !confirmation.unexpected.is_empty(),
            "find out who made the changes that were not planned, and whether to keep them",
        ),
    ];
    all.into_iter().filter(|(applies, _)| *applies).map(|(_, help)| help).collect()
}
