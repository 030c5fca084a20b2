//! A resource schema, read into what is emitted.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};

use crate::names;

/// Enums with more values than this stay strings: they are catalogues that grow every week.
const ENUM_MAX: usize = 40;

/// Names that generated files use for something else.
const TAKEN: [&str; 12] =
    ["BTreeMap", "Box", "Default", "From", "Id", "Into", "Node", "Option", "Properties", "PropertyType", "Resource", "Value"];

/// A resource type, ready to be emitted.
#[derive(Debug)]
pub(crate) struct ResourceType {
    /// `AWS::ECS::Service`.
    pub(crate) name: String,
    /// `Service`.
    pub(crate) rust_name: String,
    pub(crate) properties: Vec<Property>,
    pub(crate) attributes: Vec<Attribute>,
    /// Nested property types, by Rust name.
    pub(crate) structs: BTreeMap<String, Vec<Property>>,
    /// Enums, by Rust name.
    pub(crate) enums: BTreeMap<String, Vec<String>>,
}

/// A property of a resource or of a nested type.
#[derive(Debug)]
pub(crate) struct Property {
    /// As CloudFormation spells it.
    pub(crate) name: String,
    pub(crate) value: ValueType,
    pub(crate) required: bool,
    /// Ranges, patterns, and what a change does.
    pub(crate) notes: Vec<String>,
}

/// An attribute of a resource, for `GetAtt`.
#[derive(Debug)]
pub(crate) struct Attribute {
    /// As CloudFormation spells it, with dots: `Endpoint.Address`.
    pub(crate) name: String,
    pub(crate) value: ValueType,
}

/// What a property holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ValueType {
    String,
    Integer,
    Number,
    Boolean,
    Json,
    Nested(String),
    Enum(String),
    List(Box<ValueType>),
    Map(Box<ValueType>),
}

/// What a schema can be wrong about.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SchemaError {
    #[error("{type_name}: the schema has no `{what}`")]
    Missing { type_name: String, what: &'static str },
    #[error("{type_name}: the reference `{reference}` leads nowhere")]
    Reference { type_name: String, reference: String },
}

/// Reads a schema.
pub(crate) fn read(schema: &Json) -> Result<ResourceType, SchemaError> {
    let name = schema["typeName"].as_str().unwrap_or_default().to_owned();
    let missing = |what| SchemaError::Missing { type_name: name.clone(), what };
    let root = schema["properties"].as_object().ok_or_else(|| missing("properties"))?;
    let rust_name = names::pascal(name.rsplit("::").next().filter(|last| !last.is_empty()).ok_or_else(|| missing("typeName"))?);
    let mut reader = Reader { schema, name: &name, rust_name: rust_name.clone(), structs: BTreeMap::new(), enums: BTreeMap::new() };
    let read_only = pointers(schema, "readOnlyProperties");
    let attributes = read_only.iter().filter_map(|pointer| reader.attribute(pointer, root).transpose()).collect::<Result<Vec<_>, _>>()?;
    let required = strings(&schema["required"]);
    let mut properties = Vec::new();
    for (key, value) in root.iter().filter(|(key, _)| !read_only.contains(*key)) {
        let mut property = reader.property("", key, value, required.contains(key.as_str()))?;
        property.notes.push(update_note(schema, key));
        properties.push(property);
    }
    properties.sort_by(|a, b| a.name.cmp(&b.name));
    let Reader { structs, enums, .. } = reader;
    Ok(ResourceType { name, rust_name, properties, attributes, structs, enums })
}

fn update_note(schema: &Json, key: &str) -> String {
    let listed = |list| pointers(schema, list).iter().any(|pointer| pointer == key || pointer.starts_with(&format!("{key}/")));
    if listed("createOnlyProperties") {
        "Update requires: replacement.".to_owned()
    } else if listed("conditionalCreateOnlyProperties") {
        "Update requires: replacement in some cases.".to_owned()
    } else {
        "Update requires: no replacement.".to_owned()
    }
}

