//! The plumbing of the tests. Helpers are `#[track_caller]`, so that what they build is written where they are called.

use stacktape_model::compute::Fargate;
use stacktape_model::container::{Container, ContainerBuilder, Image};
use stacktape_model::multi_container_workload::{MultiContainerWorkload, MultiContainerWorkloadBuilder};
use stacktape_model::origin::Origin;
use stacktape_model::report::{Finding, Report};
use stacktape_model::resource::Resource;
use stacktape_model::stack::Stack;
use stacktape_model::units::{Cpu, Memory};

/// A stack `shop-dev` with nothing in it.
#[track_caller]
pub(crate) fn empty() -> Stack {
    Stack::new("shop", "dev")
}

/// A stack with these resources.
#[track_caller]
pub(crate) fn stack<R: Into<Resource>>(resources: impl IntoIterator<Item = R>) -> Stack {
    let mut stack = empty();
    for resource in resources {
        stack.add(resource);
    }
    stack
}

/// A workload `api` with one container.
#[track_caller]
pub(crate) fn api(container: impl Into<Container>) -> MultiContainerWorkloadBuilder {
    workload("api").container(container)
}

/// A workload without a container yet.
#[track_caller]
pub(crate) fn workload(name: &str) -> MultiContainerWorkloadBuilder {
    MultiContainerWorkload::builder(name, Fargate::new(Cpu::Half, Memory::gib(1)))
}

/// A container `web`.
#[track_caller]
pub(crate) fn web() -> ContainerBuilder {
    named("web")
}

/// A container with this name.
#[track_caller]
pub(crate) fn named(name: &str) -> ContainerBuilder {
    Container::builder(name, Image::prebuilt("nginx:1.29"))
}

/// A stack with a workload `api` of these containers.
#[track_caller]
pub(crate) fn running<C: Into<Container>>(containers: impl IntoIterator<Item = C>) -> Stack {
    stack([workload("api").containers(containers)])
}

/// What is found in a stack, refused or not.
pub(crate) fn found(stack: Stack) -> Report {
    match stack.validate() {
        Ok(valid) => valid.warnings().clone(),
        Err(report) => report,
    }
}

/// The codes of what is found, with their paths, in the order of the report.
pub(crate) fn codes_and_paths(report: &Report) -> Vec<(&str, &str)> {
    report.iter().map(|finding| (finding.code.code, finding.path.as_str())).collect()
}

/// One rule: what breaks it, and what just does not.
pub(crate) struct Rule {
    code: &'static str,
    written: Origin,
    broken: Vec<Broken>,
    kept: Vec<(Stack, Origin)>,
}

struct Broken {
    stack: Stack,
    path: String,
    refused: bool,
    words: Option<(String, String)>,
    written: Origin,
}

/// The rule with this code.
#[track_caller]
pub(crate) fn rule(code: &'static str) -> Rule {
    Rule { code, written: Origin::here(), broken: Vec::new(), kept: Vec::new() }
}

impl Rule {
    /// The stack is refused for this rule and nothing else.
    #[track_caller]
    pub(crate) fn refuses(self, path: &str, stack: Stack) -> Self {
        self.broken(path, stack, true)
    }

    /// The stack is taken, with this one warning.
    #[track_caller]
    pub(crate) fn warns(self, path: &str, stack: Stack) -> Self {
        self.broken(path, stack, false)
    }

    #[track_caller]
    fn broken(mut self, path: &str, stack: Stack, refused: bool) -> Self {
        self.broken.push(Broken { stack, path: path.to_owned(), refused, words: None, written: Origin::here() });
        self
    }

    /// The message and the help of the case before, word by word.
    pub(crate) fn saying(mut self, message: &str, help: &str) -> Self {
        let last = self.broken.last_mut().expect("`saying` stands behind a case");
        last.words = Some((message.to_owned(), help.to_owned()));
        self
    }

    /// The stack is taken, with nothing to say about it.
    #[track_caller]
    pub(crate) fn takes(mut self, stack: Stack) -> Self {
        self.kept.push((stack, Origin::here()));
        self
    }

    pub(crate) fn code(&self) -> &'static str {
        self.code
    }

    /// Whether the rule has a case on either side.
    pub(crate) fn is_covered(&self) -> bool {
        !self.broken.is_empty() && !self.kept.is_empty()
    }

    fn check(self) {
        let Self { code, written, broken, kept } = self;
        assert!(!broken.is_empty(), "{written:?}: nothing breaks `{code}`");
        assert!(!kept.is_empty(), "{written:?}: nothing keeps `{code}`");
        for case in broken {
            case.check(code);
        }
        for (stack, place) in kept {
            let report = found(stack);
            assert!(report.is_empty(), "{place:?}: nothing was to be found, but\n{report}");
        }
    }
}

impl Broken {
    fn check(self, code: &str) {
        let Self { stack, path, refused, words, written } = self;
        let outcome = stack.validate();
        assert_eq!(outcome.is_err(), refused, "{written:?}: `{code}` refuses or warns");
        let report = outcome.map_or_else(|report| report, |valid| valid.warnings().clone());
        assert_eq!(codes_and_paths(&report), [(code, path.as_str())], "{written:?}:\n{report}");
        let finding: &Finding = report.iter().next().expect("one finding");
        assert_eq!(finding.is_error(), refused, "{written:?}: {finding}");
        let origin = finding.origin.unwrap_or_else(|| panic!("{written:?}: `{code}` points nowhere"));
        assert_eq!(origin.file(), written.file(), "{written:?}: {finding}");
        if let Some((message, help)) = words {
            assert_eq!((finding.message.as_str(), finding.help.as_str()), (message.as_str(), help.as_str()), "{written:?}");
        }
    }
}

/// Checks every case of these rules.
pub(crate) fn check(rules: Vec<Rule>) {
    for rule in rules {
        rule.check();
    }
}
