//! What becomes of data when its resource leaves the stack. YAML: `removalPolicy`.

use crate::document::words;

/// What becomes of a resource that holds data when it leaves the stack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RemovalPolicy {
    /// It is deleted. YAML: `delete`.
    #[default]
    Delete,
    /// It stays, outside the stack. YAML: `retain`.
    Retain,
}

words!(RemovalPolicy);

impl RemovalPolicy {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Delete, Self::Retain];

    /// The policy as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Delete => "delete",
            Self::Retain => "retain",
        }
    }
}
