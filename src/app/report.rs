//! A report, for people and for programs.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use serde::Serialize;
use stacktape_model::document::Document;
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
                serde_json::to_writer(&mut *to, &JsonReport::of(report, self.source.map(|source| source.name)))?;
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

#[derive(Serialize)]
struct JsonReport<'a> {
    errors: usize,
    warnings: usize,
    issues: Vec<JsonIssue<'a>>,
}

#[derive(Serialize)]
struct JsonIssue<'a> {
    code: &'a str,
    severity: &'a str,
    path: &'a str,
    message: &'a str,
    help: &'a str,
    location: Option<JsonLocation<'a>>,
}

#[derive(Serialize)]
struct JsonLocation<'a> {
    file: &'a str,
    line: u32,
    column: u32,
}

impl<'a> JsonReport<'a> {
    fn of(report: &'a Report, file: Option<&'a str>) -> Self {
        let issues = report.iter().map(|finding| JsonIssue::of(finding, file)).collect();
        Self { errors: report.errors(), warnings: report.warnings(), issues }
    }
}

impl<'a> JsonIssue<'a> {
    fn of(finding: &'a Finding, file: Option<&'a str>) -> Self {
        let location = finding.origin.as_ref().map(|origin| JsonLocation {
            file: origin.file().or(file).unwrap_or_default(),
            line: origin.line(),
            column: origin.column(),
        });
        Self {
            code: finding.code.code,
            severity: finding.code.severity.as_str(),
            path: &finding.path,
            message: &finding.message,
            help: &finding.help,
            location,
        }
    }
}
