//! Streams.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::raw_resource::override_of;
use super::removal_policy;
use super::surroundings::Named;
use crate::kinesis_stream::{CapacityMode, KinesisStream, StreamEncryption};
use crate::stack_config::Tag;
use crate::text::{Fact, Text};

/// Streams with any of their properties. Shrinks to one without any.
pub fn kinesis_stream(name: impl Into<String>) -> BoxedStrategy<KinesisStream> {
    let name = name.into();
    named().prop_map(move |make| make.named(&name)).boxed()
}

/// Cuts values that a stream is one character too short for.
pub(super) fn shorten_tags(tags: &mut [Tag]) {
    for tag in tags {
        tag.value = tag.value.chars().take(255).collect();
    }
}

const OVERRIDES: &[(&str, &str, &str)] = &[("KinesisStream", "MaxRecordSizeInKiB", "2048")];

pub(super) fn named() -> BoxedStrategy<Named<KinesisStream>> {
    let capacity = option::of(option::of(1..=200_u32));
    let key = prop_oneof![
        Just(None),
        Just(Some(Text::from("arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"))),
        Just(Some(Text::joined([
            "arn:".into(),
            Fact::Partition.into(),
            ":kms:".into(),
            Fact::Region.into(),
            ":123456789012:key/mrk-1234".into()
        ]))),
    ];
    let settings = (option::of(select(vec![24, 168, 8760_u32])), option::of(key), any::<bool>(), removal_policy());
    (capacity, settings, override_of(OVERRIDES))
        .prop_map(|(capacity, (retention, encryption, fan_out, removal), overrides)| {
            Named::new(move |name| {
                let mut stream = KinesisStream::builder(name)
                    .enable_enhanced_fan_out(fan_out)
                    .removal_policy(removal)
                    .overrides(overrides.iter().map(|role| role.of(name)));
                if let Some(shards) = capacity {
                    stream = stream.capacity_mode(CapacityMode::Provisioned);
                    stream = if let Some(shards) = shards { stream.shard_count(shards) } else { stream };
                }
                if let Some(hours) = retention {
                    stream = stream.retention_period_hours(hours);
                }
                match &encryption {
                    Some(Some(key)) => stream.encryption(StreamEncryption::builder().kms_key_arn(key.clone())).build(),
                    Some(None) => stream.encryption(StreamEncryption::builder()).build(),
                    None => stream.build(),
                }
            })
        })
        .boxed()
}
