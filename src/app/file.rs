//! The program `stacktape`: a stack from a file, with the commands that a user's own program has.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use stacktape_model::document::{Document, Facts};
use stacktape_synth::Target;

use super::arguments::{Arguments, Command, Door};
use super::commands::{self, Outcome, Streams};
use super::report::{Printer, Source};

/// What `stacktape` does; the binary is nothing but a call of it.
pub fn run_file() -> ExitCode {
    let outdir = std::env::var_os("CDK_OUTDIR").map(PathBuf::from);
    let (mut out, mut err) = (anstream::stdout().lock(), anstream::stderr().lock());
    let mut streams = Streams { out: &mut out, err: &mut err };
    let outcome = run_with(std::env::args_os().collect(), outdir, &mut streams);
    commands::end(outcome, &mut streams)
}

/// A file that could not be read.
#[derive(Debug)]
struct ReadError {
    path: PathBuf,
    source: io::Error,
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot read {}", self.path.display())
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

fn run_with(arguments: Vec<OsString>, outdir: Option<PathBuf>, streams: &mut Streams<'_>) -> io::Result<Outcome> {
    let Arguments { command, project, stage, region, config } = match Arguments::parse(Door::File, arguments, outdir) {
        Ok(arguments) => arguments,
        Err(answer) => return commands::explain_usage(&answer, streams),
    };
    if let Command::Explain { code } = &command {
        return commands::explain(code, streams);
    }
    let text = match fs::read_to_string(&config) {
        Ok(text) => text,
        Err(source) => return commands::fail(&ReadError { path: config, source }, streams),
    };
    let directory = config.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let project = project.unwrap_or_else(|| name_of(directory));
    let mut target = Target::new(project, stage).project_directory(directory);
    target.region = region;
    let name = config.display().to_string();
    let document = match Document::parse(&text) {
        Ok(document) => document,
        Err(report) => {
            let printer = Printer { source: Some(Source { name: &name, text: &text, document: None }) };
            return command.refuse(&report, &printer, streams);
        }
    };
    let printer = Printer { source: Some(Source { name: &name, text: &text, document: Some(&document) }) };
    let mut facts = Facts::new(target.project.clone(), target.stage.clone()).attributes(stacktape_synth::cfn::attributes_of);
    if let Some(region) = &target.region {
        facts = facts.region(region.clone());
    }
    match document.stack(&facts) {
        Ok(stack) => command.run(stack, &target, &printer, streams),
        Err(report) => command.refuse(&report, &printer, streams),
    }
}

/// A project that has no name is called like its directory.
fn name_of(directory: &Path) -> String {
    let name = directory.canonicalize().ok().and_then(|path| path.file_name().map(|name| name.to_string_lossy().to_lowercase()));
    name.unwrap_or_else(|| "stack".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Run {
        outcome: Outcome,
        out: String,
        err: String,
    }

    /// Runs the program over a file with this text.
    fn run(text: &str, arguments: &[&str]) -> Run {
        let project = tempfile::tempdir().expect("a directory");
        let config = project.path().join("stacktape.yml");
        fs::write(&config, text).expect("written");
        run_on(&config, arguments)
    }

    fn run_on(config: &Path, arguments: &[&str]) -> Run {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let config = format!("--config={}", config.display());
        let arguments =
            ["stacktape", "--project-name", "shop", &config].into_iter().chain(arguments.iter().copied()).map(Into::into).collect();
        let outcome = run_with(arguments, None, &mut Streams { out: &mut out, err: &mut err }).expect("memory takes everything");
        let text = |bytes: Vec<u8>| anstream::adapter::strip_str(&String::from_utf8(bytes).expect("text")).to_string();
        Run { outcome, out: text(out), err: text(err) }
    }

    #[test]
    fn a_file_has_the_commands_of_a_program() {
        let run = run("resources: {photos: {type: bucket}}", &["template"]);
        assert_eq!((run.outcome, run.err.as_str()), (Outcome::Fine, ""));
        assert!(run.out.contains("\"AWS::S3::Bucket\"") && run.out.contains("shop-dev"), "{}", run.out);
    }

    #[test]
    fn a_finding_shows_its_line() {
        let text = "resources:\n  photos:\n    type: bucket\n    properties:\n      lifecycleRules:\n        - type: expiration\n          properties: {daysAfterUpload: 0}\n";
        let run = run(text, &["validate"]);
        assert_eq!((run.outcome, run.err.as_str()), (Outcome::Refused, ""));
        for expected in [
            "error[bucket_lifecycle::too_early]: resources.photos.lifecycleRules[0].daysAfterUpload",
            "stacktape.yml:7:41",
            "properties: {daysAfterUpload: 0}",
            "^",
            "1 error, 0 warnings",
        ] {
            assert!(run.out.contains(expected), "no `{expected}` in {}", run.out);
        }
    }

    #[test]
    fn a_report_for_programs_names_the_file() {
        let run = run("resources:\n  photos:\n    typ: bucket\n", &["validate", "--format", "json"]);
        let report: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
        let codes: Vec<_> = report["issues"].as_array().expect("a list").iter().map(|issue| issue["code"].as_str()).collect();
        assert_eq!(codes, [Some("document::missing_key"), Some("document::unknown_key")]);
        let location = &report["issues"][1]["location"];
        assert!(location["file"].as_str().is_some_and(|file| file.ends_with("stacktape.yml")), "{location}");
        assert_eq!((&location["line"], &location["column"]), (&3.into(), &5.into()));
    }

    #[test]
    fn a_text_that_is_no_yaml_is_refused_with_its_line() {
        let run = run("resources: [\n", &["synth"]);
        assert_eq!((run.outcome, run.out.as_str()), (Outcome::Refused, ""));
        assert!(run.err.contains("error[document::syntax]"), "{}", run.err);
    }

    #[test]
    fn a_code_is_explained_without_a_file() {
        let run = run_on(Path::new("nowhere.yml"), &["explain", "compute::fargate_size"]);
        assert_eq!((run.outcome, run.err.as_str()), (Outcome::Fine, ""));
        assert!(run.out.starts_with("error[compute::fargate_size]\n"), "{}", run.out);
        let run = run_on(Path::new("nowhere.yml"), &["explain", "compute::fargate_sise"]);
        assert_eq!((run.outcome, run.out.as_str()), (Outcome::Failed, ""));
        assert!(run.err.contains("help: write `compute::fargate_size`"), "{}", run.err);
    }

    #[test]
    fn a_file_that_is_not_there_is_a_failure() {
        let run = run_on(Path::new("nowhere/stacktape.yml"), &["ls"]);
        assert_eq!((run.outcome, run.out.as_str()), (Outcome::Failed, ""));
        assert!(run.err.starts_with("error: cannot read nowhere/stacktape.yml: "), "{}", run.err);
    }
}
