//! Keys of a table and of its indexes.

use stacktape_macros::Keyed;

use crate::document::words;

/// By what items are found: a partition key, or a partition key and a sort key. YAML: `primaryKey`.
///
/// ```
/// use stacktape_model::dynamo_db_table::{KeyAttribute, PrimaryKey};
/// let key = PrimaryKey::new(KeyAttribute::string("customer")).sort_key(KeyAttribute::number("orderedAt"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Keyed)]
pub struct PrimaryKey {
    /// Items with the same value are kept together. YAML: `partitionKey`.
    #[required]
    pub partition_key: KeyAttribute,
    /// Tells them apart and orders them. YAML: `sortKey`.
    pub sort_key: Option<KeyAttribute>,
}

/// An attribute that items are found by.
#[derive(Clone, Debug, PartialEq, Eq, Keyed)]
pub struct KeyAttribute {
    /// The attribute's name. YAML: `name`, 1 to 255 bytes.
    #[required]
    pub name: String,
    /// The type of its values. YAML: `type`.
    #[required]
    #[key("type")]
    pub kind: KeyType,
}

/// The type of the values of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyType {
    /// YAML: `string`.
    String,
    /// YAML: `number`.
    Number,
    /// YAML: `binary`.
    Binary,
}

words!(KeyType);

impl KeyType {
    /// Every type.
    pub const ALL: [Self; 3] = [Self::String, Self::Number, Self::Binary];

    /// The type as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Binary => "binary",
        }
    }
}

impl PrimaryKey {
    /// A partition key alone.
    pub const fn new(partition_key: KeyAttribute) -> Self {
        Self { partition_key, sort_key: None }
    }

    /// Orders the items of a partition.
    pub fn sort_key(mut self, sort_key: KeyAttribute) -> Self {
        self.sort_key = Some(sort_key);
        self
    }

    /// The attributes, each with its key in a document.
    pub fn attributes(&self) -> impl Iterator<Item = (&'static str, &KeyAttribute)> {
        attributes(&self.partition_key, self.sort_key.as_ref())
    }
}

/// The attributes of a key, each with its key in a document.
pub(super) fn attributes<'a>(
    partition_key: &'a KeyAttribute,
    sort_key: Option<&'a KeyAttribute>,
) -> impl Iterator<Item = (&'static str, &'a KeyAttribute)> {
    std::iter::once(("partitionKey", partition_key)).chain(sort_key.map(|key| ("sortKey", key)))
}

impl From<KeyAttribute> for PrimaryKey {
    fn from(partition_key: KeyAttribute) -> Self {
        Self::new(partition_key)
    }
}

impl KeyAttribute {
    /// An attribute of texts.
    pub fn string(name: impl Into<String>) -> Self {
        Self { name: name.into(), kind: KeyType::String }
    }

    /// An attribute of numbers.
    pub fn number(name: impl Into<String>) -> Self {
        Self { name: name.into(), kind: KeyType::Number }
    }

    /// An attribute of bytes.
    pub fn binary(name: impl Into<String>) -> Self {
        Self { name: name.into(), kind: KeyType::Binary }
    }
}
