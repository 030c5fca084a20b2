//! Which files of a directory an image is built of.

use glob::Pattern;
use stacktape_model::table::sort_and_dedup;

use super::ignore::{Ignore, matches_or_parent, pattern};

/// What counts: all that is not ignored, and what is asked for in spite of that; never what is excluded.
#[derive(Debug, Default)]
pub(super) struct Selection {
    ignore: Ignore,
    /// Whether nothing counts but what is asked for.
    only_included: bool,
    include: Vec<Glob>,
    exclude: Vec<Glob>,
}

/// A pattern as it is written, which stands for several where it has braces.
#[derive(Debug)]
struct Glob {
    alternatives: Vec<Alternative>,
}

#[derive(Debug)]
struct Alternative {
    pattern: Pattern,
    /// The directories that the pattern names before its first wildcard.
    below: String,
}

impl Selection {
    /// What Docker would send.
    pub(super) fn of_context(ignore: Ignore) -> Self {
        Self { ignore, ..Self::default() }
    }

    /// What is ignored, with patterns that bring files back and others that leave more out. Patterns that are none come back, by
    /// the list that they stand in and their place.
    pub(super) fn of_sources(ignore: Ignore, include: &[String], exclude: &[String]) -> Result<Self, Vec<(bool, usize)>> {
        let mut bad = Vec::new();
        let mut read = |patterns: &[String], includes: bool| -> Vec<Glob> {
            let read = patterns.iter().enumerate().filter_map(|(index, text)| {
                let glob = Glob::parse(text);
                if glob.is_none() {
                    bad.push((includes, index));
                }
                glob
            });
            read.collect()
        };
        let (include, exclude) = (read(include, true), read(exclude, false));
        if bad.is_empty() { Ok(Self { ignore, only_included: false, include, exclude }) } else { Err(bad) }
    }

    /// What a package is made of: all that is there, or what is asked for, without what is excluded. Patterns that are none come back,
    /// as above.
    pub(super) fn of_package(include: &[String], exclude: &[String]) -> Result<Self, Vec<(bool, usize)>> {
        let selection = Self::of_sources(Ignore::default(), include, exclude)?;
        Ok(Self { only_included: !include.is_empty(), ..selection })
    }

    /// Whether a file or directory counts.
    pub(super) fn keeps(&self, path: &str) -> bool {
        let excluded = self.exclude.iter().any(|glob| glob.matches(path));
        !excluded && (!self.only_included && !self.ignore.excludes(path) || self.includes(path))
    }

    /// Whether a file is asked for by name.
    pub(super) fn includes(&self, path: &str) -> bool {
        self.include.iter().any(|glob| glob.matches(path))
    }

    /// Whether something below a directory may count, though the directory itself does not.
    pub(super) fn reaches_below(&self, directory: &str) -> bool {
        self.only_included
            || self.ignore.brings_back()
            || self.include.iter().flat_map(|glob| &glob.alternatives).any(|one| one.leads_into(directory))
    }

    /// The patterns that match none of these files.
    pub(super) fn idle(&self, paths: &[&str]) -> Vec<usize> {
        let idle = |glob: &Glob| !paths.iter().any(|path| glob.matches(path));
        self.include.iter().enumerate().filter(|(_, glob)| idle(glob)).map(|(index, _)| index).collect()
    }
}

impl Glob {
    fn parse(text: &str) -> Option<Self> {
        let alternatives = spelt_out(text).into_iter().map(|text| {
            let pattern = pattern(&text)?;
            let wild = |part: &&str| part.contains(['*', '?', '[']);
            let named: Vec<_> = text.split('/').filter(|part| !matches!(*part, "" | ".")).take_while(|part| !wild(part)).collect();
            Some(Alternative { pattern, below: named.join("/") })
        });
        alternatives.collect::<Option<Vec<_>>>().filter(|all| !all.is_empty()).map(|alternatives| Self { alternatives })
    }

    fn matches(&self, path: &str) -> bool {
        self.alternatives.iter().any(|one| matches_or_parent(&one.pattern, path))
    }
}

impl Alternative {
    /// Whether a directory lies on the way to what the pattern names, or below it. A pattern that begins with a wildcard names
    /// nothing: it does not reach into what is ignored.
    fn leads_into(&self, directory: &str) -> bool {
        let within = |inner: &str, outer: &str| inner == outer || inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'));
        !self.below.is_empty() && (within(&self.below, directory) || within(directory, &self.below))
    }
}

/// `*.{png,jpg}` as `*.png` and `*.jpg`. Braces that are not closed stand for themselves.
fn spelt_out(pattern: &str) -> Vec<String> {
    const MOST: usize = 256;
    let mut done = Vec::new();
    let mut open = vec![pattern.to_owned()];
    while let Some(text) = open.pop() {
        // The innermost braces are the last that open.
        let braces = text.rfind('{').and_then(|from| Some((from, from + text[from..].find('}')?)));
        match braces {
            Some((from, to)) if open.len() + done.len() < MOST => {
                let (before, choices, after) = (&text[..from], &text[from + 1..to], &text[to + 1..]);
                open.extend(choices.split(',').map(|choice| format!("{before}{choice}{after}")));
            }
            _ => done.push(text),
        }
    }
    // What stands outside of inner braces comes once for each of their choices.
    sort_and_dedup(&mut done);
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selection(ignore: &str, include: &[&str], exclude: &[&str]) -> Selection {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        Selection::of_sources(Ignore::parse(ignore).0, &owned(include), &owned(exclude)).expect("patterns")
    }

    #[test]
    fn what_is_asked_for_comes_back_and_what_is_excluded_stays_out() {
        let selection = selection("**/.env\ndist", &["dist/public/**/*.{png,jpg}", ".env"], &["**/secret.png"]);
        for (path, kept) in [
            ("src/main.ts", true),
            (".env", true),
            ("app/.env", false),
            ("dist/main.js", false),
            ("dist/public/a/b.png", true),
            ("dist/public/c.jpg", true),
            ("dist/public/c.gif", false),
            ("dist/public/secret.png", false),
        ] {
            assert_eq!(selection.keeps(path), kept, "{path}");
        }
        for (directory, reached) in
            [("dist", true), ("dist/public", true), ("dist/public/a", true), ("dist/other", false), ("node_modules", false)]
        {
            assert_eq!(selection.reaches_below(directory), reached, "{directory}");
        }
    }

    #[test]
    fn patterns_that_match_nothing_are_told() {
        let selection = selection("", &["assets", "*.md", "{a,b}.txt"], &[]);
        assert_eq!(selection.idle(&["assets/deep/a.png", "b.txt"]), [1]);
    }

    #[test]
    fn braces_stand_for_alternatives() {
        assert_eq!(spelt_out("a{b,c{d,e}}f"), ["abf", "acdf", "acef"]);
        assert_eq!(spelt_out("a{b"), ["a{b"]);
        assert!(spelt_out(&"{a,b}".repeat(40)).len() <= 600);
    }

    #[test]
    fn what_is_no_pattern_is_told() {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let bad = Selection::of_sources(Ignore::default(), &texts(&["a", "[b"]), &texts(&["c**d"])).expect_err("no patterns");
        assert_eq!(bad, [(true, 1), (false, 0)]);
    }
}
