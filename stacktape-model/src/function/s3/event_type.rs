//! What happens to objects, as S3 spells it and as `EventBridge` tells it.

use crate::document::words;

macro_rules! event_types {
    ($($(#[$doc:meta])* $kind:ident = $word:literal => $sent:expr;)*) => {
        /// What happens to objects. YAML: `s3EventType`, in S3's spelling.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum S3EventType {
            $(
                $(#[$doc])*
                #[doc = concat!("YAML: `", $word, "`.")]
                $kind,
            )*
        }

        impl S3EventType {
            /// Every type.
            pub const ALL: [Self; [$($word),*].len()] = [$(Self::$kind),*];

            /// The type in S3's spelling.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => $word,)*
                }
            }

            /// What `EventBridge` tells of it; nothing of what S3 tells only queues, topics and functions.
            pub const fn sent(self) -> Option<SentS3Event> {
                match self {
                    $(Self::$kind => $sent,)*
                }
            }
        }
    };
}

/// How `EventBridge` tells what happens to objects.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentS3Event {
    /// The `detail-type`: one of these.
    pub detail_types: &'static [&'static str],
    /// The `detail.reason`, where it matters.
    pub reason: Option<&'static str>,
    /// The `detail.deletion-type`, where it matters.
    pub deletion_type: Option<&'static str>,
}

const CREATED: &[&str] = &["Object Created"];
const DELETED: &[&str] = &["Object Deleted"];
const BY_REQUEST: &str = "DeleteObject";
const BY_LIFECYCLE: &str = "Lifecycle Expiration";
const FOR_GOOD: &str = "Permanently Deleted";
const BY_MARKER: &str = "Delete Marker Created";

const fn any(detail_types: &'static [&'static str]) -> SentS3Event {
    SentS3Event { detail_types, reason: None, deletion_type: None }
}

const fn created(reason: &'static str) -> SentS3Event {
    SentS3Event { detail_types: CREATED, reason: Some(reason), deletion_type: None }
}

const fn deleted(reason: &'static str, deletion_type: Option<&'static str>) -> SentS3Event {
    SentS3Event { detail_types: DELETED, reason: Some(reason), deletion_type }
}

event_types! {
    /// An object was created, in whatever way.
    ObjectCreated = "s3:ObjectCreated:*" => Some(any(CREATED));
    /// An object was put.
    ObjectCreatedPut = "s3:ObjectCreated:Put" => Some(created("PutObject"));
    /// An object was posted by a form.
    ObjectCreatedPost = "s3:ObjectCreated:Post" => Some(created("POST Object"));
    /// An object was copied.
    ObjectCreatedCopy = "s3:ObjectCreated:Copy" => Some(created("CopyObject"));
    /// An upload in several parts was completed.
    ObjectCreatedCompleteMultipartUpload = "s3:ObjectCreated:CompleteMultipartUpload" => Some(created("CompleteMultipartUpload"));
    /// An object was deleted by a request.
    ObjectRemoved = "s3:ObjectRemoved:*" => Some(deleted(BY_REQUEST, None));
    /// An object, or a version of it, was deleted for good by a request.
    ObjectRemovedDelete = "s3:ObjectRemoved:Delete" => Some(deleted(BY_REQUEST, Some(FOR_GOOD)));
    /// An object with versions was hidden by a request.
    ObjectRemovedDeleteMarkerCreated = "s3:ObjectRemoved:DeleteMarkerCreated" => Some(deleted(BY_REQUEST, Some(BY_MARKER)));
    /// Something happened to an object that is fetched from an archive.
    ObjectRestore = "s3:ObjectRestore:*" => Some(any(&["Object Restore Initiated", "Object Restore Completed", "Object Restore Expired"]));
    /// An object begins to be fetched from an archive.
    ObjectRestorePost = "s3:ObjectRestore:Post" => Some(any(&["Object Restore Initiated"]));
    /// An object was fetched from an archive.
    ObjectRestoreCompleted = "s3:ObjectRestore:Completed" => Some(any(&["Object Restore Completed"]));
    /// The copy that was fetched from an archive has expired.
    ObjectRestoreDelete = "s3:ObjectRestore:Delete" => Some(any(&["Object Restore Expired"]));
    /// An object has expired by a lifecycle rule.
    LifecycleExpiration = "s3:LifecycleExpiration:*" => Some(deleted(BY_LIFECYCLE, None));
    /// An object, or a version of it, was deleted for good by a lifecycle rule.
    LifecycleExpirationDelete = "s3:LifecycleExpiration:Delete" => Some(deleted(BY_LIFECYCLE, Some(FOR_GOOD)));
    /// An object with versions was hidden by a lifecycle rule.
    LifecycleExpirationDeleteMarkerCreated = "s3:LifecycleExpiration:DeleteMarkerCreated" => Some(deleted(BY_LIFECYCLE, Some(BY_MARKER)));
    /// An object moved to another storage class by a lifecycle rule.
    LifecycleTransition = "s3:LifecycleTransition" => Some(any(&["Object Storage Class Changed"]));
    /// An object moved to another tier of Intelligent-Tiering.
    IntelligentTiering = "s3:IntelligentTiering" => Some(any(&["Object Access Tier Changed"]));
    /// Tags of an object were changed.
    ObjectTagging = "s3:ObjectTagging:*" => Some(any(&["Object Tags Added", "Object Tags Deleted"]));
    /// Tags were put on an object.
    ObjectTaggingPut = "s3:ObjectTagging:Put" => Some(any(&["Object Tags Added"]));
    /// Tags of an object were deleted.
    ObjectTaggingDelete = "s3:ObjectTagging:Delete" => Some(any(&["Object Tags Deleted"]));
    /// The access list of an object was changed.
    ObjectAclPut = "s3:ObjectAcl:Put" => Some(any(&["Object ACL Updated"]));
    /// An object of reduced redundancy was lost, which `EventBridge` is not told: the event is refused.
    ReducedRedundancyLostObject = "s3:ReducedRedundancyLostObject" => None;
    /// Something went wrong with a replication, which `EventBridge` is not told: the event is refused.
    Replication = "s3:Replication:*" => None;
    /// A replication failed, which `EventBridge` is not told: the event is refused.
    ReplicationFailed = "s3:Replication:OperationFailedReplication" => None;
    /// A replication takes longer than 15 minutes, which `EventBridge` is not told: the event is refused.
    ReplicationMissedThreshold = "s3:Replication:OperationMissedThreshold" => None;
    /// A replication took longer than 15 minutes, which `EventBridge` is not told: the event is refused.
    ReplicatedAfterThreshold = "s3:Replication:OperationReplicatedAfterThreshold" => None;
    /// A replication is not watched any more, which `EventBridge` is not told: the event is refused.
    ReplicationNotTracked = "s3:Replication:OperationNotTracked" => None;
}

words!(S3EventType);
