//! The examples of Stacktape's own pages, in both forms. Their documents are those of the pages; the sources that they build images of
//! are in `examples/apps/pages`. What AWS would refuse in an example, we refuse; mended, both forms become the same template.
//!
//! Each module holds the examples of one part of a page; a new one adds its list to `ALL`.

mod access;
mod containers;
mod traffic;

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value as Json;
use stacktape::assembly::assemble;
use stacktape::document::{Document, Facts};
use stacktape::prelude::*;
use stacktape::report::Report;

const ALL: &[&[Example]] = &[access::EXAMPLES, containers::EXAMPLES, traffic::EXAMPLES];

/// An example of a page.
struct Example {
    /// The name of the document.
    name: &'static str,
    describe: fn(&mut Stack, Form),
    /// The codes and paths of what is found in it as the page has it.
    found: &'static [(&'static str, &'static str)],
    /// What mends the document: texts, and what to write instead.
    mended: &'static [(&'static str, &'static str)],
}

/// Which form of an example.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// As the page has it.
    Written,
    /// As it can be deployed.
    Mended,
}

impl Form {
    /// The task of most examples: Fargate has no tasks with 2 vCPU and 2 GiB.
    fn two_cpus(self) -> Fargate {
        Fargate::new(Cpu::Two, self.choose(Memory::gib(2), Memory::gib(4)))
    }

    fn choose<T>(self, written: T, mended: T) -> T {
        if self == Self::Written { written } else { mended }
    }
}

/// What mends the task of most examples.
const MORE_MEMORY: (&str, &str) = ("memory: 2048", "memory: 4096");

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/seed").join(format!("{name}.yml"))
}

impl Example {
    fn rust(&self, form: Form) -> Stack {
        let mut stack = Stack::new("seed", "dev");
        (self.describe)(&mut stack, form);
        stack
    }

    fn yaml(&self, form: Form) -> Stack {
        let mut text = std::fs::read_to_string(file(self.name)).expect("a document");
        if form == Form::Mended {
            for (written, mended) in self.mended {
                assert!(text.contains(written), "{}: `{written}` is not there", self.name);
                text = text.replace(written, mended);
            }
        }
        let document = Document::parse(&text).unwrap_or_else(|report| panic!("{}: {report}", self.name));
        document
            .stack(&Facts::new("seed", "dev").attributes(stacktape::cfn::attributes_of))
            .unwrap_or_else(|report| panic!("{}: {report}", self.name))
    }

    fn template(&self, stack: Stack) -> String {
        let target = Target::new("seed", "dev").project_directory(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/apps/pages"));
        let assembly = assemble(stack, &target, "cdk.out".as_ref()).unwrap_or_else(|error| panic!("{}: {error:?}", self.name));
        assert!(assembly.warnings().is_empty(), "{}: {}", self.name, assembly.warnings());
        assembly.template_json().to_owned()
    }
}

fn examples() -> impl Iterator<Item = &'static Example> {
    ALL.iter().flat_map(|examples| examples.iter())
}

#[test]
fn what_aws_refuses_in_an_example_is_found_in_both_forms() {
    for example in examples() {
        for stack in [example.rust(Form::Written), example.yaml(Form::Written)] {
            let report = stack.validate().map_or_else(|report| report, |valid| valid.warnings().clone());
            assert_eq!(codes_and_paths(&report), example.found.iter().copied().collect(), "{}: {report}", example.name);
        }
    }
}

fn codes_and_paths(report: &Report) -> BTreeSet<(&str, &str)> {
    report.iter().map(|finding| (finding.code.code, finding.path.as_str())).collect()
}

#[test]
fn mended_both_forms_become_the_same_template() {
    for example in examples() {
        let [rust, yaml] = [example.rust(Form::Mended), example.yaml(Form::Mended)].map(|stack| example.template(stack));
        assert!(rust == yaml, "{}: the forms become different templates", example.name);
    }
}

/// The template of an example that was mended.
fn mended(name: &str) -> Json {
    let example = examples().find(|example| example.name == name).expect("an example");
    serde_json::from_str(&example.template(example.yaml(Form::Mended))).expect("JSON")
}

#[test]
fn every_document_is_an_example() {
    let names: BTreeSet<_> = examples().map(|example| file(example.name)).collect();
    let folder = file("x").parent().expect("a folder").to_owned();
    let paths = std::fs::read_dir(folder).expect("listed").map(|entry| entry.expect("an entry").path());
    let documents: BTreeSet<_> = paths.filter(|path| path.extension().is_some_and(|extension| extension == "yml")).collect();
    assert_eq!(documents, names);
}
