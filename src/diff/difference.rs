//! A difference in a site, a pool or a service.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::topology::{Dialect, Service, ServiceId, ServiceIndex, Topology};

/// A difference between two documents.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// What kind of difference it is.
    pub class: DifferenceClass,
    /// What differs.
    pub subject: Subject,
    /// Which part of it.
    pub aspect: Aspect,
    /// The old value; absent if it was added.
    pub before: Option<State>,
    /// The new value; absent if it was removed.
    pub after: Option<State>,
}

/// The class of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DifferenceClass {
    /// The deployment differs.
    Meaning,
    /// The same elements in another order.
    Order,
    /// The same content in another layout.
    Formatting,
}

/// What differs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Subject {
    /// The document as a whole.
    Document,
    /// A site.
    Site {
        /// Its id.
        id: String,
    },
    /// A pool.
    Pool {
        /// Its name.
        pool: String,
    },
    /// A SQL Server instance.
    SqlInstance {
        /// Its id.
        id: String,
    },
    /// A service.
    Service {
        /// Its role.
        role: String,
        /// The pool that it is installed on; null if unknown.
        pool: Option<String>,
        /// Its id.
        id: String,
    },
}

/// The part of its subject that differs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// The whole subject: it was added or removed.
    Whole,
    /// Content that the model does not represent.
    Content,
    /// A dependency of a service, by its usage.
    Dependency(String),
    /// The format of the document.
    Dialect,
    /// The host of a service.
    Host,
    /// The layout, quoting, encoding or comments of the document, or the form of a value.
    Layout,
    /// The order of sites, pools, services or dependencies.
    Order,
    /// Content outside sites, pools and services.
    Rest,
    /// An attribute of a role element, by its name.
    Setting(String),
}

/// An old or new value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// The subject itself, or the target of a dependency.
    Subject(Subject),
    /// The target of a dependency that is not in the document, by its id.
    Missing(String),
    /// Text of the document, or the name of its dialect.
    Text(String),
}

impl Subject {
    /// The subject of a service.
    pub fn service(topology: &Topology, service: ServiceIndex) -> Self {
        let pool = topology.pool_of(service).map(|pool| topology.pool_name(pool).to_string());
        let Service { role, id, .. } = &topology[service];
        Self::Service { role: role.to_string(), pool, id: id.value.to_string() }
    }

    /// The pool itself, or the one that the service is installed on.
    pub fn owner(&self) -> Option<&str> {
        match self {
            Self::Pool { pool } | Self::Service { pool: Some(pool), .. } => Some(pool),
            _ => None,
        }
    }

    /// The role of a service.
    pub fn role(&self) -> Option<&str> {
        match self {
            Self::Service { role, .. } => Some(role),
            _ => None,
        }
    }
}

impl State {
    /// The target of a dependency.
    pub(crate) fn target(topology: &Topology, target: Option<ServiceIndex>, named: &ServiceId) -> Self {
        match target {
            Some(target) => Self::Subject(Subject::service(topology, target)),
            None => Self::Missing(named.to_string()),
        }
    }
}

impl Difference {
    /// An added dependency.
    pub fn dependency_added(subject: Subject, usage: &str, target: State) -> Self {
        Self::meaning(subject, Aspect::Dependency(usage.to_owned()), None, Some(target))
    }

    /// A removed dependency.
    pub fn dependency_removed(subject: Subject, usage: &str, target: State) -> Self {
        Self::meaning(subject, Aspect::Dependency(usage.to_owned()), Some(target), None)
    }

    /// An added, removed or changed role setting.
    pub fn setting(subject: Subject, name: &str, before: Option<&str>, after: Option<&str>) -> Self {
        let text = |value: &str| State::Text(value.to_owned());
        Self::meaning(subject, Aspect::Setting(name.to_owned()), before.map(text), after.map(text))
    }

    /// An added subject.
    pub fn added(subject: Subject) -> Self {
        Self::meaning(subject.clone(), Aspect::Whole, None, Some(State::Subject(subject)))
    }

    /// A removed subject.
    pub fn removed(subject: Subject) -> Self {
        Self::meaning(subject.clone(), Aspect::Whole, Some(State::Subject(subject)), None)
    }

    /// Two documents of different dialects, whose content cannot be compared.
    pub fn dialect(before: Dialect, after: Dialect) -> Self {
        let name = |dialect: Dialect| Some(State::Text(dialect.name().to_owned()));
        Self::meaning(Subject::Document, Aspect::Dialect, name(before), name(after))
    }

    pub(super) fn meaning(subject: Subject, aspect: Aspect, before: Option<State>, after: Option<State>) -> Self {
        Self { class: DifferenceClass::Meaning, subject, aspect, before, after }
    }

    /// A difference between canonical texts.
    pub(super) fn content(subject: Subject, aspect: Aspect, before: String, after: String) -> Self {
        Self::meaning(subject, aspect, Some(State::Text(before)), Some(State::Text(after)))
    }

    pub(super) fn of_document(class: DifferenceClass, aspect: Aspect) -> Self {
        Self { class, subject: Subject::Document, aspect, before: None, after: None }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document => f.write_str("the document"),
            Self::Site { id } => write!(f, "site `{id}`"),
            Self::Pool { pool } => write!(f, "pool `{pool}`"),
            Self::SqlInstance { id } => write!(f, "SQL Server instance `{id}`"),
            Self::Service { role, pool: None, id } => write!(f, "{role} `{id}`"),
            Self::Service { role, pool: Some(pool), .. } => write!(f, "{role} of `{pool}`"),
        }
    }
}

impl fmt::Display for Aspect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => Ok(()),
            Self::Content => f.write_str("content"),
            Self::Dependency(usage) => write!(f, "dependency `{usage}`"),
            Self::Dialect => f.write_str("dialect"),
            Self::Host => f.write_str("host"),
            Self::Layout => f.write_str("layout, quoting, encoding or comments"),
            Self::Order => f.write_str("order of sites, pools, services or dependencies"),
            Self::Rest => f.write_str("other content"),
            Self::Setting(name) => write!(f, "setting `{name}`"),
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Subject(subject) => subject.fmt(f),
            Self::Missing(id) => write!(f, "`{id}`, which does not exist"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { subject, aspect, before, after, .. } = self;
        match (aspect, before, after) {
            (Aspect::Whole, _, Some(_)) => write!(f, "{subject} is new"),
            (Aspect::Whole, _, None) => write!(f, "{subject} is gone"),
            // Canonical text is for comparison only.
            (Aspect::Content | Aspect::Rest, ..) | (_, None, None) => write!(f, "{subject}: {aspect} differs"),
            (_, Some(before), None) => write!(f, "{subject}: {aspect} was {before} and is gone"),
            (_, None, Some(after)) => write!(f, "{subject}: {aspect} is new, {after}"),
            (_, Some(before), Some(after)) => write!(f, "{subject}: {aspect} was {before} and is {after}"),
        }
    }
}
