//! The words above the steps of one number.

use crate::runbook::step::{Action, Kind};
use crate::runbook::view::View;

impl Action {
    /// The words of the comment above the steps of one number.
    pub(super) fn heading(self, view: &View) -> &'static str {
        let undo = view.kind == Kind::Undo;
        match self {
            Self::Confirm => "Confirm the plan",
            Self::Rights => "Check the rights of this shell",
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
            Self::Verify => "Check the result",
        }
    }
}
