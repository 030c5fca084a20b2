//! The examples in YAML: each is read as the command line would read it, and trips its code and no other.

use std::fs::{self, File};
use std::path::Path;

use stacktape::assembly::{AssembleError, assemble};
use stacktape::document::{Document, Facts};
use stacktape::explain::{Entry, Example};
use stacktape::report::Report;
use stacktape::{Target, stack::Stack};

use super::{check, entries, found};

#[test]
fn every_example_in_yaml_trips_its_code() {
    for entry in entries() {
        let Example::Yaml(text) = entry.example else { continue };
        check(&entry, &read(text).map_or_else(|report| report, |stack| found_in(&entry, text, stack)));
    }
}

fn read(text: &str) -> Result<Stack, Report> {
    Document::parse(text)?.stack(&Facts::new("shop", "dev"))
}

/// Mistakes in what images are built from only show in a project.
fn found_in(entry: &Entry, text: &str, stack: Stack) -> Report {
    if !entry.code.code.starts_with("asset::") {
        return found(stack);
    }
    let home = tempfile::tempdir().expect("a directory");
    write_files(text, home.path());
    let target = Target::new("shop", "dev").project_directory(home.path());
    match assemble(stack, &target, &home.path().join("cdk.out")) {
        Err(AssembleError::Refused(report)) => report,
        Ok(assembly) => assembly.warnings().clone(),
        Err(error) => panic!("{}: {error:?}", entry.code.code),
    }
}

/// Writes the files that an example speaks of, in comments such as ``# `Dockerfile` holds `FROM scratch` ``.
fn write_files(text: &str, project: &Path) {
    for line in text.lines().filter(|line| line.starts_with('#')) {
        let words: Vec<_> = line.split('`').collect();
        let ["# ", file, rest @ ..] = words.as_slice() else { panic!("what does `{line}` mean?") };
        let path = project.join(file);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        match rest {
            [" holds ", content, ""] => fs::write(path, content).expect("written"),
            #[cfg(unix)]
            [" leads to ", target, ""] => std::os::unix::fs::symlink(target, path).expect("linked"),
            [holds] => {
                let size = holds.strip_prefix(" holds ").and_then(|rest| rest.strip_suffix(" bytes")).expect("a number of bytes");
                File::create(path).expect("made").set_len(size.parse().expect("a number")).expect("set");
            }
            _ => panic!("what does `{line}` mean?"),
        }
    }
}
