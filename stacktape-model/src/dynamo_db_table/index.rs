//! Secondary indexes of a table. YAML: `secondaryIndexes`.

use stacktape_macros::Keyed;

use super::key::{self, KeyAttribute};

/// Another key by which the items of a table are found (a global secondary index). YAML: an entry of `secondaryIndexes`.
///
/// ```
/// use stacktape_model::dynamo_db_table::{KeyAttribute, SecondaryIndex};
/// let by_state = SecondaryIndex::new("byState", KeyAttribute::string("state")).projection("total");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Keyed)]
pub struct SecondaryIndex {
    /// The index's name, unique in the table. YAML: `name`, 3 to 255 letters, digits and `_-.`.
    #[required]
    pub name: String,
    /// YAML: `partitionKey`.
    #[required]
    pub partition_key: KeyAttribute,
    /// YAML: `sortKey`.
    pub sort_key: Option<KeyAttribute>,
    /// Attributes that the index holds beside its own keys and those of the table. YAML: `projections`, at most 20; at most 100 in all
    /// indexes together. Default: none.
    pub projections: Vec<String>,
}

impl SecondaryIndex {
    /// An index by a partition key alone, which holds keys only.
    pub fn new(name: impl Into<String>, partition_key: KeyAttribute) -> Self {
        Self { name: name.into(), partition_key, sort_key: None, projections: Vec::new() }
    }

    /// Orders the items of a partition. YAML: `sortKey`.
    pub fn sort_key(mut self, sort_key: KeyAttribute) -> Self {
        self.sort_key = Some(sort_key);
        self
    }

    /// Lets the index hold one more attribute. YAML: an entry of `projections`.
    pub fn projection(mut self, attribute: impl Into<String>) -> Self {
        self.projections.push(attribute.into());
        self
    }

    /// The attributes of the key, each with its key in a document.
    pub fn attributes(&self) -> impl Iterator<Item = (&'static str, &KeyAttribute)> {
        key::attributes(&self.partition_key, self.sort_key.as_ref())
    }
}
