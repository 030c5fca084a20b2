//! A report, for people and for programs.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use serde::ser::{Serialize, SerializeMap, Serializer};
use stacktape_model::document::Document;
use stacktape_model::origin::Origin;
use stacktape_model::report::{Finding, Report, Severity};

/// For whom a report is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Human,
    Json,
}

/// The document that a stack was read from.
#[cfg_attr(not(feature = "cli"), expect(dead_code, reason = "only a file has a source"))]
#[derive(Clone, Copy, Debug)]
pub(super) struct Source<'a> {
    /// The file's name, as the user wrote it.
    pub(super) name: &'a str,
    pub(super) text: &'a str,
    /// What was read from it, where it could be read.
    pub(super) document: Option<&'a Document>,
}

/// Prints reports, with the document that their places are in.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Printer<'a> {
    pub(super) source: Option<Source<'a>>,
}

impl Printer<'_> {
    /// A report about a stack, with each finding at its place in the document, where there is one.
    pub(super) fn placed(&self, report: &Report) -> Report {
        match self.source.and_then(|source| source.document) {
            Some(document) => document.place(report.clone()),
            None => report.clone(),
        }
    }

    /// Prints a report.
    pub(super) fn print(&self, report: &Report, format: Format, to: &mut dyn Write) -> io::Result<()> {
        match format {
            Format::Human => {
                for finding in report.iter() {
                    self.print_human(finding, to)?;
                }
                writeln!(to, "{}", summary(report))
            }
            Format::Json => {
                serde_json::to_writer(&mut *to, &JsonReport { report, file: self.source.map(|source| source.name) })?;
                writeln!(to)
            }
        }
    }

    fn print_human(&self, finding: &Finding, to: &mut dyn Write) -> io::Result<()> {
        const BOLD: Style = Style::new().bold();
        const QUIET: Style = Style::new().dimmed();
        let style = style(finding.code.severity);
        let word = finding.code.severity.as_str();
        write!(to, "{style}{word}[{}]{style:#}", finding.code.code)?;
        // What is wrong about a whole document has no path.
        if finding.path.is_empty() {
            writeln!(to)?;
        } else {
            writeln!(to, "{BOLD}: {}{BOLD:#}", finding.path)?;
        }
        writeln!(to, "  {}", finding.message)?;
        match (self.source, &finding.origin) {
            #[cfg(feature = "cli")]
            (Some(source), Some(origin)) => super::snippet::draw(source, *origin, finding.code.severity, to)?,
            (_, Some(origin)) => writeln!(to, "  {QUIET}-->{QUIET:#} {origin}")?,
            (_, None) => {}
        }
        writeln!(to, "  {QUIET}help:{QUIET:#} {}", finding.help)?;
        if let Some(docs) = finding.code.docs {
            writeln!(to, "  {QUIET}see: {docs}{QUIET:#}")?;
        }
        writeln!(to)
    }
}

fn style(severity: Severity) -> Style {
    let color = if severity == Severity::Error { AnsiColor::Red } else { AnsiColor::Yellow };
    color.on_default().bold()
}

fn summary(report: &Report) -> String {
    let count = |number: usize, word: &str| format!("{number} {word}{}", if number == 1 { "" } else { "s" });
    match (report.errors(), report.warnings()) {
        (0, 0) => "nothing found".to_owned(),
        (errors, warnings) => format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
    }
}

/// A report as programs read it.
struct JsonReport<'a> {
    report: &'a Report,
    /// The file that places without one are in.
    file: Option<&'a str>,
}

impl Serialize for JsonReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let issues: Vec<_> = self.report.iter().map(|finding| JsonIssue { finding, file: self.file }).collect();
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("errors", &self.report.errors())?;
        map.serialize_entry("warnings", &self.report.warnings())?;
        map.serialize_entry("issues", &issues)?;
        map.end()
    }
}

struct JsonIssue<'a> {
    finding: &'a Finding,
    file: Option<&'a str>,
}

impl Serialize for JsonIssue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { finding, file } = self;
        let location = finding.origin.map(|origin| JsonLocation { origin, file: *file });
        let mut map = serializer.serialize_map(Some(6))?;
        map.serialize_entry("code", finding.code.code)?;
        map.serialize_entry("severity", finding.code.severity.as_str())?;
        map.serialize_entry("path", &finding.path)?;
        map.serialize_entry("message", &finding.message)?;
        map.serialize_entry("help", &finding.help)?;
        map.serialize_entry("location", &location)?;
        map.end()
    }
}

struct JsonLocation<'a> {
    origin: Origin,
    file: Option<&'a str>,
}

impl Serialize for JsonLocation<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("file", self.origin.file().or(self.file).unwrap_or_default())?;
        map.serialize_entry("line", &self.origin.line())?;
        map.serialize_entry("column", &self.origin.column())?;
        map.end()
    }
}
