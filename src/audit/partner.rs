//! Partners for the unpaired pools, and why some get none.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::matching::{Alone, matching};
use crate::Export;
use crate::notation::Notation;
use crate::pairing::Pairing;
use crate::partners::{Reason, lacking, verdicts};
use crate::text::count;
use crate::topology::{Fqdn, PoolIndex, Topology};

/// Two pools that should become a pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Suggestion {
    /// The two, in the order of their names.
    pub pools: [Fqdn; 2],
    /// Why these two, as a sentence without a full stop.
    pub reason: String,
    /// One already names the other, which does not name it.
    pub is_half_there: bool,
    /// The names of their sites.
    pub sites: [String; 2],
    /// How many Front Ends they have.
    pub front_ends: [usize; 2],
    /// The warnings on a request for the pair.
    pub warnings: Vec<Reason>,
}

/// An unpaired pool without a suggestion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Unmatched {
    /// The pool.
    pub pool: Fqdn,
    /// Why there is none.
    pub reason: NoSuggestion,
    /// The same as a sentence without a full stop.
    pub message: String,
}

/// Why there is no partner for a pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum NoSuggestion {
    /// Rules forbid every pair with it.
    Forbidden {
        /// What they say.
        rules: Vec<Reason>,
    },
    /// It is tied to pools that cannot all be its partner.
    Tied {
        /// These.
        #[serde(rename = "with")]
        others: Vec<Fqdn>,
    },
    /// No other unpaired pool has its edition and version.
    OnlyOne,
    /// It shares its SQL Server or its file share with each pool that could be its partner.
    SharesStores,
    /// All possible partners are matched with each other.
    LeftOver,
}

pub(super) fn suggest(export: &Export, pairing: &Pairing, notation: &Notation) -> (Vec<Suggestion>, Vec<Unmatched>) {
    let topology = &export.topology;
    let mut unpaired = Unpaired::read(export, pairing, notation);
    let matching = matching(topology, std::mem::take(&mut unpaired.free));
    let mut pairs: Vec<_> = unpaired.halves.iter().map(|&pools| (pools, true)).collect();
    pairs.extend(matching.pairs.into_iter().map(|pools| (pools, false)));
    let names: Vec<_> = pairs.iter().map(|(pools, _)| pools.map(|pool| topology.pool_name(pool).clone())).collect();
    let mut suggestions = Vec::new();
    let mut unmatched = unpaired.unmatched;
    for ((pools, is_half_there), [errors, warnings]) in
        pairs.into_iter().zip(verdicts(export, pairing, notation, &names))
    {
        if errors.is_empty() {
            suggestions.push(Suggestion::new(topology, pools, is_half_there, warnings));
        } else {
            let forbidden = |pool| Unmatched::new(topology, pool, NoSuggestion::Forbidden { rules: errors.clone() });
            unmatched.extend(pools.map(forbidden));
        }
    }
    unmatched.extend(matching.alone.iter().map(|alone| Unmatched::new(topology, alone.pool, alone.reason())));
    suggestions.sort_by(|one, other| one.pools.cmp(&other.pools));
    unmatched.sort_by(|one, other| one.pool.cmp(&other.pool));
    (suggestions, unmatched)
}

/// The pools that are in no pair whose pools name each other.
struct Unpaired {
    /// Those that may become a pair with any other.
    free: Vec<PoolIndex>,
    /// Two pools of which one names the other, without other ties.
    halves: Vec<[PoolIndex; 2]>,
    unmatched: Vec<Unmatched>,
}

impl Unpaired {
    fn read(export: &Export, pairing: &Pairing, notation: &Notation) -> Self {
        let topology = &export.topology;
        let mut forbidden = lacking(export, pairing, notation);
        let mut unpaired = Self { free: Vec::new(), halves: Vec::new(), unmatched: Vec::new() };
        for pool in topology.front_end_pools() {
            let others = tied(pairing, pool);
            let is_pair = |other: PoolIndex| tied(pairing, other) == [pool] && pairing.ties_of(pool).len() == 2;
            let reason = match (others.as_slice(), forbidden.remove(topology.pool_name(pool))) {
                (&[other], _) if is_pair(other) => continue,
                (_, Some(rules)) => NoSuggestion::Forbidden { rules },
                ([], None) => {
                    unpaired.free.push(pool);
                    continue;
                }
                (&[other], None) if other != pool && tied(pairing, other) == [pool] => {
                    if pool < other {
                        let mut pools = [pool, other];
                        pools.sort_by_key(|&pool| topology.pool_name(pool));
                        unpaired.halves.push(pools);
                    }
                    continue;
                }
                (others, None) => {
                    let others = others.iter().take(MOST_NAMES).map(|&other| topology.pool_name(other).clone());
                    NoSuggestion::Tied { others: others.collect() }
                }
            };
            unpaired.unmatched.push(Unmatched::new(topology, pool, reason));
        }
        unpaired
    }
}

/// How many of the pools that a pool is tied to are named.
const MOST_NAMES: usize = 10;

/// The pools that a pool names as its backup or is named by, each once.
fn tied(pairing: &Pairing, pool: PoolIndex) -> Vec<PoolIndex> {
    let mut others: Vec<_> = pairing.ties_of(pool).into_iter().map(|tie| tie.other(pool)).collect();
    others.sort_unstable();
    others.dedup();
    others
}

impl Alone {
    fn reason(&self) -> NoSuggestion {
        match (self.others, self.possible) {
            (0, _) => NoSuggestion::OnlyOne,
            (_, 0) => NoSuggestion::SharesStores,
            _ => NoSuggestion::LeftOver,
        }
    }
}

impl Suggestion {
    fn new(topology: &Topology, pools: [PoolIndex; 2], is_half_there: bool, warnings: Vec<Reason>) -> Self {
        let names = pools.map(|pool| topology.pool_name(pool).clone());
        let sites = pools.map(|pool| topology.site_name(pool).to_owned());
        let front_ends = pools.map(|pool| topology[pool].machines.len());
        let is_across = topology[pools[0]].site != topology[pools[1]].site;
        let reason = match is_half_there {
            true => "one already names the other as its backup pool".to_owned(),
            false => "edition and version are the same".to_owned(),
        };
        let place = match is_across {
            true => format!("they are in two sites, `{}` and `{}`", sites[0], sites[1]),
            false if is_half_there => format!("both are in `{}`", sites[0]),
            false => format!("both are in `{}`, since no other site has a suitable pool", sites[0]),
        };
        let size = match front_ends {
            [one, other] if one == other => format!("each has {}", count(one, "Front End")),
            [one, other] => format!("they have {one} and {}", count(other, "Front End")),
        };
        Self { pools: names, reason: format!("{reason}; {place}; {size}"), is_half_there, sites, front_ends, warnings }
    }
}

impl Unmatched {
    fn new(topology: &Topology, pool: PoolIndex, reason: NoSuggestion) -> Self {
        let message = match &reason {
            NoSuggestion::Forbidden { rules } => rules.first().map_or_else(String::new, |first| first.message.clone()),
            NoSuggestion::Tied { .. } => {
                "it is tied to pools that cannot all be its partner: decide which one".to_owned()
            }
            NoSuggestion::OnlyOne => {
                "no other unpaired pool that could be its partner has its edition and version".to_owned()
            }
            NoSuggestion::SharesStores => {
                "each pool that could be its partner uses the same SQL Server or file share".to_owned()
            }
            NoSuggestion::LeftOver => {
                "the other pools of its edition and version are matched with each other, which leaves this one over"
                    .to_owned()
            }
        };
        Self { pool: topology.pool_name(pool).clone(), reason, message }
    }
}
