//! Mistakes in buckets.

use serde_json::json;

use super::planting::{Mistake, Planting};
use crate::bucket::{AccessPolicyStatement, BucketAccessibility, BucketCors, CorsRule, LifecycleAction, LifecycleRule, StorageClass};
use crate::resource::ResourceKind;

const BUCKET: &[ResourceKind] = &[ResourceKind::Bucket];

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::new("bucket_access::public_statement", BUCKET, |planting| {
        let principal = planting.one(&[json!("*"), json!({"AWS": "*"}), json!({"AWS": ["123456789012", "*"]})]);
        let (bucket, path) = planting.bucket();
        let statement = AccessPolicyStatement::allow(["s3:GetObject"], principal);
        bucket.accessibility = Some(BucketAccessibility::builder().access_policy_statement(statement).build());
        path + ".accessibility.accessPolicyStatements[0].Principal"
    }),
    Mistake::new("bucket_cors::exposed_header", BUCKET, |planting| {
        let header = planting.one(&["*", "x-amz-*", ""]);
        cors_rule(planting, CorsRule::builder().exposed_response_header(header).build()) + ".exposedResponseHeaders[0]"
    }),
    Mistake::new("bucket_cors::wildcards", BUCKET, |planting| {
        let value = planting.one(&["https://*.example.*", "", "**"]);
        let (rule, field) = planting.one(&[
            (CorsRule::builder().allowed_origin(value).build(), "allowedOrigins"),
            (CorsRule::builder().allowed_header(value).build(), "allowedHeaders"),
        ]);
        format!("{}.{field}[0]", cors_rule(planting, rule))
    }),
    Mistake::new("bucket_cors::too_many", BUCKET, |planting| {
        let (bucket, path) = planting.bucket();
        bucket.cors = Some(BucketCors::builder().rules((0..101).map(|_| CorsRule::builder())).build());
        path + ".cors.corsRules"
    }),
    Mistake::new("bucket_lifecycle::too_early", BUCKET, |planting| {
        let storage_class = planting.one(&[StorageClass::StandardIa, StorageClass::OneZoneIa]);
        let days = planting.one(&[29, 0, 1]);
        let (action, field) = planting.one(&[
            (LifecycleAction::Expiration { days_after_upload: 0 }, "daysAfterUpload"),
            (LifecycleAction::NonCurrentVersionExpiration { days_after_versioned: 0 }, "daysAfterVersioned"),
            (LifecycleAction::AbortIncompleteMultipartUpload { days_after_initiation: 0 }, "daysAfterInitiation"),
            (LifecycleAction::ClassTransition { days_after_upload: days, storage_class }, "daysAfterUpload"),
            (LifecycleAction::NonCurrentVersionClassTransition { days_after_versioned: days, storage_class }, "daysAfterVersioned"),
        ]);
        format!("{}.{field}", lifecycle_rule(planting, LifecycleRule::new(action)))
    }),
    Mistake::new("bucket_lifecycle::duplicate_tag", BUCKET, |planting| {
        let value = planting.one(&["small", "raw"]);
        let rule = LifecycleRule::new(LifecycleAction::Expiration { days_after_upload: 7 }).tag("kind", "raw").tag("kind", value);
        lifecycle_rule(planting, rule) + ".tags[1].key"
    }),
    Mistake::new("bucket_lifecycle::tags_on_uploads", BUCKET, |planting| {
        let action = LifecycleAction::AbortIncompleteMultipartUpload { days_after_initiation: 7 };
        lifecycle_rule(planting, LifecycleRule::new(action).prefix("raw/").tag("kind", "raw")) + ".tags"
    }),
    Mistake::new("bucket_lifecycle::too_many", BUCKET, |planting| {
        let (bucket, path) = planting.bucket();
        let rule = LifecycleRule::new(LifecycleAction::Expiration { days_after_upload: 1 });
        bucket.lifecycle_rules.resize(1001, rule);
        path + ".lifecycleRules"
    }),
];

/// Puts a rule behind those that a bucket has.
fn cors_rule(planting: &mut Planting<'_>, rule: CorsRule) -> String {
    let (bucket, path) = planting.bucket();
    let rules = &mut bucket.cors.get_or_insert_with(|| BucketCors::builder().build()).rules;
    rules.push(rule);
    format!("{path}.cors.corsRules[{}]", rules.len() - 1)
}

/// Puts a rule behind those that a bucket has.
fn lifecycle_rule(planting: &mut Planting<'_>, rule: LifecycleRule) -> String {
    let (bucket, path) = planting.bucket();
    bucket.lifecycle_rules.push(rule);
    format!("{path}.lifecycleRules[{}]", bucket.lifecycle_rules.len() - 1)
}
