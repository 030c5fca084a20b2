//! A stack in the shape of a document.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::overrides::ById;
use crate::stack::Stack;
use crate::stack_config::StackConfig;

/// In the shape of a document; of two resources with one name, a format may keep one.
impl Serialize for Stack {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let resources = self.resources();
        if !resources.is_empty() {
            map.serialize_entry("resources", &Named(resources.iter().map(|resource| (resource.name(), resource)).collect()))?;
        }
        let raw = self.raw_resources();
        if !raw.is_empty() {
            map.serialize_entry("cloudformationResources", &Named(raw.iter().map(|raw| (raw.logical_id(), raw.body())).collect()))?;
        }
        if *self.config() != StackConfig::default() {
            map.serialize_entry("stackConfig", self.config())?;
        }
        if !self.overrides().is_empty() {
            map.serialize_entry("overrides", &ById(self.overrides()))?;
        }
        map.end()
    }
}

struct Named<'a, T>(Vec<(&'a str, &'a T)>);

impl<T: Serialize> Serialize for Named<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}
