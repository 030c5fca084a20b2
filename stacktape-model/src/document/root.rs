//! The root of a document, and the stack that it describes.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;

use super::Facts;
use super::decode::{Known, Reader, word};
use super::issue::DocumentIssue;
use super::resolve::{BUDGET, Resolver};
use super::tree::{Entry, Kind, Tree};
use crate::check::Check;
use crate::nested::Part;
use crate::overrides::Override;
use crate::raw_resource::RawResource;
use crate::report::Report;
use crate::resource::{Frame, Resource, ResourceKind};
use crate::stack::Stack;
use crate::stack_config::StackConfig;

const KEYS: [&str; 5] = ["resources", "cloudformationResources", "stackConfig", "overrides", "variables"];

/// Reads the stack, or tells of everything that keeps it from being read.
pub(super) fn stack(root: &Tree, facts: &Facts) -> Result<Stack, Report> {
    let mut report = Report::new();
    let resolve_with = |known: &Known<'_>, report: &mut Report| {
        let directives = Resolver { root, known, stage: &facts.stage, attributes: facts.attributes, budget: Cell::new(BUDGET) };
        resolve(&directives, root, &mut Check::root(report))
    };
    let mut known = Known { kinds: kinds(root), region: facts.region.as_deref() };
    let first;
    if hides_kinds(root) {
        // What goes wrong here goes wrong once more below.
        first = resolve_with(&known, &mut Report::new());
        known.kinds = kinds(&first);
    }
    let resolved = resolve_with(&known, &mut report);
    let mut at = Reader::new(Check::root(&mut report), &known);
    let stack = read(&resolved, facts, &mut at);
    let report = report.sorted();
    match stack {
        Some(mut stack) if !report.has_errors() => {
            stack.noticed = report;
            Ok(stack)
        }
        _ => Err(report),
    }
}

/// The kinds of the resources, as far as they are written down: what references are read by.
fn kinds(root: &Tree) -> BTreeMap<Cow<'_, str>, ResourceKind> {
    let mut kinds = BTreeMap::new();
    for entry in root.get("resources").map(Tree::entries).unwrap_or_default() {
        if let Some(kind) = kind_of(&entry.value, &ResourceKind::ALL) {
            kinds.insert(entry.key.as_str().into(), kind);
            if let Some((part, nested)) = in_front_of(kind, &entry.value) {
                kinds.insert(part.of(&entry.key).into(), nested);
            }
        }
    }
    kinds
}

/// Whether a directive stands where kinds are read, so that they show only when it is resolved.
fn hides_kinds(root: &Tree) -> bool {
    let is_directive = |tree: &Tree| tree.as_text().is_some_and(|text| text.starts_with('$'));
    let Some(resources) = root.get("resources") else { return false };
    let of_resource = resources.entries().iter().flat_map(|entry| {
        let properties = entry.value.get("properties");
        let balancing = properties.and_then(|properties| properties.get("loadBalancing"));
        let types = [entry.value.get("type"), balancing.and_then(|balancing| balancing.get("type"))];
        [Some(&entry.value), properties, balancing].into_iter().chain(types).flatten()
    });
    std::iter::once(resources).chain(of_resource).any(is_directive)
}

fn kind_of(tree: &Tree, kinds: &[ResourceKind]) -> Option<ResourceKind> {
    let word = tree.get("type")?.as_text()?;
    kinds.iter().copied().find(|kind| kind.as_str() == word)
}

/// What stands in front of a service, which others may refer to.
fn in_front_of(kind: ResourceKind, service: &Tree) -> Option<(Part, ResourceKind)> {
    let gateway = (Part::HttpApiGateway, ResourceKind::HttpApiGateway);
    let balancer = (Part::LoadBalancer, ResourceKind::ApplicationLoadBalancer);
    let network = (Part::NetworkLoadBalancer, ResourceKind::NetworkLoadBalancer);
    let chosen = service.get("properties").and_then(|properties| properties.get("loadBalancing"));
    let one_of = |chosen: &Tree, parts: &[(Part, ResourceKind)]| {
        let word = chosen.get("type")?.as_text()?;
        parts.iter().copied().find(|(_, kind)| kind.as_str() == word)
    };
    match (kind, chosen) {
        (ResourceKind::WebService, None) => Some(gateway),
        (ResourceKind::WebService, Some(chosen)) => one_of(chosen, &[gateway, balancer, network]),
        (ResourceKind::PrivateService, Some(chosen)) => one_of(chosen, &[balancer]),
        _ => None,
    }
}

