//! Names that AWS shows, where we must choose one.

use stacktape_model::nested::written_name;

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

/// The name of a target group that is known before it is there: 32 letters, digits and dashes at most, none of these at an end.
pub(crate) fn of_target_group(stack: &str, function: &str, balancer: &str) -> String {
    const LIMIT: usize = 32;
    const HASH: usize = 10;
    let (function, balancer) = (written_name(function), written_name(balancer));
    let hash = hash::short(&[stack, function, balancer].join("\0"), HASH);
    let readable: String = format!("{stack}-{function}").chars().take(LIMIT - HASH - 1).collect();
    format!("{}-{hash}", readable.trim_end_matches('-'))
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

    #[test]
    fn a_target_group_has_a_short_name_of_its_own() {
        let name = of_target_group("photos-dev", "users", "shop.loadBalancer");
        assert_eq!((name.len(), &name[..17]), (27, "photos-dev-users-"));
        let long = of_target_group("a-name-of-20-letters-dev", "users", "main");
        assert!(long.len() <= 32 && !long.contains("--") && long.starts_with("a-name-of-20-letters-"), "{long}");
        for other in [("photos-dev", "user", "main"), ("photos", "devusers", "main"), ("photos-dev", "users", "other")] {
            assert_ne!(of_target_group("photos-dev", "users", "main"), of_target_group(other.0, other.1, other.2));
        }
    }
}
