//! The plumbing of the tests: rules with what breaks them, and what just does not.

use std::fs;

use stacktape_model::compute::Fargate;
use stacktape_model::container::{Container, ContainerBuilder, Image};
use stacktape_model::multi_container_workload::{MultiContainerWorkload, MultiContainerWorkloadBuilder};
use stacktape_model::origin::Origin;
use stacktape_model::raw_resource::RawResource;
use stacktape_model::report::Report;
use stacktape_model::stack::Stack;
use stacktape_model::units::{Cpu, Memory};
use stacktape_synth::Target;
use stacktape_synth::assembly::{AssembleError, assemble};
use tempfile::TempDir;

/// A stack `shop-dev` with nothing in it.
#[track_caller]
pub(crate) fn empty() -> Stack {
    Stack::new("shop", "dev")
}

/// A stack with these raw resources.
#[track_caller]
pub(crate) fn raw(resources: impl IntoIterator<Item = RawResource>) -> Stack {
    let mut stack = empty();
    for resource in resources {
        stack.add_raw(resource);
    }
    stack
}

/// A topic with this logical id.
#[track_caller]
pub(crate) fn topic(id: &str) -> RawResource {
    RawResource::new(id, "AWS::SNS::Topic")
}

/// A workload `api` with one container `web`.
#[track_caller]
pub(crate) fn api(web: ContainerBuilder) -> MultiContainerWorkloadBuilder {
    MultiContainerWorkload::builder("api", Fargate::new(Cpu::Half, Memory::gib(1))).container(web)
}

/// A container `web`.
#[track_caller]
pub(crate) fn web(image: impl Into<Image>) -> ContainerBuilder {
    Container::builder("web", image)
}

/// The directory of a project, with files.
#[derive(Debug)]
pub(crate) struct Project(TempDir);

impl Project {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let home = tempfile::tempdir().expect("a directory");
        for (path, text) in files {
            let path = home.path().join("project").join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            fs::write(path, text).expect("written");
        }
        Self(home)
    }

    /// With a file of so many bytes, which holds nothing.
    pub(crate) fn sized(self, path: &str, bytes: u64) -> Self {
        let path = self.0.path().join("project").join(path);
        fs::File::create(path).expect("made").set_len(bytes).expect("set");
        self
    }

    /// With a link that leads elsewhere.
    #[cfg(unix)]
    pub(crate) fn linked(self, path: &str, to: &str) -> Self {
        std::os::unix::fs::symlink(to, self.0.path().join("project").join(path)).expect("linked");
        self
    }
}

/// One rule: what breaks it, and what just does not.
pub(crate) struct Rule {
    code: &'static str,
    cases: Vec<Case>,
}

struct Case {
    stack: Stack,
    project: Project,
    outcome: Outcome,
    written: Origin,
}

enum Outcome {
    Refused { path: &'static str },
    Warned { path: &'static str },
    Taken,
}

/// The rule with this code.
pub(crate) fn rule(code: &'static str) -> Rule {
    Rule { code, cases: Vec::new() }
}

impl Rule {
    /// The stack is refused for this rule and nothing else.
    #[track_caller]
    pub(crate) fn refuses(self, path: &'static str, stack: Stack) -> Self {
        self.refuses_in(Project::new(&[]), path, stack)
    }

    /// The stack is refused for this rule and nothing else, in a project with files.
    #[track_caller]
    pub(crate) fn refuses_in(self, project: Project, path: &'static str, stack: Stack) -> Self {
        self.case(project, stack, Outcome::Refused { path })
    }

    /// The stack is taken, with this one warning.
    #[track_caller]
    pub(crate) fn warns(self, path: &'static str, stack: Stack) -> Self {
        self.case(Project::new(&[]), stack, Outcome::Warned { path })
    }

    /// The stack is taken in a project with files, with this one warning.
    #[track_caller]
    pub(crate) fn warns_in(self, project: Project, path: &'static str, stack: Stack) -> Self {
        self.case(project, stack, Outcome::Warned { path })
    }

    /// The stack is taken, and this rule has nothing to say about it.
    #[track_caller]
    pub(crate) fn takes(self, stack: Stack) -> Self {
        self.takes_in(Project::new(&[]), stack)
    }

    /// The stack is taken in a project with files, and this rule has nothing to say about it.
    #[track_caller]
    pub(crate) fn takes_in(self, project: Project, stack: Stack) -> Self {
        self.case(project, stack, Outcome::Taken)
    }

    #[track_caller]
    fn case(mut self, project: Project, stack: Stack, outcome: Outcome) -> Self {
        self.cases.push(Case { stack, project, outcome, written: Origin::here() });
        self
    }

    pub(crate) fn code(&self) -> &'static str {
        self.code
    }

    /// Whether the rule has a case on either side.
    pub(crate) fn is_covered(&self) -> bool {
        let is_taken = |case: &Case| matches!(case.outcome, Outcome::Taken);
        self.cases.iter().any(is_taken) && !self.cases.iter().all(is_taken)
    }

    pub(crate) fn check(self) {
        for case in self.cases {
            case.check(self.code);
        }
    }
}

impl Case {
    fn check(self, code: &str) {
        let Self { stack, project, outcome, written } = self;
        let root = project.0.path().join("project");
        fs::create_dir_all(&root).expect("made");
        let target = Target::new("shop", "dev").project_directory(&root);
        let found = match assemble(stack, &target, &root.join("cdk.out")) {
            Ok(assembly) => Ok(assembly.warnings().clone()),
            Err(AssembleError::Refused(report)) => Err(report),
            Err(error) => panic!("{written:?}: `{code}`: {error}"),
        };
        let codes =
            |report: &Report| -> Vec<_> { report.iter().map(|finding| (finding.code.code.to_owned(), finding.path.clone())).collect() };
        let expected = |path: &str| [(code.to_owned(), path.to_owned())];
        match (outcome, found) {
            (Outcome::Refused { path }, Err(report)) | (Outcome::Warned { path }, Ok(report)) => {
                assert_eq!(codes(&report), expected(path), "{written:?}:\n{report}");
            }
            (Outcome::Taken, Ok(report)) => {
                assert!(report.iter().all(|finding| finding.code.code != code), "{written:?}: taken, but\n{report}");
            }
            (Outcome::Refused { .. }, Ok(report)) => panic!("{written:?}: `{code}` did not refuse\n{report}"),
            (Outcome::Warned { .. } | Outcome::Taken, Err(report)) => panic!("{written:?}: `{code}`: refused\n{report}"),
        }
    }
}
