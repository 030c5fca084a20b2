//! CloudFormation's own resource types (L1): one typed setter per property, one method per attribute.
//!
//! The modules below are written by the repository's code generator from AWS's resource schemas, one
//! file per resource type; [`Value`], [`Node`] and [`Id`] are what they stand on.

mod id;
mod node;
mod resource;
mod value;

pub use id::{Id, LogicalId};
pub use node::{AssetHole, AssetKey, Key, Node, Pseudo, Reference};
pub use resource::{Properties, PropertyType, Resource};
pub use value::{Value, get_azs, join, select, sub, sub_literal, sub_with};
