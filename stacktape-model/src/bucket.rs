//! `bucket`: an S3 bucket.

mod accessibility;
mod cors;
mod lifecycle;

pub use accessibility::{
    AccessPolicyStatement, AccessibilityMode, BucketAccessIssue, BucketAccessibility, BucketAccessibilityBuilder, BucketAccessibilityParts,
    SECURE_TRANSPORT_ONLY,
};
pub use cors::{BucketCors, BucketCorsBuilder, BucketCorsParts, CorsRule, CorsRuleBuilder, CorsRuleIssue, CorsRuleParts, S3Method};
pub use lifecycle::{LifecycleAction, LifecycleIssue, LifecycleRule, ObjectTag, StorageClass};

use stacktape_macros::model;

use crate::check::Check;
use crate::origin::Origin;
use crate::overrides::Override;
use crate::reference::ResourceRef;
use crate::removal_policy::RemovalPolicy;
use crate::resource::ResourceKind;
use crate::text::{Param, ParamRef, Text};

/// An S3 bucket. YAML: `bucket`.
///
/// ```
/// use stacktape_model::bucket::Bucket;
/// let photos = Bucket::builder("photosBucket").versioning(true).build();
/// ```
///
/// **Creates** an `AWS::S3::Bucket` and an `AWS::S3::BucketPolicy` that refuses unencrypted transport, and grants what
/// `accessibility` says.
///
/// **Defaults**: nothing is public, objects belong to the bucket's owner, S3 encrypts every object
/// (SSE-S3). CloudFormation cannot delete a bucket that still holds objects: deleting the stack fails until
/// it is emptied, or leaves it behind with [`RemovalPolicy::Retain`].
#[model(resource)]
#[must_use = "a resource does nothing until it is added to a `Stack`"]
pub struct Bucket {
    /// `name`: letters and digits, unique in the stack. Renaming replaces the bucket.
    #[argument]
    pub(crate) name: String,
    /// Who may use the bucket from outside. YAML: `accessibility`, default: nobody. Changed in place.
    pub(crate) accessibility: Option<BucketAccessibility>,
    /// Keeps former versions of objects. YAML: `versioning`, default `false`. Changed in place; S3 can only
    /// suspend it afterwards.
    versioning: bool,
    /// States SSE-S3 (AES256) in the template. YAML: `encryption`, default `false`, which changes nothing about
    /// the objects: S3 encrypts them in the same way since 2023. Changed in place.
    encryption: bool,
    /// Answers browsers of other origins. YAML: `cors`, default: off. Changed in place.
    pub(crate) cors: Option<BucketCors>,
    /// Expires objects or moves them to cheaper storage. YAML: `lifecycleRules`. Changed in place.
    #[each(lifecycle_rule)]
    pub(crate) lifecycle_rules: Vec<LifecycleRule>,
    /// Sends the bucket's events to `EventBridge`. YAML: `enableEventBusNotifications`, default: where a
    /// function has an `s3` event of the bucket. Changed in place.
    enable_event_bus_notifications: bool,
    /// What becomes of the bucket when it leaves the stack. YAML: `removalPolicy`, default `delete`. Changed in
    /// place.
    removal_policy: RemovalPolicy,
    /// Sets a property over what is rendered. YAML: `overrides`.
    #[each(override_with)]
    pub(crate) overrides: Vec<Override>,
    pub(crate) origin: Origin,
}

impl Bucket {
    /// The bucket's name in the stack.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The bucket's name in S3. YAML: `$ResourceParam('..', 'name')`.
    #[track_caller]
    pub fn bucket_name(&self) -> Text {
        self.param(BucketParam::Name)
    }

    /// The bucket's ARN. YAML: `$ResourceParam('..', 'arn')`.
    #[track_caller]
    pub fn arn(&self) -> Text {
        self.param(BucketParam::Arn)
    }

    #[track_caller]
    fn param(&self, param: BucketParam) -> Text {
        Text::Param(ParamRef { resource: ResourceRef::new(self.name(), ResourceKind::Bucket), param: Param::Bucket(param) })
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        if let Some(accessibility) = &self.accessibility {
            accessibility.check(&mut at.field("accessibility"));
        }
        if let Some(cors) = &self.cors {
            cors.check(&mut at.field("cors"));
        }
        lifecycle::check(&self.lifecycle_rules, &mut at.field("lifecycleRules"));
    }
}

/// What other resources may know of a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BucketParam {
    /// `name`.
    Name,
    /// `arn`.
    Arn,
}

impl BucketParam {
    /// Every parameter, in the order in which variables are injected.
    pub const ALL: [Self; 2] = [Self::Name, Self::Arn];

    /// The parameter as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Arn => "arn",
        }
    }
}
