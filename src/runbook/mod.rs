//! The ordered steps, and one writer each for PowerShell and Markdown.
//!
//! Everything here is pure: a [`Deployment`] becomes [`Step`]s, and the steps become text.
//! `runbook.ps1`, `runbook.md` and `plan.json` hold the same steps, with the same ids, in the same order.

pub mod build;
pub mod deployment;
pub mod error;
pub mod markdown;
mod phase;
pub mod powershell;
pub mod quote;
pub mod step;
mod view;

pub use build::{runbook, undo};
pub use deployment::Deployment;
pub use error::RunbookError;
pub use markdown::markdown;
pub use powershell::powershell;
pub use step::{Kind, Phase, Runbook, Step, StepId, Task};
