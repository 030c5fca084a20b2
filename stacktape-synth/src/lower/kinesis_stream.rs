//! `kinesis-stream` becomes a Kinesis stream, with a consumer where fan-out is enhanced.

use stacktape_model::kinesis_stream::{
    CapacityMode, KinesisStream, KinesisStreamParam, KinesisStreamParts, StreamEncryption, StreamEncryptionParts,
};
use stacktape_model::stack::ValidStack;

use crate::cfn::kinesis::{self, stream};
use crate::cfn::{PropertyType, Value};
use crate::fragment::Fragment;
use crate::lower::{removal, text};
use crate::plan::Plan;
use crate::policy::Grant;
use crate::{logical_id, physical_name};

/// Kinesis keeps records so long where nothing is said. It is said, since a default of AWS may change.
const RETENTION_HOURS: u32 = 24;
const CONSUMER_NAME_MAX: usize = 128;
/// The key that AWS keeps for Kinesis in each account.
const AWS_KEY: &str = "alias/aws/kinesis";

pub(super) fn lower(of: &KinesisStream, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let KinesisStreamParts {
        name,
        capacity_mode,
        shard_count,
        retention_period_hours,
        encryption,
        enable_enhanced_fan_out,
        removal_policy,
        overrides: _, // applied when the template is merged
    } = of.parts();
    let id = logical_id::stream(name);
    let (mode, shards) = match capacity_mode {
        CapacityMode::OnDemand => (stream::StreamModeDetailsStreamMode::OnDemand, None),
        CapacityMode::Provisioned => (stream::StreamModeDetailsStreamMode::Provisioned, Some(shard_count.unwrap_or(1))),
    };
    let resource = kinesis::Stream::new()
        .stream_mode_details(stream::StreamModeDetails::new(mode))
        .set_some(shards, kinesis::Stream::shard_count)
        .retention_period_hours(retention_period_hours.unwrap_or(RETENTION_HOURS))
        .set_some(encryption.as_ref().map(|encryption| encrypted(encryption, plan.stack)), kinesis::Stream::stream_encryption)
        .tags(plan.tags.list());
    fragment.add(&id, resource).on_removal(removal(*removal_policy));
    if *enable_enhanced_fan_out {
        // Without tags: a change of them would replace the consumer by one of the same name, which Kinesis refuses.
        let consumer_name = physical_name::of(plan.stack.name(), name, CONSUMER_NAME_MAX);
        fragment.add(&logical_id::stream_consumer(name), kinesis::StreamConsumer::new(consumer_name, id.att_arn()));
    }
}

fn encrypted(encryption: &StreamEncryption, stack: &ValidStack) -> stream::StreamEncryption {
    let StreamEncryptionParts { kms_key_arn } = encryption.parts();
    let key = kms_key_arn.as_ref().map_or_else(|| AWS_KEY.into(), |key| text::lower(key, stack));
    stream::StreamEncryption::new(stream::StreamEncryptionEncryptionType::Kms, key)
}

/// A parameter of a stream.
pub(super) fn param(stream: &str, param: KinesisStreamParam) -> Value<String> {
    let id = logical_id::stream(stream);
    match param {
        KinesisStreamParam::Arn => id.att_arn(),
        KinesisStreamParam::Name => id.reference(),
        KinesisStreamParam::ConsumerArn => logical_id::stream_consumer(stream).att_consumer_arn(),
    }
}

/// What a workload that is connected to the stream may do.
pub(super) fn grants(stream: &KinesisStream, stack: &ValidStack) -> Vec<Grant> {
    let KinesisStreamParts { name, encryption, enable_enhanced_fan_out, .. } = stream.parts();
    let actions = [
        "kinesis:DescribeStream",
        "kinesis:DescribeStreamSummary",
        "kinesis:GetRecords",
        "kinesis:GetShardIterator",
        "kinesis:ListShards",
        "kinesis:PutRecord",
        "kinesis:PutRecords",
    ];
    let mut grants = vec![Grant::new(actions, [logical_id::stream(name).att_arn()])];
    if *enable_enhanced_fan_out {
        let consumer = logical_id::stream_consumer(name).att_consumer_arn();
        grants.push(Grant::new(["kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard"], [consumer]));
    }
    // The key that AWS keeps may be used by whoever may use the stream.
    if let Some(StreamEncryptionParts { kms_key_arn: Some(key) }) = encryption.as_ref().map(StreamEncryption::parts) {
        grants.push(Grant::new(["kms:Decrypt", "kms:GenerateDataKey"], [text::lower(key, stack)]));
    }
    grants
}

/// What whoever reads the stream may do with a key of the user's own.
pub(super) fn key_to_read(stream: &KinesisStream, stack: &ValidStack) -> Option<Grant> {
    let key = stream.parts().encryption.as_ref()?.parts().kms_key_arn.as_ref()?;
    Some(Grant::new(["kms:Decrypt"], [text::lower(key, stack)]))
}
