//! poolpair writes and checks the files for a Front End pool pairing on an exported Skype for Business Server topology.
//!
//! # Data flow
//!
//! ```text
//! bytes -> Source -> Document -> Topology -> findings
//!                                   |  + Request + Notation
//!                                   v
//!                                 Plan -> edits -> patched bytes (proved) -> diff, runbook, reports -> bundle
//! ```
//!
//! # Example
//!
//! Turns the bytes of an export into the files of a bundle, without writing anything to disk:
//!
//! ```
//! use poolpair::bundle::Artifacts;
//! use poolpair::plan::{Outcome, PlanOptions, plan};
//! use poolpair::request::{Flags, Request};
//! use poolpair::{Export, learn, source};
//!
//! let bytes = std::fs::read("fixtures/topologies/two-standard.xml")?;
//! let reading = source::Options::default();
//! let export = Export::read("topology.xml", bytes, &reading)?;
//! let request = Request::from_flags(&Flags {
//!     pool: Some("pool01.contoso.com".into()),
//!     backup: Some("pool02.contoso.com".into()),
//!     ..Flags::default()
//! })?;
//!
//! // Learned from a pair in the document, otherwise the built-in one, which is unverified.
//! let choice = learn::choose(&export, None, Default::default(), &reading);
//! let options = PlanOptions { reading, strict: false };
//! match plan(&export, &request, &choice.notation, &options)? {
//!     Outcome::Planned(planned) => {
//!         assert_eq!(planned.changes.len(), 8);
//!         let artifacts = Artifacts::new(&export, &request, &choice, &planned)?;
//!         let bundle = artifacts.bundle()?;
//!         assert!(bundle.files().any(|(name, _)| name == "runbook.ps1"));
//!     }
//!     Outcome::Refused(findings) => unreachable!("{findings:?}"),
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Invariants
//!
//! * Bytes outside the edits are preserved: documents are never re-serialised.
//! * Proof before writing: a [`plan::Planned`] has been read back and checked against the plan.
//! * Reading never refuses a topology for breaking a pairing rule; only planning does.
//! * The same input, request, notation and version produce the same bytes.
//! * Only [`bundle`] and [`cli`] touch files; only [`cli`] prints; nothing panics on input.

#![forbid(unsafe_code)]

mod action;
pub mod audit;
pub mod bundle;
#[cfg(feature = "cli")]
pub mod cli;
pub mod confirm;
pub mod diff;
mod edit;
mod export;
pub mod failover;
pub mod interval;
pub mod learn;
pub mod notation;
pub mod pairing;
pub mod partners;
pub mod plan;
mod proof;
pub mod report;
pub mod request;
pub mod rules;
pub mod runbook;
pub mod schema;
pub mod source;
pub mod text;
pub mod topology;
pub mod xml;

pub use export::{Export, ReadError};
