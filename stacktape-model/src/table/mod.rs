//! Looking up and sorting, written by the compiler once.
//!
//! The compiler writes the sort and the `BTreeMap` of the standard library anew for every type that they are used with: some 5,000 and
//! 7,000 lines of intermediate code a time, which every user waited for. Here the work is done on positions, by functions without type
//! parameters; what is left for each type is a few lines. In these crates, use this module instead.

mod sort;

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::ops::Index;

use serde::ser::{Serialize, Serializer};

pub use sort::{sort_and_dedup, sort_by};

/// A map. Its keys are in order, as those of a `BTreeMap`.
#[derive(Clone)]
pub struct Table<K, V> {
    /// In the order in which they were inserted.
    entries: Vec<(K, V)>,
    /// Positions in `entries`, in the order of the keys.
    order: Vec<usize>,
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K, V> Table<K, V> {
    /// Nothing yet.
    pub const fn new() -> Self {
        Self { entries: Vec::new(), order: Vec::new() }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries, in the order of the keys.
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter { entries: &self.entries, order: self.order.iter() }
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// The values, in the order of their keys.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// The values, in the order in which their keys came.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.entries.iter_mut().map(|(_, value)| value)
    }
}

impl<K: Ord, V> Table<K, V> {
    fn search<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        search(&self.order, &|position| self.entries[position].0.borrow().cmp(key))
    }

    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.search(key).ok().map(|place| &self.entries[self.order[place]].1)
    }

    /// The value of a key, to change it.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let place = self.search(key).ok()?;
        Some(&mut self.entries[self.order[place]].1)
    }

    /// Whether a key has a value.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.search(key).is_ok()
    }

    /// Gives a key a value, and the value back that it had.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.search::<K>(&key) {
            Ok(place) => Some(std::mem::replace(&mut self.entries[self.order[place]].1, value)),
            Err(place) => {
                self.insert_at(place, key, value);
                None
            }
        }
    }

    /// A key with its value, or with the place for one.
    pub fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        Entry { table: self, key }
    }

    fn insert_at(&mut self, place: usize, key: K, value: V) -> usize {
        let position = self.entries.len();
        self.order.insert(place, position);
        self.entries.push((key, value));
        position
    }
}

/// The value of a key that is known to have one.
impl<Q: Ord + ?Sized, K: Ord + Borrow<Q>, V> Index<&Q> for Table<K, V> {
    type Output = V;

    fn index(&self, key: &Q) -> &V {
        self.get(key).expect("no entry found for key")
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for Table<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<K: Eq, V: Eq> Eq for Table<K, V> {}

/// The entries of a [`Table`], in the order of the keys.
#[derive(Clone, Debug)]
pub struct Iter<'a, K, V> {
    entries: &'a [(K, V)],
    order: std::slice::Iter<'a, usize>,
}

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        let (key, value) = &self.entries[*self.order.next()?];
        Some((key, value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.order.size_hint()
    }
}

impl<K, V> ExactSizeIterator for Iter<'_, K, V> {}

impl<'a, K, V> IntoIterator for &'a Table<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A key of a [`Table`], with or without a value.
#[derive(Debug)]
pub struct Entry<'a, K, V> {
    table: &'a mut Table<K, V>,
    key: K,
}

impl<'a, K: Ord, V> Entry<'a, K, V> {
    /// The value, after there is one.
    pub fn or_insert_with(self, value: impl FnOnce() -> V) -> &'a mut V {
        let Self { table, key } = self;
        let position = match table.search::<K>(&key) {
            Ok(place) => table.order[place],
            Err(place) => table.insert_at(place, key, value()),
        };
        &mut table.entries[position].1
    }

    /// The value, after there is one.
    pub fn or_insert(self, value: V) -> &'a mut V {
        self.or_insert_with(|| value)
    }

    /// The value, after there is one.
    pub fn or_default(self) -> &'a mut V
    where
        V: Default,
    {
        self.or_insert_with(V::default)
    }
}

impl<K: Ord, V> IntoIterator for Table<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(mut self) -> Self::IntoIter {
        sort_by(&mut self.entries, |(one, _), (other, _)| one.cmp(other));
        self.entries.into_iter()
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Table<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut table = Self::new();
        for (key, value) in entries {
            table.insert(key, value);
        }
        table
    }
}

/// A map.
impl<K: Serialize, V: Serialize> Serialize for Table<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Table<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// A set. What is in it is in order, as in a `BTreeSet`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set<K>(Table<K, ()>);

impl<K> Default for Set<K> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K> Set<K> {
    /// Nothing yet.
    pub const fn new() -> Self {
        Self(Table::new())
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How much is in it.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// What is in it, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &K> {
        self.0.keys()
    }
}

impl<K: Ord> Set<K> {
    /// Whether it is in it.
    pub fn contains<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.0.contains_key(key)
    }

    /// Puts it in, and says whether it was not in it.
    pub fn insert(&mut self, key: K) -> bool {
        self.0.insert(key, ()).is_none()
    }
}

impl<K: Ord> FromIterator<K> for Set<K> {
    fn from_iter<I: IntoIterator<Item = K>>(keys: I) -> Self {
        Self(keys.into_iter().map(|key| (key, ())).collect())
    }
}

/// Where a key stands, or belongs.
fn search(order: &[usize], compare: &dyn Fn(usize) -> Ordering) -> Result<usize, usize> {
    // Keys mostly come in order.
    match order.last() {
        Some(last) if compare(*last) == Ordering::Less => Err(order.len()),
        _ => order.binary_search_by(|position| compare(*position)),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_table_is_a_map(entries in proptest::collection::vec((any::<u8>(), any::<u16>()), 0..200)) {
            let mut table = Table::new();
            let mut map = BTreeMap::new();
            for (key, value) in entries.iter().copied() {
                prop_assert_eq!(table.get(&key), map.get(&key));
                prop_assert_eq!(table.insert(key, value), map.insert(key, value));
            }
            prop_assert!(table.iter().eq(map.iter()) && table.len() == map.len() && table.is_empty() == map.is_empty());
            for key in 0..=u8::MAX {
                prop_assert_eq!(table.get_mut(&key), map.get_mut(&key));
                prop_assert_eq!(table.contains_key(&key), map.contains_key(&key));
            }
            *table.entry(7).or_default() += 1;
            *map.entry(7).or_default() += 1;
            prop_assert!(table.keys().eq(map.keys()) && table.values().eq(map.values()));
            prop_assert!(table.into_iter().eq(map));
        }
    }

    #[test]
    fn a_set_takes_each_once() {
        let mut set: Set<&str> = ["b", "a"].into_iter().collect();
        assert!(!set.insert("a") && set.insert("c") && set.contains("b") && !set.contains("d"));
        assert_eq!(set.iter().copied().collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!((set.len(), set.is_empty(), Set::<u8>::default().is_empty()), (3, false, true));
    }
}
