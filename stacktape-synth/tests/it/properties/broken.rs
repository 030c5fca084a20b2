//! A stack that breaks one rule gets that rule's code at that path, and nothing else.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use stacktape_model::codes;
use stacktape_model::report::{Code, Severity};
use stacktape_model::strategy::{Broken, breaking};

use super::cases;

/// Modules whose mistakes a stack cannot have: those of a document are made before there is a stack.
const NOT_OF_STACKS: [&str; 2] = ["directive::", "document::"];

#[test]
fn a_stack_that_breaks_one_rule_gets_its_code_at_its_path_and_nothing_else() {
    for Code { code, severity, .. } in codes() {
        if NOT_OF_STACKS.iter().any(|module| code.starts_with(module)) {
            continue;
        }
        let strategy = breaking(code).unwrap_or_else(|| panic!("nothing breaks `{code}`: write a mistake in strategy/breaking/"));
        let mut runner = TestRunner::new(cases(12));
        let outcome = runner.run(&strategy, |Broken { stack, code: planted, path, .. }| {
            prop_assert_eq!(planted, *code);
            let outcome = stack.validate();
            prop_assert_eq!(outcome.is_err(), *severity == Severity::Error);
            let report = outcome.map_or_else(|report| report, |valid| valid.warnings().clone());
            let found: Vec<_> = report.iter().map(|finding| (finding.code.code, finding.path.as_str())).collect();
            prop_assert_eq!(found, [(*code, path.as_str())], "\n{}", report);
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("{code}: {error}"));
    }
}

#[test]
fn nothing_breaks_what_is_no_code() {
    assert!(breaking("container::nonsense").is_none());
}
