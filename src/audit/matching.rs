//! Partners for pools that have none: a matching over all of them at once.
//!
//! Edition and version split the pools into groups, and no pair crosses two of them: each group is matched on its own.
//! Within a group nearly every two pools can be paired. What forbids a pair is a SQL Server or a file share that both
//! use, and what makes it worse is a common site or a difference in size; so pools with the same four are alike, and the
//! matching is one of *kinds* of pools, of which a deployment has few, however many pools it has.
//!
//! It begins with every pool alone, and exchanges partners among two and three couples as long as an exchange improves
//! the result. The criteria are, in this order: the number of pairs, of pairs across sites, and the differences in size.

use std::collections::{BTreeMap, HashMap};
use std::iter;

use crate::topology::{Fqdn, PoolIndex, SiteIndex, Topology};

/// What distinguishes pools of one group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Traits {
    /// How many Front Ends it has.
    size: usize,
    site: Option<SiteIndex>,
    /// The SQL Server of its user database, if another pool of the group has the same.
    sql_server: Option<Fqdn>,
    /// Its file share, if another pool of the group has the same.
    share: Option<String>,
}

/// The unmatched pools and the pairs of the others, in the order of their names.
#[derive(Debug, Default)]
pub(super) struct Matching {
    pub(super) pairs: Vec<[PoolIndex; 2]>,
    pub(super) alone: Vec<Alone>,
}

/// A pool without a partner.
#[derive(Debug)]
pub(super) struct Alone {
    pub(super) pool: PoolIndex,
    /// How many other pools of its edition and version wanted a partner.
    pub(super) others: usize,
    /// How many of these could be its partner if they were free.
    pub(super) possible: usize,
}

/// Matches these pools, each of which can be paired.
pub(super) fn matching(topology: &Topology, pools: impl IntoIterator<Item = PoolIndex>) -> Matching {
    let mut groups: HashMap<_, Vec<(PoolIndex, Traits)>> = HashMap::new();
    for pool in pools {
        let group = (topology.edition(pool), topology.version(pool).map(|version| version.value));
        groups.entry(group).or_default().push((pool, Traits::read(topology, pool)));
    }
    let mut all = Matching::default();
    for group in groups.into_values() {
        Group::new(topology, group).matched(&mut all);
    }
    let name = |pool: &PoolIndex| topology.pool_name(*pool);
    for pair in &mut all.pairs {
        pair.sort_by_key(name);
    }
    all.pairs.sort_by_key(|pair| pair.map(|pool| topology.pool_name(pool)));
    all.alone.sort_by_key(|alone| name(&alone.pool));
    all
}

impl Traits {
    fn read(topology: &Topology, pool: PoolIndex) -> Self {
        let sql_server = topology.back_end(pool).and_then(|sql| topology[sql].pool);
        Self {
            size: topology[pool].machines.len(),
            site: topology[pool].site,
            sql_server: sql_server.map(|server| topology.pool_name(server).clone()),
            share: topology.share(pool).map(|share| share.to_ascii_lowercase()),
        }
    }
}

/// The pools of one edition and version, by kind.
struct Group {
    /// By size, then by the first name.
    kinds: Vec<TraitGroup>,
}

struct TraitGroup {
    traits: Traits,
    /// By name.
    pools: Vec<PoolIndex>,
}

/// The kinds of two pools that are paired, or of one that is not.
type Couple = (usize, Option<usize>);

/// The cost of couples, the most important part first: unmatched pools, pairs within one site, differences in size.
type Cost = [usize; 3];

fn sum(one: Cost, other: Cost) -> Cost {
    [0, 1, 2].map(|at| one[at] + other[at])
}

/// With more kinds of couples, exchanges among three are tried where two pools are alone only.
const FEW_COUPLES: usize = 48;

impl Group {
    fn new(topology: &Topology, mut pools: Vec<(PoolIndex, Traits)>) -> Self {
        forget_unshared(&mut pools, |traits| &mut traits.sql_server);
        forget_unshared(&mut pools, |traits| &mut traits.share);
        pools.sort_by_key(|(pool, _)| topology.pool_name(*pool));
        let mut places: HashMap<Traits, usize> = HashMap::new();
        let mut kinds: Vec<TraitGroup> = Vec::new();
        for (pool, traits) in pools {
            let place = *places.entry(traits.clone()).or_insert(kinds.len());
            match kinds.get_mut(place) {
                Some(kind) => kind.pools.push(pool),
                None => kinds.push(TraitGroup { traits, pools: vec![pool] }),
            }
        }
        kinds.sort_by_key(|kind| kind.traits.size);
        Self { kinds }
    }

    fn matched(self, all: &mut Matching) {
        let everyone = self.kinds.iter().enumerate().map(|(kind, pools)| ((kind, None), pools.pools.len()));
        let mut couples: BTreeMap<Couple, usize> = everyone.collect();
        while self.improve(&mut couples) {}
        let mut free: Vec<_> = self.kinds.iter().map(|kind| kind.pools.iter().copied()).collect();
        let mut next = |kind: usize| free.get_mut(kind).and_then(Iterator::next);
        // Unmatched pools come last, so that they are the last by name.
        let (paired, alone): (Vec<_>, Vec<_>) = couples.into_iter().partition(|((_, second), _)| second.is_some());
        for ((first, second), count) in paired {
            let pairs = iter::repeat_with(|| Some([next(first)?, next(second?)?])).take(count);
            all.pairs.extend(pairs.flatten());
        }
        let others = self.kinds.iter().map(|kind| kind.pools.len()).sum::<usize>() - 1;
        for ((kind, _), count) in alone {
            let possible = self.possible(kind);
            let pools = iter::repeat_with(|| next(kind)).take(count).flatten();
            all.alone.extend(pools.map(|pool| Alone { pool, others, possible }));
        }
    }

