//! What the commands do, and how they end.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use stacktape_model::report::Report;
use stacktape_model::stack::Stack;
use stacktape_model::table::sort_by;
use stacktape_synth::Target;
use stacktape_synth::assembly::{AssembleError, Assembly, assemble};

use super::arguments::{Answer, Command, OUT_DEFAULT};
use super::report::{Format, Printer};

/// Where results go, and everything else.
pub(super) struct Streams<'a> {
    pub(super) out: &'a mut dyn Write,
    pub(super) err: &'a mut dyn Write,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Fine,
    /// The configuration was refused.
    Refused,
    /// Wrong use, or a failed read or write.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Fine => 0,
            Outcome::Refused => 1,
            Outcome::Failed => 2,
        })
    }
}

/// The exit status, also where nothing could be printed any more.
pub(super) fn end(outcome: io::Result<Outcome>, streams: &mut Streams<'_>) -> ExitCode {
    match outcome {
        Ok(outcome) => outcome.into(),
        // Nobody reads on: as for any tool in a pipe, that is no failure.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(streams.err, "error: cannot write the result: {error}");
            Outcome::Failed.into()
        }
    }
}

/// Answers a command line that asks for help, or could not be read.
pub(super) fn explain_usage(answer: &Answer, streams: &mut Streams<'_>) -> io::Result<Outcome> {
    match answer {
        Answer::Told(text) => {
            write!(streams.out, "{text}")?;
            Ok(Outcome::Fine)
        }
        Answer::Wrong(text) => {
            write!(streams.err, "{text}")?;
            Ok(Outcome::Failed)
        }
    }
}

/// Prints what is known of a code.
#[cfg(feature = "cli")]
pub(super) fn explain(code: &str, streams: &mut Streams<'_>) -> io::Result<Outcome> {
    if let Some(entry) = crate::explain::find(code) {
        write!(streams.out, "{entry}")?;
        return Ok(Outcome::Fine);
    }
    writeln!(streams.err, "error: found no code `{code}`, expected one as a report names it")?;
    let near = crate::explain::near(code);
    if !near.is_empty() {
        writeln!(streams.err, "  help: write `{}`", near.join("` or `"))?;
    }
    Ok(Outcome::Failed)
}

impl Command {
    /// Does what was asked for with a stack.
    pub(super) fn run(self, stack: Stack, target: &Target, printer: &Printer<'_>, streams: &mut Streams<'_>) -> io::Result<Outcome> {
        let out = match &self {
            Self::Synth { out, .. } => out.clone(),
            _ => PathBuf::from(OUT_DEFAULT),
        };
        let rows = rows(&stack);
        let assembly = match assemble(stack, target, &out) {
            Ok(assembly) => assembly,
            Err(AssembleError::Refused(report)) => {
                return self.refuse(&printer.placed(&report), printer, streams);
            }
            Err(error) => return fail(&error, streams),
        };
        if let Self::Validate { format } = self {
            printer.print(&printer.placed(assembly.warnings()), format, streams.out)?;
            return Ok(Outcome::Fine);
        }
        if !assembly.warnings().is_empty() {
            printer.print(&printer.placed(assembly.warnings()), Format::Human, streams.err)?;
        }
        match self {
            Self::Synth { out, quiet } => return synth(&assembly, &rows, &out, quiet, streams),
            Self::Template => streams.out.write_all(assembly.template_json().as_bytes())?,
            _ => print_table(&assembly, &rows, streams)?,
        }
        Ok(Outcome::Fine)
    }

    /// Says why there is no assembly: the report is the result of `validate` alone.
    pub(super) fn refuse(&self, report: &Report, printer: &Printer<'_>, streams: &mut Streams<'_>) -> io::Result<Outcome> {
        match self {
            Self::Validate { format } => printer.print(report, *format, streams.out)?,
            _ => printer.print(report, Format::Human, streams.err)?,
        }
        Ok(Outcome::Refused)
    }
}

/// Says what failed, and why.
pub(super) fn fail(error: &dyn std::error::Error, streams: &mut Streams<'_>) -> io::Result<Outcome> {
    write!(streams.err, "error: {error}")?;
    let mut cause = error.source();
    while let Some(error) = cause {
        write!(streams.err, ": {error}")?;
        cause = error.source();
    }
    writeln!(streams.err)?;
    Ok(Outcome::Failed)
}

fn synth(assembly: &Assembly, rows: &[(String, String)], out: &Path, quiet: bool, streams: &mut Streams<'_>) -> io::Result<Outcome> {
    if let Err(error) = assembly.write(out) {
        return fail(&error, streams);
    }
    if !quiet {
        print_table(assembly, rows, streams)?;
        writeln!(streams.out, "written to {}; deploy it with `cdk deploy --app {}`", out.display(), out.display())?;
    }
    Ok(Outcome::Fine)
}

/// The resources of the stack: name and kind, in the order of names.
fn rows(stack: &Stack) -> Vec<(String, String)> {
    let mut rows: Vec<_> =
        stack.resources().iter().map(|resource| (resource.name().to_owned(), resource.kind().as_str().to_owned())).collect();
    sort_by(&mut rows, Ord::cmp);
    rows
}

fn print_table(assembly: &Assembly, rows: &[(String, String)], streams: &mut Streams<'_>) -> io::Result<()> {
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    writeln!(streams.out, "{}", assembly.stack_name())?;
    for (name, kind) in rows {
        writeln!(streams.out, "  {name:width$}  {kind}")?;
    }
    let resources = assembly.template().resource_count();
    let images = assembly.images().len();
    writeln!(streams.out, "{resources} CloudFormation resources, {images} image{} to build", if images == 1 { "" } else { "s" })
}
