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
//! From the bytes of an export to the files of a bundle, which nothing here writes:
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
//! // Learned from a pair in the document, else the built-in one, which is unverified.
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
//! * Bytes outside the edits stay: nothing serialises a document.
//! * Proof before writing: a [`plan::Planned`] has been read again and held against the plan.
//! * Reading never refuses a topology for breaking a pairing rule; only planning does.
//! * The same input, request, notation and version give the same bytes.
//! * Files are touched by [`bundle`] and [`cli`] only; nothing else prints, and nothing panics on input.

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
