//! Reading the parts of an element that both dialects share.

use smol_str::SmolStr;

use super::super::{Fqdn, RoleAttribute, ServiceVersion, SqlResilience};
use super::error::{self, Error, TopologyFault};
use crate::source::Spanned;
use crate::xml::{Attributes, Node};

/// The attributes of an element. The search for each starts after the last one found: documents write them in one
/// order, so that a start tag is read only once.
pub(super) struct Fields<'d> {
    element: Node<'d>,
    rest: Attributes<'d>,
}

impl<'d> Fields<'d> {
    pub(super) fn of(element: Node<'d>) -> Self {
        Self { element, rest: element.attributes() }
    }

    /// A required attribute's value, with the span of the value.
    pub(super) fn required(&mut self, name: &str) -> Result<Spanned<SmolStr>, Error> {
        self.optional(name).ok_or_else(|| error::missing_attribute(self.element, name))
    }

    /// An attribute's value, with the span of the value.
    pub(super) fn optional(&mut self, name: &str) -> Option<Spanned<SmolStr>> {
        let attribute = self.rest.find(|attribute| attribute.name() == name).or_else(|| {
            self.rest = self.element.attributes();
            self.rest.find(|attribute| attribute.name() == name)
        })?;
        Some(Spanned::new(attribute.value().into(), attribute.value_span()))
    }

    /// A required attribute that is a whole number.
    pub(super) fn number(&mut self, name: &str) -> Result<Spanned<u32>, Error> {
        let text = self.required(name)?;
        match text.value.trim().parse() {
            Ok(value) => Ok(Spanned::new(value, text.span)),
            Err(_) => {
                let fault = TopologyFault::NotANumber { name: name.into(), value: text.value.into() };
                Err(error::error(fault, self.element, text.span, "not a whole number"))
            }
        }
    }
}

/// A required attribute's value, with the span of the value.
pub(super) fn required(element: Node<'_>, name: &str) -> Result<Spanned<SmolStr>, Error> {
    Fields::of(element).required(name)
}

/// An attribute's value, with the span of the value.
pub(super) fn optional(element: Node<'_>, name: &str) -> Option<Spanned<SmolStr>> {
    Fields::of(element).optional(name)
}

/// A required name of a pool.
pub(super) fn fqdn(element: Node<'_>) -> Result<Spanned<Fqdn>, Error> {
    let text = required(element, "Fqdn")?;
    Ok(Spanned::new(Fqdn::new(text.value), text.span))
}

/// A service's product version.
pub(super) fn version(service: Node<'_>) -> Result<Spanned<ServiceVersion>, Error> {
    let version = Fields::of(service).number("ServiceVersion")?;
    Ok(Spanned::new(ServiceVersion(version.value), version.span))
}

/// A required child element.
pub(super) fn child<'d>(parent: Node<'d>, namespace: &str, name: &str) -> Result<Node<'d>, Error> {
    parent.child(namespace, name).ok_or_else(|| error::missing_element(parent, name))
}

/// The role element of a service: its last child, unless that is one of the parts that every service has.
pub(super) fn role_element(service: Node<'_>) -> Option<Node<'_>> {
    let last = service.last_child()?;
    let generic = ["ServiceId", "DependsOn", "InstalledOn", "Ports"].contains(&last.local_name());
    (!generic).then_some(last)
}

/// Reads the children of a list into a vector of exactly their number.
pub(super) fn list<T>(element: Node<'_>, read: impl Fn(Node<'_>) -> Result<T, Error>) -> Result<Vec<T>, Error> {
    let mut items = Vec::with_capacity(element.children().count());
    for child in element.children() {
        items.push(read(child)?);
    }
    Ok(items)
}

/// The attributes of a role element, declarations of namespaces left out.
pub(super) fn settings(role: Node<'_>) -> Vec<RoleAttribute> {
    role.attributes()
        .filter(|attribute| !attribute.is_namespace_declaration())
        .map(|attribute| RoleAttribute {
            name: attribute.name().into(),
            value: Spanned::new(attribute.value().into(), attribute.span()),
        })
        .collect()
}

/// How a SQL Server instance survives the loss of a server, by the attributes of its element.
pub(super) fn resilience(sql: Node<'_>) -> SqlResilience {
    let named = |part: &str| sql.attributes().any(|attribute| attribute.name().contains(part));
    if named("AlwaysOn") {
        SqlResilience::AlwaysOn
    } else if named("Mirror") {
        SqlResilience::Mirror
    } else {
        SqlResilience::None
    }
}
