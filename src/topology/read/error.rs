//! Why a well-formed document is not a readable topology.

use crate::source::{Label, LocatedFault, Span};
use crate::xml::Node;

/// A [`TopologyFault`], and where it is.
pub type Error = LocatedFault<TopologyFault>;

/// Why a well-formed document is not a readable topology.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, miette::Diagnostic)]
pub enum TopologyFault {
    /// The root element belongs to no known dialect: some other XML file was given.
    #[error("`{root}` is not the root of a topology")]
    #[diagnostic(
        code("poolpair::topology::unknown-dialect"),
        help(
            "give what `Get-CsTopology -AsXml` prints, a Topology Builder file (.tbxml), or the zip file or `DocItemSet.xml` of `Export-CsConfiguration`"
        )
    )]
    UnknownDialect {
        /// The root's name.
        root: String,
    },
    /// A configuration export without a topology.
    #[error("this configuration export holds no topology")]
    #[diagnostic(
        code("poolpair::topology::no-topology-inside"),
        help("export the configuration again, or give what `Get-CsTopology -AsXml` prints")
    )]
    NoTopologyInside,
    /// A required element is missing: the file was cut or edited by hand.
    #[error("`{parent}` has no element `{name}`")]
    #[diagnostic(code("poolpair::topology::missing-element"), help("{EDITED}"))]
    MissingElement {
        /// Where it should be.
        parent: String,
        /// Its name.
        name: String,
    },
    /// A required attribute is missing: the file was cut or edited by hand.
    #[error("`{element}` has no attribute `{name}`")]
    #[diagnostic(code("poolpair::topology::missing-attribute"), help("{EDITED}"))]
    MissingAttribute {
        /// Where it should be.
        element: String,
        /// Its name.
        name: String,
    },
    /// An attribute that must be a whole number is not.
    #[error("`{name}` is `{}`, where a whole number is expected", value.escape_debug())]
    #[diagnostic(code("poolpair::topology::not-a-number"), help("{EDITED}"))]
    NotANumber {
        /// The attribute.
        name: String,
        /// Its value.
        value: String,
    },
}

const EDITED: &str = "the file was cut or edited by hand: export the topology again with `(Get-CsTopology -AsXml) | \
                      Out-File topology.xml`";

/// `fault` at a span of the document of `node`.
pub(super) fn error(fault: TopologyFault, node: Node<'_>, span: Span, label: &str) -> Error {
    LocatedFault::new(fault, node.document().source(), vec![Label::new(span, label)])
}

/// A required element is missing.
pub(super) fn missing_element(parent: Node<'_>, name: &str) -> Error {
    let fault = TopologyFault::MissingElement { parent: parent.qualified_name().into(), name: name.into() };
    error(fault, parent, parent.name_span(), "in here")
}

/// A required attribute is missing.
pub(super) fn missing_attribute(element: Node<'_>, name: &str) -> Error {
    let fault = TopologyFault::MissingAttribute { element: element.qualified_name().into(), name: name.into() };
    error(fault, element, element.name_span(), "here")
}
