//! One reader per dialect, and the linking that they share.

mod builder;
mod configuration;
mod error;
mod fields;
mod link;
mod published;

pub use error::{Error, TopologyFault};

use super::{Dialect, Topology};
use crate::xml::{Document, Node};

/// The namespaces of the documents.
pub mod namespace {
    /// The published document.
    pub const TOPOLOGY: &str = "urn:schema:Microsoft.Rtc.Management.Deploy.Topology.2008";
    /// Ports and role elements, in every dialect.
    pub const ROLES: &str = "urn:schema:Microsoft.Rtc.Management.Deploy.ServiceRoles.2008";
    /// The root of a Topology Builder file.
    pub const BUILDER: &str = "urn:schema:Microsoft.Rtc.Management.Deploy.TopologyBuilder.2008";
    /// The values inside a configuration export.
    pub const SCOPE: &str = "urn:schema:Microsoft.Rtc.Management.ScopeFramework.2008";
    /// The deployment inside a Topology Builder file.
    pub const WRITABLE: &str = "urn:schema:Microsoft.Rtc.Management.Deploy.WritableTopology.2008";
}

impl Topology {
    /// Reads a document of any known dialect.
    ///
    /// # Errors
    ///
    /// When the root is of no known dialect, or a required part is missing or unreadable. Broken pairing rules are not
    /// errors here.
    pub fn read(document: &Document) -> Result<Self, Error> {
        let root = document.root();
        if root.is(namespace::TOPOLOGY, "Topology") {
            published::read(root, Dialect::Published)
        } else if root.is(namespace::BUILDER, "TopologyBuilder") {
            builder::read(root)
        } else if root.local_name() == "DocItemSet" {
            configuration::read(root)
        } else {
            Err(unknown_root(root))
        }
    }
}

fn unknown_root(root: Node<'_>) -> Error {
    let fault = TopologyFault::UnknownDialect { root: root.qualified_name().into() };
    error::error(fault, root, root.name_span(), "the root element")
}
