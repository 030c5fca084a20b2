//! Buckets: CORS and lifecycle rules.

use serde_json::{Value as Json, json};
use stacktape_model::bucket::{
    AccessPolicyStatement, AccessibilityMode, Bucket, BucketAccessibility, BucketCors, CorsRule, CorsRuleBuilder, LifecycleAction, LifecycleRule, StorageClass,
};
use stacktape_model::stack::Stack;

use crate::support::{Rule, rule, stack};

const PRINCIPAL: &str = "resources.photos.accessibility.accessPolicyStatements[0].Principal";

#[track_caller]
fn shared(mode: AccessibilityMode, statements: impl IntoIterator<Item = AccessPolicyStatement>) -> Stack {
    let accessibility = BucketAccessibility::builder().accessibility_mode(mode).access_policy_statements(statements);
    stack([Bucket::builder("photos").accessibility(accessibility)])
}

fn reading(principal: Json) -> AccessPolicyStatement {
    AccessPolicyStatement::allow(["s3:GetObject"], principal)
}

#[track_caller]
fn answering(rules: impl IntoIterator<Item = CorsRuleBuilder>) -> Stack {
    stack([Bucket::builder("photos").cors(BucketCors::builder().rules(rules))])
}

#[track_caller]
fn ageing(rules: impl IntoIterator<Item = LifecycleRule>) -> Stack {
    stack([Bucket::builder("photos").lifecycle_rules(rules)])
}

#[track_caller]
fn doing(action: LifecycleAction) -> Stack {
    ageing([LifecycleRule::new(action)])
}

#[track_caller]
fn moving(days_after_upload: u32, storage_class: StorageClass) -> Stack {
    doing(LifecycleAction::ClassTransition { days_after_upload, storage_class })
}

#[track_caller]
fn moving_versions(days_after_versioned: u32, storage_class: StorageClass) -> Stack {
    doing(LifecycleAction::NonCurrentVersionClassTransition { days_after_versioned, storage_class })
}

fn expiring(days_after_upload: u32) -> LifecycleRule {
    LifecycleRule::new(LifecycleAction::Expiration { days_after_upload })
}

fn aborting(days_after_initiation: u32) -> LifecycleRule {
    LifecycleRule::new(LifecycleAction::AbortIncompleteMultipartUpload { days_after_initiation })
}

pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = cors();
    rules.extend(lifecycle());
    rules
}

