//! The typed model of a deployment, and its readers.

pub mod name;
pub mod version;

pub use name::Fqdn;
pub use version::ServiceVersion;
