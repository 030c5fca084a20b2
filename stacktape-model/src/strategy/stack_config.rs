//! What is set for a whole stack.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::name::{self, letters, word};
use super::surroundings::{Later, Surroundings};
use super::text::text_later;
use crate::stack_config::{AvailabilityZones, Output, Tag};

/// Outputs with and without a description and an export; values are texts of every kind.
pub fn output(name: impl Into<String>, around: &Surroundings) -> BoxedStrategy<Output> {
    let (name, around) = (name.into(), around.clone());
    output_later().prop_map(move |later| Output { name: name.clone(), ..later.within(&around) }).boxed()
}

/// Outputs that lack their name.
fn output_later() -> BoxedStrategy<Later<Output>> {
    let description = option::of(prop_oneof![Just("What it is".to_owned()), Just("ä".repeat(512))]);
    (text_later(), description, any::<bool>())
        .prop_map(|(value, description, export)| {
            Later::new(move |around| Output { description: description.clone(), export, ..Output::new("", value.within(around)) })
        })
        .boxed()
}

pub(super) fn outputs_later() -> BoxedStrategy<Later<Vec<Output>>> {
    vec((word(name::OUTPUT), output_later()), 0..4)
        .prop_map(|outputs| {
            Later::new(move |around| {
                let named = outputs.iter().enumerate();
                named.map(|(index, (word, output))| Output { name: format!("{word}{}", letters(index)), ..output.within(around) }).collect()
            })
        })
        .boxed()
}

/// Up to five tags with names and values of every length; no two names differ in case only, so that roles take them too.
pub fn tags() -> impl Strategy<Value = Vec<Tag>> {
    let value = prop_oneof![Just("value".to_owned()), Just(String::new()), "[a-zA-Z0-9 _.:/=+@-]{1,30}", Just("ä".repeat(256))];
    vec((word(name::TAG), value), 0..6).prop_map(|tags| {
        let named = tags.into_iter().enumerate();
        named.map(|(index, (word, value))| Tag::new(format!("{word}{}", letters(index)), value)).collect()
    })
}

/// Two or three availability zones.
pub fn availability_zones() -> impl Strategy<Value = AvailabilityZones> {
    select(vec![AvailabilityZones::Two, AvailabilityZones::Three])
}
