//! Differences between two documents: by site, pool and service, and as a unified diff of their text.

mod canonical;
mod compare;
mod difference;
mod inventory;
mod matched;
mod unified;
mod unmodelled;

pub(crate) use canonical::canonical;
pub use compare::{compare, signature_differs};
pub use difference::{Aspect, Difference, DifferenceClass, State, Subject};
pub use inventory::{Inventory, InventoryChange};
pub use unified::{DiffLine, Hunk, UnifiedDiff, unified};
