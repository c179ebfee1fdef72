//! Common imports of rules.

pub(super) use super::check::rule;
pub(super) use super::declared::{DeclaredPair, is_subscription_edition};
pub(super) use super::voice::{FAILBACK, FAILURE_DETECTION};
pub(super) use super::{Finding, PairContext, PairedPool, Place, PoolVoice, RuleContext, Severity};
pub(super) use crate::interval::Interval;
pub(super) use crate::pairing::{Backup, Dependent};
pub(super) use crate::request::{Located, ResolvedRequest};
pub(super) use crate::source::Span;
pub(super) use crate::text::{count, list, listed};
pub(super) use crate::topology::{
    CentralManagement, Edition, Fqdn, PoolIndex, PoolKind, Role, ServiceIndex, ServiceVersion,
};
