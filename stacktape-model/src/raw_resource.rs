//! CloudFormation resources that the user writes out. YAML: `cloudformationResources`.

use crate::check::Check;
use crate::document::{Decode as _, Kind, Reader, Tree};
use crate::expression::Expression;
use crate::name;
use crate::origin::Origin;
use crate::table::Table;
use crate::text::{RawAttribute, Text};

/// A CloudFormation resource as the user wrote it; it goes into the template unchanged.
///
/// ```
/// use stacktape_model::raw_resource::RawResource;
/// let topic = RawResource::new("NotificationTopic", "AWS::SNS::Topic").property("DisplayName", "Orders");
/// let arn = topic.get_att("TopicArn");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RawResource {
    logical_id: String,
    body: Table<String, Expression>,
    origin: Origin,
}

impl RawResource {
    /// A resource of any type, `AWS::Service::Type`.
    #[track_caller]
    pub fn new(logical_id: impl Into<String>, resource_type: impl Into<String>) -> Self {
        let mut body = Table::new();
        body.insert("Type".to_owned(), resource_type.into().into());
        Self { logical_id: logical_id.into(), body, origin: Origin::here() }
    }

    /// Sets one property: JSON, or a text that only the deployment knows, such as `photos.arn()`.
    pub fn property(mut self, name: impl Into<String>, value: impl Into<Expression>) -> Self {
        let properties = self.body.entry("Properties".to_owned()).or_insert_with(|| Expression::Map(Table::new()));
        if let Expression::Map(properties) = properties {
            properties.insert(name.into(), value.into());
        }
        self
    }

    /// Sets an attribute beside `Properties`: `DependsOn`, `DeletionPolicy`, `Metadata`, ...
    pub fn attribute(mut self, name: impl Into<String>, value: impl Into<Expression>) -> Self {
        self.body.insert(name.into(), value.into());
        self
    }

    /// The logical id.
    pub fn logical_id(&self) -> &str {
        &self.logical_id
    }

    /// `Ref` of the resource. YAML: `$CfResourceParam`.
    pub fn reference(&self) -> Text {
        Text::Raw(RawAttribute { logical_id: self.logical_id.clone(), attribute: None })
    }

    /// `Fn::GetAtt` of the resource. YAML: `$CfResourceParam`.
    pub fn get_att(&self, attribute: impl Into<String>) -> Text {
        Text::Raw(RawAttribute { logical_id: self.logical_id.clone(), attribute: Some(attribute.into()) })
    }

    /// `Type`, `Properties` and the other attributes.
    pub fn body(&self) -> &Table<String, Expression> {
        &self.body
    }

    /// Where the resource is written.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// Reads a resource, which may hold anything.
    #[cfg(feature = "yaml")]
    pub(crate) fn decode(logical_id: &str, tree: &Tree, origin: Origin, at: &mut Reader<'_>) -> Option<Self> {
        let Kind::Map(entries) = &tree.kind else { return at.wrong(tree, "a map with `Type` and `Properties`") };
        let mut body = Table::new();
        for entry in entries {
            body.insert(entry.key.clone(), Expression::decode(&entry.value, &mut at.field(&entry.key))?);
        }
        Some(Self { logical_id: logical_id.to_owned(), body, origin })
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        let id = &self.logical_id;
        if id.is_empty() || id.len() > 255 || !id.chars().all(|letter| letter.is_ascii_alphanumeric()) {
            at.report(&RawResourceIssue::LogicalId { logical_id: id.clone(), suggestion: or_my_resource(name::pascal(id)) });
        }
        let resource_type = self.body.get("Type").and_then(Expression::as_literal).unwrap_or_default();
        if !is_type(resource_type) {
            at.field("Type").report(&RawResourceIssue::Type { found: resource_type.to_owned() });
        }
        if self.body.get("Properties").is_some_and(|properties| !properties.is_map() && !properties.is_null()) {
            at.field("Properties").report(&RawResourceIssue::Properties);
        }
        if let Some(condition) = self.body.get("Condition") {
            let name = condition.as_literal().unwrap_or_default().to_owned();
            at.field("Condition").report(&RawResourceIssue::Condition { name });
        }
        for key in self.body.keys() {
            if !ATTRIBUTES.contains(&key.as_str()) && key != "Condition" {
                at.field(key).report(&RawResourceIssue::Attribute { found: key.clone(), expected: ATTRIBUTES.join("`, `") });
            }
        }
        // What these two hold beside a text is told above.
        for (key, value) in self.body.iter().filter(|(key, _)| !["Type", "Condition"].contains(&key.as_str())) {
            check_value(value, &mut at.field(key));
        }
    }
}

