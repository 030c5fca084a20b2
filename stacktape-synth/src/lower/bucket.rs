//! `bucket` becomes an S3 bucket with a policy.

use stacktape_model::bucket::{
    AccessPolicyStatement, AccessibilityMode, Bucket, BucketAccessibility, BucketAccessibilityParts, BucketCors, BucketCorsParts,
    BucketParam, BucketParts, CorsRule, CorsRuleParts, LifecycleAction, LifecycleRule, ObjectTag, S3Method, SECURE_TRANSPORT_ONLY,
    StorageClass,
};

use crate::cfn::s3::{self, bucket as s3_bucket};
use crate::cfn::{Node, PropertyType, Value, concat};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::{expression, once_each, text};
use crate::plan::Plan;
use crate::policy::{self, Grant};

pub(super) fn lower(bucket: &Bucket, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let BucketParts {
        name,
        accessibility,
        versioning,
        encryption,
        cors,
        lifecycle_rules,
        enable_event_bus_notifications,
        removal_policy,
        overrides: _, // applied when the template is merged
    } = bucket.parts();
    let id = logical_id::bucket(name);
    let accessibility = accessibility.as_ref().map(BucketAccessibility::parts);
    let mode = accessibility.as_ref().map_or(AccessibilityMode::Private, |parts| *parts.accessibility_mode);
    let resource = owned()
        .public_access_block_configuration(public_access_block(mode == AccessibilityMode::Private))
        .set_some(
            versioning.then(|| s3_bucket::VersioningConfiguration::new(s3_bucket::VersioningConfigurationStatus::Enabled)),
            s3::Bucket::versioning_configuration,
        )
        .set_some(encryption.then(sse_s3), s3::Bucket::bucket_encryption)
        .set_some(cors.as_ref().map(cors_configuration), s3::Bucket::cors_configuration)
        .set_some((!lifecycle_rules.is_empty()).then(|| lifecycle(lifecycle_rules)), s3::Bucket::lifecycle_configuration)
        .set_some(
            (*enable_event_bus_notifications || plan.is_watched(name)).then(event_bus_notifications),
            s3::Bucket::notification_configuration,
        )
        .tags(plan.tags.list());
    fragment.add(&id, resource).on_removal(super::removal(*removal_policy));
    let mut statements = vec![secure_transport(id.att_arn())];
    statements.extend(for_everybody(mode, id.att_arn()));
    if let Some(BucketAccessibilityParts { accessibility_mode: _, access_policy_statements }) = accessibility {
        statements.extend(access_policy_statements.iter().map(|statement| access_statement(statement, id.att_arn(), plan)));
    }
    fragment.add(&logical_id::bucket_policy(name), s3::BucketPolicy::new(id.reference(), policy::of_statements(statements)));
}

/// A bucket of which nothing is public.
pub(super) fn closed() -> s3::Bucket {
    owned().public_access_block_configuration(public_access_block(true))
}

/// ACLs never make anything public; policies do where they may.
fn public_access_block(of_policies: bool) -> s3_bucket::PublicAccessBlockConfiguration {
    s3_bucket::PublicAccessBlockConfiguration::new()
        .block_public_acls(true)
        .block_public_policy(of_policies)
        .ignore_public_acls(true)
        .restrict_public_buckets(of_policies)
}

/// A bucket whose objects belong to its owner.
fn owned() -> s3::Bucket {
    s3::Bucket::new().ownership_controls(s3_bucket::OwnershipControls::new(vec![
        s3_bucket::OwnershipControlsRule::new().object_ownership(s3_bucket::OwnershipControlsRuleObjectOwnership::BucketOwnerEnforced),
    ]))
}

const EVERYBODY_READS: [&str; 2] = ["s3:GetObject", "s3:GetObjectVersion"];
const EVERYBODY_WRITES: [&str; 12] = [
    "s3:PutObject",
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
    "s3:GetObjectTagging",
    "s3:PutObjectTagging",
    "s3:DeleteObjectTagging",
    "s3:GetObjectVersionTagging",
    "s3:PutObjectVersionTagging",
    "s3:DeleteObjectVersionTagging",
    "s3:RestoreObject",
    "s3:AbortMultipartUpload",
    "s3:ListMultipartUploadParts",
];