/// The entries of a list of JSON pointers, without `/properties/`.
fn pointers(schema: &Json, list: &str) -> BTreeSet<String> {
    let entries = schema[list].as_array().into_iter().flatten().filter_map(Json::as_str);
    entries.filter_map(|pointer| pointer.strip_prefix("/properties/")).map(|pointer| pointer.replace("/properties/", "/")).collect()
}

fn strings(list: &Json) -> BTreeSet<&str> {
    list.as_array().into_iter().flatten().filter_map(Json::as_str).collect()
}

struct Reader<'a> {
    schema: &'a Json,
    name: &'a str,
    rust_name: String,
    structs: BTreeMap<String, Vec<Property>>,
    enums: BTreeMap<String, Vec<String>>,
}

impl<'a> Reader<'a> {
    /// Follows `$ref`s; the name of the last definition comes along.
    fn resolve(&self, mut value: &'a Json) -> Result<(&'a Json, Option<&'a str>), SchemaError> {
        let mut definition = None;
        while let Some(reference) = value["$ref"].as_str() {
            let wrong = || SchemaError::Reference { type_name: self.name.to_owned(), reference: reference.to_owned() };
            value = self.schema.pointer(reference.trim_start_matches('#')).ok_or_else(wrong)?;
            definition = reference.strip_prefix("#/definitions/").filter(|name| !name.contains('/'));
        }
        Ok((value, definition))
    }

    fn property(&mut self, owner: &str, key: &str, value: &'a Json, required: bool) -> Result<Property, SchemaError> {
        let (resolved, _) = self.resolve(value)?;
        let value_type = self.value_type(owner, key, value)?;
        let mut notes = notes(resolved);
        if let ValueType::Enum(name) = &value_type {
            notes.insert(0, format!("See [`{name}`]."));
        }
        Ok(Property { name: key.to_owned(), value: value_type, required, notes })
    }

    /// What a value holds; nested types are remembered under a name of their own.
    fn value_type(&mut self, owner: &str, key: &str, value: &'a Json) -> Result<ValueType, SchemaError> {
        let (value, definition) = self.resolve(value)?;
        let suggested = definition.map_or_else(|| owner.to_owned() + &names::pascal(key), names::pascal);
        if let Some(properties) = value["properties"].as_object().filter(|properties| !properties.is_empty()) {
            return self.nested(suggested, properties, value);
        }
        match kind(value) {
            Kind::Boolean => Ok(ValueType::Boolean),
            Kind::Integer => Ok(ValueType::Integer),
            Kind::Number => Ok(ValueType::Number),
            Kind::String => Ok(self.string(suggested, value)),
            Kind::Array if value["items"].is_null() => Ok(ValueType::List(Box::new(ValueType::Json))),
            Kind::Array => {
                let item_key = definition.unwrap_or(key);
                Ok(ValueType::List(Box::new(self.value_type(owner, item_key, &value["items"])?)))
            }
            Kind::Object => self.map(owner, key, value),
            Kind::Unknown => Ok(ValueType::Json),
        }
    }

    fn nested(&mut self, suggested: String, properties: &'a Map<String, Json>, value: &'a Json) -> Result<ValueType, SchemaError> {
        let name = self.free_name(suggested, "Property");
        if !self.structs.contains_key(&name) {
            // The name is taken before its properties are read, since types may contain themselves.
            self.structs.insert(name.clone(), Vec::new());
            let required = strings(&value["required"]);
            let mut read = Vec::new();
            for (key, property) in properties {
                read.push(self.property(&name, key, property, required.contains(key.as_str()))?);
            }
            read.sort_by(|a, b| a.name.cmp(&b.name));
            self.structs.insert(name.clone(), read);
        }
        Ok(ValueType::Nested(name))
    }

    fn map(&mut self, owner: &str, key: &str, value: &'a Json) -> Result<ValueType, SchemaError> {
        let patterns = value["patternProperties"].as_object().into_iter().flat_map(Map::values);
        let additional = Some(&value["additionalProperties"]).filter(|additional| additional.is_object());
        match patterns.chain(additional).next() {
            Some(inner) => Ok(ValueType::Map(Box::new(self.value_type(owner, key, inner)?))),
            None => Ok(ValueType::Json),
        }
    }

