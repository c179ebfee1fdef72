//! Declared facts that rules compare between the pools of a requested pair.

use super::{Finding, PairContext, Rule, RuleContext, Severity};
use crate::request::{DeclaredUpdate, Located, PoolFacts};
use crate::text::listed;
use crate::topology::{PoolIndex, ServiceVersion};

/// A fact that a request declares about two pools of a pair, in the order of its pools.
#[derive(Debug)]
pub(super) struct DeclaredPair<'a, T> {
    pub(super) pair: PairContext<'a>,
    pub(super) facts: [Option<&'a Located<T>>; 2],
}

/// The first build of Subscription Edition, which has the same service version as 2019.
const SUBSCRIPTION_EDITION: [u32; 4] = [7, 0, 2046, 820];

/// Whether a pool runs Subscription Edition, according to its declared build; `None` if unknown. Earlier versions are
/// not Subscription Edition.
pub(super) fn is_subscription_edition(context: &RuleContext<'_>, pool: PoolIndex) -> Option<bool> {
    match context.topology().version(pool)?.value {
        version if version < ServiceVersion::SFB_2019 => Some(false),
        ServiceVersion::SFB_2019 => match &context.facts(pool)?.cumulative_update.as_ref()?.value {
            DeclaredUpdate::None => Some(false),
            DeclaredUpdate::Installed(update) => {
                let numbers = update.build.as_ref()?.split('.').map(|number| number.parse().ok());
                Some(numbers.collect::<Option<Vec<u32>>>()?.as_slice() >= SUBSCRIPTION_EDITION.as_slice())
            }
        },
        _ => None,
    }
}

impl<'a, T> DeclaredPair<'a, T> {
    /// The declared fact of a requested pair; `None` without a request.
    pub(super) fn of(
        context: &RuleContext<'a>,
        pair: &PairContext<'a>,
        fact: impl Fn(&'a PoolFacts) -> Option<&'a Located<T>>,
    ) -> Option<Self> {
        let facts = pair.pools.map(|pool| context.facts(pool).and_then(&fact));
        pair.requested.map(|_| Self { pair: *pair, facts })
    }

    /// Both facts, if both are declared.
    pub(super) fn both(&self) -> Option<[&'a Located<T>; 2]> {
        let [first, second] = self.facts;
        Some([first?, second?])
    }

    /// The finding that the rule cannot be checked, with the question that the runbook asks instead.
    pub(super) fn undeclared(
        &self,
        context: &RuleContext<'_>,
        rule: &'static Rule,
        what: &str,
        keys: &'static [&'static str],
        question: String,
    ) -> Finding {
        let sides = self.pair.pools.into_iter().zip(self.facts);
        let undeclared: Vec<_> = sides.filter(|(_, fact)| fact.is_none()).map(|(pool, _)| pool).collect();
        let names: Vec<_> = undeclared.iter().map(|pool| context.name(*pool)).collect();
        let message =
            format!("the {what} of {} is unknown: not declared, so it cannot be checked offline", listed(&names));
        let help = format!("declare {} of {} in the request; otherwise the runbook asks", listed(keys), listed(&names));
        let finding = rule.finding(names, message, help).asking(keys, question).with_severity(Severity::Note);
        undeclared.iter().fold(finding, |finding, &pool| {
            finding.at_some(self.pair.named_at(pool, context), format!("no {what} declared"))
        })
    }
}
