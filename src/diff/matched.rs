//! Matches two lists by key.

use std::hash::Hash;

use foldhash::{HashMap, HashMapExt};

/// A key, with its values in both lists.
pub(super) type MatchedRow<'k, K, V> = (&'k K, (Option<V>, Option<V>));

/// The values of each key in two lists.
///
/// Two versions of a document usually share the start and end of their lists; only the middle is matched by key.
pub(super) fn matched<'k, K: Eq + Hash, V: Copy>(
    before: &'k [(K, V)],
    after: &'k [(K, V)],
) -> Vec<MatchedRow<'k, K, V>> {
    let is_same = |((old, _), (new, _)): &(&(K, V), &(K, V))| old == new;
    let head = before.iter().zip(after).take_while(is_same).count();
    let (first, before) = before.split_at(head);
    let (_, after_head) = after.split_at(head);
    let tail = before.iter().rev().zip(after_head.iter().rev()).take_while(is_same).count();
    let (before, last) = before.split_at(before.len() - tail);
    let (after_middle, after_last) = after_head.split_at(after_head.len() - tail);
    let both = |((key, old), (_, new)): (&'k (K, V), &'k (K, V))| (key, (Some(*old), Some(*new)));
    let mut rows: Vec<_> = first.iter().zip(after).map(both).collect();
    rows.extend(matched_by_key(before, after_middle));
    rows.extend(last.iter().zip(after_last).map(both));
    rows
}

/// Matches two lists by key. Duplicate keys are matched in order, so that an added or removed duplicate is detected.
fn matched_by_key<'k, K: Eq + Hash, V: Copy>(before: &'k [(K, V)], after: &'k [(K, V)]) -> Vec<MatchedRow<'k, K, V>> {
    let mut places: HashMap<(&K, usize), usize> = HashMap::new();
    let mut rows: Vec<MatchedRow<'k, K, V>> = Vec::with_capacity(before.len());
    let mut occurrences: HashMap<&K, usize> = HashMap::new();
    for (key, value) in before {
        let occurrence = occurrences.entry(key).or_default();
        places.insert((key, *occurrence), rows.len());
        *occurrence += 1;
        rows.push((key, (Some(*value), None)));
    }
    occurrences.clear();
    for (key, value) in after {
        let occurrence = occurrences.entry(key).or_default();
        match places.get(&(key, *occurrence)).and_then(|&row| rows.get_mut(row)) {
            Some(row) => row.1.1 = Some(*value),
            None => rows.push((key, (None, Some(*value)))),
        }
        *occurrence += 1;
    }
    rows
}
