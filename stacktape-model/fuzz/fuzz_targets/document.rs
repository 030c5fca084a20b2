//! Any text as a document: reading it ends, in a stack or in a report, and a stack that validates is written and read again as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use stacktape_model::document::{Document, Facts};
use stacktape_model::stack::Stack;

fn read(text: &str) -> Option<Stack> {
    let document = Document::parse(text).ok()?;
    match document.stack(&Facts::new("shop", "dev")) {
        Ok(stack) => Some(stack),
        Err(report) => {
            assert!(report.has_errors());
            None
        }
    }
}

fuzz_target!(|text: &str| {
    let Some(stack) = read(text) else { return };
    let written = serde_json::to_string(&stack).expect("a stack is JSON");
    if let Ok(valid) = stack.clone().validate() {
        let again = read(&written).unwrap_or_else(|| panic!("{written}"));
        let again = again.validate().unwrap_or_else(|report| panic!("{report}"));
        assert_eq!(again.resources(), valid.resources(), "{written}");
    }
});
