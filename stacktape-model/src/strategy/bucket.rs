//! Buckets.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::json;

use super::raw_resource::{Role, override_of};
use super::removal_policy;
use crate::bucket::{
    AccessPolicyStatement, AccessibilityMode, Bucket, BucketAccessibility, BucketCors, CorsRule, LifecycleAction, LifecycleRule, S3Method,
    StorageClass,
};
use crate::removal_policy::RemovalPolicy;

/// Buckets with any of their properties. Shrinks to one without any.
///
/// ```
/// use proptest::prelude::*;
/// use stacktape_model::strategy;
///
/// proptest!(|(bucket in strategy::bucket("photos"))| {
///     prop_assert_eq!(bucket.name(), "photos");
/// });
/// ```
pub fn bucket(name: impl Into<String>) -> impl Strategy<Value = Bucket> {
    let name = name.into();
    parts().prop_map(move |parts| parts.named(&name))
}

/// A bucket without its name.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    switches: [bool; 3],
    accessibility: Option<BucketAccessibility>,
    removal_policy: RemovalPolicy,
    cors: Option<BucketCors>,
    lifecycle_rules: Vec<LifecycleRule>,
    overrides: Vec<Role>,
}

const OVERRIDES: &[(&str, &str, &str)] = &[
    ("Bucket", "AccelerateConfiguration.AccelerationStatus", "\"Suspended\""),
    ("Bucket", "OwnershipControls.Rules.0.ObjectOwnership", "\"BucketOwnerEnforced\""),
];

pub(super) fn parts() -> BoxedStrategy<Parts> {
    let lifecycle_rules = vec(lifecycle_rule(), 0..4);
    let settings = (any::<[bool; 3]>(), removal_policy(), option::of(bucket_accessibility()));
    (settings, option::of(bucket_cors()), lifecycle_rules, override_of(OVERRIDES))
        .prop_map(|((switches, removal_policy, accessibility), cors, lifecycle_rules, overrides)| Parts {
            switches,
            accessibility,
            removal_policy,
            cors,
            lifecycle_rules,
            overrides,
        })
        .boxed()
}

impl Parts {
    #[track_caller]
    pub(super) fn named(&self, name: &str) -> Bucket {
        let [versioning, encryption, notifications] = self.switches;
        let bucket = Bucket::builder(name)
            .versioning(versioning)
            .encryption(encryption)
            .enable_event_bus_notifications(notifications)
            .removal_policy(self.removal_policy)
            .lifecycle_rules(self.lifecycle_rules.clone())
            .overrides(self.overrides.iter().map(|role| role.of(name)));
        let bucket = match &self.accessibility {
            Some(accessibility) => bucket.accessibility(accessibility.clone()),
            None => bucket,
        };
        match &self.cors {
            Some(cors) => bucket.cors(cors.clone()).build(),
            None => bucket.build(),
        }
    }
}

/// Who may use a bucket: each mode, and up to two statements of both effects. Shrinks to nobody.
pub fn bucket_accessibility() -> impl Strategy<Value = BucketAccessibility> {
    let principal = select(vec![json!({"AWS": "123456789012"}), json!({"Service": "cloudfront.amazonaws.com"})]);
    let statement = (principal, any::<[bool; 4]>()).prop_map(|(principal, [refuses, narrow, below, named])| {
        let actions = ["s3:GetObject", "s3:PutObject"];
        let statement = if refuses { AccessPolicyStatement::deny(actions, "*") } else { AccessPolicyStatement::allow(actions, principal) };
        let statement = if below { statement.resource("arn:aws:s3:::photos/public/*") } else { statement };
        let statement = if named { statement.sid("Named") } else { statement };
        if narrow { statement.condition(json!({"StringEquals": {"aws:SourceAccount": "123456789012"}})) } else { statement }
    });
    (select(&AccessibilityMode::ALL[..]), vec(statement, 0..3)).prop_map(|(mode, mut statements)| {
        if let [_, second] = statements.as_mut_slice() {
            second.sid = None;
        }
        BucketAccessibility::builder().accessibility_mode(mode).access_policy_statements(statements).build()
    })
}

/// CORS of a bucket: up to three rules. Shrinks to the default, which has none.
pub fn bucket_cors() -> impl Strategy<Value = BucketCors> {
    vec(cors_rule(), 0..4).prop_map(|rules| BucketCors::builder().rules(rules).build())
}

/// Some of these, in any order and maybe twice, as users write lists.
fn some_of(all: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    vec(select(all), 0..4)
}

/// One rule of a bucket's CORS; each list may be empty. `max_age` is in seconds, up to a day.
pub fn cors_rule() -> impl Strategy<Value = CorsRule> {
    let origins = some_of(&["*", "https://example.com", "https://*.example.com", "http://localhost:3000", "capacitor://localhost"]);
    let headers = some_of(&["*", "Authorization", "x-amz-*"]);
    let exposed = some_of(&["ETag", "x-amz-request-id"]);
    let methods = vec(select(&S3Method::ALL[..]), 0..6);
    (origins, headers, methods, exposed, option::of(0..=86_400_u32)).prop_map(|(origins, headers, methods, exposed, max_age)| {
        let rule = CorsRule::builder()
            .allowed_origins(origins)
            .allowed_headers(headers)
            .allowed_methods(methods)
            .exposed_response_headers(exposed);
        match max_age {
            Some(seconds) => rule.max_age(seconds).build(),
            None => rule.build(),
        }
    })
}

/// Lifecycle rules with every action and storage class, up to ten years. Shrinks to an expiration after one day.
pub fn lifecycle_rule() -> impl Strategy<Value = LifecycleRule> {
    let prefix = option::of(select(vec!["logs/", "a b+c/ä"]));
    let tags = subsequence(&["keep", "Kind", "cost:center"][..], 0..=3);
    (lifecycle_action(), prefix, tags).prop_map(|(action, prefix, tags)| {
        let mut rule = LifecycleRule::new(action);
        if let Some(prefix) = prefix {
            rule = rule.prefix(prefix);
        }
        if !matches!(action, LifecycleAction::AbortIncompleteMultipartUpload { .. }) {
            rule = tags.into_iter().fold(rule, |rule, key| rule.tag(key, "yes"));
        }
        rule
    })
}

/// What happens to objects, and after how many days: 0, 1 or 30 at the least, as the action takes it.
pub fn lifecycle_action() -> impl Strategy<Value = LifecycleAction> {
    const DAYS: u32 = 3650;
    let class = (
        select(vec![
            StorageClass::Glacier,
            StorageClass::DeepArchive,
            StorageClass::IntelligentTiering,
            StorageClass::OneZoneIa,
            StorageClass::StandardIa,
        ]),
        0..=DAYS,
    );
    let class = class.prop_map(|(class, days)| (class, days.max(class.fewest_days())));
    prop_oneof![
        (1..=DAYS).prop_map(|days_after_upload| LifecycleAction::Expiration { days_after_upload }),
        (1..=DAYS).prop_map(|days_after_versioned| LifecycleAction::NonCurrentVersionExpiration { days_after_versioned }),
        (1..=DAYS).prop_map(|days_after_initiation| LifecycleAction::AbortIncompleteMultipartUpload { days_after_initiation }),
        class.clone().prop_map(|(storage_class, days_after_upload)| LifecycleAction::ClassTransition { days_after_upload, storage_class }),
        class.prop_map(|(storage_class, days_after_versioned)| LifecycleAction::NonCurrentVersionClassTransition {
            days_after_versioned,
            storage_class
        }),
    ]
}
