//! One format a file. Reports are made from the same data, and print nothing themselves.

mod diagnostic;
pub mod diff_text;
pub mod diff_view;
pub mod differences;
pub mod excerpt;
pub mod failover;
pub mod findings_text;
pub mod inspect;
pub mod json;
mod partners;
pub mod picture;
pub mod plan_text;
pub mod review;
pub mod review_html;
pub mod review_markdown;
pub mod rule_page;
pub mod sarif;
pub mod style;
pub mod table;
pub mod unread;
pub mod verdict;

pub use diagnostic::Texts;
pub use review::Review;
pub use style::OutputStyle;