    /// How many pools could be the partner of one of this kind.
    fn possible(&self, kind: usize) -> usize {
        let others = self.kinds.iter().enumerate().filter(|(other, _)| self.cost((kind, Some(*other))).is_some());
        others.map(|(other, of_kind)| of_kind.pools.len() - usize::from(other == kind)).sum()
    }

    /// The cost of a couple; `None` if the rules forbid it.
    fn cost(&self, (first, second): Couple) -> Option<Cost> {
        let Some(second) = second else { return Some([1, 0, 0]) };
        let [first, second] = [first, second].map(|kind| &self.kinds[kind].traits);
        let shares_sql_server = first.sql_server.is_some() && first.sql_server == second.sql_server;
        if shares_sql_server || first.share.is_some() && first.share == second.share {
            return None;
        }
        let in_one_site = usize::from(first.site == second.site);
        Some([0, in_one_site, first.size.abs_diff(second.size)])
    }

    /// Exchanges partners among two or three couples where that improves the result; returns whether it did.
    fn improve(&self, couples: &mut BTreeMap<Couple, usize>) -> bool {
        let flawed = couples.keys().copied().filter(|&couple| self.cost(couple) != Some([0; 3]));
        let mut improved = false;
        for first in flawed.collect::<Vec<_>>() {
            while let Some((old, new)) = self.exchange(first, couples) {
                apply(couples, &old, &new);
                improved = true;
            }
        }
        improved
    }

    /// An exchange that begins with this couple.
    fn exchange(&self, first: Couple, couples: &BTreeMap<Couple, usize>) -> Option<(Vec<Couple>, Vec<Couple>)> {
        couples.get(&first)?;
        let has = |set: &[Couple]| {
            let uses = |couple: &Couple| set.iter().filter(|other| *other == couple).count();
            set.iter().all(|couple| couples.get(couple).is_some_and(|&count| count >= uses(couple)))
        };
        let better = |old: Vec<Couple>| {
            let new = has(&old).then(|| self.better(&old)).flatten()?;
            Some((old, new))
        };
        let mut seconds = couples.range(first..).chain(couples.range(..first));
        let with_one = seconds.find_map(|(&second, _)| better(vec![first, second]));
        with_one.or_else(|| {
            let few = couples.len() <= FEW_COUPLES;
            let is_second = |couple: &&Couple| few || couple.1.is_none() && first.1.is_none();
            couples.keys().filter(is_second).find_map(|&second| {
                let thirds = couples.range(if few { second } else { (0, None) }..);
                thirds.map(|(&third, _)| third).find_map(|third| better(vec![first, second, third]))
            })
        })
    }

    /// The best couples of the pools in these, if they are better.
    fn better(&self, old: &[Couple]) -> Option<Vec<Couple>> {
        let now = old.iter().map(|&couple| self.cost(couple)).try_fold([0; 3], |now, cost| Some(sum(now, cost?)))?;
        let mut pools: Vec<_> = old.iter().flat_map(|&(first, second)| iter::once(first).chain(second)).collect();
        pools.sort_unstable();
        self.best(&pools).filter(|(cost, _)| *cost < now).map(|(_, couples)| couples)
    }

    /// The best of all matchings of these pools, with its cost.
    fn best(&self, pools: &[usize]) -> Option<(Cost, Vec<Couple>)> {
        let Some((&first, rest)) = pools.split_first() else { return Some(([0; 3], Vec::new())) };
        let matchings = (0..=rest.len()).filter_map(|at| {
            let mut left = rest.to_vec();
            let second = (at < rest.len()).then(|| left.remove(at));
            let of_couple = self.cost((first, second))?;
            let (of_left, mut couples) = self.best(&left)?;
            couples.push((first, second));
            Some((sum(of_couple, of_left), couples))
        });
        matchings.min_by_key(|(cost, _)| *cost)
    }
}

/// Replaces couples as often as there are enough of them.
fn apply(couples: &mut BTreeMap<Couple, usize>, old: &[Couple], new: &[Couple]) {
    let uses = |couple: &Couple| old.iter().filter(|other| *other == couple).count();
    let times = old.iter().filter_map(|couple| Some(couples.get(couple)? / uses(couple))).min().unwrap_or_default();
    for couple in old {
        couples.entry(*couple).and_modify(|count| *count -= times);
    }
    for couple in new {
        *couples.entry(*couple).or_default() += times;
    }
    couples.retain(|_, count| *count > 0);
}

/// Clears a trait of pools that share it with no other pool.
fn forget_unshared<T: Clone + Eq + std::hash::Hash>(
    pools: &mut [(PoolIndex, Traits)],
    part: impl Fn(&mut Traits) -> &mut Option<T>,
) {
    let mut seen: HashMap<T, usize> = HashMap::new();
    for (_, traits) in pools.iter_mut() {
        if let Some(value) = part(traits) {
            *seen.entry(value.clone()).or_default() += 1;
        }
    }
    for (_, traits) in pools {
        let value = part(traits);
        if value.as_ref().is_some_and(|value| seen.get(value) == Some(&1)) {
            *value = None;
        }
    }
}
