//! A report, for people and for programs.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use serde::Serialize;
use stacktape_model::report::{Finding, Report, Severity};

/// For whom a report is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Human,
    Json,
}

/// Prints a report.
pub(super) fn print(report: &Report, format: Format, to: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Human => print_human(report, to),
        Format::Json => {
            serde_json::to_writer(&mut *to, &JsonReport::of(report))?;
            writeln!(to)
        }
    }
}

fn print_human(report: &Report, to: &mut dyn Write) -> io::Result<()> {
    const BOLD: Style = Style::new().bold();
    const QUIET: Style = Style::new().dimmed();
    for finding in report.iter() {
        let style = style(finding.code.severity);
        let word = finding.code.severity.as_str();
        writeln!(to, "{style}{word}[{}]{style:#}{BOLD}: {}{BOLD:#}", finding.code.code, finding.path)?;
        writeln!(to, "  {}", finding.message)?;
        if let Some(origin) = &finding.origin {
            writeln!(to, "  {QUIET}-->{QUIET:#} {origin}")?;
        }
        writeln!(to, "  {QUIET}help:{QUIET:#} {}", finding.help)?;
        if let Some(docs) = finding.code.docs {
            writeln!(to, "  {QUIET}see: {docs}{QUIET:#}")?;
        }
        writeln!(to)?;
    }
    writeln!(to, "{}", summary(report))
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
    fn of(report: &'a Report) -> Self {
        Self { errors: report.errors(), warnings: report.warnings(), issues: report.iter().map(JsonIssue::of).collect() }
    }
}

impl<'a> JsonIssue<'a> {
    fn of(finding: &'a Finding) -> Self {
        let location =
            finding.origin.as_ref().map(|origin| JsonLocation { file: origin.file(), line: origin.line(), column: origin.column() });
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
