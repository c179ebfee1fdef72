//! Reading the parts of an element that both dialects write alike.

use super::super::{Fqdn, RoleAttribute, ServiceVersion, SqlResilience};
use super::error::{self, Error, TopologyFault};
use crate::source::Spanned;
use crate::xml::Node;

/// A required attribute's value, with the span of the value.
pub(super) fn required(element: Node<'_>, name: &str) -> Result<Spanned<String>, Error> {
    optional(element, name).ok_or_else(|| error::missing_attribute(element, name))
}

/// An attribute's value, with the span of the value.
pub(super) fn optional(element: Node<'_>, name: &str) -> Option<Spanned<String>> {
    let attribute = element.attribute(name)?;
    Some(Spanned::new(attribute.value().into_owned(), attribute.value_span()))
}

/// A required attribute that is a whole number.
pub(super) fn number(element: Node<'_>, name: &str) -> Result<Spanned<u32>, Error> {
    let text = required(element, name)?;
    match text.value.trim().parse() {
        Ok(value) => Ok(Spanned::new(value, text.span)),
        Err(_) => {
            let fault = TopologyFault::NotANumber { name: name.into(), value: text.value };
            Err(error::error(fault, element, text.span, "not a whole number"))
        }
    }
}

/// A required name of a pool.
pub(super) fn fqdn(element: Node<'_>) -> Result<Spanned<Fqdn>, Error> {
    let text = required(element, "Fqdn")?;
    Ok(Spanned::new(Fqdn::new(text.value), text.span))
}

/// A service's product version.
pub(super) fn version(service: Node<'_>) -> Result<Spanned<ServiceVersion>, Error> {
    let version = number(service, "ServiceVersion")?;
    Ok(Spanned::new(ServiceVersion(version.value), version.span))
}

/// A required child element.
pub(super) fn child<'d>(parent: Node<'d>, namespace: &str, name: &str) -> Result<Node<'d>, Error> {
    parent.child(namespace, name).ok_or_else(|| error::missing_element(parent, name))
}

/// The role element of a service: its last child, when that is neither of the parts that every service has.
pub(super) fn role_element(service: Node<'_>) -> Option<Node<'_>> {
    let last = service.children().last()?;
    let generic = ["ServiceId", "DependsOn", "InstalledOn", "Ports"].contains(&last.local_name());
    (!generic).then_some(last)
}

/// The attributes of a role element, declarations of namespaces left out.
pub(super) fn settings(role: Node<'_>) -> Vec<RoleAttribute> {
    role.attributes()
        .filter(|attribute| !attribute.is_namespace_declaration())
        .map(|attribute| RoleAttribute {
            name: attribute.name().to_owned(),
            value: Spanned::new(attribute.value().into_owned(), attribute.span()),
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
