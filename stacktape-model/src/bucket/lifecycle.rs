//! Lifecycle rules of a bucket.

use serde::ser::{Serialize, SerializeMap, Serializer};
use stacktape_macros::Keyed;

use crate::check::Check;
use crate::document::{Decode, Reader, Tagged, Tree, words};
use crate::table::Set;

/// Something that happens to objects of a certain age. YAML: an entry of `lifecycleRules`.
///
/// ```
/// use stacktape_model::bucket::{LifecycleAction, LifecycleRule, StorageClass};
/// let archive = LifecycleRule::new(LifecycleAction::ClassTransition { days_after_upload: 90, storage_class: StorageClass::Glacier })
///     .prefix("invoices/");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct LifecycleRule {
    /// What happens, and when.
    pub action: LifecycleAction,
    /// Only to objects whose key begins so.
    pub prefix: Option<String>,
    /// Only to objects with all these tags.
    pub tags: Vec<ObjectTag>,
}

/// A tag that objects have. YAML: an entry of `tags`.
#[derive(Clone, Debug, PartialEq, Eq, Keyed)]
pub struct ObjectTag {
    /// YAML: `key`.
    #[required]
    pub key: String,
    /// YAML: `value`.
    #[required]
    pub value: String,
}

/// What happens to objects, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LifecycleAction {
    /// Objects are deleted. YAML: `expiration`.
    Expiration {
        /// Days after the upload, at least 1.
        days_after_upload: u32,
    },
    /// Former versions are deleted. YAML: `non-current-version-expiration`.
    NonCurrentVersionExpiration {
        /// Days after they became former, at least 1.
        days_after_versioned: u32,
    },
    /// Objects move to cheaper storage. YAML: `class-transition`.
    ClassTransition {
        /// Days after the upload; for the IA classes at least 30.
        days_after_upload: u32,
        /// Where to.
        storage_class: StorageClass,
    },
    /// Former versions move to cheaper storage. YAML: `non-current-version-class-transition`.
    NonCurrentVersionClassTransition {
        /// Days after they became former; for the IA classes at least 30.
        days_after_versioned: u32,
        /// Where to.
        storage_class: StorageClass,
    },
    /// Uploads that were begun and not ended are given up. YAML: `abort-incomplete-multipart-upload`.
    AbortIncompleteMultipartUpload {
        /// Days after the upload was begun, at least 1.
        days_after_initiation: u32,
    },
}

/// A storage class of S3 that objects can move to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageClass {
    /// `DEEP_ARCHIVE`.
    DeepArchive,
    /// `GLACIER`.
    Glacier,
    /// `INTELLIGENT_TIERING`.
    IntelligentTiering,
    /// `ONEZONE_IA`.
    OneZoneIa,
    /// `STANDARD_IA`.
    StandardIa,
}

impl LifecycleRule {
    /// A rule for every object.
    pub fn new(action: LifecycleAction) -> Self {
        Self { action, prefix: None, tags: Vec::new() }
    }

    /// Only for objects whose key begins so. YAML: `prefix`.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = Some(prefix.into());
        self
    }

    /// Only for objects with this tag, beside those given before. YAML: `tags`.
    pub fn tag(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.tags.push(ObjectTag { key: key.into(), value: value.into() });
        self
    }
}

const EXPIRATION: &str = "expiration";
const NON_CURRENT_VERSION_EXPIRATION: &str = "non-current-version-expiration";
const CLASS_TRANSITION: &str = "class-transition";
const NON_CURRENT_VERSION_CLASS_TRANSITION: &str = "non-current-version-class-transition";
const ABORT_INCOMPLETE_MULTIPART_UPLOAD: &str = "abort-incomplete-multipart-upload";

const TYPES: [&str; 5] =
    [EXPIRATION, NON_CURRENT_VERSION_EXPIRATION, CLASS_TRANSITION, NON_CURRENT_VERSION_CLASS_TRANSITION, ABORT_INCOMPLETE_MULTIPART_UPLOAD];

#[cfg(feature = "yaml")]
impl Decode for LifecycleRule {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let (kind, properties) = at.tagged(tree, &TYPES)?;
        let (days_key, has_class) = match kind {
            EXPIRATION => ("daysAfterUpload", false),
            NON_CURRENT_VERSION_EXPIRATION => ("daysAfterVersioned", false),
            CLASS_TRANSITION => ("daysAfterUpload", true),
            NON_CURRENT_VERSION_CLASS_TRANSITION => ("daysAfterVersioned", true),
            _ => ("daysAfterInitiation", false),
        };
        let keys: &[&str] = if has_class { &[days_key, "storageClass", "prefix", "tags"] } else { &[days_key, "prefix", "tags"] };
        let fields = at.fields(&properties, keys)?;
        let days: Option<u32> = fields.required(days_key, at);
        let storage_class: Option<StorageClass> = if has_class { fields.required("storageClass", at) } else { None };
        let prefix = fields.optional("prefix", at);
        let tags = fields.optional("tags", at).unwrap_or_default();
        let days = days?;
        let action = match kind {
            EXPIRATION => LifecycleAction::Expiration { days_after_upload: days },
            NON_CURRENT_VERSION_EXPIRATION => LifecycleAction::NonCurrentVersionExpiration { days_after_versioned: days },
            CLASS_TRANSITION => LifecycleAction::ClassTransition { days_after_upload: days, storage_class: storage_class? },
            NON_CURRENT_VERSION_CLASS_TRANSITION => {
                LifecycleAction::NonCurrentVersionClassTransition { days_after_versioned: days, storage_class: storage_class? }
            }
            _ => LifecycleAction::AbortIncompleteMultipartUpload { days_after_initiation: days },
        };
        Some(Self { action, prefix, tags })
    }
}

