//! Tables: keys, indexes and capacity.

use stacktape_model::dynamo_db_table::{
    CapacityScaling, DynamoDbTable, DynamoDbTableBuilder, KeyAttribute, PrimaryKey, ProvisionedThroughput, SecondaryIndex,
};
use stacktape_model::stack::Stack;

use crate::support::{Rule, rule, stack};

#[track_caller]
fn table() -> DynamoDbTableBuilder {
    keyed(KeyAttribute::string("id"))
}

#[track_caller]
fn keyed(key: impl Into<PrimaryKey>) -> DynamoDbTableBuilder {
    DynamoDbTable::builder("orders", key)
}

#[track_caller]
fn indexed(indexes: impl IntoIterator<Item = SecondaryIndex>) -> Stack {
    stack([table().secondary_indexes(indexes)])
}

fn by_state(name: &str) -> SecondaryIndex {
    SecondaryIndex::new(name, KeyAttribute::string("state"))
}

fn holding(name: &str, attributes: usize) -> SecondaryIndex {
    (0..attributes).fold(by_state(name), |index, number| index.projection(format!("a{number}")))
}

#[track_caller]
fn provisioned(throughput: ProvisionedThroughput) -> Stack {
    stack([table().provisioned_throughput(throughput)])
}

pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = keys();
    rules.extend(indexes());
    rules.extend(capacity());
    rules
}

fn keys() -> Vec<Rule> {
    let both = |sort_key| PrimaryKey::new(KeyAttribute::string("id")).sort_key(sort_key);
    vec![
        rule("dynamo_db_table::attribute_name")
            .refuses("resources.orders.primaryKey.partitionKey.name", stack([keyed(KeyAttribute::string(""))]))
            .saying("found a name of 0 bytes, expected 1 to 255", "write the name of an attribute")
            .refuses("resources.orders.primaryKey.sortKey.name", stack([keyed(both(KeyAttribute::number("ä".repeat(128))))]))
            .refuses("resources.orders.secondaryIndexes[0].partitionKey.name", indexed([SecondaryIndex::new("all", KeyAttribute::binary(""))]))
            .refuses("resources.orders.secondaryIndexes[0].projections[1]", indexed([by_state("all").projection("a").projection("")]))
            .takes(stack([keyed(both(KeyAttribute::number("a".repeat(255))))])),
        rule("dynamo_db_table::two_types")
            .refuses(
                "resources.orders.secondaryIndexes[0].sortKey.type",
                indexed([by_state("byState").sort_key(KeyAttribute::number("id"))]),
            )
            .saying(
                "found the type `number` of the attribute `id`, expected `string` as elsewhere in the table",
                "write the same type, or use another attribute",
            )
            .refuses("resources.orders.primaryKey.sortKey.type", stack([keyed(both(KeyAttribute::binary("id")))]))
            .takes(indexed([by_state("byState").sort_key(KeyAttribute::string("id"))])),
        rule("dynamo_db_table::same_keys")
            .refuses("resources.orders.primaryKey.sortKey.name", stack([keyed(both(KeyAttribute::string("id")))]))
            .saying("found the attribute `id` as both keys, expected two attributes", "leave the sort key out, or use another attribute")
            .refuses(
                "resources.orders.secondaryIndexes[0].sortKey.name",
                indexed([by_state("byState").sort_key(KeyAttribute::string("state"))]),
            )
            // An index may have the keys of its table.
            .takes(indexed([SecondaryIndex::new("again", KeyAttribute::string("id"))])),
    ]
}

fn indexes() -> Vec<Rule> {
    const INDEXES: &str = "resources.orders.secondaryIndexes";
    let named = |name: &str| indexed([by_state(name)]);
    let many = |number: usize| indexed((0..number).map(|number| by_state(&format!("index{number}"))));
    let hold = |attributes: [usize; 6]| indexed(attributes.into_iter().enumerate().map(|(number, attributes)| holding(&format!("index{number}"), attributes)));
    vec![
        rule("dynamo_db_table::index_name")
            .refuses("resources.orders.secondaryIndexes[0].name", named("by"))
            .saying("found the index name `by`, expected 3 to 255 letters, digits and `_-.`", "write a name such as `byCustomer`")
            .refuses("resources.orders.secondaryIndexes[0].name", named("by state"))
            .refuses("resources.orders.secondaryIndexes[0].name", named(&"a".repeat(256)))
            .takes(named("a_-."))
            .takes(named(&"a".repeat(255))),
        rule("dynamo_db_table::duplicate_index")
            .refuses("resources.orders.secondaryIndexes[1].name", indexed([by_state("byState"), by_state("byState")]))
            .saying("found the index `byState` a second time, expected each name once in a table", "rename one of the two")
            .takes(indexed([by_state("byState"), by_state("bystate")])),
        rule("dynamo_db_table::too_many_indexes")
            .refuses(INDEXES, many(21))
            .saying("found 21 indexes, expected at most 20", "leave out what no query needs")
            .takes(many(20)),
        rule("dynamo_db_table::too_many_projections")
            .refuses("resources.orders.secondaryIndexes[0].projections", indexed([holding("all", 21)]))
            .saying(
                "found 21 projections, expected at most 20 of an index",
                "leave out attributes; a query can read them from the table",
            )
            .refuses(INDEXES, hold([20, 20, 20, 20, 20, 1]))
            .saying(
                "found 101 projections, expected at most 100 of all indexes together",
                "leave out attributes; a query can read them from the table",
            )
            .takes(hold([20, 20, 20, 20, 20, 0])),
    ]
}

fn capacity() -> Vec<Rule> {
    let between = CapacityScaling::between;
    let reading = |scaling| provisioned(ProvisionedThroughput::new(5, 5).read_scaling(scaling));
    vec![
        rule("dynamo_db_table::no_units")
            .refuses("resources.orders.provisionedThroughput.readUnits", provisioned(ProvisionedThroughput::new(0, 1)))
            .saying("found 0 units, expected at least 1", "write 1 or more, or leave `.provisioned_throughput(..)` out to pay for what is used")
            .refuses("resources.orders.provisionedThroughput.writeUnits", provisioned(ProvisionedThroughput::new(1, 0)))
            .refuses("resources.orders.provisionedThroughput.readScaling.minUnits", reading(between(0, 5)))
            .takes(provisioned(ProvisionedThroughput::new(1, 1).read_scaling(between(1, 1)))),
        rule("dynamo_db_table::unit_bounds")
            .refuses(
                "resources.orders.provisionedThroughput.writeScaling.maxUnits",
                provisioned(ProvisionedThroughput::new(5, 5).write_scaling(between(6, 5))),
            )
            .saying("found at most 5 units, expected at least 6, which is the minimum", "raise the maximum, or lower the minimum")
            .takes(reading(between(5, 5))),
        rule("dynamo_db_table::utilization")
            .refuses(
                "resources.orders.provisionedThroughput.readScaling.keepUtilizationUnder",
                reading(between(1, 5).keep_utilization_under(19)),
            )
            .saying("found a target of 19 percent, expected 20 to 90", "write a number from 20 to 90")
            .refuses(
                "resources.orders.provisionedThroughput.readScaling.keepUtilizationUnder",
                reading(between(1, 5).keep_utilization_under(91)),
            )
            .takes(reading(between(1, 5).keep_utilization_under(20)))
            .takes(reading(between(1, 5).keep_utilization_under(90))),
    ]
}
