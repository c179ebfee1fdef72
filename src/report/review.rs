//! The content of a review, and its first section, the decision.

use super::picture::Picture;
use super::verdict::{notation_words, route_words};
use crate::Export;
use crate::diff::UnifiedDiff;
use crate::pairing::Pairing;
use crate::plan::deployment::Deployment;
use crate::plan::{PlanRecord, Planned};
use crate::rules::{Finding, Severity};
use crate::runbook::Runbook;
use crate::runbook::markdown::{Board, Topic, hours};

/// The content of the review of a plan.
#[derive(Clone, Debug)]
pub struct Review<'a> {
    /// The input document.
    pub before: &'a Export,
    /// The plan.
    pub record: &'a PlanRecord,
    /// The steps that implement it.
    pub runbook: &'a Runbook,
    /// The facts for a change board.
    pub board: Board,
    /// The findings, with positions in [`before`](Self::before).
    pub findings: &'a [Finding],
    /// The sites, pools and pairs.
    pub picture: Picture,
    /// The unified diff of the two documents.
    pub diff: &'a UnifiedDiff,
    /// The files to be approved, each with its SHA-256.
    pub hashes: Vec<[&'a str; 2]>,
}

impl<'a> Review<'a> {
    /// Creates a review with the picture of the plan.
    pub fn new(
        before: &'a Export,
        planned: &'a Planned,
        record: &'a PlanRecord,
        runbook: &'a Runbook,
        diff: &'a UnifiedDiff,
        hashes: Vec<[&'a str; 2]>,
    ) -> Self {
        let pairing = Pairing::read(&before.document, &before.topology, &record.notation);
        let picture = Picture::of_plan(&deployment_to_show(record), &before.topology, &pairing);
        let board = Board::of(&record.deployment, runbook);
        Self { before, record, runbook, board, findings: &planned.findings, picture, diff, hashes }
    }

    /// The topics of the decision, in the order of a change request, without empty ones.
    pub fn decision(&self) -> Vec<Topic> {
        let Board { impact, window, rollback, rights, .. } = &self.board;
        let is_empty = |topic: &Topic| topic.text.is_empty() && topic.items.is_empty();
        let topics = [
            Topic::new("Publishing", self.publishing(), []),
            Topic::new("Notation", self.notation(), []),
            Topic { items: Vec::new(), ..window.clone() },
            impact.clone(),
            rollback.clone(),
            Topic::new("Rights needed", "", rights.iter().map(|&who| who.to_owned())),
            Topic::new("To declare or answer", "", self.questions()).ticked(),
            Topic::new("Warnings", "", self.warnings()),
            Topic::new("Allowed, with a reason", "", self.allowed()),
        ];
        topics.into_iter().filter(|topic| !is_empty(topic)).collect()
    }

    /// When, how and by whom the change is published.
    fn publishing(&self) -> String {
        match &self.board.publishing {
            _ if self.record.deployment.as_requested => AS_REQUESTED.to_owned(),
            Some(publishing) => format!(
                "{}. Step `{}`, after {} of checks and back-ups, by a {}",
                route_words(self.record),
                publishing.step,
                hours(publishing.minutes_before),
                publishing.who
            ),
            None => String::new(),
        }
    }

    fn notation(&self) -> String {
        if self.record.changes.is_empty() { String::new() } else { notation_words(self.record) }
    }

    /// Questions that neither the topology nor the request answers, and the request keys that would.
    fn questions(&self) -> Vec<String> {
        let questions = self.findings.iter().filter_map(|finding| finding.question.as_ref());
        let answer = |keys: &[&str]| match keys {
            [] => String::new(),
            keys => format!(" (or declare `{}` for the pools in the request)", keys.join("`, `")),
        };
        questions.map(|question| format!("{}{}", question.text, answer(question.keys))).collect()
    }

    fn warnings(&self) -> Vec<String> {
        let findings = self.findings.iter().filter(|finding| finding.effective_severity() == Severity::Warning);
        findings.map(|finding| format!("`{}`: {}", finding.rule.id, finding.sentence())).collect()
    }

    fn allowed(&self) -> Vec<String> {
        let allowed = self.record.deployment.allowed.iter();
        allowed.map(|one| format!("`{}`: {}. Reason: {}", one.rule, one.message, one.reason)).collect()
    }
}

const AS_REQUESTED: &str = "nothing is published: the topology is already as requested. The runbook finishes the \
                            pairing on the servers: steps without a record of completion run, which is safe to repeat; \
                            every other step first checks whether it is done";

/// The deployment to show in the picture. Without changes, no pool gains or loses the standby Central Management store.
fn deployment_to_show(record: &PlanRecord) -> Deployment {
    let mut deployment = record.deployment.clone();
    if record.changes.is_empty() {
        for pool in &mut deployment.pools {
            (pool.gains_central_management, pool.loses_central_management) = (false, false);
        }
    }
    deployment
}
