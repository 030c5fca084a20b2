//! What is met of buckets, file systems and tables.

use stacktape_model::bucket::{
    AccessPolicyStatement, Bucket, BucketAccessibility, BucketAccessibilityParts, BucketCors, BucketCorsParts, BucketParts, CorsRuleParts,
    LifecycleAction, LifecycleRule,
};
use stacktape_model::dynamo_db_table::{
    CapacityScaling, DynamoDbTable, DynamoDbTableParts, PrimaryKey, ProvisionedThroughput, SecondaryIndex,
};
use stacktape_model::efs_filesystem::{EfsFilesystem, EfsFilesystemParts};

use super::Met;

// No `..` below: a new field of the model must not compile until the strategies reach it.

impl Met {
    pub(super) fn bucket(&mut self, bucket: &Bucket) {
        let BucketParts {
            name: _,
            accessibility,
            versioning,
            encryption,
            cors,
            lifecycle_rules,
            enable_event_bus_notifications,
            removal_policy,
            overrides,
        } = bucket.parts();
        if let Some(BucketAccessibilityParts { accessibility_mode, access_policy_statements }) =
            accessibility.as_ref().map(BucketAccessibility::parts)
        {
            self.variant("bucket is", accessibility_mode);
            for AccessPolicyStatement { sid, effect, principal, actions: _, resources, condition } in access_policy_statements {
                self.note("bucket statement named", sid.is_some());
                self.note("bucket statement conditional", condition.is_some());
                self.note("bucket statement narrow", !resources.is_empty());
                self.variant("bucket effect", effect);
                self.variant("bucket principal", principal);
            }
        }
        self.note("versioning", *versioning);
        self.note("encryption", *encryption);
        self.note("notifications", *enable_event_bus_notifications);
        self.variant("removal", removal_policy);
        self.note("overrides of a bucket", !overrides.is_empty());
        self.note("a removal by override", overrides.iter().any(|value| value.value.is_null()));
        if let Some(BucketCorsParts { rules }) = cors.as_ref().map(BucketCors::parts) {
            self.note("cors without rules", rules.is_empty());
            for rule in rules {
                let CorsRuleParts { allowed_origins, allowed_headers, allowed_methods, exposed_response_headers, max_age } = rule.parts();
                self.note("cors origins", !allowed_origins.is_empty());
                self.note("cors headers", !allowed_headers.is_empty());
                self.note("cors exposed", !exposed_response_headers.is_empty());
                self.note("cors age", max_age.is_some());
                for method in allowed_methods {
                    self.variant("s3 method", method);
                }
            }
        }
        for LifecycleRule { action, prefix, tags } in lifecycle_rules {
            self.note("prefix", prefix.is_some());
            self.note("object tags", !tags.is_empty());
            self.variant("action", action);
            if let LifecycleAction::ClassTransition { storage_class, .. } = action {
                self.variant("class", storage_class);
            }
        }
    }

    pub(super) fn filesystem(&mut self, filesystem: &EfsFilesystem) {
        let EfsFilesystemParts { name: _, backup_enabled, throughput_mode, provisioned_throughput_in_mibps, removal_policy, overrides } =
            filesystem.parts();
        self.note("backups", *backup_enabled);
        self.variant("throughput", throughput_mode);
        self.note("part of a MiB", provisioned_throughput_in_mibps.is_some_and(|mibps| mibps.fract() != 0.0));
        self.variant("files' removal", removal_policy);
        self.note("overrides of a file system", !overrides.is_empty());
    }

    pub(super) fn table(&mut self, table: &DynamoDbTable) {
        let DynamoDbTableParts {
            name: _,
            primary_key,
            provisioned_throughput,
            enable_point_in_time_recovery,
            stream_type,
            secondary_indexes,
            removal_policy,
            overrides,
        } = table.parts();
        let PrimaryKey { partition_key, sort_key } = primary_key;
        self.variant("table key", &partition_key.kind);
        self.note("table sorted", sort_key.is_some());
        self.note("table recovery", *enable_point_in_time_recovery);
        self.variant("table removal", removal_policy);
        self.note("overrides of a table", !overrides.is_empty());
        if let Some(stream) = stream_type {
            self.variant("table stream", stream);
        }
        if let Some(ProvisionedThroughput { read_units: _, write_units: _, read_scaling, write_scaling }) = provisioned_throughput {
            self.note("table fixed", read_scaling.is_none() && write_scaling.is_none());
            for CapacityScaling { min_units: _, max_units: _, keep_utilization_under } in read_scaling.iter().chain(write_scaling) {
                self.note("table scaled", keep_utilization_under.is_some());
            }
        }
        for SecondaryIndex { name: _, partition_key: _, sort_key, projections } in secondary_indexes {
            self.note("table index sorted", sort_key.is_some());
            self.note("table index projections", projections.len() > 1);
            self.note("table index of keys", projections.is_empty());
        }
    }
}
