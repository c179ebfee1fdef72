//! What has to be done to a document, as data: `plan` decides and writes it, `proof` holds the result against it.

mod host;
mod service;

pub(crate) use service::{AddServiceAction, Peer};

use smol_str::SmolStr;

use crate::notation::{self, PairDependency};
use crate::pairing::Backup;
use crate::source::Spanned;
use crate::topology::{PoolIndex, ServiceIndex};

/// What has to be done to a document.
#[derive(Clone, Debug)]
pub(crate) enum Action<'a> {
    /// A Registrar gains a dependency on its partner's.
    AddBackup { pool: PoolIndex, registrar: ServiceIndex, partner: ServiceIndex },
    /// A Registrar's dependency names another partner.
    MoveBackup { backup: &'a Backup, partner: ServiceIndex },
    /// A Registrar loses the dependency.
    RemoveBackup { backup: &'a Backup },
    /// An attribute of a Registrar's role element comes, goes or changes.
    Set(SettingAction<'a>),
    /// A service gains a dependency on one of the partner.
    AddDependency { pool: PoolIndex, service: ServiceIndex, notation: &'a PairDependency, peer: Peer },
    /// A service loses such a dependency.
    RemoveDependency { pool: PoolIndex, service: ServiceIndex, dependency: usize },
    /// A pool gains a service.
    AddService(AddServiceAction<'a>),
    /// A service that depended on one of the old partner depends on that of the new one.
    MovePeer { pool: PoolIndex, service: ServiceIndex, dependency: usize, peer: Peer },
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
            Self::AddBackup { pool, .. }
            | Self::AddDependency { pool, .. }
            | Self::RemoveDependency { pool, .. }
            | Self::MovePeer { pool, .. }
            | Self::RemoveService { pool, .. } => *pool,
            Self::MoveBackup { backup, .. } | Self::RemoveBackup { backup } => backup.pool,
            Self::Set(action) => action.pool,
            Self::AddService(action) => action.pool,
        }
    }
}
