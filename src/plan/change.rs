//! A change in domain words, as plans show it.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::action::Action;
use crate::notation::{Notation, VoiceSetting};
use crate::topology::{Fqdn, PoolIndex, Role, ServiceIndex, Topology};

/// One change of one pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// What changes.
    pub kind: ChangeKind,
    /// The pool.
    pub pool: Fqdn,
    /// The value before; null if there was none.
    pub before: Option<ChangeValue>,
    /// The value after; null if there is none.
    pub after: Option<ChangeValue>,
    /// The change as a sentence.
    pub explanation: String,
}

/// What changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// The backup pool.
    BackupPool,
    /// Automatic failover and failback for Voice.
    AutomaticFailover,
    /// The failure detection interval, in seconds.
    FailureDetection,
    /// The failback interval, in seconds.
    Failback,
    /// A service that pairing adds or un-pairing removes, by its role.
    Service,
    /// A dependency on the partner other than that of the Registrar.
    Dependency,
}

impl ChangeKind {
    /// Whether it is a part of a pool rather than a value of one.
    fn is_part(self) -> bool {
        matches!(self, Self::Service | Self::Dependency)
    }

    /// Its name in a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::BackupPool => "backup pool",
            Self::AutomaticFailover => "automatic failover and failback for Voice",
            Self::FailureDetection => "failure detection interval",
            Self::Failback => "failback interval",
            Self::Service => "service",
            Self::Dependency => "dependency",
        }
    }
}

/// A value before or after a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ChangeValue {
    /// On or off.
    Flag(bool),
    /// A number of seconds.
    Seconds(u64),
    /// A name.
    Text(String),
}

impl fmt::Display for ChangeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(true) => f.write_str("on"),
            Self::Flag(false) => f.write_str("off"),
            Self::Seconds(seconds) => write!(f, "{seconds} s"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

impl Change {
    /// The change that an action makes, in domain words.
    pub(super) fn of(action: &Action<'_>, topology: &Topology, notation: &Notation) -> Self {
        let fqdn = |pool: PoolIndex| ChangeValue::Text(topology.pool_name(pool).to_string());
        let text = |text: String| Some(ChangeValue::Text(text));
        let home = |service: ServiceIndex| topology.pool_of(service);
        // A dependency of a Registrar on its partner's says who backs up the pool.
        let is_backup =
            |service: ServiceIndex, names: &str| topology[service].role.is(Role::REGISTRAR) && names == Role::REGISTRAR;
        let dependency = |service: ServiceIndex, names: &str, pool: PoolIndex| match is_backup(service, names) {
            true => (ChangeKind::BackupPool, Some(fqdn(pool))),
            false => {
                let (role, pool) = (&topology[service].role, topology.pool_name(pool));
                (ChangeKind::Dependency, text(format!("{role} on {names} of {pool}")))
            }
        };
        let (kind, before, after) = match action {
            Action::AddDependency { service, peer, .. } => {
                let named = peer.pool.map(|pool| dependency(*service, &peer.role, pool));
                let (kind, after) = named.unwrap_or((ChangeKind::Dependency, None));
                (kind, None, after)
            }
            Action::MoveDependency { service, dependency, peer, .. } => {
                let was = topology[*service].depends_on[*dependency].target.and_then(home);
                let role = &topology[*service].role;
                let with = |pool: PoolIndex| ChangeValue::Text(format!("{role} with {}", topology.pool_name(pool)));
                match is_backup(*service, &peer.role) {
                    true => (ChangeKind::BackupPool, was.map(fqdn), peer.pool.map(fqdn)),
                    false => (ChangeKind::Service, was.map(with), peer.pool.map(with)),
                }
            }
            Action::RemoveDependency { service, dependency: at, .. } => {
                let target = topology[*service].depends_on[*at].target;
                let named =
                    target.and_then(|target| Some(dependency(*service, &topology[target].role.0, home(target)?)));
                let (kind, before) = named.unwrap_or((ChangeKind::Dependency, None));
                (kind, before, None)
            }
            Action::Set(action) => {
                let value = |text: &str| setting_value(action.setting, text, notation);
                let before = action.before.map(|before| value(&before.value));
                (kind(action.setting), before, action.after.as_deref().map(value))
            }
            Action::AddService(action) => (ChangeKind::Service, None, text(action.notation.role.clone())),
            Action::RemoveService { service, .. } => {
                (ChangeKind::Service, text(topology[*service].role.to_string()), None)
            }
        };
        Self::new(kind, topology.pool_name(action.pool()), before, after)
    }

    /// A change that is explained by its values.
    fn new(kind: ChangeKind, pool: &Fqdn, before: Option<ChangeValue>, after: Option<ChangeValue>) -> Self {
        let explanation = explain(kind, pool, before.as_ref(), after.as_ref());
        Self { kind, pool: pool.clone(), before, after, explanation }
    }
}

fn explain(kind: ChangeKind, pool: &Fqdn, before: Option<&ChangeValue>, after: Option<&ChangeValue>) -> String {
    let what = kind.words();
    match (before, after) {
        (None, Some(after)) if kind.is_part() => format!("`{pool}` gains the {what} `{after}`"),
        (Some(before), None) if kind.is_part() => format!("`{pool}` loses the {what} `{before}`"),
        (Some(before), Some(after)) if kind == ChangeKind::Service => {
            format!("on `{pool}`, `{before}` becomes `{after}`")
        }
        (None, Some(after)) => format!("the {what} of `{pool}` becomes `{after}`"),
        (Some(before), Some(after)) => format!("the {what} of `{pool}` changes from `{before}` to `{after}`"),
        (Some(before), None) => format!("the {what} of `{pool}`, `{before}`, is taken away"),
        (None, None) => format!("the {what} of `{pool}` stays unset"),
    }
}

fn kind(setting: VoiceSetting) -> ChangeKind {
    match setting {
        VoiceSetting::AutomaticFailover => ChangeKind::AutomaticFailover,
        VoiceSetting::FailureDetection => ChangeKind::FailureDetection,
        VoiceSetting::Failback => ChangeKind::Failback,
    }
}

/// A setting as the notation reads it, otherwise as written.
fn setting_value(setting: VoiceSetting, text: &str, notation: &Notation) -> ChangeValue {
    let read = match notation.interval(setting) {
        Some(attribute) => attribute.read(text).map(|interval| ChangeValue::Seconds(interval.seconds())),
        None => notation.automatic_failover.form.read(text).map(ChangeValue::Flag),
    };
    read.unwrap_or_else(|| ChangeValue::Text(text.to_owned()))
}
