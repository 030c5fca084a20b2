//! `dynamo-db-table`: a table of Amazon DynamoDB.

mod index;
mod key;
mod throughput;

pub use index::SecondaryIndex;
pub use key::{KeyAttribute, KeyType, PrimaryKey};
pub use throughput::{CapacityScaling, DEFAULT_UTILIZATION, ProvisionedThroughput};

use stacktape_macros::model;

use crate::check::Check;
use crate::document::words;
use crate::origin::Origin;
use crate::overrides::Override;
use crate::reference::ResourceRef;
use crate::removal_policy::RemovalPolicy;
use crate::resource::ResourceKind;
use crate::table::{Set, Table};
use crate::text::{Param, ParamRef, Text};

/// A table of items, which are found by their keys. YAML: `dynamo-db-table`.
///
/// ```
/// use stacktape_model::dynamo_db_table::{DynamoDbTable, KeyAttribute, SecondaryIndex};
/// let orders = DynamoDbTable::builder("orders", KeyAttribute::string("id"))
///     .secondary_index(SecondaryIndex::new("byCustomer", KeyAttribute::string("customer")))
///     .build();
/// ```
///
/// **Creates** an `AWS::DynamoDB::GlobalTable` with one replica, in the stack's region.
///
/// **Defaults**: reads and writes are paid one by one, DynamoDB encrypts items with a key of its own, there is no stream and no
/// recovery of former states.
#[model(resource)]
#[must_use = "a resource does nothing until it is added to a `Stack`"]
pub struct DynamoDbTable {
    /// `name`: letters and digits, unique in the stack. Renaming replaces the table.
    #[argument]
    pub(crate) name: String,
    /// `primary_key`: by what items are found. YAML: `primaryKey`. A change replaces the table.
    #[argument]
    pub(crate) primary_key: PrimaryKey,
    /// Capacity that is bought beforehand, for the table and for each index. YAML: `provisionedThroughput`, default: each read and
    /// write is paid for itself. Changed in place.
    pub(crate) provisioned_throughput: Option<ProvisionedThroughput>,
    /// Keeps every state of the last 35 days, so that one can be restored. YAML: `enablePointInTimeRecovery`, default `false`. Changed in
    /// place.
    enable_point_in_time_recovery: bool,
    /// Keeps changes in a stream, for a day. YAML: `streamType`, default: no stream. Changed in place; another type makes a new stream.
    pub(crate) stream_type: Option<StreamType>,
    /// Other keys by which items are found. YAML: `secondaryIndexes`, at most 20. Changed in place, one index with each deployment.
    #[each(secondary_index)]
    #[key("secondaryIndexes")]
    pub(crate) secondary_indexes: Vec<SecondaryIndex>,
    /// What becomes of the table, with its items, when it leaves the stack. YAML: `removalPolicy`, default `delete`. Changed in
    /// place.
    removal_policy: RemovalPolicy,
    /// Sets a property over what is rendered. YAML: `overrides`.
    #[each(override_with)]
    pub(crate) overrides: Vec<Override>,
    pub(crate) origin: Origin,
}

/// What a stream says of an item that has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamType {
    /// Its key. YAML: `KEYS_ONLY`.
    KeysOnly,
    /// The item as it is now. YAML: `NEW_IMAGE`.
    NewImage,
    /// The item as it was. YAML: `OLD_IMAGE`.
    OldImage,
    /// Both. YAML: `NEW_AND_OLD_IMAGES`.
    NewAndOldImages,
}

words!(StreamType);

impl StreamType {
    /// Every type.
    pub const ALL: [Self; 4] = [Self::KeysOnly, Self::NewImage, Self::OldImage, Self::NewAndOldImages];

    /// The type as DynamoDB spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::KeysOnly => "KEYS_ONLY",
            Self::NewImage => "NEW_IMAGE",
            Self::OldImage => "OLD_IMAGE",
            Self::NewAndOldImages => "NEW_AND_OLD_IMAGES",
        }
    }
}

