//! The reports: every renderer on one and the same run, and on hostile text.

mod run;
mod sarif;
mod snapshots;
