//! Names that AWS shows, where we must choose one.

use crate::hash;

/// `{stack}-{rest}`, at most `limit` characters long.
pub(crate) fn of(stack: &str, rest: &str, limit: usize) -> String {
    cut(format!("{stack}-{rest}"), limit)
}

/// `{stack}-{rest}.fifo`, at most `limit` characters long.
pub(crate) fn fifo(stack: &str, rest: &str, limit: usize) -> String {
    const FIFO: &str = ".fifo";
    of(stack, rest, limit - FIFO.len()) + FIFO
}

/// Cuts a name that is too long: its beginning, a dash and six characters of its hash.
pub(crate) fn cut(mut name: String, limit: usize) -> String {
    const HASH: usize = 6;
    if name.chars().count() <= limit {
        return name;
    }
    let hash = hash::short(&name, HASH);
    let end = name.char_indices().nth(limit - HASH - 1).map_or(name.len(), |(index, _)| index);
    name.truncate(end);
    name + "-" + &hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_past_the_limit_is_cut() {
        assert_eq!(of("photos-dev", "x", 12), "photos-dev-x");
        let cut = of("photos-dev", "xy", 12);
        assert_eq!((cut.len(), &cut[..6]), (12, "photo-"));
        assert_ne!(of("photos-dev", "xy", 12), of("photos-dev", "xz", 12));
        assert_eq!(fifo("photos-dev", "x", 17), "photos-dev-x.fifo");
        assert_eq!(fifo("photos-dev", "xy", 17).len(), 17);
    }
}
