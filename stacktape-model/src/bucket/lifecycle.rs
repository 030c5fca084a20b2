//! Lifecycle rules of a bucket.

use crate::check::Check;

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
    pub tags: Vec<(String, String)>,
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
        self.tags.push((key.into(), value.into()));
        self
    }
}

impl LifecycleAction {
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

impl StorageClass {
    const fn fewest_days(self) -> u32 {
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
    });
}

/// Mistakes in lifecycle rules.
#[derive(Clone, Debug, PartialEq, thiserror::Error, stacktape_macros::Issue)]
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
}
