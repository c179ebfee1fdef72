//! Changes to a document, as data: `plan` decides on them and writes them, `proof` checks the result against them.

mod host;
mod service;

pub(crate) use service::{AddServiceAction, Peer};

use smol_str::SmolStr;

use crate::notation::{self, DependencyPosition};
use crate::source::Spanned;
use crate::topology::{PoolIndex, ServiceIndex};

/// A change to a document.
#[derive(Clone, Debug)]
pub(crate) enum Action<'a> {
    /// A service gains a dependency on a service of the partner; the Registrar's dependency makes the pair.
    AddDependency { pool: PoolIndex, service: ServiceIndex, usage: &'a str, position: DependencyPosition, peer: Peer },
    /// A dependency is changed to a service of another partner.
    MoveDependency { pool: PoolIndex, service: ServiceIndex, dependency: usize, peer: Peer },
    /// A service loses a dependency.
    RemoveDependency { pool: PoolIndex, service: ServiceIndex, dependency: usize },
    /// An attribute of a Registrar's role element is added, removed or changed.
    Set(SettingAction<'a>),
    /// A pool gains a service.
    AddService(AddServiceAction<'a>),
    /// A pool loses a service.
    RemoveService { pool: PoolIndex, service: ServiceIndex },
}

/// An attribute of a Registrar's role element is added, removed or changed.
#[derive(Clone, Debug)]
pub(crate) struct SettingAction<'a> {
    pub(crate) pool: PoolIndex,
    pub(crate) registrar: ServiceIndex,
    pub(crate) setting: notation::VoiceSetting,
    pub(crate) name: &'a str,
    pub(crate) before: Option<&'a Spanned<SmolStr>>,
    pub(crate) after: Option<String>,
}

impl<'a> Action<'a> {
    /// The pool that is changed.
    pub(crate) fn pool(&self) -> PoolIndex {
        match self {
            Self::AddDependency { pool, .. }
            | Self::MoveDependency { pool, .. }
            | Self::RemoveDependency { pool, .. }
            | Self::RemoveService { pool, .. } => *pool,
            Self::Set(action) => action.pool,
            Self::AddService(action) => action.pool,
        }
    }

    /// The service that is added.
    pub(crate) fn added(&self) -> Option<&AddServiceAction<'a>> {
        if let Self::AddService(action) = self { Some(action) } else { None }
    }

    /// The service that is removed.
    pub(crate) fn removed(&self) -> Option<ServiceIndex> {
        if let Self::RemoveService { service, .. } = self { Some(*service) } else { None }
    }
}
