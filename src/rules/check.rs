//! The scope of a rule.

use super::{Finding, PairContext, PairedPool, RuleContext};
use crate::pairing::Dependent;
use crate::request::ResolvedRequest;
use crate::topology::{PoolIndex, PoolKind};

/// The scope of a rule, with the function that checks each item in it.
pub(super) enum Check {
    /// The whole context.
    All(fn(&RuleContext<'_>) -> Vec<Finding>),
    /// The document; not run with a request.
    Document(fn(&RuleContext<'_>) -> Vec<Finding>),
    /// The request, if there is one.
    Request(fn(&RuleContext<'_>, &ResolvedRequest<'_>) -> Vec<Finding>),
    /// Each pair.
    Pair(fn(&RuleContext<'_>, &PairContext<'_>) -> Option<Finding>),
    /// Each pair twice, with its pools in both orders.
    Side(fn(&RuleContext<'_>, &PairContext<'_>, [PoolIndex; 2]) -> Option<Finding>),
    /// Each pool of a pair.
    Pool(fn(&RuleContext<'_>, PoolIndex) -> Option<Finding>),
    /// Each pool with a current or requested pairing.
    Member(fn(&RuleContext<'_>, &PairedPool) -> Option<Finding>),
    /// Each pool with a current or requested pairing, and each pool to un-pair.
    Named(fn(&RuleContext<'_>, &PairedPool) -> Option<Finding>),
    /// Each pool of this kind that depends on a pool of a pair.
    Dependent(PoolKind, fn(&RuleContext<'_>, PoolIndex, &Dependent) -> Finding),
}

impl Check {
    /// Runs the check.
    pub(super) fn run(&self, context: &RuleContext<'_>) -> Vec<Finding> {
        match *self {
            Self::All(check) => check(context),
            Self::Document(check) => context.requested.map_or_else(|| check(context), |_| Vec::new()),
            Self::Request(check) => context.requested.map_or_else(Vec::new, |requested| check(context, requested)),
            Self::Pair(check) => context.pairs().iter().filter_map(|pair| check(context, pair)).collect(),
            Self::Side(check) => {
                context.sides().iter().filter_map(|(pair, pools)| check(context, pair, *pools)).collect()
            }
            Self::Pool(check) => context.paired_pools().into_iter().filter_map(|pool| check(context, pool)).collect(),
            Self::Member(check) => context.members().iter().filter_map(|member| check(context, member)).collect(),
            Self::Named(check) => {
                let named = context.members().into_iter().chain(context.unpaired());
                named.filter_map(|member| check(context, &member)).collect()
            }
            Self::Dependent(kind, check) => {
                context.dependents(kind).into_iter().map(|(pool, one)| check(context, pool, one)).collect()
            }
        }
    }
}

/// Declares a rule with its scope; the doc comment is the page that `poolpair explain` prints.
macro_rules! rule {
    ($(#[doc = $line:literal])* $name:ident = $id:literal, $class:ident from $basis:ident, $source:literal,
     $scope:ident($($check:expr),*)) => {
        $(#[doc = $line])*
        pub static $name: $crate::rules::Rule = $crate::rules::Rule {
            id: $id,
            class: $crate::rules::RuleClass::$class,
            basis: $crate::rules::Basis::$basis,
            source: $source,
            page: concat!($($line, "\n"),*),
        };
        pub(super) static CHECK: $crate::rules::check::Check = $crate::rules::check::Check::$scope($($check),*);
    };
}
pub(super) use rule;
