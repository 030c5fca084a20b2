//! Who may use a bucket from outside.

use stacktape_macros::{Keyed, model};

use crate::check::Check;
use crate::document::words;
use crate::expression::Expression;
use crate::iam::{self, Effect, IamIssue};
use crate::table::Set;
use crate::text::Text;

/// Who may use a bucket from outside. YAML: `accessibility`.
///
/// ```
/// use stacktape_model::bucket::{AccessibilityMode, Bucket, BucketAccessibility};
/// let everybody = BucketAccessibility::builder().accessibility_mode(AccessibilityMode::PublicRead);
/// let assets = Bucket::builder("assets").accessibility(everybody).build();
/// ```
#[model]
pub struct BucketAccessibility {
    /// What everybody may do. YAML: `accessibilityMode`, default `private`.
    pub(crate) accessibility_mode: AccessibilityMode,
    /// Further statements of the bucket's policy. YAML: `accessPolicyStatements`.
    #[each(access_policy_statement)]
    pub(crate) access_policy_statements: Vec<AccessPolicyStatement>,
}

/// What everybody may do with a bucket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AccessibilityMode {
    /// Nothing; S3 refuses policies that say otherwise. YAML: `private`.
    #[default]
    Private,
    /// List and read objects. YAML: `public-read`.
    PublicRead,
    /// List, read, write, tag and delete objects. YAML: `public-read-write`.
    PublicReadWrite,
}

words!(AccessibilityMode);

impl AccessibilityMode {
    /// Every mode.
    pub const ALL: [Self; 3] = [Self::Private, Self::PublicRead, Self::PublicReadWrite];

    /// The mode as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::PublicRead => "public-read",
            Self::PublicReadWrite => "public-read-write",
        }
    }
}

/// One statement of a bucket's policy.
///
/// ```
/// use serde_json::json;
/// use stacktape_model::bucket::AccessPolicyStatement;
/// let partner = AccessPolicyStatement::allow(["s3:GetObject"], json!({"AWS": "123456789012"}));
/// ```
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct AccessPolicyStatement {
    /// A name of the statement, unique in its policy. YAML: `Sid`.
    #[key("Sid")]
    pub sid: Option<String>,
    /// Whether it grants or refuses. YAML: `Effect`, default `Allow`.
    #[key("Effect")]
    pub effect: Effect,
    /// Who it is about, in IAM's own JSON: `*`, or a map with `AWS`, `Service`, `Federated` or `CanonicalUser`. YAML: `Principal`.
    #[required]
    #[key("Principal")]
    pub principal: Expression,
    /// What may be done. YAML: `Action`.
    #[key("Action")]
    pub actions: Vec<String>,
    /// What it may be done to: ARNs of the bucket or of its objects. YAML: `Resource`, default: the bucket and all of its objects.
    #[key("Resource")]
    pub resources: Vec<Text>,
    /// When. YAML: `Condition`.
    #[key("Condition")]
    pub condition: Option<Expression>,
}

impl AccessPolicyStatement {
    /// Grants `actions` to `principal`, on the bucket and all of its objects.
    pub fn allow<A: Into<String>>(actions: impl IntoIterator<Item = A>, principal: impl Into<Expression>) -> Self {
        let actions = actions.into_iter().map(Into::into).collect();
        Self { sid: None, effect: Effect::Allow, principal: principal.into(), actions, resources: Vec::new(), condition: None }
    }

    /// Refuses `actions` to `principal`, on the bucket and all of its objects.
    pub fn deny<A: Into<String>>(actions: impl IntoIterator<Item = A>, principal: impl Into<Expression>) -> Self {
        Self { effect: Effect::Deny, ..Self::allow(actions, principal) }
    }

    /// Names the statement: letters and digits. YAML: `Sid`.
    pub fn sid(mut self, sid: impl Into<String>) -> Self {
        self.sid = Some(sid.into());
        self
    }

    /// On this alone, beside what was given before. YAML: an entry of `Resource`.
    pub fn resource(mut self, resource: impl Into<Text>) -> Self {
        self.resources.push(resource.into());
        self
    }

    /// Says when the statement holds, in IAM's own JSON. YAML: `Condition`.
    pub fn condition(mut self, condition: impl Into<Expression>) -> Self {
        self.condition = Some(condition.into());
        self
    }

    /// Whether S3 takes the statement for one that makes the bucket public. A condition may narrow it down.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status>
    fn is_public(&self) -> bool {
        let everybody = |value: &Expression| match value {
            Expression::List(items) => items.iter().any(|item| item.as_literal() == Some("*")),
            value => value.as_literal() == Some("*"),
        };
        let principal = match &self.principal {
            Expression::Map(kinds) => kinds.get("AWS").is_some_and(everybody),
            principal => everybody(principal),
        };
        self.effect == Effect::Allow && principal && self.condition.is_none()
    }
}

/// The id of the statement that refuses transport in the clear.
pub const SECURE_TRANSPORT_ONLY: &str = "SecureTransportOnly";

impl BucketAccessibility {
    pub(super) fn check(&self, at: &mut Check<'_>) {
        let mut sids = Set::new();
        sids.insert(SECURE_TRANSPORT_ONLY);
        at.field("accessPolicyStatements").each(&self.access_policy_statements, |at, statement| {
            iam::check_actions(&statement.actions, at);
            iam::check_resources(&statement.resources, at);
            iam::check_sid(statement.sid.as_deref(), &mut sids, at);
            iam::check_condition(statement.condition.as_ref(), at);
            if !iam::is_principal(&statement.principal) {
                at.field("Principal").report(&IamIssue::Principal);
            } else if self.accessibility_mode == AccessibilityMode::Private && statement.is_public() {
                at.field("Principal").report(&BucketAccessIssue::PublicStatement);
            }
        });
    }
}

/// Mistakes in who may use a bucket.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "bucket_access")]
#[non_exhaustive]
pub enum BucketAccessIssue {
    /// A bucket that blocks public policies refuses them.
    #[error("found a statement for everybody on a private bucket, expected a narrower principal or a condition")]
    #[issue(
        help = "name who may, add a condition, or add `.accessibility_mode(AccessibilityMode::PublicRead)`",
        yaml = "name who may, add a condition, or write `accessibilityMode: public-read`",
        docs = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html"
    )]
    PublicStatement,
}
