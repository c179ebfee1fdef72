//! What is different between two documents: in domain words, and as a unified diff of their text.

mod canonical;
mod inventory;
mod semantic;
mod unified;
mod unmodelled;

pub(crate) use canonical::canonical;
pub use inventory::Inventory;
pub use semantic::{Difference, DifferenceClass, Subject, compare};
pub use unified::unified;
