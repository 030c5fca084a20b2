//! The template: merged from fragments, checked against CloudFormation's own limits, printed the same way every time.

mod check;
mod circle;
mod overrides;
pub(crate) mod print;
mod size;

pub use check::TemplateIssue;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use stacktape_model::origin::Origin;
use stacktape_model::report::{Finding, Report};
use stacktape_model::stack::ValidStack;
use stacktape_model::table::{sort_and_dedup, sort_by};

use crate::cfn::{AssetHole, Node};
use crate::fragment::{Fragment, Owner, Rendered};

/// A CloudFormation template. Asset holes may still be open: they are filled when an assembly is made.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// Sorted by logical id.
    resources: Vec<Rendered>,
    /// Sorted by name.
    outputs: Vec<(String, Node)>,
}

/// Who the resources of a template belong to.
struct Owners {
    /// The owners of the fragments.
    all: Vec<Owner>,
    /// For each resource, in the order of the template, the index of its owner.
    by_resource: Vec<usize>,
}

impl Owners {
    fn of(&self, resource: usize) -> &Owner {
        &self.all[self.by_resource[resource]]
    }
}

/// Where a finding about a resource of the template belongs.
struct Place {
    path: String,
    origin: Option<Origin>,
}

impl Place {
    fn of(owner: &Owner, id: &str) -> Self {
        match owner {
            Owner::Resource { name, origin } => Self { path: format!("resources.{name}"), origin: Some(*origin) },
            Owner::Shared => Self { path: "stackConfig".to_owned(), origin: None },
            Owner::Raw { origin } => Self { path: format!("cloudformationResources.{id}"), origin: Some(*origin) },
        }
    }
}

impl Template {
    /// Puts the fragments and the outputs, sorted by name, together, applies the user's overrides, and tells of everything that CloudFormation would refuse about the
    /// result.
    pub(crate) fn merge(stack: &ValidStack, fragments: Vec<Fragment>, outputs: Vec<(String, Node)>) -> (Self, Report) {
        let mut report = Report::new();
        let mut all = Vec::with_capacity(fragments.len());
        let mut owned = Vec::with_capacity(fragments.iter().map(|fragment| fragment.resources.len()).sum());
        for Fragment { owner, resources } in fragments {
            owned.extend(resources.into_iter().map(|resource| (all.len(), resource)));
            all.push(owner);
        }
        // The sort is stable: of two resources with one id, the first one stays.
        sort_by(&mut owned, |(_, one), (_, other)| one.id.cmp(&other.id));
        owned.dedup_by(|(owner, later), (other, kept)| {
            let twice = later.id == kept.id;
            if twice {
                let id = later.id.as_str();
                let (place, other) = (Place::of(&all[*owner], id), Place::of(&all[*other], id).path);
                let issue = TemplateIssue::DuplicateId { id: id.to_owned(), other };
                report.push(Finding::new(&issue, place.path, place.origin));
            }
            twice
        });
        let (by_resource, mut resources): (_, Vec<_>) = owned.into_iter().unzip();
        let owners = Owners { all, by_resource };
        overrides::apply(stack, &mut resources, &owners, &mut report);
        let template = Self { resources, outputs };
        check::check(&template, &owners, &mut report);
        (template, report.sorted())
    }

    /// The number of resources.
    pub fn resource_count(&self) -> usize {
        self.resources.len()
    }

    /// The logical ids and types of all resources, sorted by id.
    pub fn resources(&self) -> impl Iterator<Item = (&str, &str)> {
        self.resources.iter().map(|resource| (resource.id.as_str(), resource.resource_type.as_ref()))
    }

    /// The properties of a resource.
    pub fn properties(&self, logical_id: &str) -> Option<&Node> {
        let index = self.resources.binary_search_by(|resource| resource.id.as_str().cmp(logical_id)).ok()?;
        Some(&self.resources[index].properties)
    }

