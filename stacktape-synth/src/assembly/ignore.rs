//! `.dockerignore`, read as Docker reads it.
//! <https://docs.docker.com/build/concepts/context/#dockerignore-files>

use glob::{MatchOptions, Pattern};

/// The patterns of a `.dockerignore`.
#[derive(Debug, Default)]
pub(super) struct Ignore {
    patterns: Vec<(Pattern, bool)>,
}

/// What stays out of images that are built of sources: version control, installed packages, outputs and caches of other builds,
/// notes of editors, what deploys them, and settings that hold secrets.
pub(super) const SOURCES: &[&str] = &[
    "**/.git",
    "**/.hg",
    "**/.svn",
    "**/.DS_Store",
    "**/.idea",
    "**/.vscode",
    "**/node_modules",
    "**/bower_components",
    "**/.yarn/cache",
    "**/.yarn/install-state.gz",
    "**/.pnp.*",
    "**/.venv",
    "**/venv",
    "**/__pycache__",
    "**/*.pyc",
    "**/.mypy_cache",
    "**/.pytest_cache",
    "**/.ruff_cache",
    "**/.tox",
    "**/.gradle",
    "**/.bundle",
    "**/target",
    "**/build",
    "**/dist",
    "**/obj",
    "**/.cache",
    "**/.next",
    "**/.turbo",
    "**/.parcel-cache",
    "**/.nyc_output",
    "**/coverage",
    "**/.env",
    "**/.env.*",
    "**/cdk.out",
    "**/cdk.json",
    "**/.stacktape",
    "**/stacktape.yml",
    "**/stacktape.yaml",
    "**/stacktape.json",
    "**/.dockerignore",
];

/// What stays out besides, of languages that are not Rust: a program that describes infrastructure.
pub(super) const INFRASTRUCTURE: &[&str] = &["**/Cargo.toml", "**/Cargo.lock", "**/*.rs"];

/// A line that cannot be read as a pattern.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BadPattern {
    pub(super) line: usize,
    pub(super) pattern: String,
}

/// A `*` stays within one name, as in Go's `filepath.Match`.
const OPTIONS: MatchOptions = MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: false };

impl Ignore {
    /// Reads the lines; those that are no patterns come back.
    pub(super) fn parse(text: &str) -> (Self, Vec<BadPattern>) {
        let mut patterns = Vec::new();
        let mut bad = Vec::new();
        for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let (pattern, keeps) = match line.trim().strip_prefix('!') {
                Some(pattern) => (pattern.trim(), true),
                None => (line.trim(), false),
            };
            match self::pattern(pattern) {
                _ if !keeps && clean(pattern) == "." => {}
                Some(parsed) => patterns.push((parsed, keeps)),
                None => bad.push(BadPattern { line: index + 1, pattern: pattern.to_owned() }),
            }
        }
        (Self { patterns }, bad)
    }

    /// Adds patterns, which go before those that are there.
    pub(super) fn append(&mut self, other: Self) {
        self.patterns.extend(other.patterns);
    }

    /// Whether a path, with `/` between its parts, stays out. The last pattern that matches the path or a directory above it
    /// decides.
    pub(super) fn excludes(&self, path: &str) -> bool {
        let mut excluded = false;
        for (pattern, keeps) in &self.patterns {
            if excluded == *keeps && matches_or_parent(pattern, path) {
                excluded = !keeps;
            }
        }
        excluded
    }

    /// Whether some pattern brings back what an earlier one excludes, so that excluded directories must be entered.
    pub(super) fn brings_back(&self) -> bool {
        self.patterns.iter().any(|(_, keeps)| *keeps)
    }
}

/// A pattern as Docker spells it.
pub(super) fn pattern(text: &str) -> Option<Pattern> {
    let clean = clean(text);
    Pattern::new(&in_our_spelling(&clean)).ok().filter(|_| !clean.is_empty())
}

/// Whether a pattern matches a path, or a directory above it.
pub(super) fn matches_or_parent(pattern: &Pattern, path: &str) -> bool {
    let parents = path.match_indices('/').map(|(index, _)| &path[..index]);
    parents.chain([path]).any(|path| pattern.matches_with(path, OPTIONS))
}

/// Removes `.` parts, doubled and outer slashes, and resolves `..`, as Go's `filepath.Clean` does.
fn clean(pattern: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in pattern.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    if parts.is_empty() && !pattern.is_empty() { ".".to_owned() } else { parts.join("/") }
}

/// Go escapes with a backslash and negates a class with `^`; the `glob` crate writes `[*]` and `[!..]`.
fn in_our_spelling(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some(escaped @ ('*' | '?' | '[' | ']')) => out.extend(['[', escaped, ']']),
                Some(escaped) => out.push(escaped),
                None => out.push('\\'),
            },
            '[' if letters.peek() == Some(&'^') => {
                letters.next();
                out.push_str("[!");
            }
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excludes(patterns: &str, path: &str) -> bool {
        let (ignore, bad) = Ignore::parse(patterns);
        assert_eq!(bad, [], "{patterns}");
        ignore.excludes(path)
    }

    #[test]
    fn patterns_match_as_docker_documents_them() {
        for (patterns, path, expected) in [
            ("node_modules", "node_modules/a/b.js", true),
            ("node_modules", "app/node_modules/a", false),
            ("**/node_modules", "app/node_modules/a", true),
            ("**/node_modules", "node_modules/a", true),
            ("*/temp*", "somedir/temporary.txt", true),
            ("*/temp*", "a/b/temp", false),
            ("*/*/temp*", "a/b/temp", true),
            ("temp?", "tempa", true),
            ("temp?", "temp", false),
            ("*.md", "README.md", true),
            ("*.md", "docs/README.md", false),
            ("**/*.md", "docs/deep/README.md", true),
            ("/foo/bar", "foo/bar", true),
            ("foo/bar/", "foo/bar/x", true),
            ("./foo", "foo", true),
            ("a/../b", "b", true),
            ("docs/**", "docs/a/b", true),
            ("a/**/z", "a/z", true),
            ("a/**/z", "a/b/c/z", true),
            ("# comment", "# comment", false),
            ("*.md\n!README.md", "README.md", false),
            ("*.md\n!README.md", "other.md", true),
            ("!README.md\n*.md", "README.md", true),
            ("secret\n!secret/public", "secret/public/a", false),
            ("secret\n!secret/public", "secret/private", true),
            ("[a-c].txt", "b.txt", true),
            ("[^a-c].txt", "b.txt", false),
            ("[^a-c].txt", "d.txt", true),
            ("\\*.txt", "*.txt", true),
            ("\\*.txt", "a.txt", false),
            ("  spaced  ", "spaced", true),
            (".", "anything", false),
            ("", "anything", false),
        ] {
            assert_eq!(excludes(patterns, path), expected, "{patterns:?} on {path:?}");
        }
    }

    #[test]
    fn what_is_no_pattern_comes_back_with_its_line() {
        let (_, bad) = Ignore::parse("a\n[b\nc**d\n!\n");
        let found: Vec<_> = bad.iter().map(|bad| (bad.line, bad.pattern.as_str())).collect();
        assert_eq!(found, [(2, "[b"), (3, "c**d"), (4, "")]);
    }
}
