//! Facts that no topology shows, for the rules that compare them between the pools of a requested pair.

use super::{Finding, PairContext, Rule, RuleContext, Severity};
use crate::request::{DeclaredUpdate, Located, PoolFacts};
use crate::text::listed;
use crate::topology::{PoolIndex, ServiceVersion};

/// What a request declares about the two pools of a pair, facts in the order of its pools.
#[derive(Debug)]
pub(super) struct DeclaredPair<'a, T> {
    pub(super) pair: PairContext<'a>,
    pub(super) facts: [Option<&'a Located<T>>; 2],
}

/// The first build of Subscription Edition, which has the service version of 2019.
const SUBSCRIPTION_EDITION: [u32; 4] = [7, 0, 2046, 820];

/// Whether a pool runs Subscription Edition, by its declared build; nothing where that cannot be told: the versions
/// before are none.
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
    /// A fact of a pair that a request asks for; nothing for a document alone.
    pub(super) fn of(
        context: &RuleContext<'a>,
        pair: &PairContext<'a>,
        fact: impl Fn(&'a PoolFacts) -> Option<&'a Located<T>>,
    ) -> Option<Self> {
        let facts = pair.pools.map(|pool| context.facts(pool).and_then(&fact));
        pair.requested.map(|_| Self { pair: *pair, facts })
    }

    /// Both facts, where both are declared.
    pub(super) fn both(&self) -> Option<[&'a Located<T>; 2]> {
        let [first, second] = self.facts;
        Some([first?, second?])
    }

    /// That the rule cannot be checked, with the question that a runbook asks instead.
    pub(super) fn undeclared(
        &self,
        context: &RuleContext<'_>,
        rule: &'static Rule,
        what: &str,
        keys: &'static [&'static str],
        question: String,
    ) -> Finding {
        let sides = self.pair.pools.into_iter().zip(self.facts);
        let silent: Vec<_> = sides.filter(|(_, fact)| fact.is_none()).map(|(pool, _)| pool).collect();
        let names: Vec<_> = silent.iter().map(|pool| context.name(*pool)).collect();
        let message =
            format!("the {what} of {} is unknown: not declared, so it cannot be checked offline", listed(&names));
        let help = format!("declare {} of {} in the request; otherwise the runbook asks", listed(keys), listed(&names));
        let finding = rule.finding(names, message, help).asking(keys, question).as_severe_as(Severity::Note);
        silent.iter().fold(finding, |finding, &pool| {
            finding.at_some(self.pair.named_at(pool, context), format!("no {what} declared"))
        })
    }
}