/// What everybody may do.
fn for_everybody(mode: AccessibilityMode, arn: Value<String>) -> Vec<Node> {
    let may = |actions: Vec<&'static str>, on: Value<String>| {
        let actions = Node::list(actions.into_iter().map(Node::literal));
        Node::object([
            ("Effect", Node::literal("Allow")),
            ("Principal", Node::literal("*")),
            ("Action", actions),
            ("Resource", on.into_node()),
        ])
    };
    let on_objects = match mode {
        AccessibilityMode::Private => return Vec::new(),
        AccessibilityMode::PublicRead => EVERYBODY_READS.to_vec(),
        AccessibilityMode::PublicReadWrite => EVERYBODY_READS.into_iter().chain(EVERYBODY_WRITES).collect(),
    };
    vec![may(vec!["s3:ListBucket"], arn.clone()), may(on_objects, objects(arn))]
}

/// A statement of the user's own.
fn access_statement(statement: &AccessPolicyStatement, arn: Value<String>, plan: &Plan<'_>) -> Node {
    // No `..`: a new field must be rendered here.
    let AccessPolicyStatement { sid, effect, principal, actions, resources, condition } = statement;
    let actions = Node::list(actions.iter().map(|action| Node::Text(action.clone().into())));
    let on = if resources.is_empty() {
        Node::list([arn.clone().into_node(), objects(arn).into_node()])
    } else {
        Node::list(resources.iter().map(|resource| text::lower(resource, plan.stack).into_node()))
    };
    let mut entries = vec![
        ("Effect", Node::literal(effect.as_str())),
        ("Principal", expression::lower(principal, plan.stack)),
        ("Action", actions),
        ("Resource", on),
    ];
    entries.extend(sid.as_ref().map(|sid| ("Sid", Node::Text(sid.clone().into()))));
    entries.extend(condition.as_ref().map(|condition| ("Condition", expression::lower(condition, plan.stack))));
    Node::object(entries)
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
    policy::of_statements(vec![secure_transport(arn)])
}

fn secure_transport(arn: Value<String>) -> Node {
    Node::object([
        ("Sid", Node::literal(SECURE_TRANSPORT_ONLY)),
        ("Effect", Node::literal("Deny")),
        ("Principal", Node::literal("*")),
        ("Action", Node::literal("s3:*")),
        ("Resource", Node::list([arn.clone().into_node(), objects(arn).into_node()])),
        ("Condition", Node::object([("Bool", Node::object([("aws:SecureTransport", Node::literal("false"))]))])),
    ])
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
    let any = allowed_methods.is_empty() || allowed_methods.contains(&S3Method::Any);
    let methods = if any { &S3Method::ALL } else { allowed_methods.as_slice() };
    let headers: Vec<String> =
        once_each(allowed_headers).into_iter().chain(default_headers.iter().map(|&header| header.to_owned())).collect();
    s3_bucket::CorsRule::new(once_each(methods).into_iter().filter_map(cors_method).collect::<Vec<_>>(), origins)
        .set_some((!headers.is_empty()).then_some(headers), s3_bucket::CorsRule::allowed_headers)
        .set_some((!exposed_response_headers.is_empty()).then(|| once_each(exposed_response_headers)), s3_bucket::CorsRule::exposed_headers)
        .set_some(*max_age, s3_bucket::CorsRule::max_age)
}

/// The method as S3 spells it, which has no word for all of them.
fn cors_method(method: S3Method) -> Option<s3_bucket::CorsRuleAllowedMethods> {
    match method {
        S3Method::Get => Some(s3_bucket::CorsRuleAllowedMethods::Get),
        S3Method::Put => Some(s3_bucket::CorsRuleAllowedMethods::Put),
        S3Method::Head => Some(s3_bucket::CorsRuleAllowedMethods::Head),
        S3Method::Post => Some(s3_bucket::CorsRuleAllowedMethods::Post),
        S3Method::Delete => Some(s3_bucket::CorsRuleAllowedMethods::Delete),
        S3Method::Any => None,
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
