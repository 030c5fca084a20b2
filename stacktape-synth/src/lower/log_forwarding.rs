//! Logs that go to another service: delivery streams of Amazon Data Firehose, and what they and CloudWatch Logs may do.

use stacktape_model::log_forwarding::{
    DatadogForwarding, DatadogForwardingParts, HighlightForwarding, HighlightForwardingParts, HttpEndpointForwarding,
    HttpEndpointForwardingParts, LogForwarding,
};
use stacktape_model::text::{Secret, Text};

use crate::cfn::kinesis_firehose::{self as firehose, delivery_stream as stream};
use crate::cfn::{Id, Node, PropertyType, Pseudo, Value, iam, logs, s3, sub};
use crate::fragment::Fragment;
use crate::lower::log_group::LogGroup;
use crate::lower::{bucket, text};
use crate::plan::{Plan, SecretValue};
use crate::policy::{self, Grant};
use crate::{logical_id, physical_name};

/// Lowers what forwards the lines of a resource's log groups; the roles and the bucket serve all of them.
pub(super) fn lower(owner: &str, groups: &[LogGroup<'_>], plan: &Plan<'_>, fragment: &mut Fragment) {
    let forwarded: Vec<_> = groups.iter().filter_map(|group| Some((group, group.forwarding.as_ref()?))).collect();
    let endpoints: Vec<_> = forwarded.iter().map(|(_, forwarding)| Endpoint::of(forwarding.to)).collect();
    let Some(retention_days) = forwarded.iter().map(|(group, _)| group.retention_days).max() else { return };
    let failed = logical_id::failed_log_events(owner);
    // What CloudWatch Logs has forgotten by then, need not be kept here.
    let lifecycle = s3::bucket::LifecycleConfiguration::new(vec![
        s3::bucket::Rule::new(s3::bucket::RuleStatus::Enabled)
            .abort_incomplete_multipart_upload(s3::bucket::AbortIncompleteMultipartUpload::new(1))
            .expiration_in_days(retention_days),
    ]);
    let kept = bucket::closed().bucket_encryption(bucket::sse_s3()).lifecycle_configuration(lifecycle).tags(plan.tags.list());
    fragment.add(&failed, kept).on_removal("Delete");
    fragment.add(
        &logical_id::failed_log_events_access(owner),
        s3::BucketPolicy::new(failed.reference(), bucket::secure_transport_only(failed.att_arn())),
    );
    let delivery = logical_id::log_delivery_role(owner);
    let subscription = logical_id::log_subscription_role(owner);
    fragment.add(&delivery, delivery_role(&failed, &endpoints, plan));
    fragment.add(&subscription, subscription_role(forwarded.iter().map(|(_, forwarding)| forwarding.stream.att_arn()), plan));
    for ((group, forwarding), endpoint) in forwarded.iter().zip(endpoints) {
        fragment.add(
            &forwarding.stream,
            firehose::DeliveryStream::new()
                .delivery_stream_type(stream::DeliveryStreamType::DirectPut)
                // A key of AWS's own costs nothing, and needs no permission.
                .delivery_stream_encryption_configuration_input(stream::DeliveryStreamEncryptionConfigurationInput::new(
                    stream::DeliveryStreamEncryptionConfigurationInputKeyType::AwsOwnedCmk,
                ))
                .http_endpoint_destination_configuration(endpoint.destination(&failed, &delivery, plan))
                .tags(plan.tags.list()),
        );
        fragment.add(
            &forwarding.subscription,
            // An empty pattern takes every line.
            logs::SubscriptionFilter::new(forwarding.stream.att_arn(), "", group.id.reference()).role_arn(subscription.att_arn()),
        );
    }
}

/// What Firehose may do: write what failed, and read keys.
/// <https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#using-iam-http>
fn delivery_role(failed: &Id<s3::Bucket>, endpoints: &[Endpoint<'_>], plan: &Plan<'_>) -> iam::Role {
    let arn = failed.att_arn();
    let backup = vec![
        Grant::new(["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"], [arn.clone()]),
        Grant::new(["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"], [bucket::objects(arn)]),
    ];
    let keys = endpoints.iter().filter_map(|endpoint| endpoint.key).filter(|key| read_by_firehose(key));
    let keys = policy::merge(keys.map(|key| Grant::new(["secretsmanager:GetSecretValue"], [SecretValue::readable(key)])));
    let keys = (!keys.is_empty()).then(|| iam::role::Policy::new(policy::document(keys), "read-keys"));
    let policies: Vec<_> =
        std::iter::once(iam::role::Policy::new(policy::document(backup), "keep-failed-log-events")).chain(keys).collect();
    // Firehose names the account for which it acts.
    let account = Node::object([("StringEquals", Node::object([("sts:ExternalId", Node::Pseudo(Pseudo::AccountId))]))]);
    iam::Role::new(policy::trust("firehose.amazonaws.com", Some(account))).policies(policies).tags(plan.tags.list())
}

/// What CloudWatch Logs may do: put lines into the streams.
/// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html#FirehoseExample>
fn subscription_role(streams: impl Iterator<Item = Value<String>>, plan: &Plan<'_>) -> iam::Role {
    let put = policy::document(vec![Grant::new(["firehose:PutRecord", "firehose:PutRecordBatch"], streams.collect::<Vec<_>>())]);
    let arn = sub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*").into_node();
    let of_this_account = Node::object([("ArnLike", Node::object([("aws:SourceArn", arn)]))]);
    iam::Role::new(policy::trust("logs.amazonaws.com", Some(of_this_account)))
        .policies(vec![iam::role::Policy::new(put, "put-log-events")])
        .tags(plan.tags.list())
}

/// Firehose reads a key by itself from a secret that it knows by a whole ARN and that has the shape `{"api_key": ".."}`.
/// <https://docs.aws.amazon.com/firehose/latest/dev/using-secrets-manager.html>
fn read_by_firehose(key: &Secret) -> bool {
    key.is_arn() && key.json_key() == Some("api_key")
}

/// What is delivered where.
struct Endpoint<'a> {
    url: Text,
    key: Option<&'a Secret>,
    attributes: Vec<(&'a str, &'a Text)>,
    gzip: bool,
    retry_seconds: u16,
    buffer_mib: u16,
}

impl<'a> Endpoint<'a> {
    fn of(forwarding: &'a LogForwarding) -> Self {
        match forwarding {
            LogForwarding::HttpEndpoint(endpoint) => Self::of_http_endpoint(endpoint),
            LogForwarding::Highlight(highlight) => Self::of_highlight(highlight),
            LogForwarding::Datadog(datadog) => Self::of_datadog(datadog),
        }
    }

    fn of_http_endpoint(endpoint: &'a HttpEndpointForwarding) -> Self {
        let HttpEndpointForwardingParts { endpoint_url, access_key, gzip_encoding_enabled, parameters, retry_duration } = endpoint.parts();
        Self {
            url: endpoint_url.clone(),
            key: access_key.as_ref(),
            attributes: parameters.iter().map(|(name, value)| (name.as_str(), value)).collect(),
            gzip: *gzip_encoding_enabled,
            retry_seconds: retry_duration.unwrap_or(300),
            buffer_mib: 1,
        }
    }

    fn of_highlight(highlight: &'a HighlightForwarding) -> Self {
        let HighlightForwardingParts { project_id, endpoint_url } = highlight.parts();
        Self {
            url: endpoint_url.clone().unwrap_or_else(|| "https://pub.highlight.io/v1/logs/firehose".into()),
            key: None,
            attributes: vec![("x-highlight-project", project_id)],
            gzip: true,
            retry_seconds: 300,
            buffer_mib: 1,
        }
    }

    fn of_datadog(datadog: &'a DatadogForwarding) -> Self {
        let DatadogForwardingParts { api_key, endpoint_url } = datadog.parts();
        Self {
            url: endpoint_url.clone().unwrap_or_else(|| "https://aws-kinesis-http-intake.logs.datadoghq.com/v1/input".into()),
            key: Some(api_key),
            attributes: Vec::new(),
            gzip: true,
            retry_seconds: 60,
            buffer_mib: 4,
        }
    }

    fn destination(self, failed: &Id<s3::Bucket>, role: &Id<iam::Role>, plan: &Plan<'_>) -> stream::HttpEndpointDestinationConfiguration {
        use stream::HttpEndpointRequestConfigurationContentEncoding as Encoding;
        let Self { url, key, attributes, gzip, retry_seconds, buffer_mib } = self;
        let (own, resolved) = match key {
            Some(key) if read_by_firehose(key) => (Some(key), None),
            key => (None, key),
        };
        let name = url.as_literal().and_then(|url| url.strip_prefix("https://"));
        let endpoint = stream::HttpEndpointConfiguration::new(text::lower(&url, plan.stack))
            .set_some(name.map(|name| physical_name::cut(name.to_owned(), NAME_MAX)), stream::HttpEndpointConfiguration::name)
            .set_some(resolved.map(SecretValue::dynamic_reference), stream::HttpEndpointConfiguration::access_key);
        let attributes: Vec<_> = attributes
            .into_iter()
            .map(|(name, value)| stream::HttpEndpointCommonAttribute::new(name.to_owned(), text::lower(value, plan.stack)))
            .collect();
        let request = stream::HttpEndpointRequestConfiguration::new()
            .set_some((!attributes.is_empty()).then_some(attributes), stream::HttpEndpointRequestConfiguration::common_attributes)
            .content_encoding(if gzip { Encoding::Gzip } else { Encoding::None });
        let own = own.map(|key| {
            let arn: Value<String> = SecretValue::readable(key);
            stream::SecretsManagerConfiguration::new(true).role_arn(role.att_arn()).secret_arn(arn)
        });
        stream::HttpEndpointDestinationConfiguration::new(endpoint, backup(failed, role))
            .buffering_hints(buffering(buffer_mib, 60))
            .request_configuration(request)
            .retry_options(stream::RetryOptions::new().duration_in_seconds(retry_seconds))
            .s3_backup_mode(stream::HttpEndpointDestinationConfigurationS3BackupMode::FailedDataOnly)
            .set_some(own, stream::HttpEndpointDestinationConfiguration::secrets_manager_configuration)
    }
}

/// Firehose's longest name of an endpoint.
const NAME_MAX: usize = 256;

fn backup(failed: &Id<s3::Bucket>, role: &Id<iam::Role>) -> stream::S3DestinationConfiguration {
    stream::S3DestinationConfiguration::new(failed.att_arn(), role.att_arn()).buffering_hints(buffering(5, 300))
}

fn buffering(mib: u16, seconds: u16) -> stream::BufferingHints {
    stream::BufferingHints::new().interval_in_seconds(seconds).size_in_mbs(mib)
}