    fn string(&mut self, suggested: String, value: &Json) -> ValueType {
        let values: Vec<String> = value["enum"].as_array().into_iter().flatten().filter_map(Json::as_str).map(str::to_owned).collect();
        if values.is_empty() || values.len() > ENUM_MAX {
            return ValueType::String;
        }
        let mut name = self.free_name(suggested, "Value");
        while self.structs.contains_key(&name) || self.enums.get(&name).is_some_and(|other| *other != values) {
            name += "Value";
        }
        self.enums.insert(name.clone(), values);
        ValueType::Enum(name)
    }

    /// A nested type must be named neither like the resource itself nor like what generated files import.
    fn free_name(&self, suggested: String, suffix: &str) -> String {
        if suggested == self.rust_name || TAKEN.contains(&suggested.as_str()) { suggested + suffix } else { suggested }
    }

    /// An attribute by its pointer; `None` where it lies inside a list, which `GetAtt` cannot enter.
    fn attribute(&mut self, pointer: &str, root: &'a Map<String, Json>) -> Result<Option<Attribute>, SchemaError> {
        let mut properties = Some(root);
        let mut found = None;
        for segment in pointer.split('/') {
            let Some(value) = properties.and_then(|properties| properties.get(segment)) else { return Ok(None) };
            let (value, _) = self.resolve(value)?;
            properties = value["properties"].as_object();
            found = Some(value);
        }
        let value = match found.map(kind) {
            Some(Kind::Integer) => ValueType::Integer,
            Some(Kind::Number) => ValueType::Number,
            Some(Kind::Boolean) => ValueType::Boolean,
            Some(Kind::Array) => ValueType::List(Box::new(ValueType::String)),
            Some(Kind::Object) => return Ok(None),
            Some(Kind::String | Kind::Unknown) | None => ValueType::String,
        };
        Ok(Some(Attribute { name: pointer.replace('/', "."), value }))
    }
}

enum Kind {
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
    Unknown,
}

/// The JSON type of a schema. Of several, JSON wins over strings, since a string can hold it.
fn kind(value: &Json) -> Kind {
    let types: Vec<&str> = match &value["type"] {
        Json::String(one) => vec![one],
        Json::Array(several) => several.iter().filter_map(Json::as_str).collect(),
        _ => return untyped(value),
    };
    match types.as_slice() {
        ["boolean"] => Kind::Boolean,
        ["integer"] => Kind::Integer,
        ["number"] => Kind::Number,
        ["array"] => Kind::Array,
        ["object"] => Kind::Object,
        types if types.contains(&"object") => Kind::Unknown,
        types if types.contains(&"string") => Kind::String,
        types if types.contains(&"number") => Kind::Number,
        types if types.contains(&"integer") => Kind::Integer,
        _ => Kind::Unknown,
    }
}

/// Schemas without a type say what they are by what they limit.
fn untyped(value: &Json) -> Kind {
    let has = |keys: &[&str]| keys.iter().any(|key| !value[*key].is_null());
    let branches = ["anyOf", "oneOf", "allOf"].iter().flat_map(|key| value[*key].as_array().into_iter().flatten());
    let formats =
        branches.clone().count() > 0 && branches.clone().all(|branch| !branch["format"].is_null() || !branch["pattern"].is_null());
    if has(&["pattern", "format", "minLength", "maxLength", "enum"]) || formats {
        Kind::String
    } else if has(&["items"]) {
        Kind::Array
    } else if has(&["patternProperties"]) {
        Kind::Object
    } else {
        Kind::Unknown
    }
}

