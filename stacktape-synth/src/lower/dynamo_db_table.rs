//! `dynamo-db-table` becomes a global table of DynamoDB with one replica: settings that scale stand in it, where a plain table would
//! need resources of their own, and a second region can come without replacing it.

use stacktape_model::dynamo_db_table::{
    CapacityScaling, DEFAULT_UTILIZATION, DynamoDbTable, DynamoDbTableParam, DynamoDbTableParts, KeyAttribute, KeyType,
    ProvisionedThroughput, SecondaryIndex, StreamType,
};
use stacktape_model::table::Table;

use crate::cfn::dynamo_db::{self, global_table as table};
use crate::cfn::{Node, PropertyType, Pseudo, Value, concat};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::{once_each, removal};
use crate::plan::Plan;
use crate::policy::Grant;

pub(super) fn lower(of: &DynamoDbTable, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let DynamoDbTableParts {
        name,
        primary_key,
        provisioned_throughput,
        enable_point_in_time_recovery,
        stream_type,
        secondary_indexes,
        removal_policy,
        overrides: _, // applied when the template is merged
    } = of.parts();
    let throughput = provisioned_throughput.as_ref();
    let mode = if throughput.is_some() { table::BillingMode::Provisioned } else { table::BillingMode::PayPerRequest };
    let resource = dynamo_db::GlobalTable::new(vec![replica(secondary_indexes, throughput, *enable_point_in_time_recovery, plan)])
        .attribute_definitions(attributes(of))
        .key_schema(Value::from_node(key_schema(primary_key.attributes())))
        .billing_mode(mode)
        .set_some(
            (!secondary_indexes.is_empty()).then(|| secondary_indexes.iter().map(|one| index(one, throughput)).collect::<Vec<_>>()),
            dynamo_db::GlobalTable::global_secondary_indexes,
        )
        .set_some(throughput.map(writes), dynamo_db::GlobalTable::write_provisioned_throughput_settings)
        .set_some(stream_type.map(|kind| table::StreamSpecification::new(stream(kind))), dynamo_db::GlobalTable::stream_specification);
    fragment.add(&logical_id::table(name), resource).on_removal(removal(*removal_policy));
}

/// What is told of the table in its region.
fn replica(
    indexes: &[SecondaryIndex],
    throughput: Option<&ProvisionedThroughput>,
    recovery: bool,
    plan: &Plan<'_>,
) -> table::ReplicaSpecification {
    let recovery = recovery.then(|| table::PointInTimeRecoverySpecification::new().point_in_time_recovery_enabled(true));
    let of_indexes = throughput.filter(|_| !indexes.is_empty()).map(|throughput| {
        let of_index = |index: &SecondaryIndex| {
            table::ReplicaGlobalSecondaryIndexSpecification::new(index.name.clone()).read_provisioned_throughput_settings(reads(throughput))
        };
        indexes.iter().map(of_index).collect::<Vec<_>>()
    });
    table::ReplicaSpecification::new(Pseudo::Region)
        .set_some(of_indexes, table::ReplicaSpecification::global_secondary_indexes)
        .set_some(recovery, table::ReplicaSpecification::point_in_time_recovery_specification)
        .set_some(throughput.map(reads), table::ReplicaSpecification::read_provisioned_throughput_settings)
        .tags(plan.tags.list())
}

/// The attributes of all keys, each once.
fn attributes(of: &DynamoDbTable) -> Vec<table::AttributeDefinition> {
    let DynamoDbTableParts { primary_key, secondary_indexes, .. } = of.parts();
    let of_indexes = secondary_indexes.iter().flat_map(SecondaryIndex::attributes);
    let all: Table<&str, KeyType> =
        primary_key.attributes().chain(of_indexes).map(|(_, KeyAttribute { name, kind })| (name.as_str(), *kind)).collect();
    all.into_iter().map(|(name, kind)| table::AttributeDefinition::new(name.to_owned(), attribute_type(kind))).collect()
}

fn attribute_type(kind: KeyType) -> table::AttributeDefinitionAttributeType {
    match kind {
        KeyType::String => table::AttributeDefinitionAttributeType::S,
        KeyType::Number => table::AttributeDefinitionAttributeType::N,
        KeyType::Binary => table::AttributeDefinitionAttributeType::B,
    }
}