/// Resolves the directives of everything but the variables, which are resolved where they are used.
fn resolve(directives: &Resolver<'_>, root: &Tree, at: &mut Check<'_>) -> Tree {
    let Kind::Map(entries) = &root.kind else { return root.clone() };
    let entries = entries.iter().map(|entry| {
        let value = match entry.key.as_str() {
            "variables" => entry.value.clone(),
            key => directives.tree(&entry.value, &mut at.field(key), 0),
        };
        Entry { key: entry.key.clone(), key_place: entry.key_place, value }
    });
    Tree::new(root.place, Kind::Map(entries.collect()))
}

fn read(root: &Tree, facts: &Facts, at: &mut Reader<'_>) -> Option<Stack> {
    if let Some(entry) = root.entry("serviceName") {
        let name = entry.value.as_text().unwrap_or("NAME").to_owned();
        at.field("serviceName").tell::<()>(entry.key_place, &DocumentIssue::ServiceName { name });
    }
    let kept: Vec<_> = root.entries().iter().filter(|entry| entry.key != "serviceName").cloned().collect();
    let root = &match &root.kind {
        Kind::Map(_) => Tree::new(root.place, Kind::Map(kept)),
        _ => root.clone(),
    };
    let fields = at.fields(root, &KEYS)?;
    let mut stack = Stack::new(facts.project.clone(), facts.stage.clone()).with_origin(root.place.origin());
    if let Some(resources) = fields.get("resources") {
        each(resources, &mut at.field("resources"), |entry, at| {
            if let Some(resource) = resource(entry, at) {
                stack.add(resource);
            }
        });
    }
    if let Some(resources) = fields.get("cloudformationResources") {
        each(resources, &mut at.field("cloudformationResources"), |entry, at| {
            if let Some(raw) = RawResource::decode(&entry.key, &entry.value, entry.key_place.origin(), at) {
                stack.add_raw(raw);
            }
        });
    }
    let overrides: Vec<Override> = fields.optional("overrides", at).unwrap_or_default();
    let config: StackConfig = fields.optional("stackConfig", at).unwrap_or_default();
    for value in overrides {
        stack.override_with(value);
    }
    stack.configure(config);
    Some(stack)
}

/// Reads the entries of a section, one after the other, whatever becomes of each.
fn each(section: &Tree, at: &mut Reader<'_>, mut read: impl FnMut(&Entry, &mut Reader<'_>)) {
    let Kind::Map(entries) = &section.kind else {
        at.wrong::<()>(section, "a map of names and what they are");
        return;
    };
    for entry in entries {
        read(entry, &mut at.field(&entry.key));
    }
}

fn resource(entry: &Entry, at: &mut Reader<'_>) -> Option<Resource> {
    let tree = &entry.value;
    let fields = at.fields(tree, &["type", "properties", "overrides"])?;
    let words = ResourceKind::ALL.map(ResourceKind::as_str);
    let kind = match fields.get("type") {
        Some(found) => word(found, &words, &mut at.field("type")),
        None => at.missing(tree, "type", &super::listed(&words)),
    };
    let overrides = fields.optional("overrides", at).unwrap_or_default();
    let kind = ResourceKind::ALL.into_iter().find(|known| Some(known.as_str()) == kind)?;
    let none = Tree::new(entry.key_place, Kind::Map(Vec::new()));
    let frame = Frame { name: entry.key.clone(), overrides, origin: entry.key_place.origin() };
    Resource::decode(kind, frame, fields.get("properties").unwrap_or(&none), at)
}