    /// The template as a JSON value, for rules and tests of one's own. What is still open, such as the URI of an image whose sources
    /// were not read, reads as the path of what will fill it: `resources.api.containers[0].packaging`.
    ///
    /// ```
    /// use stacktape_model::{bucket::Bucket, stack::Stack};
    /// let mut stack = Stack::new("photos", "dev");
    /// stack.add(Bucket::builder("photosBucket"));
    /// let synthesis = stacktape_synth::synthesize(&stack.validate().expect("valid")).expect("renders");
    /// let template = synthesis.template.to_value();
    /// assert_eq!(template["Resources"]["PhotosBucketBucket"]["Type"], "AWS::S3::Bucket");
    /// ```
    pub fn to_value(&self) -> serde_json::Value {
        let mut closed = self.clone();
        closed.fill_assets(&|hole| Node::Text(hole.key().as_str().to_owned().into()));
        match serde_json::to_value(&closed) {
            Ok(value) => value,
            Err(error) => unreachable!("a template without holes is JSON: {error}"),
        }
    }

    /// The resources of one type, `AWS::Service::Type`, as the template has them, with their logical ids.
    pub fn resources_of_type(&self, resource_type: &str) -> Vec<(String, serde_json::Value)> {
        let mut template = self.to_value();
        let ids = self.resources().filter(|(_, of)| *of == resource_type).map(|(id, _)| id);
        ids.map(|id| (id.to_owned(), template["Resources"][id].take())).collect()
    }

    /// Fills every asset hole.
    pub(crate) fn fill_assets(&mut self, fill: &dyn Fn(&AssetHole) -> Node) {
        for resource in &mut self.resources {
            resource.properties.fill_assets(fill);
        }
    }

    /// The template as CloudFormation reads it: JSON with sorted keys, one space of indentation and a line break at the end.
    ///
    /// # Errors
    /// Where an asset hole is still open.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        print::json(self, self.resources.len() * 1024)
    }
}

impl Serialize for Template {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("AWSTemplateFormatVersion", "2010-09-09")?;
        if !self.outputs.is_empty() {
            map.serialize_entry("Outputs", &Entries(&self.outputs))?;
        }
        map.serialize_entry("Resources", &Resources(&self.resources))?;
        map.end()
    }
}

struct Entries<'a>(&'a [(String, Node)]);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, node)| (key, node)))
    }
}

struct Resources<'a>(&'a [Rendered]);

impl Serialize for Resources<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|resource| (resource.id.as_str(), resource)))
    }
}

impl Serialize for Rendered {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut attributes: Vec<_> = self.attributes.iter().collect();
        sort_by(&mut attributes, |a, b| a.0.cmp(&b.0));
        // The keys of a resource in alphabetical order, with ours in between.
        let depends_on = "DependsOn";
        let properties = "Properties";
        let mut map = serializer.serialize_map(None)?;
        for (key, node) in attributes.iter().filter(|(key, _)| key.as_ref() < depends_on) {
            map.serialize_entry(key.as_ref(), node)?;
        }
        if !self.depends_on.is_empty() {
            let mut ids: Vec<_> = self.depends_on.iter().map(crate::cfn::LogicalId::as_str).collect();
            sort_and_dedup(&mut ids);
            map.serialize_entry(depends_on, &ids)?;
        }
        for (key, node) in attributes.iter().filter(|(key, _)| key.as_ref() > depends_on && key.as_ref() < properties) {
            map.serialize_entry(key.as_ref(), node)?;
        }
        if !matches!(&self.properties, Node::Object(entries) if entries.is_empty()) {
            map.serialize_entry(properties, &self.properties)?;
        }
        map.serialize_entry("Type", self.resource_type.as_ref())?;
        for (key, node) in attributes.iter().filter(|(key, _)| key.as_ref() > properties) {
            map.serialize_entry(key.as_ref(), node)?;
        }
        map.end()
    }
}
