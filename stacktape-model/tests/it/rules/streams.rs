//! Streams.

use stacktape_model::kinesis_stream::{CapacityMode, KinesisStream, KinesisStreamBuilder, StreamEncryption};
use stacktape_model::stack::Stack;
use stacktape_model::text::{Fact, Text};

use crate::support::{Rule, empty, rule, stack};

#[track_caller]
fn stream() -> KinesisStreamBuilder {
    KinesisStream::builder("clicks")
}

#[track_caller]
fn kept(hours: u32) -> Stack {
    stack([stream().retention_period_hours(hours)])
}

#[track_caller]
fn provisioned(shards: u32) -> Stack {
    stack([stream().capacity_mode(CapacityMode::Provisioned).shard_count(shards)])
}

#[track_caller]
fn encrypted(arn: impl Into<Text>) -> Stack {
    stack([stream().encryption(StreamEncryption::builder().kms_key_arn(arn))])
}

#[track_caller]
fn tagged(letters: usize, with_stream: bool) -> Stack {
    let mut stack = empty();
    stack.tag("team", "ä".repeat(letters));
    if with_stream {
        stack.add(stream());
    }
    stack
}

pub(crate) fn rules() -> Vec<Rule> {
    const KEY: &str = "resources.clicks.encryption.kmsKeyArn";
    vec![
        rule("kinesis_stream::shards_on_demand")
            .refuses("resources.clicks.shardCount", stack([stream().shard_count(1)]))
            .saying(
                "found a number of shards of a stream whose capacity is on demand, expected it with provisioned capacity only",
                "add `.capacity_mode(CapacityMode::Provisioned)`, or remove the number",
            )
            .takes(stack([stream()]))
            .takes(stack([stream().capacity_mode(CapacityMode::Provisioned)])),
        rule("kinesis_stream::no_shard")
            .refuses("resources.clicks.shardCount", provisioned(0))
            .saying("found 0 shards, expected at least 1", "write 1 or more")
            .takes(provisioned(1)),
        rule("kinesis_stream::retention_period")
            .refuses("resources.clicks.retentionPeriodHours", kept(23))
            .saying("found 23 hours, expected 24 to 8760", "write a number from 24 to 8760")
            .refuses("resources.clicks.retentionPeriodHours", kept(8761))
            .takes(kept(24))
            .takes(kept(8760)),
        rule("kinesis_stream::tag_value")
            .refuses("stackConfig.tags[0].value", tagged(256, true))
            .saying(
                "found a value of 256 characters of the tag `team`, expected at most 255 in a stack with a stream",
                "shorten the value",
            )
            .takes(tagged(255, true))
            .takes(tagged(256, false)),
        rule("kinesis_stream::kms_key_arn")
            .refuses(KEY, encrypted("alias/mine"))
            .saying(
                "found `alias/mine`, expected the ARN of a key in KMS",
                "write an ARN such as `arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab`",
            )
            .refuses(KEY, encrypted("arn:aws:kms:eu-west-1:123456789012:alias/mine"))
            .refuses(KEY, encrypted("arn:aws:kms:eu-west-1:123456789012:key/"))
            .takes(encrypted("arn:aws:kms:eu-west-1:123456789012:key/mrk-1234"))
            .takes(encrypted(Text::joined(["arn:aws:kms:".into(), Fact::Region.into(), ":123456789012:key/1234".into()])))
            .takes(stack([stream().encryption(StreamEncryption::builder())])),
    ]
}
