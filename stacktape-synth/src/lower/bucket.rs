//! `bucket` becomes an S3 bucket with a policy.

use stacktape_model::bucket::{
    Bucket, BucketCors, BucketCorsParts, BucketParam, BucketParts, CorsRule, CorsRuleParts, LifecycleAction, LifecycleRule, ObjectTag,
    S3Method, StorageClass,
};

use crate::cfn::s3::{self, bucket as s3_bucket};
use crate::cfn::{Node, PropertyType, Value, concat};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::once_each;
use crate::plan::Plan;
use crate::policy::{self, Grant};

pub(super) fn lower(bucket: &Bucket, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let BucketParts {
        name,
        versioning,
        encryption,
        cors,
        lifecycle_rules,
        enable_event_bus_notifications,
        removal_policy,
        overrides: _, // applied when the template is merged
    } = bucket.parts();
    let id = logical_id::bucket(name);
    let resource = closed()
        .set_some(
            versioning.then(|| s3_bucket::VersioningConfiguration::new(s3_bucket::VersioningConfigurationStatus::Enabled)),
            s3::Bucket::versioning_configuration,
        )
        .set_some(encryption.then(sse_s3), s3::Bucket::bucket_encryption)
        .set_some(cors.as_ref().map(cors_configuration), s3::Bucket::cors_configuration)
        .set_some((!lifecycle_rules.is_empty()).then(|| lifecycle(lifecycle_rules)), s3::Bucket::lifecycle_configuration)
        .set_some(enable_event_bus_notifications.then(event_bus_notifications), s3::Bucket::notification_configuration)
        .tags(plan.tags.list());
    fragment.add(&id, resource).on_removal(super::removal(*removal_policy));
    fragment.add(&logical_id::bucket_policy(name), s3::BucketPolicy::new(id.reference(), secure_transport_only(id.att_arn())));
}

/// A bucket of which nothing is public.
pub(super) fn closed() -> s3::Bucket {
    s3::Bucket::new()
        .public_access_block_configuration(
            s3_bucket::PublicAccessBlockConfiguration::new()
                .block_public_acls(true)
                .block_public_policy(true)
                .ignore_public_acls(true)
                .restrict_public_buckets(true),
        )
        .ownership_controls(s3_bucket::OwnershipControls::new(vec![
            s3_bucket::OwnershipControlsRule::new().object_ownership(s3_bucket::OwnershipControlsRuleObjectOwnership::BucketOwnerEnforced),
        ]))
}

/// A parameter of a bucket.
pub(super) fn param(bucket: &str, param: BucketParam) -> Value<String> {
    let id = logical_id::bucket(bucket);
    match param {
        BucketParam::Name => id.reference(),
        BucketParam::Arn => id.att_arn(),
    }
}

/// What a workload that is connected to the bucket may do.
pub(super) fn grants(bucket: &Bucket) -> Vec<Grant> {
    let arn = logical_id::bucket(bucket.name()).att_arn();
    let mut on_bucket = vec!["s3:ListBucket", "s3:GetBucketLocation", "s3:ListBucketMultipartUploads"];
    let mut on_objects = vec![
        "s3:GetObject",
        "s3:PutObject",
        "s3:DeleteObject",
        "s3:GetObjectTagging",
        "s3:PutObjectTagging",
        "s3:DeleteObjectTagging",
        "s3:GetObjectAttributes",
        "s3:AbortMultipartUpload",
        "s3:ListMultipartUploadParts",
    ];
    if *bucket.parts().versioning {
        on_bucket.push("s3:ListBucketVersions");
        on_objects.extend(["s3:GetObjectVersion", "s3:DeleteObjectVersion", "s3:GetObjectVersionTagging"]);
    }
    vec![Grant::new(on_bucket, [arn.clone()]), Grant::new(on_objects, [objects(arn)])]
}

/// The ARN pattern of the objects of a bucket.
pub(super) fn objects(bucket_arn: Value<String>) -> Value<String> {
    concat([bucket_arn, "/*".into()])
}

/// Nobody talks to the bucket in the clear.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html#transit>
pub(super) fn secure_transport_only(arn: Value<String>) -> Value<serde_json::Value> {
    policy::of_statements(vec![Node::object([
        ("Sid", Node::literal("SecureTransportOnly")),
        ("Effect", Node::literal("Deny")),
        ("Principal", Node::literal("*")),
        ("Action", Node::literal("s3:*")),
        ("Resource", Node::list([arn.clone().into_node(), objects(arn).into_node()])),
        ("Condition", Node::object([("Bool", Node::object([("aws:SecureTransport", Node::literal("false"))]))])),
    ])])
}

/// Encryption with keys of S3.
pub(super) fn sse_s3() -> s3_bucket::BucketEncryption {
    let default = s3_bucket::ServerSideEncryptionByDefault::new(s3_bucket::ServerSideEncryptionByDefaultSseAlgorithm::Aes256);
    s3_bucket::BucketEncryption::new(vec![s3_bucket::ServerSideEncryptionRule::new().server_side_encryption_by_default(default)])
}

