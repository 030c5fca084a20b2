//! Any text as the value of a variable, of a secret's place and of a name: directives are resolved, or told.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::json;
use stacktape_model::document::{Document, Facts};

fuzz_target!(|texts: (&str, &str)| {
    let (first, second) = texts;
    let container = json!({
        "name": second,
        "packaging": {"type": "prebuilt-image", "properties": {"image": first}},
        "environment": {"X": first, "Y": second},
    });
    let json = json!({
        "variables": {"a": first, "b": {"c": [second, first]}},
        "resources": {
            "photos": {"type": "bucket", "overrides": {"PhotosBucket": {"A.B": first}}},
            "api": {"type": "multi-container-workload", "properties": {"resources": {"cpu": 1, "memory": 2048}, "containers": [container]}},
        },
        "stackConfig": {"outputs": [{"name": "x", "value": first}]},
    });
    let document: Document = serde_json::from_value(json).expect("a document");
    match document.stack(&Facts::new("shop", "dev").region("eu-west-1")) {
        Ok(stack) => {
            let written = serde_json::to_value(&stack).expect("a stack is JSON");
            let again: Document = serde_json::from_value(written.clone()).expect("a document");
            let again = again.stack(&Facts::new("shop", "dev")).unwrap_or_else(|report| panic!("{report}\n{written:#}"));
            assert_eq!(again, stack, "{written:#}");
        }
        Err(report) => assert!(report.has_errors()),
    }
});
