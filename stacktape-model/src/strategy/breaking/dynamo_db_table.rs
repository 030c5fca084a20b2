//! Mistakes in tables.

use super::planting::{Mistake, Planting};
use crate::dynamo_db_table::{
    CapacityScaling, DynamoDbTable, DynamoDbTableBuilder, KeyAttribute, PrimaryKey, ProvisionedThroughput, SecondaryIndex,
};

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::anywhere("dynamo_db_table::attribute_name", |planting| {
        let name = planting.text(&["", &"a".repeat(256), &"ä".repeat(128)]);
        match planting.one(&[0, 1, 2]) {
            0 => add(planting, DynamoDbTable::builder("planted", KeyAttribute::string(name)), "primaryKey.partitionKey.name"),
            1 => indexed(planting, [SecondaryIndex::new("byState", KeyAttribute::string(name))], "[0].partitionKey.name"),
            _ => indexed(planting, [by_state().projection(name)], "[0].projections[0]"),
        }
    }),
    Mistake::anywhere("dynamo_db_table::two_types", |planting| {
        let key = planting.one(&[KeyAttribute::number("id"), KeyAttribute::binary("id")]);
        indexed(planting, [by_state().sort_key(key)], "[0].sortKey.type")
    }),
    Mistake::anywhere("dynamo_db_table::same_keys", |planting| {
        if planting.one(&[true, false]) {
            let key = PrimaryKey::new(KeyAttribute::string("id")).sort_key(KeyAttribute::string("id"));
            add(planting, DynamoDbTable::builder("planted", key), "primaryKey.sortKey.name")
        } else {
            indexed(planting, [by_state().sort_key(KeyAttribute::string("state"))], "[0].sortKey.name")
        }
    }),
    Mistake::anywhere("dynamo_db_table::index_name", |planting| {
        let name = planting.text(&["by", "", "by state", "größe", &"a".repeat(256)]);
        indexed(planting, [SecondaryIndex::new(name, KeyAttribute::string("state"))], "[0].name")
    }),
    Mistake::anywhere("dynamo_db_table::duplicate_index", |planting| indexed(planting, [by_state(), by_state()], "[1].name")),
    Mistake::anywhere("dynamo_db_table::too_many_indexes", |planting| {
        let number = planting.one(&[21, 25]);
        let index = |number| SecondaryIndex::new(format!("index{number}"), KeyAttribute::string("state"));
        indexed(planting, (0..number).map(index), "")
    }),
    Mistake::anywhere("dynamo_db_table::too_many_projections", |planting| {
        let holding = |name: String, number| {
            (0..number).fold(SecondaryIndex { name, ..by_state() }, |index, one| index.projection(format!("a{one}")))
        };
        if planting.one(&[true, false]) {
            indexed(planting, [holding("index".to_owned(), 21)], "[0].projections")
        } else {
            indexed(planting, (0..6).map(|number| holding(format!("index{number}"), 17)), "")
        }
    }),
    Mistake::anywhere("dynamo_db_table::no_units", |planting| {
        let units = ProvisionedThroughput::new;
        match planting.one(&[0, 1, 2]) {
            0 => provisioned(planting, units(0, 5), "readUnits"),
            1 => provisioned(planting, units(5, 0), "writeUnits"),
            _ => provisioned(planting, units(5, 5).read_scaling(CapacityScaling::between(0, 5)), "readScaling.minUnits"),
        }
    }),
    Mistake::anywhere("dynamo_db_table::unit_bounds", |planting| {
        provisioned(planting, ProvisionedThroughput::new(5, 5).write_scaling(CapacityScaling::between(6, 5)), "writeScaling.maxUnits")
    }),
    Mistake::anywhere("dynamo_db_table::utilization", |planting| {
        let scaling = CapacityScaling::between(1, 5).keep_utilization_under(planting.one(&[19, 91, 0]));
        provisioned(planting, ProvisionedThroughput::new(5, 5).read_scaling(scaling), "readScaling.keepUtilizationUnder")
    }),
];

fn table() -> DynamoDbTableBuilder {
    DynamoDbTable::builder("planted", KeyAttribute::string("id"))
}

fn by_state() -> SecondaryIndex {
    SecondaryIndex::new("byState", KeyAttribute::string("state"))
}

/// Adds the table `planted`.
fn add(planting: &mut Planting<'_>, table: DynamoDbTableBuilder, field: &str) -> String {
    planting.stack.add(table);
    format!("resources.planted.{field}")
}

fn indexed(planting: &mut Planting<'_>, indexes: impl IntoIterator<Item = SecondaryIndex>, field: &str) -> String {
    add(planting, table().secondary_indexes(indexes), &format!("secondaryIndexes{field}"))
}

fn provisioned(planting: &mut Planting<'_>, throughput: ProvisionedThroughput, field: &str) -> String {
    add(planting, table().provisioned_throughput(throughput), &format!("provisionedThroughput.{field}"))
}