const INDEXES_MAX: usize = 20;
const PROJECTIONS_MAX: usize = 20;
const PROJECTIONS_IN_ALL_MAX: usize = 100;
const ATTRIBUTE_NAME_MAX: usize = 255;

impl DynamoDbTable {
    /// The table's name in the stack.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The table's name in DynamoDB. YAML: `$ResourceParam('..', 'name')`.
    #[track_caller]
    pub fn table_name(&self) -> Text {
        self.param(DynamoDbTableParam::Name)
    }

    /// The table's ARN. YAML: `$ResourceParam('..', 'arn')`.
    #[track_caller]
    pub fn arn(&self) -> Text {
        self.param(DynamoDbTableParam::Arn)
    }

    /// The ARN of the stream, of a table that has one. YAML: `$ResourceParam('..', 'streamArn')`.
    #[track_caller]
    pub fn stream_arn(&self) -> Text {
        self.param(DynamoDbTableParam::StreamArn)
    }

    #[track_caller]
    fn param(&self, param: DynamoDbTableParam) -> Text {
        Text::Param(ParamRef { resource: ResourceRef::new(self.name(), ResourceKind::DynamoDbTable), param: Param::DynamoDbTable(param) })
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        if let Some(throughput) = &self.provisioned_throughput {
            throughput.check(&mut at.field("provisionedThroughput"));
        }
        let mut kinds = Table::new();
        check_key(self.primary_key.attributes(), &mut kinds, &mut at.field("primaryKey"));
        let mut at = at.field("secondaryIndexes");
        if self.secondary_indexes.len() > INDEXES_MAX {
            at.report(&DynamoDbTableIssue::TooManyIndexes { found: self.secondary_indexes.len() });
        }
        let in_all = self.secondary_indexes.iter().map(|index| index.projections.len()).sum();
        if in_all > PROJECTIONS_IN_ALL_MAX {
            at.report(&DynamoDbTableIssue::TooManyProjections { found: in_all, most: PROJECTIONS_IN_ALL_MAX, of: "all indexes together" });
        }
        let mut names = Set::new();
        at.each(&self.secondary_indexes, |at, index| {
            if !is_index_name(&index.name) {
                at.field("name").report(&DynamoDbTableIssue::IndexName { name: index.name.clone() });
            } else if !names.insert(&index.name) {
                at.field("name").report(&DynamoDbTableIssue::DuplicateIndex { name: index.name.clone() });
            }
            check_key(index.attributes(), &mut kinds, at);
            let mut at = at.field("projections");
            if index.projections.len() > PROJECTIONS_MAX {
                let (found, most) = (index.projections.len(), PROJECTIONS_MAX);
                at.report(&DynamoDbTableIssue::TooManyProjections { found, most, of: "an index" });
            }
            at.each(&index.projections, |at, name| check_attribute_name(name, at));
        });
    }
}

/// Checks a key; an attribute has one type in the whole table.
fn check_key<'a>(
    attributes: impl Iterator<Item = (&'static str, &'a KeyAttribute)>,
    kinds: &mut Table<&'a str, KeyType>,
    at: &mut Check<'_>,
) {
    let mut partition_key = None;
    for (field, KeyAttribute { name, kind }) in attributes {
        let mut at = at.field(field);
        check_attribute_name(name, &mut at.field("name"));
        let other = *kinds.entry(name).or_insert(*kind);
        if other != *kind {
            let (found, expected) = (kind.as_str(), other.as_str());
            at.field("type").report(&DynamoDbTableIssue::TwoTypes { name: name.clone(), found, expected });
        } else if partition_key == Some(name) {
            at.field("name").report(&DynamoDbTableIssue::SameKeys { name: name.clone() });
        }
        partition_key = partition_key.or(Some(name));
    }
}

fn check_attribute_name(name: &str, at: &mut Check<'_>) {
    if name.is_empty() || name.len() > ATTRIBUTE_NAME_MAX {
        at.report(&DynamoDbTableIssue::AttributeName { found: name.len() });
    }
}

