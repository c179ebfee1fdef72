//! Output formats, one per file. They only build text or data, and print nothing.

pub mod audit;
pub mod confirm_text;
mod diagnostic;
pub mod diff_text;
pub mod differences;
pub mod excerpt;
pub mod failover;
pub mod findings_text;
pub mod html;
pub mod inspect;
pub mod json;
pub mod message;
mod partners;
pub mod picture;
pub mod plan_text;
pub mod review;
pub mod review_html;
pub mod review_markdown;
mod sanitized;
pub mod sarif;
pub mod style;
pub mod table;
pub mod unread;
pub mod verdict;

pub use diagnostic::Texts;
pub use review::Review;
pub use sanitized::SanitizedDiagnostic;
pub use style::OutputStyle;