/// The schema calls the list of a table an object, so that its type is of no use here.
fn key_schema<'a>(attributes: impl Iterator<Item = (&'static str, &'a KeyAttribute)>) -> Node {
    let kinds = [table::GlobalSecondaryIndexKeySchemaKeyType::Hash, table::GlobalSecondaryIndexKeySchemaKeyType::Range];
    let keys = attributes.zip(kinds).map(|((_, key), kind)| table::GlobalSecondaryIndexKeySchema::new(key.name.clone(), kind));
    Node::list(keys.map(|key| key.into_properties().into_node()))
}

fn index(index: &SecondaryIndex, throughput: Option<&ProvisionedThroughput>) -> table::GlobalSecondaryIndex {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let SecondaryIndex { name, partition_key: _, sort_key: _, projections } = index;
    let projection = if projections.is_empty() {
        table::Projection::new().projection_type(table::ProjectionProjectionType::KeysOnly)
    } else {
        table::Projection::new().projection_type(table::ProjectionProjectionType::Include).non_key_attributes(once_each(projections))
    };
    table::GlobalSecondaryIndex::new(name.clone(), Value::from_node(key_schema(index.attributes())), projection)
        .set_some(throughput.map(writes), table::GlobalSecondaryIndex::write_provisioned_throughput_settings)
}

/// A replica reads a fixed number of units, or one that follows the load.
fn reads(throughput: &ProvisionedThroughput) -> table::ReadProvisionedThroughputSettings {
    let ProvisionedThroughput { read_units, write_units: _, read_scaling, write_scaling: _ } = *throughput;
    match read_scaling {
        Some(scaling) => table::ReadProvisionedThroughputSettings::new().read_capacity_auto_scaling_settings(scaled(read_units, scaling)),
        None => table::ReadProvisionedThroughputSettings::new().read_capacity_units(read_units),
    }
}

/// A global table always scales its writes: a fixed number is one that scales from itself to itself.
fn writes(throughput: &ProvisionedThroughput) -> table::WriteProvisionedThroughputSettings {
    let ProvisionedThroughput { read_units: _, write_units, read_scaling: _, write_scaling } = *throughput;
    let scaling = write_scaling.unwrap_or(CapacityScaling::between(write_units, write_units));
    table::WriteProvisionedThroughputSettings::new().write_capacity_auto_scaling_settings(scaled(write_units, scaling))
}

fn scaled(units: u32, scaling: CapacityScaling) -> table::CapacityAutoScalingSettings {
    let CapacityScaling { min_units, max_units, keep_utilization_under } = scaling;
    let target = keep_utilization_under.unwrap_or(DEFAULT_UTILIZATION);
    let target = table::TargetTrackingScalingPolicyConfiguration::new(f64::from(target));
    table::CapacityAutoScalingSettings::new(max_units, min_units, target).seed_capacity(units)
}

fn stream(kind: StreamType) -> table::StreamSpecificationStreamViewType {
    match kind {
        StreamType::KeysOnly => table::StreamSpecificationStreamViewType::KeysOnly,
        StreamType::NewImage => table::StreamSpecificationStreamViewType::NewImage,
        StreamType::OldImage => table::StreamSpecificationStreamViewType::OldImage,
        StreamType::NewAndOldImages => table::StreamSpecificationStreamViewType::NewAndOldImages,
    }
}

/// A parameter of a table.
pub(super) fn param(table: &str, param: DynamoDbTableParam) -> Value<String> {
    let id = logical_id::table(table);
    match param {
        DynamoDbTableParam::Name => id.reference(),
        DynamoDbTableParam::Arn => id.att_arn(),
        DynamoDbTableParam::StreamArn => id.att_stream_arn(),
    }
}

/// What a workload that is connected to the table may do.
pub(super) fn grants(table: &DynamoDbTable) -> Vec<Grant> {
    let DynamoDbTableParts { name, stream_type, secondary_indexes, .. } = table.parts();
    let arn = logical_id::table(name).att_arn();
    let below = |what: &'static str| concat([arn.clone(), what.into()]);
    let on_items = [
        "dynamodb:BatchGetItem",
        "dynamodb:BatchWriteItem",
        "dynamodb:ConditionCheckItem",
        "dynamodb:DeleteItem",
        "dynamodb:DescribeTable",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:Scan",
        "dynamodb:UpdateItem",
    ];
    let mut resources = vec![arn.clone()];
    if !secondary_indexes.is_empty() {
        resources.push(below("/index/*"));
    }
    let mut grants = vec![Grant::new(on_items, resources)];
    if stream_type.is_some() {
        let on_stream = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"];
        grants.push(Grant::new(on_stream, [below("/stream/*")]));
    }
    grants
}