fn event_bus_notifications() -> s3_bucket::NotificationConfiguration {
    s3_bucket::NotificationConfiguration::new().event_bridge_configuration(s3_bucket::EventBridgeConfiguration::new(true))
}

fn cors_configuration(cors: &BucketCors) -> s3_bucket::CorsConfiguration {
    let BucketCorsParts { rules } = cors.parts();
    let rules = if rules.is_empty() {
        vec![cors_rule(&CorsRule::builder().build(), &DEFAULT_HEADERS)]
    } else {
        rules.iter().map(|rule| cors_rule(rule, &[])).collect()
    };
    // Rules that differ only in what is left out can become the same.
    let rules: Vec<_> = rules.into_iter().map(|rule| rule.into_properties().into_node()).collect();
    s3_bucket::CorsConfiguration::new(Value::from_node(Node::list(once_each(&rules))))
}

/// Headers that browsers may send where no rule was written.
const DEFAULT_HEADERS: [&str; 10] = [
    "Authorization",
    "Content-Length",
    "Content-Type",
    "Content-MD5",
    "Date",
    "Expect",
    "Host",
    "x-amz-content-sha256",
    "x-amz-date",
    "x-amz-security-token",
];

fn cors_rule(rule: &CorsRule, default_headers: &[&'static str]) -> s3_bucket::CorsRule {
    let CorsRuleParts { allowed_origins, allowed_headers, allowed_methods, exposed_response_headers, max_age } = rule.parts();
    let origins = if allowed_origins.is_empty() { vec!["*".to_owned()] } else { once_each(allowed_origins) };
    let methods = if allowed_methods.is_empty() { S3Method::ALL.to_vec() } else { once_each(allowed_methods) };
    let headers: Vec<String> =
        once_each(allowed_headers).into_iter().chain(default_headers.iter().map(|&header| header.to_owned())).collect();
    s3_bucket::CorsRule::new(methods.into_iter().map(cors_method).collect::<Vec<_>>(), origins)
        .set_some((!headers.is_empty()).then_some(headers), s3_bucket::CorsRule::allowed_headers)
        .set_some((!exposed_response_headers.is_empty()).then(|| once_each(exposed_response_headers)), s3_bucket::CorsRule::exposed_headers)
        .set_some(*max_age, s3_bucket::CorsRule::max_age)
}

fn cors_method(method: S3Method) -> s3_bucket::CorsRuleAllowedMethods {
    match method {
        S3Method::Get => s3_bucket::CorsRuleAllowedMethods::Get,
        S3Method::Put => s3_bucket::CorsRuleAllowedMethods::Put,
        S3Method::Head => s3_bucket::CorsRuleAllowedMethods::Head,
        S3Method::Post => s3_bucket::CorsRuleAllowedMethods::Post,
        S3Method::Delete => s3_bucket::CorsRuleAllowedMethods::Delete,
    }
}

fn lifecycle(rules: &[LifecycleRule]) -> s3_bucket::LifecycleConfiguration {
    s3_bucket::LifecycleConfiguration::new(once_each(rules).iter().map(lifecycle_rule).collect::<Vec<_>>())
}

fn lifecycle_rule(rule: &LifecycleRule) -> s3_bucket::Rule {
    let LifecycleRule { action, prefix, tags } = rule;
    let tags: Vec<_> = tags.iter().map(|ObjectTag { key, value }| s3_bucket::TagFilter::new(key.clone(), value.clone())).collect();
    let base = s3_bucket::Rule::new(s3_bucket::RuleStatus::Enabled)
        .set_some(prefix.clone(), s3_bucket::Rule::prefix)
        .set_some((!tags.is_empty()).then_some(tags), s3_bucket::Rule::tag_filters);
    match *action {
        LifecycleAction::Expiration { days_after_upload } => base.expiration_in_days(days_after_upload),
        LifecycleAction::NonCurrentVersionExpiration { days_after_versioned } => {
            base.noncurrent_version_expiration(s3_bucket::NoncurrentVersionExpiration::new(days_after_versioned))
        }
        LifecycleAction::ClassTransition { days_after_upload, storage_class } => {
            base.transitions(vec![s3_bucket::Transition::new(transition_class(storage_class)).transition_in_days(days_after_upload)])
        }
        LifecycleAction::NonCurrentVersionClassTransition { days_after_versioned, storage_class } => base.noncurrent_version_transitions(
            vec![s3_bucket::NoncurrentVersionTransition::new(noncurrent_class(storage_class), days_after_versioned)],
        ),
        LifecycleAction::AbortIncompleteMultipartUpload { days_after_initiation } => {
            base.abort_incomplete_multipart_upload(s3_bucket::AbortIncompleteMultipartUpload::new(days_after_initiation))
        }
    }
}

fn transition_class(class: StorageClass) -> Value<s3_bucket::TransitionStorageClass> {
    Value::<String>::from(class.as_str()).cast()
}

fn noncurrent_class(class: StorageClass) -> Value<s3_bucket::NoncurrentVersionTransitionStorageClass> {
    Value::<String>::from(class.as_str()).cast()
}
