//! The words above the steps of one number.

use crate::runbook::step::{RunbookKind, Step, StepAction};

impl Step {
    /// The words of the comment above the steps of one number. A change of partner has no new pair, but a new partner.
    pub fn heading(&self, kind: RunbookKind) -> &'static str {
        match (self.action, self.number) {
            (StepAction::Bootstrap, "23") => "On every Front End of a new partner, run Bootstrapper",
            (StepAction::Update, "23a") => {
                "After all of them, apply the cumulative update again there, one server at a time (added to the page)"
            }
            (StepAction::Start, "23b") => "On every Front End of a new partner, start the backup service (ABC 23 too)",
            (action, _) => action.heading(kind),
        }
    }
}

impl StepAction {
    fn heading(self, kind: RunbookKind) -> &'static str {
        let undo = kind == RunbookKind::Undo;
        let is_change = undo || kind == RunbookKind::Apply;
        match self {
            Self::Confirm if is_change => "Confirm the plan",
            Self::Confirm => "One question",
            Self::Rights if is_change => "Check the rights of this shell",
            Self::Rights => "Check the rights of this shell, and that it runs on a Front End of the partner",
            Self::BackUp => "Save what could be lost",
            Self::Drift => "Check that nothing changed since the export",
            Self::Find => "Look at what is there: no check of a pool's health stops an undo",
            Self::Health => "Check the health of the pools",
            Self::CentralManagement => {
                "Install the standby Central Management database, which the cmdlets do not create"
            }
            Self::Publish | Self::Enable | Self::SimpleUrls if undo => {
                "Publish the topology as it was, and compare the simple URLs"
            }
            Self::Publish | Self::Enable | Self::SimpleUrls => "Publish the topology",
            Self::Replicate => "Wait until every Front End has the topology",
            Self::Deploy => "Set up the pool that is not deployed yet, in place of the steps below for its servers",
            Self::Bootstrap => "On every Front End of the new pair, run Bootstrapper",
            Self::Update => {
                "After all of them: on every Front End, apply the cumulative update again, one server at a time"
            }
            Self::Start => "On every Front End, start the backup service",
            Self::Restart => "On every Front End of the pool that stays, stop and start the backup service",
            Self::StandardCentralManagement => {
                "Install the standby Central Management database on the Standard Edition server"
            }
            Self::Synchronise => "Synchronise each pool with its partner: the call pushes from the pool that it names",
            Self::Status => "Wait until both directions have no backlog",
            Self::Remove => {
                "On every Front End of a pool without a partner, run Bootstrapper, which removes the backup service"
            }
            Self::RemoveCopies => {
                "Remove the former partner's copies (ABC 21; here after the change, as the cmdlet's page says)"
            }
            Self::Pair => "Ask this server's copy of the topology whether the pools are paired",
            Self::Steady => "Check that both directions have no backlog; the run ends here where one has",
            Self::Compare => "Compare the data of both pools",
            Self::FindStore => "Find the Central Management store (FO 1 to 3)",
            Self::FailOverStore => {
                "Fail over the Central Management store, where it is in the pool or does not answer (FO 4 and 5)"
            }
            Self::StoreReplicas => "Wait until the partner's Front Ends follow the store (FO 5)",
            Self::NextHop => {
                "Change the next hop of the Edge pools (FO: before its step 1; here after the store, to which it is written)"
            }
            Self::EdgeReplicas | Self::EdgeReplicasBack => "Wait until the Edge Servers know their next hop",
            Self::FailOver => "Fail over the pool (FO 7)",
            Self::SignIn => "Check that users can sign in",
            Self::Locations => "Import the location information, which the store does not bring along (ABC 3)",
            Self::ResponseGroups => "Import the Response Groups (ABC 4 and 5)",
            Self::Applications => "Make again what nobody copies: announcements and numbers (ABC 6), Call Park",
            Self::WebTraffic => "Move the web traffic: a pool failover changes no DNS",
            Self::WebTrafficBack => "Move the web traffic back",
            Self::Dependents => "Point at the partner what points at the pool, and does not fail over with it",
            Self::DependentsBack => "Point back at the pool what was pointed at the partner",
            Self::FailBack => "Fail back the pool (FO: its last section)",
            Self::Content => {
                "Copy the content of conferences back (FO has no such step; the page of the Backup Service has)"
            }
            Self::NextHopBack => "Put the next hop of the Edge pools back",
            Self::ResponseGroupsBack => "Move the Response Groups back, with what was changed in them",
            Self::CompareAgain => "Compare the data of both pools again",
            Self::Verify => "Check the result",
        }
    }
}
