//! What was found wrong, all of it at once.

use std::fmt;

use crate::origin::Origin;
use crate::table::sort_by;

/// Whether a finding refuses the stack or travels along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Severity {
    /// The stack is refused.
    Error,
    /// The stack is taken; somebody should look.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A rule's entry in the list of codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Code {
    /// The stable code, `module::variant`.
    pub code: &'static str,
    /// What a breach means.
    pub severity: Severity,
    /// What the rule guards.
    pub meaning: &'static str,
    /// How a breach is mended; what depends on the breach stands there as `<name>`.
    pub help: &'static str,
    /// The same in a document, where that is something else.
    pub yaml_help: Option<&'static str>,
    /// The page of AWS's documentation that states the limit, where there is one.
    pub docs: Option<&'static str>,
}

impl Code {
    /// An entry of the list; the derive of `Issue` writes the ones of this project.
    pub const fn new(
        code: &'static str,
        severity: Severity,
        meaning: &'static str,
        help: &'static str,
        docs: Option<&'static str>,
    ) -> Self {
        Self { code, severity, meaning, help, docs, yaml_help: None }
    }

    /// The help that speaks of YAML, where that is another one.
    pub const fn in_yaml(mut self, help: Option<&'static str>) -> Self {
        self.yaml_help = help;
        self
    }
}

/// One kind of mistake. `Display` says what was found and what was expected.
pub trait Issue: fmt::Display {
    /// The rule that was broken.
    fn code(&self) -> &'static Code;
    /// What to write instead.
    fn help(&self) -> String;
    /// What to write instead in a document, where that is something else.
    fn yaml_help(&self) -> Option<String> {
        None
    }
}

/// A mistake at its place.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Finding {
    /// The rule that was broken.
    pub code: &'static Code,
    /// The place in the configuration, spelt as in YAML: `resources.api.containers[0].stopTimeout`.
    pub path: String,
    /// What was found, and what was expected.
    pub message: String,
    /// What to write instead.
    pub help: String,
    /// The place in the user's program.
    pub origin: Option<Origin>,
    /// What to write instead in a document, where that is something else.
    yaml_help: Option<String>,
}

impl Finding {
    /// A finding from an issue.
    pub fn new(issue: &dyn Issue, path: String, origin: Option<Origin>) -> Self {
        Self { code: issue.code(), path, message: issue.to_string(), help: issue.help(), origin, yaml_help: issue.yaml_help() }
    }

    /// Whether it refuses the stack.
    pub fn is_error(&self) -> bool {
        self.code.severity == Severity::Error
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: ", self.code.severity.as_str(), self.code.code)?;
        // What is wrong about a whole document has no path.
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)?;
        if let Some(origin) = &self.origin {
            write!(f, "\n  --> {origin}")?;
        }
        write!(f, "\n  help: {}", self.help)
    }
}

/// All findings of one pass, sorted by path, errors first at the same path.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    findings: Vec<Finding>,
}

impl Report {
    /// A report without findings.
    pub const fn new() -> Self {
        Self { findings: Vec::new() }
    }

    /// Adds a finding.
    pub fn push(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Adds all findings of another report.
    pub fn merge(&mut self, other: Self) {
        self.findings.extend(other.findings);
    }

    /// The findings.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter()
    }

    /// How many findings refuse the stack.
    pub fn errors(&self) -> usize {
        self.iter().filter(|finding| finding.is_error()).count()
    }

    /// How many findings only warn.
    pub fn warnings(&self) -> usize {
        self.findings.len() - self.errors()
    }

    /// Whether anything refuses the stack.
    pub fn has_errors(&self) -> bool {
        self.iter().any(Finding::is_error)
    }

    /// Whether nothing at all was found.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// The report as a document's reader needs it: each finding at the place that `place` knows for its path, with the help that
    /// speaks of YAML.
    pub(crate) fn placed(mut self, place: impl Fn(&str) -> Option<Origin>) -> Self {
        for finding in &mut self.findings {
            finding.origin = place(&finding.path).or(finding.origin);
            if let Some(help) = finding.yaml_help.take() {
                finding.help = help;
            }
        }
        self.sorted()
    }

    /// The report in a fixed order, whatever the order of adding was.
    pub fn sorted(mut self) -> Self {
        let key = |finding: &Finding| (finding.code.severity, finding.code.code, finding.origin.map(Origin::place));
        sort_by(&mut self.findings, |a, b| (&a.path, key(a), &a.message, &a.help).cmp(&(&b.path, key(b), &b.message, &b.help)));
        self
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            writeln!(f, "{finding}\n")?;
        }
        let count = |number: usize, word: &str| format!("{number} {word}{}", if number == 1 { "" } else { "s" });
        write!(f, "{}, {}", count(self.errors(), "error"), count(self.warnings(), "warning"))
    }
}

impl std::error::Error for Report {}

impl IntoIterator for Report {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.findings.into_iter()
    }
}
