//! The command line of a user's program.

mod arguments;
mod commands;
#[cfg(feature = "cli")]
mod file;
mod grammar;
mod line;
mod report;
#[cfg(feature = "cli")]
mod snippet;

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use stacktape_model::stack::Stack;
use stacktape_synth::Target;

#[cfg(feature = "cli")]
pub use file::run_file;

use arguments::{Arguments, Door};
use commands::{Outcome, Streams};
use report::Printer;

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
/// `--project-name`, `--stage` (default `dev`) and `--region` go with each of them.
///
/// Exit status: 0 fine, 1 the configuration was refused, 2 wrong use or a failed read or write.
#[derive(Clone, Debug)]
pub struct App {
    project: String,
    directory: PathBuf,
}

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
        // Without a type parameter from here on, so that a user's program compiles nothing of it.
        let mut describe = Some(describe);
        self.run_here(&mut |stack, target| {
            if let Some(describe) = describe.take() {
                describe(stack, target);
            }
        })
    }

    fn run_here(self, describe: &mut dyn FnMut(&mut Stack, &Target)) -> ExitCode {
        let outdir = std::env::var_os("CDK_OUTDIR").map(PathBuf::from);
        let (mut out, mut err) = (anstream::stdout().lock(), anstream::stderr().lock());
        let mut streams = Streams { out: &mut out, err: &mut err };
        let outcome = self.run_with(std::env::args_os().collect(), outdir, describe, &mut streams);
        commands::end(outcome, &mut streams)
    }

    fn run_with(
        self,
        arguments: Vec<OsString>,
        outdir: Option<PathBuf>,
        describe: &mut dyn FnMut(&mut Stack, &Target),
        streams: &mut Streams<'_>,
    ) -> io::Result<Outcome> {
        let Arguments { command, project, stage, region, .. } = match Arguments::parse(Door::Program, arguments, outdir) {
            Ok(arguments) => arguments,
            Err(answer) => return commands::explain_usage(&answer, streams),
        };
        let mut target = Target::new(project.unwrap_or(self.project), stage).project_directory(self.directory);
        target.region = region;
        let mut stack = Stack::new(target.project.clone(), target.stage.clone());
        describe(&mut stack, &target);
        command.run(stack, &target, &Printer::default(), streams)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use stacktape_model::bucket::Bucket;
    use stacktape_model::compute::Fargate;
    use stacktape_model::container::{Container, Image};
    use stacktape_model::multi_container_workload::MultiContainerWorkload;
    use stacktape_model::units::{Cpu, Memory};

    use super::*;

    /// What a program did: how it ended, and what it printed.
    struct Run {
        outcome: Outcome,
        out: String,
        err: String,
    }

    /// Runs a program in an empty project, or one that has been filled.
    fn run_in(project: &Path, arguments: &[&str], describe: impl FnOnce(&mut Stack, &Target)) -> Run {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let arguments = std::iter::once("photos").chain(arguments.iter().copied()).map(Into::into).collect();
        let mut streams = Streams { out: &mut out, err: &mut err };
        let mut describe = Some(describe);
        let mut describe = |stack: &mut Stack, target: &Target| describe.take().expect("one call")(stack, target);
        let outcome = App::new("photos").project_directory(project).run_with(arguments, None, &mut describe, &mut streams);
        let text = |bytes| String::from_utf8(bytes).expect("text");
        Run { outcome: outcome.expect("memory takes everything"), out: text(out), err: text(err) }
    }

    fn project() -> tempfile::TempDir {
        tempfile::tempdir().expect("a directory")
    }

    fn one_bucket(stack: &mut Stack, _target: &Target) {
        stack.add(Bucket::builder("photosBucket"));
    }

    /// A workload whose image is built from `context`.
    fn built_from(context: &str) -> impl FnOnce(&mut Stack, &Target) {
        let container = Container::builder("web", Image::dockerfile(context));
        let api = MultiContainerWorkload::builder("api", Fargate::new(Cpu::Half, Memory::gib(1))).container(container);
        move |stack, _target| {
            stack.add(api);
        }
    }

    fn out_option(out: &Path) -> String {
        format!("--out={}", out.display())
    }

    #[test]
    fn synth_writes_the_assembly_and_says_what_it_made() {
        let project = project();
        let out = project.path().join("deep/out");
        let run = run_in(project.path(), &["synth", &out_option(&out)], one_bucket);
        assert_eq!(run.outcome, Outcome::Fine, "{}", run.err);
        assert!(run.out.starts_with("photos-dev\n  photosBucket  bucket\n2 CloudFormation resources, 0 images to build\n"), "{}", run.out);
        assert_eq!(run.err, "");
        for file in ["manifest.json", "photos-dev.template.json", "photos-dev.assets.json"] {
            assert!(out.join(file).is_file(), "no {file}");
        }
    }

    #[test]
    fn template_prints_the_template_and_nothing_else() {
        let run = run_in(project().path(), &["template", "--stage", "prod"], one_bucket);
        let template: serde_json::Value = serde_json::from_str(&run.out).expect("JSON alone");
        assert_eq!(template["Resources"]["PhotosBucketBucket"]["Type"], "AWS::S3::Bucket");
        assert!(run.out.contains("photos-prod"));
    }

    #[test]
    fn ls_prints_the_stack_and_its_resources() {
        let run = run_in(project().path(), &["ls", "--project-name", "other"], one_bucket);
        assert_eq!((run.outcome, run.out.lines().next()), (Outcome::Fine, Some("other-dev")));
    }

    #[test]
    fn a_refused_stack_is_told_on_stderr_and_writes_nothing() {
        let project = project();
        let out = project.path().join("out");
        let describe = |stack: &mut Stack, _: &Target| {
            let forgotten = Bucket::builder("forgotten").build();
            let container = Container::builder("web", Image::prebuilt("nginx:1.29")).env("BUCKET", forgotten.bucket_name());
            stack.add(MultiContainerWorkload::builder("api", Fargate::new(Cpu::Half, Memory::gib(1))).container(container));
            stack.add(Bucket::builder("twice")).add(Bucket::builder("twice"));
        };
        let run = run_in(project.path(), &["synth", &out_option(&out)], describe);
        assert_eq!((run.outcome, run.out.as_str()), (Outcome::Refused, ""));
        for expected in ["reference::missing", "name::duplicate", "2 errors, 0 warnings", file!()] {
            assert!(run.err.contains(expected), "no `{expected}` in {}", run.err);
        }
        assert!(!out.exists());
    }

    #[test]
    fn a_report_for_programs_goes_to_stdout() {
        let describe = |stack: &mut Stack, _: &Target| {
            stack.add(Bucket::builder("my-bucket"));
        };
        let run = run_in(project().path(), &["validate", "--format", "json"], describe);
        assert_eq!((run.outcome, run.err.as_str()), (Outcome::Refused, ""));
        let report: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
        assert_eq!((&report["errors"], &report["warnings"]), (&1.into(), &0.into()));
        let issue = &report["issues"][0];
        assert_eq!((&issue["code"], &issue["severity"]), (&"name::resource".into(), &"error".into()));
        assert_eq!(issue["path"], "resources.my-bucket");
        assert_eq!(issue["location"]["file"], file!());
        assert!(issue["location"]["line"].is_u64() && issue["location"]["column"].is_u64());
    }

    #[test]
    fn a_valid_stack_has_an_empty_report() {
        let run = run_in(project().path(), &["validate"], one_bucket);
        assert_eq!((run.outcome, run.out.as_str()), (Outcome::Fine, "nothing found\n"));
    }

    #[test]
    fn a_build_context_is_refused_where_it_is_missing_elsewhere_or_without_a_dockerfile() {
        let project = project();
        fs::create_dir(project.path().join("api")).expect("made");
        for (context, code) in
            [("web", "asset::context_missing"), ("..", "asset::context_outside_project"), ("api", "asset::dockerfile_missing")]
        {
            let out = project.path().join("out");
            let run = run_in(project.path(), &["synth", &out_option(&out)], built_from(context));
            assert_eq!(run.outcome, Outcome::Refused, "{context}");
            assert!(run.err.contains(code) && run.err.contains(file!()), "{}", run.err);
            assert!(!out.exists(), "{context}");
        }
    }

    #[test]
    fn an_output_that_cannot_be_written_is_a_failure_and_is_left_alone() {
        let project = project();
        let file = project.path().join("thesis.tex");
        fs::write(&file, "text").expect("written");
        for out in [file.clone(), file.join("out"), project.path().to_owned()] {
            let run = run_in(project.path(), &["synth", &out_option(&out)], one_bucket);
            assert_eq!((run.outcome, run.out.as_str()), (Outcome::Failed, ""), "{}", out.display());
            assert!(run.err.starts_with("error: ") && run.err.lines().count() == 1, "{}", run.err);
        }
        let left: Vec<_> = fs::read_dir(project.path()).expect("there").map(|entry| entry.expect("read").file_name()).collect();
        assert_eq!(left, ["thesis.tex"]);
        assert_eq!(fs::read_to_string(file).expect("there"), "text");
    }

    #[test]
    fn wrong_use_is_told_on_stderr_and_help_on_stdout() {
        for arguments in [&["deploy"][..], &["validate", "--format", "xml"], &["ls", "--nothing"]] {
            let run = run_in(project().path(), arguments, one_bucket);
            assert_eq!((run.outcome, run.out.as_str()), (Outcome::Failed, ""), "{arguments:?}");
            assert!(run.err.contains("error: "), "{}", run.err);
        }
        let run = run_in(project().path(), &["--help"], one_bucket);
        assert_eq!((run.outcome, run.err.as_str()), (Outcome::Fine, ""));
        assert!(run.out.contains("Usage: ") && run.out.contains("--stage"), "{}", run.out);
    }
}
