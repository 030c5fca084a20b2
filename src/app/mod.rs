//! The command line of a user's program.

mod arguments;
mod report;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use stacktape_model::stack::Stack;
use stacktape_synth::Target;
use stacktape_synth::assembly::{AssembleError, Assembly, assemble};

use arguments::{Arguments, Command};
use report::Format;

/// A program that describes a stack, with its command line.
///
/// ```no_run
/// use stacktape::prelude::*;
///
/// fn main() -> std::process::ExitCode {
///     App::new("photos").run(|stack, _target| {
///         stack.add(Bucket::builder("photosBucket"));
///     })
/// }
/// ```
///
/// | command | does |
/// |---|---|
/// | `synth [--out DIR]` | writes the cloud assembly (default `cdk.out`) and prints what it made |
/// | `template` | prints the template |
/// | `validate [--format human\|json]` | prints the report |
/// | `ls` | prints the stack and its resources |
///
/// Without a command, the program does `synth`; as the app of the `cdk` CLI, which sets `CDK_OUTDIR`, it writes there.
///
/// Exit status: 0 fine, 1 the configuration was refused, 2 wrong use or a failed read or write.
#[derive(Clone, Debug)]
pub struct App {
    project: String,
    directory: PathBuf,
}

/// The configuration was refused.
const REFUSED: u8 = 1;
/// Wrong use, or a failed read or write.
const FAILED: u8 = 2;

impl App {
    /// A program for the stacks of a project. `--project-name` goes before it.
    pub fn new(project: impl Into<String>) -> Self {
        Self { project: project.into(), directory: PathBuf::from(".") }
    }

    /// The directory that build contexts are relative to, and must lie in. Default: the current directory.
    pub fn project_directory(mut self, directory: impl Into<PathBuf>) -> Self {
        self.directory = directory.into();
        self
    }

    /// Reads the command line, lets `describe` fill the stack, and does what was asked for.
    pub fn run(self, describe: impl FnOnce(&mut Stack, &Target)) -> ExitCode {
        let outdir = std::env::var_os("CDK_OUTDIR").map(PathBuf::from);
        match self.run_with(std::env::args_os(), outdir, describe) {
            Ok(code) => code,
            // Nobody reads on: as for any tool in a pipe, that is no failure.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Err(error) => {
                let _ = writeln!(io::stderr(), "error: cannot write the result: {error}");
                ExitCode::from(FAILED)
            }
        }
    }

    fn run_with(
        self,
        arguments: impl IntoIterator<Item = std::ffi::OsString>,
        outdir: Option<PathBuf>,
        describe: impl FnOnce(&mut Stack, &Target),
    ) -> io::Result<ExitCode> {
        let Arguments { command, project, stage, region } = match Arguments::parse(arguments, outdir) {
            Ok(arguments) => arguments,
            Err(error) => {
                error.print()?;
                return Ok(if error.use_stderr() { ExitCode::from(FAILED) } else { ExitCode::SUCCESS });
            }
        };
        let mut target = Target::new(project.unwrap_or(self.project), stage).project_directory(self.directory);
        target.region = region;
        let mut stack = Stack::new(target.project.clone(), target.stage.clone());
        describe(&mut stack, &target);
        command.run(stack, &target)
    }
}

impl Command {
    fn run(self, stack: Stack, target: &Target) -> io::Result<ExitCode> {
        let out = match &self {
            Self::Synth { out, .. } => out.clone(),
            Self::Template | Self::Validate { .. } | Self::List => PathBuf::from(arguments::OUT_DEFAULT),
        };
        if let Self::Validate { format } = self {
            return validate(stack, target, &out, format);
        }
        let rows = rows(&stack);
        let assembly = match assemble(stack, target, &out) {
            Ok(assembly) => assembly,
            Err(error) => return refuse(error),
        };
        if !assembly.warnings().is_empty() {
            report::print(assembly.warnings(), Format::Human, &mut anstream::stderr().lock())?;
        }
        match self {
            Self::Synth { out, quiet } => synth(&assembly, &rows, &out, quiet),
            Self::Template => io::stdout().lock().write_all(assembly.template_json().as_bytes()).map(|()| ExitCode::SUCCESS),
            Self::List | Self::Validate { .. } => {
                print_table(&assembly, &rows)?;
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

fn refuse(error: AssembleError) -> io::Result<ExitCode> {
    match error {
        AssembleError::Refused(report) => {
            report::print(&report, Format::Human, &mut anstream::stderr().lock())?;
            Ok(ExitCode::from(REFUSED))
        }
        error => fail(&error),
    }
}

/// Says what failed, and why.
fn fail(error: &dyn std::error::Error) -> io::Result<ExitCode> {
    let mut stderr = io::stderr().lock();
    write!(stderr, "error: {error}")?;
    let mut cause = error.source();
    while let Some(error) = cause {
        write!(stderr, ": {error}")?;
        cause = error.source();
    }
    writeln!(stderr)?;
    Ok(ExitCode::from(FAILED))
}

fn validate(stack: Stack, target: &Target, out: &Path, format: Format) -> io::Result<ExitCode> {
    let (report, code) = match assemble(stack, target, out) {
        Ok(assembly) => (assembly.warnings().clone(), ExitCode::SUCCESS),
        Err(AssembleError::Refused(report)) => (report, ExitCode::from(REFUSED)),
        Err(error) => return fail(&error),
    };
    report::print(&report, format, &mut anstream::stdout().lock())?;
    Ok(code)
}

fn synth(assembly: &Assembly, rows: &[(String, String)], out: &Path, quiet: bool) -> io::Result<ExitCode> {
    if let Err(error) = assembly.write(out) {
        return fail(&error);
    }
    if !quiet {
        print_table(assembly, rows)?;
        writeln!(io::stdout().lock(), "written to {}; deploy it with `cdk deploy --app {}`", out.display(), out.display())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The resources of the stack: name and kind, in the order of names.
fn rows(stack: &Stack) -> Vec<(String, String)> {
    let mut rows: Vec<_> =
        stack.resources().iter().map(|resource| (resource.name().to_owned(), resource.kind().as_str().to_owned())).collect();
    rows.sort();
    rows
}

fn print_table(assembly: &Assembly, rows: &[(String, String)]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    writeln!(stdout, "{}", assembly.stack_name())?;
    for (name, kind) in rows {
        writeln!(stdout, "  {name:width$}  {kind}")?;
    }
    let resources = assembly.template().resource_count();
    writeln!(stdout, "{resources} CloudFormation resources, {} images to build", assembly.images().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outdir_of_the_cdk_cli_is_where_a_bare_call_writes() {
        let arguments = Arguments::parse(["photos".into()], Some("there".into())).expect("a bare call");
        assert!(matches!(arguments.command, Command::Synth { out, quiet: true } if out == Path::new("there")));
        let arguments = Arguments::parse(["photos".into()], None).expect("a bare call");
        assert!(matches!(arguments.command, Command::Synth { out, quiet: false } if out == Path::new("cdk.out")));
    }

    #[test]
    fn options_stand_before_and_behind_the_command() {
        for arguments in [["photos", "--stage", "prod", "ls"], ["photos", "ls", "--stage", "prod"]] {
            let arguments = Arguments::parse(arguments.map(Into::into), None).expect("known options");
            assert_eq!(arguments.stage, "prod");
            assert!(matches!(arguments.command, Command::List));
        }
        assert!(Arguments::parse(["photos".into(), "deploy".into()], None).is_err());
    }
}