fn is_index_name(name: &str) -> bool {
    (3..=255).contains(&name.len()) && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-.".contains(letter))
}

/// What other resources may know of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DynamoDbTableParam {
    /// `name`.
    Name,
    /// `arn`.
    Arn,
    /// `streamArn`, of a table with a stream.
    StreamArn,
}

impl DynamoDbTableParam {
    /// Every parameter, in the order in which variables are injected.
    pub const ALL: [Self; 3] = [Self::Name, Self::Arn, Self::StreamArn];

    /// The parameter as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Arn => "arn",
            Self::StreamArn => "streamArn",
        }
    }
}

/// Mistakes in tables.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "dynamo_db_table")]
#[non_exhaustive]
pub enum DynamoDbTableIssue {
    /// DynamoDB's longest name of an attribute that is part of a key or of an index.
    #[error("found a name of {found} bytes, expected 1 to 255")]
    #[issue(
        help = "write the name of an attribute",
        docs = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-naming-rules"
    )]
    AttributeName {
        /// Its length.
        found: usize,
    },
    /// A table knows one type of each attribute.
    #[error("found the type `{found}` of the attribute `{name}`, expected `{expected}` as elsewhere in the table")]
    #[issue(
        help = "write the same type, or use another attribute",
        docs = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeDefinition.html"
    )]
    TwoTypes {
        /// The attribute.
        name: String,
        /// The type here.
        found: &'static str,
        /// The type elsewhere.
        expected: &'static str,
    },
    /// Items of a partition are ordered by something else than what they have in common.
    #[error("found the attribute `{name}` as both keys, expected two attributes")]
    #[issue(
        help = "leave the sort key out, or use another attribute",
        docs = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.CoreComponents.html"
    )]
    SameKeys {
        /// The attribute.
        name: String,
    },
    /// DynamoDB's spelling of an index.
    #[error("found the index name `{name}`, expected 3 to 255 letters, digits and `_-.`")]
    #[issue(
        help = "write a name such as `byCustomer`",
        docs = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-naming-rules"
    )]
    IndexName {
        /// What was found.
        name: String,
    },
    /// Programs ask for an index by its name.
    #[error("found the index `{name}` a second time, expected each name once in a table")]
    #[issue(
        help = "rename one of the two",
        docs = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GlobalSecondaryIndex.html"
    )]
    DuplicateIndex {
        /// The name.
        name: String,
    },
    /// DynamoDB's quota of indexes.
    #[error("found {found} indexes, expected at most 20")]
    #[issue(
        help = "leave out what no query needs",
        docs = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html"
    )]
    TooManyIndexes {
        /// How many there are.
        found: usize,
    },
    /// DynamoDB's limits of attributes that indexes hold beside keys.
    #[error("found {found} projections, expected at most {most} of {of}")]
    #[issue(
        help = "leave out attributes; a query can read them from the table",
        docs = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html"
    )]
    TooManyProjections {
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
        /// Of what.
        of: &'static str,
    },
    /// A table that is provisioned reads and writes something.
    #[error("found 0 units, expected at least 1")]
    #[issue(
        help = "write 1 or more, or leave `.provisioned_throughput(..)` out to pay for what is used",
        yaml = "write 1 or more, or leave `provisionedThroughput` out to pay for what is used",
        docs = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ProvisionedThroughput.html"
    )]
    NoUnits,
    /// Units follow the load between two bounds.
    #[error("found at most {max} units, expected at least {min}, which is the minimum")]
    #[issue(
        help = "raise the maximum, or lower the minimum",
        docs = "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html"
    )]
    UnitBounds {
        /// The minimum.
        min: u32,
        /// The maximum.
        max: u32,
    },
    /// DynamoDB's limits of the target.
    #[error("found a target of {found} percent, expected 20 to 90")]
    #[issue(
        help = "write a number from 20 to 90",
        docs = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html"
    )]
    Utilization {
        /// What was found.
        found: u32,
    },
}
