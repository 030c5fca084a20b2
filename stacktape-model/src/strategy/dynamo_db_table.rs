//! Tables.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::raw_resource::override_of;
use super::removal_policy;
use super::surroundings::Named;
use crate::dynamo_db_table::{
    CapacityScaling, DynamoDbTable, KeyAttribute, KeyType, PrimaryKey, ProvisionedThroughput, SecondaryIndex, StreamType,
};

/// Tables with any of their properties, up to four indexes. Shrinks to one with a partition key alone.
pub fn dynamo_db_table(name: impl Into<String>) -> BoxedStrategy<DynamoDbTable> {
    let name = name.into();
    named().prop_map(move |make| make.named(&name)).boxed()
}

const OVERRIDES: &[(&str, &str, &str)] = &[("GlobalTable", "Replicas.0.DeletionProtectionEnabled", "true")];

pub(super) fn named() -> BoxedStrategy<Named<DynamoDbTable>> {
    let settings = (option::of(provisioned_throughput()), any::<bool>(), option::of(select(StreamType::ALL.to_vec())), removal_policy());
    (key(), settings, vec((key(), projections()), 0..5), override_of(OVERRIDES))
        .prop_map(|((partition_key, sort_key), (throughput, recovery, stream, removal), indexes, overrides)| {
            Named::new(move |name| {
                let indexes = indexes.iter().enumerate().map(|(number, ((partition_key, sort_key), projections))| SecondaryIndex {
                    name: format!("by_-.{number}"),
                    partition_key: partition_key.clone(),
                    sort_key: sort_key.clone(),
                    projections: projections.iter().map(|&name| name.to_owned()).collect(),
                });
                let primary_key = PrimaryKey { partition_key: partition_key.clone(), sort_key: sort_key.clone() };
                let mut table = DynamoDbTable::builder(name, primary_key)
                    .enable_point_in_time_recovery(recovery)
                    .secondary_indexes(indexes)
                    .removal_policy(removal)
                    .overrides(overrides.iter().map(|role| role.of(name)));
                if let Some(throughput) = throughput {
                    table = table.provisioned_throughput(throughput);
                }
                match stream {
                    Some(stream) => table.stream_type(stream).build(),
                    None => table.build(),
                }
            })
        })
        .boxed()
}

/// A partition key, and maybe a sort key: an attribute has one type, wherever it is a key.
fn key() -> impl Strategy<Value = (KeyAttribute, Option<KeyAttribute>)> {
    const ALL: [(&str, KeyType); 4] =
        [("id", KeyType::String), ("größe", KeyType::Number), ("hash #1", KeyType::Binary), ("orderedAt", KeyType::Number)];
    subsequence(ALL.to_vec(), 1..=2).prop_map(|keys| {
        let mut keys = keys.into_iter().map(|(name, kind)| KeyAttribute { name: name.to_owned(), kind });
        let partition_key = keys.next().unwrap_or_else(|| KeyAttribute::string("id"));
        (partition_key, keys.next())
    })
}

fn projections() -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(&["total", "state", "a b"][..], 0..=3)
}

/// Capacity of a table, fixed or scaled.
pub fn provisioned_throughput() -> impl Strategy<Value = ProvisionedThroughput> {
    let scaling = || {
        option::of((1..=10_u32, 0..=1000_u32, option::of(20..=90_u32)).prop_map(|(min_units, more, percent)| CapacityScaling {
            min_units,
            max_units: min_units + more,
            keep_utilization_under: percent,
        }))
    };
    (1..=100_u32, 1..=100_u32, scaling(), scaling()).prop_map(|(read_units, write_units, read_scaling, write_scaling)| {
        ProvisionedThroughput { read_units, write_units, read_scaling, write_scaling }
    })
}