fn cors() -> Vec<Rule> {
    const ORIGIN: &str = "resources.photos.cors.corsRules[0].allowedOrigins[0]";
    const EXPOSED: &str = "resources.photos.cors.corsRules[0].exposedResponseHeaders[0]";
    let from = |origin: &str| answering([CorsRule::builder().allowed_origin(origin)]);
    let exposing = |header: &str| answering([CorsRule::builder().exposed_response_header(header)]);
    let private = |statement| shared(AccessibilityMode::Private, [statement]);
    vec![
        rule("bucket_access::public_statement")
            .refuses(PRINCIPAL, private(reading(json!("*"))))
            .saying(
                "found a statement for everybody on a private bucket, expected a narrower principal or a condition",
                "name who may, add a condition, or add `.accessibility_mode(AccessibilityMode::PublicRead)`",
            )
            .refuses(PRINCIPAL, private(reading(json!({"AWS": ["123456789012", "*"]}))))
            .takes(private(reading(json!({"AWS": "123456789012"}))))
            .takes(private(AccessPolicyStatement::deny(["s3:GetObject"], "*")))
            .takes(private(reading(json!("*")).condition(json!({"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}))))
            .takes(shared(AccessibilityMode::PublicRead, [reading(json!("*"))])),
        rule("bucket_cors::too_many")
            .refuses("resources.photos.cors.corsRules", answering((0..101).map(|_| CorsRule::builder())))
            .saying("found 101 rules, expected at most 100", "join rules that differ only in their origins")
            .takes(answering((0..100).map(|_| CorsRule::builder())))
            .takes(stack([Bucket::builder("photos").cors(BucketCors::builder())])),
        rule("bucket_cors::wildcards")
            .refuses(ORIGIN, from("https://*.example.*"))
            .saying("found `https://*.example.*`, expected some text with at most one `*`", "write one entry for each pattern")
            .refuses(ORIGIN, from(""))
            .refuses(
                "resources.photos.cors.corsRules[1].allowedHeaders[0]",
                answering([CorsRule::builder(), CorsRule::builder().allowed_header("x-*-*")]),
            )
            // S3 takes what API Gateway does not.
            .takes(from("https://*.example.com"))
            .takes(from("capacitor://localhost"))
            .takes(answering([CorsRule::builder().allowed_origin("*").allowed_headers(["*", "x-amz-*"])])),
        rule("bucket_cors::exposed_header")
            .refuses(EXPOSED, exposing("*"))
            .saying("found the exposed header `*`, expected a header's whole name", "name each header that scripts read, for example `ETag`")
            .refuses(EXPOSED, exposing("x-amz-*"))
            .refuses(EXPOSED, exposing(""))
            .takes(exposing("ETag")),
    ]
}

fn lifecycle() -> Vec<Rule> {
    const UPLOAD: &str = "resources.photos.lifecycleRules[0].daysAfterUpload";
    const VERSIONED: &str = "resources.photos.lifecycleRules[0].daysAfterVersioned";
    vec![
        rule("bucket_lifecycle::too_many")
            .refuses("resources.photos.lifecycleRules", ageing((1..=1001).map(expiring)))
            .saying("found 1001 rules, expected at most 1000", "join rules that differ only in their prefix")
            .takes(ageing((1..=1000).map(expiring))),
        rule("bucket_lifecycle::too_early")
            .refuses(UPLOAD, ageing([expiring(0)]))
            .saying("found 0 days, expected at least 1", "write 1 or more")
            .refuses(VERSIONED, doing(LifecycleAction::NonCurrentVersionExpiration { days_after_versioned: 0 }))
            .refuses("resources.photos.lifecycleRules[0].daysAfterInitiation", ageing([aborting(0)]))
            .refuses(UPLOAD, moving(29, StorageClass::StandardIa))
            .saying("found 29 days, expected at least 30", "write 30 or more")
            .refuses(UPLOAD, moving(29, StorageClass::OneZoneIa))
            .refuses(VERSIONED, moving_versions(29, StorageClass::StandardIa))
            .takes(ageing([expiring(1), aborting(1)]))
            .takes(moving(30, StorageClass::StandardIa))
            .takes(moving(30, StorageClass::OneZoneIa))
            // The other classes are open at once.
            .takes(moving(0, StorageClass::IntelligentTiering))
            .takes(moving(0, StorageClass::Glacier))
            .takes(moving(0, StorageClass::DeepArchive))
            .takes(moving_versions(0, StorageClass::Glacier)),
        rule("bucket_lifecycle::duplicate_tag")
            .refuses("resources.photos.lifecycleRules[0].tags[1].key", ageing([expiring(7).tag("kind", "raw").tag("kind", "small")]))
            .saying("found the tag `kind` a second time, expected each key once in a rule", "write a rule of its own for each value")
            .refuses("resources.photos.lifecycleRules[0].tags[1].key", ageing([expiring(7).tag("kind", "raw").tag("kind", "raw")]))
            .takes(ageing([expiring(7).tag("kind", "raw").tag("Kind", "small"), expiring(8).tag("kind", "small")])),
        rule("bucket_lifecycle::tags_on_uploads")
            .refuses("resources.photos.lifecycleRules[0].tags", ageing([aborting(7).tag("kind", "raw")]))
            .saying("found tags on a rule for unfinished uploads, expected at most a prefix", "remove the tags, or use a prefix")
            .takes(ageing([aborting(7).prefix("raw/"), expiring(7).prefix("raw/").tag("kind", "raw")])),
    ]
}
