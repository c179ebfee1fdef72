//! poolpair plans, applies and proves a Front End pool pairing on an exported Skype for Business Server topology.
//!
//! # The way of the data
//!
//! ```text
//! bytes -> Source -> Document -> Topology -> findings
//!                                   |  + Request + Notation
//!                                   v
//!                                 Plan -> edits -> patched bytes (proved) -> diff, runbook, reports -> bundle
//! ```

#![forbid(unsafe_code)]

pub mod artifacts;
pub mod asked;
pub mod bundle;
pub mod cli;
pub mod confirm;
pub mod diff;
mod export;
pub mod interval;
pub mod notation;
pub mod pairing;
pub mod plan;
pub mod report;
pub mod request;
pub mod rules;
pub mod runbook;
pub mod source;
pub mod suggest;
pub mod topology;
pub mod xml;

pub use export::{Export, ReadError};
