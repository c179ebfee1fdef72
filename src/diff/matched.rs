//! Two lists side by side, by key.

use std::hash::Hash;

use foldhash::{HashMap, HashMapExt};

/// A key, with what two lists have under it.
pub(super) type MatchedRow<'k, K, V> = (&'k K, (Option<V>, Option<V>));

/// What two lists have under each key.
///
/// Two versions of a document have most of their lists in common at both ends: only what is between is looked up.
pub(super) fn matched<'k, K: Eq + Hash, V: Copy>(
    before: &'k [(K, V)],
    after: &'k [(K, V)],
) -> Vec<MatchedRow<'k, K, V>> {
    let is_same = |((was, _), (is, _)): &(&(K, V), &(K, V))| was == is;
    let head = before.iter().zip(after).take_while(is_same).count();
    let (first, before) = before.split_at(head);
    let (_, after_head) = after.split_at(head);
    let tail = before.iter().rev().zip(after_head.iter().rev()).take_while(is_same).count();
    let (before, last) = before.split_at(before.len() - tail);
    let (after_middle, after_last) = after_head.split_at(after_head.len() - tail);
    let both = |((key, was), (_, is)): (&'k (K, V), &'k (K, V))| (key, (Some(*was), Some(*is)));
    let mut rows: Vec<_> = first.iter().zip(after).map(both).collect();
    rows.extend(looked_up(before, after_middle));
    rows.extend(last.iter().zip(after_last).map(both));
    rows
}

/// The same for any two lists. A key that is there twice is matched by its turn, so that a duplicate that comes or
/// goes is seen.
fn looked_up<'k, K: Eq + Hash, V: Copy>(before: &'k [(K, V)], after: &'k [(K, V)]) -> Vec<MatchedRow<'k, K, V>> {
    let mut places: HashMap<(&K, usize), usize> = HashMap::new();
    let mut rows: Vec<MatchedRow<'k, K, V>> = Vec::with_capacity(before.len());
    let mut turns: HashMap<&K, usize> = HashMap::new();
    for (key, value) in before {
        let turn = turns.entry(key).or_default();
        places.insert((key, *turn), rows.len());
        *turn += 1;
        rows.push((key, (Some(*value), None)));
    }
    turns.clear();
    for (key, value) in after {
        let turn = turns.entry(key).or_default();
        match places.get(&(key, *turn)).and_then(|&row| rows.get_mut(row)) {
            Some(row) => row.1.1 = Some(*value),
            None => rows.push((key, (None, Some(*value)))),
        }
        *turn += 1;
    }
    rows
}
