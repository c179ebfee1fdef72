//! The ordered steps, the machinery of the scripts, and one writer each for PowerShell and Markdown.
//!
//! Everything here is pure: a [`Deployment`](crate::plan::Deployment) becomes [`Step`]s, and the steps become text.
//! `runbook.ps1` and `runbook.md` hold the same steps, with the same ids and commands, in the same order.

mod commands;
pub mod error;
mod failover;
pub mod markdown;
pub mod powershell;
mod procedure;
pub mod quote;
pub mod step;
mod view;

pub use error::{NoRunbook, RunbookError};
pub use failover::failover;
pub use markdown::{failover_markdown, markdown};
pub use powershell::{MODULE_FILE, failover_powershell, module, powershell};
pub use procedure::{runbook, undo};
pub use step::{Runbook, RunbookKind, Script, Step, StepKind};
