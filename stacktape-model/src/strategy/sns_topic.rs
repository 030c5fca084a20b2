//! Topics.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::raw_resource::override_of;
use super::surroundings::Named;
use crate::sns_topic::SnsTopic;

/// Topics with any of their properties. Shrinks to one without any.
pub fn sns_topic(name: impl Into<String>) -> BoxedStrategy<SnsTopic> {
    let name = name.into();
    named().prop_map(move |make| make.named(&name)).boxed()
}

const OVERRIDES: &[(&str, &str, &str)] = &[("Topic", "SignatureVersion", "\"2\""), ("Topic", "TracingConfig", "\"Active\"")];

pub(super) fn named() -> BoxedStrategy<Named<SnsTopic>> {
    let display_name = option::of(select(vec!["Shop", "größer 日本", "elevenlong!"]));
    (display_name, any::<[bool; 2]>(), override_of(OVERRIDES))
        .prop_map(|(display_name, [fifo, by_content], overrides)| {
            Named::new(move |name| {
                let topic = SnsTopic::builder(name)
                    .fifo_enabled(fifo)
                    .content_based_deduplication(fifo && by_content)
                    .overrides(overrides.iter().map(|role| role.of(name)));
                match display_name {
                    Some(display_name) => topic.sms_display_name(display_name).build(),
                    None => topic.build(),
                }
            })
        })
        .boxed()
}