/// Limits in a few words.
fn notes(value: &Json) -> Vec<String> {
    let mut notes = Vec::new();
    let range = |least: &str, most: &str| match (&value[least], &value[most]) {
        (Json::Null, Json::Null) => None,
        (least, Json::Null) => Some(format!("at least {least}")),
        (Json::Null, most) => Some(format!("at most {most}")),
        (least, most) => Some(format!("{least} to {most}")),
    };
    if let Some(range) = range("minimum", "maximum") {
        notes.push(format!("Range: {range}."));
    }
    if let Some(range) = range("minLength", "maxLength") {
        notes.push(format!("Length: {range}."));
    }
    if let Some(range) = range("minItems", "maxItems") {
        notes.push(format!("Items: {range}."));
    }
    if let Some(pattern) = value["pattern"].as_str().filter(|pattern| pattern.len() <= 60 && !pattern.contains('`')) {
        notes.push(format!("Pattern: `{pattern}`."));
    }
    let numbers: Vec<_> = value["enum"].as_array().into_iter().flatten().filter(|value| value.is_number()).map(Json::to_string).collect();
    if !numbers.is_empty() {
        notes.push(format!("One of {}.", numbers.join(", ")));
    }
    if let Some(default) = Some(&value["default"]).filter(|default| !default.is_null() && !default.is_object()) {
        notes.push(format!("Default: `{default}`."));
    }
    notes
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn example() -> ResourceType {
        read(&json!({
            "typeName": "AWS::Test::Thing",
            "required": ["Name"],
            "readOnlyProperties": ["/properties/Arn", "/properties/Endpoint/Port", "/properties/List/*/Id"],
            "createOnlyProperties": ["/properties/Name"],
            "definitions": {
                "Tree": {"type": "object", "properties": {"Left": {"$ref": "#/definitions/Tree"}, "Mode": {"type": "string", "enum": ["ON", "OFF"]}}},
                "Alias": {"type": "string", "maxLength": 5},
                "Endpoint": {"type": "object", "properties": {"Port": {"type": "integer"}}},
                "Item": {"type": "object", "properties": {"Id": {"type": "string"}}},
            },
            "properties": {
                "Name": {"$ref": "#/definitions/Alias"},
                "Arn": {"type": "string"},
                "Tree": {"$ref": "#/definitions/Tree"},
                "Endpoint": {"$ref": "#/definitions/Endpoint"},
                "List": {"type": "array", "items": {"$ref": "#/definitions/Item"}},
                "Labels": {"type": "object", "patternProperties": {".*": {"type": "string"}}},
                "Policy": {"type": ["object", "string"]},
            },
        }))
        .expect("a whole schema")
    }

    #[test]
    fn types_are_read_through_references() {
        let thing = example();
        let value = |name: &str| &thing.properties.iter().find(|property| property.name == name).expect("listed").value;
        assert_eq!(*value("Name"), ValueType::String);
        assert_eq!(*value("Tree"), ValueType::Nested("Tree".into()));
        assert_eq!(*value("Labels"), ValueType::Map(Box::new(ValueType::String)));
        assert_eq!(*value("Policy"), ValueType::Json);
        assert_eq!(*value("List"), ValueType::List(Box::new(ValueType::Nested("Item".into()))));
        assert_eq!(thing.enums["TreeMode"], ["ON", "OFF"]);
        assert_eq!(thing.structs["Tree"].len(), 2);
    }

    #[test]
    fn attributes_are_read_only_and_reachable() {
        let thing = example();
        let names: Vec<_> = thing.attributes.iter().map(|attribute| attribute.name.as_str()).collect();
        assert_eq!(names, ["Arn", "Endpoint.Port"]);
        assert!(thing.properties.iter().all(|property| property.name != "Arn"));
        assert_eq!(thing.attributes[1].value, ValueType::Integer);
    }

    #[test]
    fn notes_say_what_a_change_does() {
        let thing = example();
        let name = thing.properties.iter().find(|property| property.name == "Name").expect("listed");
        assert_eq!(name.notes, ["Length: at most 5.", "Update requires: replacement."]);
        assert!(name.required);
    }

    #[test]
    fn a_reference_that_leads_nowhere_is_an_error() {
        let schema = json!({"typeName": "AWS::Test::Thing", "properties": {"A": {"$ref": "#/definitions/B"}}});
        assert_eq!(read(&schema).expect_err("no B").to_string(), "AWS::Test::Thing: the reference `#/definitions/B` leads nowhere");
    }
}
