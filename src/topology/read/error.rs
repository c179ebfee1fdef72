//! Why a well-formed document is no topology that can be read.

use crate::source::{Fault, Label, LocatedFault, Span};
use crate::xml::Node;

/// A [`TopologyFault`], and where it is.
pub type Error = LocatedFault<TopologyFault>;

/// Why a well-formed document is no topology that can be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TopologyFault {
    /// The root element belongs to no known dialect: some other XML file was given.
    #[error("`{root}` is not the root of a topology")]
    UnknownDialect {
        /// The root's name.
        root: String,
    },
    /// A configuration export that holds no topology.
    #[error("this configuration export holds no topology")]
    NoTopologyInside,
    /// An element that the model needs is not there: the file was cut or edited by hand.
    #[error("`{parent}` has no element `{name}`")]
    MissingElement {
        /// Where it should be.
        parent: String,
        /// Its name.
        name: String,
    },
    /// An attribute that the model needs is not there: the file was cut or edited by hand.
    #[error("`{element}` has no attribute `{name}`")]
    MissingAttribute {
        /// Where it should be.
        element: String,
        /// Its name.
        name: String,
    },
    /// An attribute that must be a whole number is none.
    #[error("`{name}` is `{}`, where a whole number is expected", value.escape_debug())]
    NotANumber {
        /// The attribute.
        name: String,
        /// Its value.
        value: String,
    },
}

impl Fault for TopologyFault {
    fn code(&self) -> &'static str {
        match self {
            Self::UnknownDialect { .. } => "poolpair::topology::unknown-dialect",
            Self::NoTopologyInside => "poolpair::topology::no-topology-inside",
            Self::MissingElement { .. } => "poolpair::topology::missing-element",
            Self::MissingAttribute { .. } => "poolpair::topology::missing-attribute",
            Self::NotANumber { .. } => "poolpair::topology::not-a-number",
        }
    }

    fn help(&self) -> Option<String> {
        let help = match self {
            Self::UnknownDialect { .. } => {
                "give what `Get-CsTopology -AsXml` prints, a Topology Builder file (.tbxml), or the zip file or \
                 `DocItemSet.xml` of `Export-CsConfiguration`"
            }
            Self::NoTopologyInside => "export the configuration again, or give what `Get-CsTopology -AsXml` prints",
            Self::MissingElement { .. } | Self::MissingAttribute { .. } | Self::NotANumber { .. } => {
                "the file was cut or edited by hand: export the topology again with `(Get-CsTopology -AsXml) | \
                 Out-File topology.xml`"
            }
        };
        Some(help.to_owned())
    }
}

/// `fault` at a span of the document of `node`.
pub(super) fn error(fault: TopologyFault, node: Node<'_>, span: Span, label: &str) -> Error {
    LocatedFault::new(fault, node.document().source(), vec![Label::new(span, label)])
}

/// An element that the model needs is not there.
pub(super) fn missing_element(parent: Node<'_>, name: &str) -> Error {
    let fault = TopologyFault::MissingElement { parent: parent.qualified_name().into(), name: name.into() };
    error(fault, parent, parent.name_span(), "in here")
}

/// An attribute that the model needs is not there.
pub(super) fn missing_attribute(element: Node<'_>, name: &str) -> Error {
    let fault = TopologyFault::MissingAttribute { element: element.qualified_name().into(), name: name.into() };
    error(fault, element, element.name_span(), "here")
}
