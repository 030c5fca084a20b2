//! Mistakes in streams.

use super::planting::{Mistake, Planting};
use crate::kinesis_stream::{CapacityMode, KinesisStream, StreamEncryption};
use crate::strategy::kinesis_stream::shorten_tags;

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::anywhere("kinesis_stream::shards_on_demand", |planting| {
        let shards = planting.one(&[1, 0, 100]);
        add(planting, KinesisStream::builder("planted").shard_count(shards), "shardCount")
    }),
    Mistake::anywhere("kinesis_stream::no_shard", |planting| {
        let stream = KinesisStream::builder("planted").capacity_mode(CapacityMode::Provisioned).shard_count(0);
        add(planting, stream, "shardCount")
    }),
    Mistake::anywhere("kinesis_stream::retention_period", |planting| {
        let hours = planting.one(&[23, 8761, 0]);
        add(planting, KinesisStream::builder("planted").retention_period_hours(hours), "retentionPeriodHours")
    }),
    Mistake::anywhere("kinesis_stream::tag_value", |planting| {
        let value = planting.text(&[&"a".repeat(256), &"ä".repeat(256)]);
        add(planting, KinesisStream::builder("planted"), "");
        planting.stack.tag("planted", value);
        format!("stackConfig.tags[{}].value", planting.stack.config.tags.len() - 1)
    }),
    Mistake::anywhere("kinesis_stream::kms_key_arn", |planting| {
        let arn =
            planting.one(&["alias/mine", "arn:aws:kms:us-east-1:123456789012:alias/mine", "arn:aws:kms:us-east-1:123456789012:key/", ""]);
        let encryption = StreamEncryption::builder().kms_key_arn(arn);
        add(planting, KinesisStream::builder("planted").encryption(encryption), "encryption.kmsKeyArn")
    }),
];

/// Adds the stream `planted`, and leaves the tags that it takes.
pub(super) fn add(planting: &mut Planting<'_>, stream: impl Into<KinesisStream>, field: &str) -> String {
    shorten_tags(&mut planting.stack.config.tags);
    planting.stack.add(stream.into());
    format!("resources.planted.{field}")
}