impl Serialize for LifecycleRule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Tagged { kind: self.action.type_str(), properties: RuleProperties(self) }.serialize(serializer)
    }
}

struct RuleProperties<'a>(&'a LifecycleRule);

impl Serialize for RuleProperties<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let LifecycleRule { action, prefix, tags } = self.0;
        let (key, days, _) = action.days();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry(key, &days)?;
        match action {
            LifecycleAction::ClassTransition { storage_class, .. }
            | LifecycleAction::NonCurrentVersionClassTransition { storage_class, .. } => {
                map.serialize_entry("storageClass", storage_class)?;
            }
            LifecycleAction::Expiration { .. }
            | LifecycleAction::NonCurrentVersionExpiration { .. }
            | LifecycleAction::AbortIncompleteMultipartUpload { .. } => {}
        }
        if let Some(prefix) = prefix {
            map.serialize_entry("prefix", prefix)?;
        }
        if !tags.is_empty() {
            map.serialize_entry("tags", tags)?;
        }
        map.end()
    }
}

impl LifecycleAction {
    /// The `type` of the rule in YAML.
    const fn type_str(self) -> &'static str {
        match self {
            Self::Expiration { .. } => EXPIRATION,
            Self::NonCurrentVersionExpiration { .. } => NON_CURRENT_VERSION_EXPIRATION,
            Self::ClassTransition { .. } => CLASS_TRANSITION,
            Self::NonCurrentVersionClassTransition { .. } => NON_CURRENT_VERSION_CLASS_TRANSITION,
            Self::AbortIncompleteMultipartUpload { .. } => ABORT_INCOMPLETE_MULTIPART_UPLOAD,
        }
    }

    /// The key of the days in YAML, the days, and the fewest that S3 takes.
    const fn days(self) -> (&'static str, u32, u32) {
        match self {
            Self::Expiration { days_after_upload } => ("daysAfterUpload", days_after_upload, 1),
            Self::NonCurrentVersionExpiration { days_after_versioned } => ("daysAfterVersioned", days_after_versioned, 1),
            Self::ClassTransition { days_after_upload, storage_class } => {
                ("daysAfterUpload", days_after_upload, storage_class.fewest_days())
            }
            Self::NonCurrentVersionClassTransition { days_after_versioned, storage_class } => {
                ("daysAfterVersioned", days_after_versioned, storage_class.fewest_days())
            }
            Self::AbortIncompleteMultipartUpload { days_after_initiation } => ("daysAfterInitiation", days_after_initiation, 1),
        }
    }
}

words!(StorageClass);

impl StorageClass {
    /// Every class.
    pub const ALL: [Self; 5] = [Self::DeepArchive, Self::Glacier, Self::IntelligentTiering, Self::OneZoneIa, Self::StandardIa];

    /// The class as S3 spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DeepArchive => "DEEP_ARCHIVE",
            Self::Glacier => "GLACIER",
            Self::IntelligentTiering => "INTELLIGENT_TIERING",
            Self::OneZoneIa => "ONEZONE_IA",
            Self::StandardIa => "STANDARD_IA",
        }
    }

    pub(crate) const fn fewest_days(self) -> u32 {
        match self {
            Self::OneZoneIa | Self::StandardIa => 30,
            Self::DeepArchive | Self::Glacier | Self::IntelligentTiering => 0,
        }
    }
}

const RULES_MAX: usize = 1000;

pub(super) fn check(rules: &[LifecycleRule], at: &mut Check<'_>) {
    if rules.len() > RULES_MAX {
        at.report(&LifecycleIssue::TooMany { found: rules.len() });
    }
    at.each(rules, |at, rule| {
        let (field, found, expected) = rule.action.days();
        if found < expected {
            at.field(field).report(&LifecycleIssue::TooEarly { found, expected });
        }
        if matches!(rule.action, LifecycleAction::AbortIncompleteMultipartUpload { .. }) && !rule.tags.is_empty() {
            at.field("tags").report(&LifecycleIssue::TagsOnUploads);
        }
        let mut keys = Set::new();
        at.field("tags").each(&rule.tags, |at, tag| {
            if !keys.insert(&tag.key) {
                at.field("key").report(&LifecycleIssue::DuplicateTag { key: tag.key.clone() });
            }
        });
    });
}

/// Mistakes in lifecycle rules.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "bucket_lifecycle")]
#[non_exhaustive]
pub enum LifecycleIssue {
    /// S3's limit of rules.
    #[error("found {found} rules, expected at most 1000")]
    #[issue(
        help = "join rules that differ only in their prefix",
        docs = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-set-lifecycle-configuration-intro.html"
    )]
    TooMany {
        /// How many there are.
        found: usize,
    },
    /// S3 deletes after a day at the earliest, and takes objects to infrequent access after 30.
    #[error("found {found} days, expected at least {expected}")]
    #[issue(help = "write {expected} or more", docs = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_Transition.html")]
    TooEarly {
        /// What was found.
        found: u32,
        /// The fewest days of this action.
        expected: u32,
    },
    /// Unfinished uploads have no tags yet.
    #[error("found tags on a rule for unfinished uploads, expected at most a prefix")]
    #[issue(
        help = "remove the tags, or use a prefix",
        docs = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html"
    )]
    TagsOnUploads,
    /// An object has one value for a tag, so a rule for two of them never applies; S3 refuses it.
    #[error("found the tag `{key}` a second time, expected each key once in a rule")]
    #[issue(
        help = "write a rule of its own for each value",
        docs = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html"
    )]
    DuplicateTag {
        /// The key.
        key: String,
    },
}
