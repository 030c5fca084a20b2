#![doc = include_str!("codes.md")]

mod examples;

use std::fmt;

use stacktape_model::report::{Code, Severity};

/// What is to be said about a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// The code: what it guards, the page that states the limit, and how a breach is mended.
    pub code: &'static Code,
    /// What trips the code, and no other.
    pub example: Example,
}

/// A configuration with one mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Example {
    /// A `stacktape.yml`.
    Yaml(&'static str),
    /// A function that makes the stack, where YAML cannot show the mistake, or only at length.
    Rust(&'static str),
}

impl Example {
    /// The example as it is written.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Yaml(text) | Self::Rust(text) => text,
        }
    }

    /// The language, as code blocks of Markdown name it.
    pub const fn language(self) -> &'static str {
        match self {
            Self::Yaml(_) => "yaml",
            Self::Rust(_) => "rust",
        }
    }
}

/// The entry of a code.
///
/// ```
/// let entry = stacktape::explain::find("container::stop_timeout").expect("a code");
/// assert_eq!(entry.code.meaning, "Fargate ends a container after 120 seconds at the latest.");
/// ```
pub fn find(code: &str) -> Option<Entry> {
    let code = crate::codes().into_iter().find(|known| known.code == code)?;
    let (_, example) = examples::ALL.iter().find(|(known, _)| *known == code.code)?;
    Some(Entry { code, example: *example })
}

/// How alike two spellings must be: one wrong letter in five is still near.
const LIKENESS: f64 = 0.8;
/// More than so many guesses help nobody.
const GUESSES: usize = 3;

/// The codes that could be meant by one that is none: those of a module, those that end in a name, or else the nearest spellings.
///
/// ```
/// assert_eq!(stacktape::explain::near("container::stop_timeot"), ["container::stop_timeout"]);
/// assert_eq!(stacktape::explain::near("stop-timeout"), ["container::stop_timeout"]);
/// assert_eq!(stacktape::explain::near("container"), ["container::name", "container::stop_timeout"]);
/// ```
pub fn near(code: &str) -> Vec<&'static str> {
    let wanted = code.trim().to_ascii_lowercase().replace(['-', ' '], "_");
    let codes = crate::codes();
    let parts = || codes.iter().filter_map(|known| known.code.split_once("::").map(|parts| (known.code, parts)));
    let named: Vec<_> =
        parts().filter(|(code, (module, variant))| [*code, *module, *variant].contains(&wanted.as_str())).map(|(code, _)| code).collect();
    if !named.is_empty() {
        return named;
    }
    let whole = wanted.contains("::");
    let alike = parts().map(|(code, (_, variant))| {
        let spelling = if whole { code } else { variant };
        (strsim::normalized_damerau_levenshtein(spelling, &wanted), code)
    });
    let mut alike: Vec<_> = alike.filter(|(likeness, _)| *likeness >= LIKENESS).collect();
    alike.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    alike.into_iter().map(|(_, code)| code).take(GUESSES).collect()
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, example } = self;
        writeln!(f, "{}[{}]", code.severity.as_str(), code.code)?;
        writeln!(f, "  {}", code.meaning)?;
        writeln!(f, "  help: {}", code.help)?;
        if let Some(help) = code.yaml_help {
            writeln!(f, "  in YAML: {help}")?;
        }
        if let Some(docs) = code.docs {
            writeln!(f, "  see: {docs}")?;
        }
        let outcome = if code.severity == Severity::Error { "is refused" } else { "gets this warning" };
        writeln!(f, "\nAn example that {outcome}:\n")?;
        for line in example.text().lines() {
            if line.is_empty() { writeln!(f)? } else { writeln!(f, "  {line}")? }
        }
        Ok(())
    }
}
