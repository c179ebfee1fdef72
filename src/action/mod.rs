//! What has to be done to a document, as data: `plan` decides and writes it, `proof` holds the result against it.

mod host;
mod service;

pub(crate) use service::{AddServiceAction, Peer};

use smol_str::SmolStr;

use crate::notation::{self, DependencyPosition};
use crate::source::Spanned;
use crate::topology::{PoolIndex, ServiceIndex};

/// What has to be done to a document.
#[derive(Clone, Debug)]
pub(crate) enum Action<'a> {
    /// A service gains a dependency on one of the partner; that of a Registrar on the partner's makes the pair.
    AddDependency { pool: PoolIndex, service: ServiceIndex, usage: &'a str, position: DependencyPosition, peer: Peer },
    /// A dependency names a service of another partner.
    MoveDependency { pool: PoolIndex, service: ServiceIndex, dependency: usize, peer: Peer },
    /// A service loses a dependency.
    RemoveDependency { pool: PoolIndex, service: ServiceIndex, dependency: usize },
    /// An attribute of a Registrar's role element comes, goes or changes.
    Set(SettingAction<'a>),
    /// A pool gains a service.
    AddService(AddServiceAction<'a>),
    /// A pool loses a service.
    RemoveService { pool: PoolIndex, service: ServiceIndex },
}

/// An attribute of a Registrar's role element comes, goes or changes.
#[derive(Clone, Debug)]
pub(crate) struct SettingAction<'a> {
    pub(crate) pool: PoolIndex,
    pub(crate) registrar: ServiceIndex,
    pub(crate) setting: notation::VoiceSetting,
    pub(crate) name: &'a str,
    pub(crate) before: Option<&'a Spanned<SmolStr>>,
    pub(crate) after: Option<String>,
}

impl Action<'_> {
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
}
