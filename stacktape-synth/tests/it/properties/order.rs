//! The order of adding, and how often a stack is rendered, never change a byte.

use proptest::prelude::*;
use stacktape_model::overrides::Override;
use stacktape_model::raw_resource::RawResource;
use stacktape_model::resource::Resource;
use stacktape_model::stack::{Stack, ValidStack};
use stacktape_model::stack_config::{Output, StackConfig, Tag};
use stacktape_model::strategy::StackStrategy;
use stacktape_synth::synthesize;

use super::{cases, validated};

/// What is added to a stack, in some order.
#[derive(Clone, Debug)]
struct Added {
    stack: Stack,
    resources: Vec<Resource>,
    raw_resources: Vec<RawResource>,
    outputs: Vec<Output>,
    tags: Vec<Tag>,
    overrides: Vec<Override>,
}

impl Added {
    fn of(valid: &ValidStack) -> Self {
        let mut stack = Stack::new(valid.project(), valid.stage());
        stack.configure(StackConfig { vpc: valid.config().vpc.clone(), ..StackConfig::default() });
        Self {
            stack,
            resources: valid.resources().to_vec(),
            raw_resources: valid.raw_resources().to_vec(),
            outputs: valid.config().outputs.clone(),
            tags: valid.config().tags.clone(),
            overrides: valid.overrides().to_vec(),
        }
    }

    fn stack(self) -> Stack {
        let Self { mut stack, resources, raw_resources, outputs, tags, overrides } = self;
        for tag in tags {
            stack.tag(tag.name, tag.value);
        }
        for raw in raw_resources {
            stack.add_raw(raw);
        }
        for output in outputs {
            stack.output(output);
        }
        for resource in resources {
            stack.add(resource);
        }
        for value in overrides {
            stack.override_with(value);
        }
        stack
    }
}

fn shuffled() -> impl Strategy<Value = (Added, Added)> {
    let stacks = StackStrategy::new().buckets(1..=3).raw_resources(0..=3);
    stacks.prop_flat_map(|stack| {
        let added = Added::of(&validated(stack));
        let lists = (
            Just(added.resources.clone()).prop_shuffle(),
            Just(added.raw_resources.clone()).prop_shuffle(),
            Just(added.outputs.clone()).prop_shuffle(),
            Just(added.tags.clone()).prop_shuffle(),
        );
        lists.prop_map(move |(resources, raw_resources, outputs, tags)| {
            let other = Added { resources, raw_resources, outputs, tags, ..added.clone() };
            (added.clone(), other)
        })
    })
}

fn printed(stack: Stack) -> String {
    let synthesis = synthesize(&validated(stack)).unwrap_or_else(|report| panic!("a valid stack has no template:\n{report}"));
    // What is built has no name yet: its path stands for it.
    serde_json::to_string_pretty(&synthesis.template.to_value()).expect("JSON")
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn the_order_of_adding_never_changes_a_byte((added, other) in shuffled()) {
        let template = printed(added.clone().stack());
        prop_assert_eq!(&template, &printed(other.stack()));
        // Nor does rendering it once more.
        prop_assert_eq!(&template, &printed(added.stack()));
    }
}
