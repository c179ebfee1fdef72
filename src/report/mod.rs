//! One format a file. Reports are made from the same data, and print nothing themselves.

mod diagnostic;
pub mod diff_text;
pub mod differences;
pub mod findings_text;
pub mod inspect;
pub mod json;
pub mod look;
mod partners;
pub mod plan_text;
pub mod rule_page;
pub mod sarif;
pub mod schema;
pub mod text;
pub mod verdict;
pub mod words;

pub use diagnostic::Texts;
pub use look::Look;
