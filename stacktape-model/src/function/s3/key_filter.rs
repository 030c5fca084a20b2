//! Which objects, by their keys.

use stacktape_macros::Keyed;

use super::S3EventIssue;
use crate::check::Check;

/// Which objects, by their keys. YAML: `filterRule`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Keyed)]
pub struct S3FilterRule {
    /// How their keys begin. YAML: `prefix`, at most 1,024 bytes, default: as they like.
    pub prefix: String,
    /// How their keys end. YAML: `suffix`, at most 1,024 bytes, default: as they like.
    pub suffix: String,
}

/// A pattern of keys, as `EventBridge` matches them. A key fits a list of patterns where it fits one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyPattern {
    /// Keys that begin so.
    Prefix(String),
    /// Keys that end so.
    Suffix(String),
    /// Keys that are like this, where a `*` without a `\` in front of it stands for any text.
    Wildcard(String),
    /// This key.
    Exact(String),
}

const KEY_MAX: usize = 1024;
/// `EventBridge` takes a pattern of 4,096 characters, of which the bucket and the type need some.
const PATTERN_MAX: usize = 3500;

impl S3FilterRule {
    /// The patterns of the keys; none where all keys fit.
    pub fn patterns(&self) -> Vec<KeyPattern> {
        let Self { prefix, suffix } = self;
        match (prefix.is_empty(), suffix.is_empty()) {
            (true, true) => Vec::new(),
            (false, true) => vec![KeyPattern::Prefix(prefix.clone())],
            (true, false) => vec![KeyPattern::Suffix(suffix.clone())],
            (false, false) => {
                // Of two patterns `EventBridge` wants one, and never both, so one pattern must say both.
                let both = KeyPattern::Wildcard(format!("{}*{}", literal(prefix), literal(suffix)));
                std::iter::once(both).chain(self.overlaps().map(KeyPattern::Exact)).collect()
            }
        }
    }

    /// The keys that begin with the prefix and end with the suffix, and are too short to have both one after the other: `a/b` for `a/`
    /// and `/b`.
    fn overlaps(&self) -> impl Iterator<Item = String> {
        let shared = self.suffix.char_indices().map(|(at, letter)| at + letter.len_utf8());
        shared.filter(|&end| self.prefix.ends_with(&self.suffix[..end])).map(|end| format!("{}{}", self.prefix, &self.suffix[end..]))
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        let mut long = false;
        for (key, text) in [("prefix", &self.prefix), ("suffix", &self.suffix)] {
            if text.len() > KEY_MAX {
                at.field(key).report(&S3EventIssue::LongKey { found: text.len() });
                long = true;
            }
        }
        if long {
            return;
        }
        let found = self.patterns().iter().map(KeyPattern::size).sum();
        if found > PATTERN_MAX {
            at.report(&S3EventIssue::LongPattern { found });
        }
    }
}

impl KeyPattern {
    /// How many characters it takes as JSON.
    fn size(&self) -> usize {
        let (Self::Prefix(text) | Self::Suffix(text) | Self::Wildcard(text) | Self::Exact(text)) = self;
        serde_json::Value::from(text.as_str()).to_string().chars().count()
    }
}

/// The text in a pattern, without a meaning of its own.
fn literal(text: &str) -> String {
    text.replace('\\', "\\\\").replace('*', "\\*")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(prefix: &str, suffix: &str) -> Vec<KeyPattern> {
        S3FilterRule { prefix: prefix.to_owned(), suffix: suffix.to_owned() }.patterns()
    }

    fn exact(key: &str) -> KeyPattern {
        KeyPattern::Exact(key.to_owned())
    }

    fn wildcard(pattern: &str) -> KeyPattern {
        KeyPattern::Wildcard(pattern.to_owned())
    }

    #[test]
    fn one_pattern_says_both_prefix_and_suffix() {
        assert_eq!(patterns("", ""), []);
        assert_eq!(patterns("a/", ""), [KeyPattern::Prefix("a/".to_owned())]);
        assert_eq!(patterns("", "*.jpg"), [KeyPattern::Suffix("*.jpg".to_owned())]);
        assert_eq!(patterns("a/", ".jpg"), [wildcard("a/*.jpg")]);
        assert_eq!(patterns("a*\\", "\\*"), [wildcard("a\\*\\\\*\\\\\\*"), exact("a*\\*")]);
    }

    #[test]
    fn keys_in_which_prefix_and_suffix_share_letters_fit() {
        assert_eq!(patterns("photos/", "/small.jpg"), [wildcard("photos/*/small.jpg"), exact("photos/small.jpg")]);
        assert_eq!(patterns("aa", "aa"), [wildcard("aa*aa"), exact("aaa"), exact("aa")]);
        assert_eq!(patterns("aba", "ba"), [wildcard("aba*ba"), exact("aba")]);
        assert_eq!(patterns("ä", "äb"), [wildcard("ä*äb"), exact("äb")]);
    }
}
