//! One format a file. Reports are made from the same data, and print nothing themselves.

pub mod inspect;
pub mod json;
pub mod plan_text;
pub mod schema;
pub mod text;
