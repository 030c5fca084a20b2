//! A sort of positions: for each type of item, only the comparison and the swaps are compiled.

use std::cmp::Ordering;

/// Sorts, and leaves what is equal in its order, as [`slice::sort_by`] does.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let swaps = swaps(items.len(), &|one, other| compare(&items[one], &items[other]));
    for (one, other) in swaps {
        items.swap(one, other);
    }
}

/// Sorts by the items' own order, and keeps one of what is equal.
pub fn sort_and_dedup<T: Ord>(items: &mut Vec<T>) {
    sort_by(items, T::cmp);
    items.dedup();
}

/// The swaps, one after the other, that sort.
fn swaps(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<(usize, usize)> {
    if (1..count).all(|position| compare(position - 1, position) != Ordering::Greater) {
        return Vec::new();
    }
    // Which item belongs in each place.
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|one, other| compare(*one, *other));
    let mut swaps = Vec::new();
    for start in 0..count {
        let mut place = start;
        while order[place] != start {
            let next = order[place];
            swaps.push((place, next));
            order[place] = place;
            place = next;
        }
        order[place] = place;
    }
    swaps
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_sort_is_stable(mut items in proptest::collection::vec((any::<u8>(), any::<u8>()), 0..200)) {
            let mut expected = items.clone();
            expected.sort_by_key(|(key, _)| *key);
            sort_by(&mut items, |(one, _), (other, _)| one.cmp(other));
            prop_assert_eq!(&items, &expected);
            expected.sort_unstable();
            expected.dedup();
            sort_and_dedup(&mut items);
            prop_assert_eq!(items, expected);
        }
    }
}
