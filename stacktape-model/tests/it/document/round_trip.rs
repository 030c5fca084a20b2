//! Nothing is lost between Rust and YAML, and no text makes the door fall shut.

use proptest::prelude::*;
use stacktape_model::document::{Document, Facts};
use stacktape_model::stack::{Stack, ValidStack};
use stacktape_model::strategy::StackStrategy;

fn valid(stack: Stack) -> ValidStack {
    stack.validate().expect("a valid stack")
}

fn read(stack: &Stack, text: &str) -> Stack {
    let document = Document::parse(text).unwrap_or_else(|report| panic!("{report}\n{text}"));
    document.stack(&Facts::new(stack.project(), stack.stage())).unwrap_or_else(|report| panic!("{}\n{text}", document.place(report)))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn a_stack_survives_json(stack in StackStrategy::new()) {
        let text = serde_json::to_string_pretty(&stack).expect("JSON");
        prop_assert_eq!(valid(read(&stack, &text)), valid(stack), "{}", text);
    }

    #[test]
    fn a_stack_survives_yaml_and_its_text_is_stable(stack in StackStrategy::new()) {
        let text = serde_saphyr::to_string(&stack).expect("YAML");
        let again = read(&stack, &text);
        prop_assert_eq!(&serde_saphyr::to_string(&again).expect("YAML"), &text);
        prop_assert_eq!(valid(again), valid(stack), "{}", text);
    }

    #[test]
    fn any_bytes_are_a_stack_or_a_report(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        ends(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn a_text_with_a_hole_is_a_stack_or_a_report(
        stack in StackStrategy::new(),
        hole in (any::<prop::sample::Index>(), 0..20_usize),
        filling in "[ a-z0-9:{}\\[\\],&*!|>'\"$()\n-]{0,6}",
    ) {
        let text = serde_saphyr::to_string(&stack).expect("YAML");
        let letters: Vec<char> = text.chars().collect();
        let begin = hole.0.index(letters.len());
        let end = (begin + hole.1).min(letters.len());
        let holed: String = letters[..begin].iter().copied().chain(filling.chars()).chain(letters[end..].iter().copied()).collect();
        ends(&holed);
    }
}

/// Reading ends, and whatever is found has a place in the text, a message and a help.
fn ends(text: &str) {
    let found = match Document::parse(text) {
        Err(report) => report,
        Ok(document) => match document.stack(&Facts::new("shop", "dev")) {
            Err(report) => report,
            Ok(stack) => match stack.validate() {
                Err(report) => document.place(report),
                Ok(_) => return,
            },
        },
    };
    assert!(found.has_errors(), "{text:?}");
    let lines = u32::try_from(text.lines().count()).expect("few lines");
    for finding in found.iter() {
        let origin = finding.origin.unwrap_or_else(|| panic!("{finding} has no place in {text:?}"));
        assert!((1..=lines.max(1) + 1).contains(&origin.line()) && origin.column() >= 1, "{finding}\n{text:?}");
        assert!(!finding.message.is_empty() && !finding.help.is_empty(), "{finding}");
    }
}
