//! Names that must be unique in the whole stack.

use crate::check::Check;
use crate::name::{self, NameIssue};
use crate::origin::Origin;
use crate::raw_resource::RawResource;
use crate::resource::Resource;
use crate::table::{Table, sort_by};

/// Checks the names of resources, each for itself and against the others.
pub(crate) fn check(resources: &[Resource], raw_resources: &[RawResource], root: &mut Check<'_>) {
    let mut names: Table<String, (&str, Origin)> = Table::new();
    // In the order of names, so that the findings do not depend on the order of adding.
    let mut in_order: Vec<_> = resources.iter().collect();
    sort_by(&mut in_order, |one, other| (one.name(), one.origin().place()).cmp(&(other.name(), other.origin().place())));
    for resource in in_order {
        let (name, origin) = (resource.name(), resource.origin());
        let mut resources = root.field("resources");
        let mut at = resources.field(name).written_at(origin);
        name::check_resource(name, &mut at);
        let pascal = name::pascal(name);
        match names.get(&pascal) {
            Some((other, place)) if *other == name => {
                at.report(&NameIssue::Duplicate { name: name.to_owned(), other: place.to_string() });
            }
            Some((other, _)) => at.report(&NameIssue::Ambiguous { name: name.to_owned(), other: (*other).to_owned(), pascal }),
            None => {
                names.insert(pascal, (name, origin));
            }
        }
    }
    let mut ids: Table<&str, Origin> = Table::new();
    let mut in_order: Vec<_> = raw_resources.iter().collect();
    sort_by(&mut in_order, |one, other| (one.logical_id(), one.origin().place()).cmp(&(other.logical_id(), other.origin().place())));
    for raw in in_order {
        if let Some(other) = ids.insert(raw.logical_id(), raw.origin()) {
            let mut section = root.field("cloudformationResources");
            let issue = NameIssue::Duplicate { name: raw.logical_id().to_owned(), other: other.to_string() };
            section.field(raw.logical_id()).written_at(raw.origin()).report(&issue);
        }
    }
}