/// Checks what CloudFormation refuses wherever it stands in a resource.
fn check_value(value: &Expression, at: &mut Check<'_>) {
    match value {
        Expression::Null => at.report(&RawResourceIssue::Null),
        Expression::Map(entries) => {
            let function = SECTIONS.iter().find(|(function, _)| value.is_intrinsic() && entries.contains_key(*function));
            if let Some((function, section)) = function {
                return at.report(&RawResourceIssue::MissingSection { function, section });
            }
            for (key, value) in entries {
                check_value(value, &mut at.field(key));
            }
        }
        Expression::List(items) => at.each(items, |at, item| check_value(item, at)),
        Expression::Text(text) => check_text(text, at),
        Expression::Bool(_) | Expression::Number(_) => {}
    }
}

fn check_text(text: &Text, at: &mut Check<'_>) {
    match text {
        Text::Joined(parts) => parts.iter().for_each(|part| check_text(part, at)),
        Text::Intrinsic(intrinsic) => check_value(intrinsic, at),
        Text::Literal(_) | Text::Param(_) | Text::Raw(_) | Text::Fact(_) => {}
    }
}

/// Intrinsic functions that read a section of the template, which ours do not have.
const SECTIONS: [(&str, &str); 2] = [("Fn::If", "Conditions"), ("Fn::FindInMap", "Mappings")];

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-product-attribute-reference.html>
const ATTRIBUTES: [&str; 8] =
    ["Type", "Properties", "CreationPolicy", "DeletionPolicy", "DependsOn", "Metadata", "UpdatePolicy", "UpdateReplacePolicy"];

/// `AWS::Service::Type`, a registry type of the same shape, a module, or a custom resource.
fn is_type(name: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part.chars().all(|letter| letter.is_ascii_alphanumeric() || "_@-".contains(letter));
    let parts: Vec<_> = name.split("::").collect();
    match parts.as_slice() {
        ["Custom", custom] => part(custom),
        [_, _, _] | [_, _, _, _] => parts.iter().all(|name| part(name)),
        _ => false,
    }
}

fn or_my_resource(name: String) -> String {
    if name.is_empty() { "MyResource".to_owned() } else { name }
}

/// Mistakes in raw CloudFormation resources.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "raw_resource")]
#[non_exhaustive]
pub enum RawResourceIssue {
    /// CloudFormation takes letters and digits in a logical id.
    #[error("found the logical id `{logical_id}`, expected 1 to 255 letters and digits of ASCII")]
    #[issue(
        help = "write an id such as `{suggestion}`",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html"
    )]
    LogicalId {
        /// What was found.
        logical_id: String,
        /// The same without what is not allowed.
        suggestion: String,
    },
    /// Each resource says of what type it is.
    #[error("found the type `{found}`, expected a name such as `AWS::SNS::Topic` or `Custom::Name`")]
    #[issue(
        help = "write the type's full name",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html"
    )]
    Type {
        /// What was found.
        found: String,
    },
    /// Properties are a map.
    #[error("found properties that are no JSON object, expected names with their values")]
    #[issue(
        help = "call `.property(\"DisplayName\", \"Orders\")` for each property",
        yaml = "write a map: `Properties: {{DisplayName: Orders}}`",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html"
    )]
    Properties,
    /// CloudFormation refuses a resource whose condition is not defined, and our templates define none.
    #[error("found the condition `{name}`, expected a resource without one, since the template has no section `Conditions`")]
    #[issue(
        help = "decide in the program whether the resource is added: `if stage == \"prod\" {{ stack.add_raw(..); }}`",
        yaml = "leave it out, or describe the stack in a Rust program, which can decide whether to add the resource",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html"
    )]
    Condition {
        /// The condition's name.
        name: String,
    },
    /// CloudFormation refuses a function that reads what the template does not define.
    #[error("found `{function}`, expected a value without it, since the template has no section `{section}`")]
    #[issue(
        help = "decide in the program which value is set: `if stage == \"prod\" {{ .. }}`",
        yaml = "write the value itself, or describe the stack in a Rust program, which can decide which one is set",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html"
    )]
    MissingSection {
        /// The function.
        function: &'static str,
        /// What it reads.
        section: &'static str,
    },
    /// CloudFormation takes no `null` anywhere in a template.
    #[error("found `null`, expected a value")]
    #[issue(help = "leave it out, or write `AWS::NoValue` where something must stand: `{{\"Ref\": \"AWS::NoValue\"}}`")]
    Null,
    /// Only a few attributes stand beside `Properties`.
    #[error("found the attribute `{found}`, expected one of `{expected}`")]
    #[issue(
        help = "call `.property(\"{found}\", ..)` if it is a property",
        yaml = "move it below `Properties` if it is a property",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-product-attribute-reference.html"
    )]
    Attribute {
        /// What was found.
        found: String,
        /// Every attribute that there is.
        expected: String,
    },
}
