//! The walk that collects findings: where it stands, and what it tells the report.
//!
//! Rules of one value live beside its type (`fn check(&self, at: &mut Check)`); the modules below hold
//! the rules that need the whole stack.

pub(crate) mod authorizers;
pub(crate) mod balancing;
pub(crate) mod batch_jobs;
pub(crate) mod buses;
pub(crate) mod domains;
pub(crate) mod event_sources;
pub(crate) mod functions;
pub(crate) mod names;
pub(crate) mod network;
pub(crate) mod network_balancing;
pub(crate) mod params;
pub(crate) mod pushed_events;
pub(crate) mod redrive;
pub(crate) mod references;
pub(crate) mod routing;
pub(crate) mod service_connect;
pub(crate) mod streams;
pub(crate) mod traffic;

use std::fmt;

use crate::function::Function;
use crate::multi_container_workload::MultiContainerWorkload;
use crate::origin::Origin;
use crate::private_service::PrivateService;
use crate::reference::Connection;
use crate::report::{Finding, Issue, Report};
use crate::resource::{Resource, ResourceType};
use crate::table::sort_by;

/// A place in the configuration and the report that is being filled. The path is only spelt out when
/// something is found there.
pub(crate) struct Check<'a> {
    report: &'a mut Report,
    path: Path<'a>,
    origin: Option<Origin>,
}

impl<'a> Check<'a> {
    /// Begins at the root of the configuration.
    pub(crate) fn root(report: &'a mut Report) -> Self {
        Self { report, path: Path { parent: None, segment: Segment::Root }, origin: None }
    }

    /// A step down to a key.
    pub(crate) fn field<'b>(&'b mut self, name: &'b str) -> Check<'b> {
        self.step(Segment::Field(name))
    }

    /// A step down to an element of a list.
    pub(crate) fn index(&mut self, index: usize) -> Check<'_> {
        self.step(Segment::Index(index))
    }

    /// A step down to an element of the list at a key.
    pub(crate) fn element<'b>(&'b mut self, list: &'b str, index: usize) -> Check<'b> {
        self.step(Segment::Element(list, index))
    }

    fn step<'b>(&'b mut self, segment: Segment<'b>) -> Check<'b> {
        Check { report: self.report, path: Path { parent: Some(&self.path), segment }, origin: self.origin }
    }

    /// From here on, findings point at this place of the user's program.
    pub(crate) fn written_at(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    /// The same place, with findings that point at `origin`.
    pub(crate) fn written_here(&mut self, origin: Origin) -> Check<'_> {
        self.here().written_at(origin)
    }

    /// The same place.
    pub(crate) fn here(&mut self) -> Check<'_> {
        self.step(Segment::Here)
    }

    /// Tells the report.
    pub(crate) fn report(&mut self, issue: &dyn Issue) {
        self.report.push(Finding::new(issue, self.path.to_string(), self.origin));
    }

    /// Visits the elements of a list, each at its own index.
    pub(crate) fn each<'t, T>(&mut self, items: &'t [T], mut visit: impl FnMut(&mut Check<'_>, &'t T)) {
        // The compiler writes this for every type of item, and would write iterators with it.
        let mut index = 0;
        while index < items.len() {
            visit(&mut self.index(index), &items[index]);
            index += 1;
        }
    }
}

/// The resources of a stack, and those that services are made of.
#[derive(Clone, Copy)]
pub(crate) struct Resources<'a> {
    /// As the user wrote them.
    pub(crate) written: &'a [Resource],
    /// What services are made of.
    pub(crate) nested: &'a [Resource],
    /// The workloads among them, as [`workloads`] orders them.
    pub(crate) workloads: &'a [&'a MultiContainerWorkload],
}

impl<'a> Resources<'a> {
    /// All of them.
    pub(crate) fn iter(self) -> impl Iterator<Item = &'a Resource> {
        self.written.iter().chain(self.nested)
    }

    /// Those of a kind.
    pub(crate) fn all<T: ResourceType>(self) -> impl Iterator<Item = &'a T> {
        self.iter().filter_map(T::of)
    }

    /// The private service that a connection leads to, and where the connection is written.
    fn private_service(self, connection: &Connection) -> Option<(&'a PrivateService, Origin)> {
        let Connection::Resource(reference) = connection else { return None };
        let service = self.all::<PrivateService>().find(|service| service.name() == reference.name)?;
        Some((service, reference.origin))
    }
}

/// The workloads in the order of their names, so that findings do not depend on the order of adding; those of services first, since
/// what they clash with is what the user wrote.
pub(crate) fn workloads<'a>(written: &'a [Resource], nested: &'a [Resource]) -> Vec<&'a MultiContainerWorkload> {
    let of = |resources: &'a [Resource]| {
        let mut workloads: Vec<_> = resources.iter().filter_map(MultiContainerWorkload::of).collect();
        sort_by(&mut workloads, |one, other| (one.name(), one.origin.place()).cmp(&(other.name(), other.origin.place())));
        workloads
    };
    let mut workloads = of(nested);
    workloads.append(&mut of(written));
    workloads
}

/// The functions in the order of their names, for the same reason.
fn functions(resources: Resources<'_>) -> Vec<&Function> {
    let mut functions: Vec<_> = resources.all::<Function>().collect();
    sort_by(&mut functions, |one, other| (one.name(), one.origin.place()).cmp(&(other.name(), other.origin.place())));
    functions
}

struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    segment: Segment<'a>,
}

enum Segment<'a> {
    Root,
    /// The place of the parent.
    Here,
    Field(&'a str),
    Index(usize),
    Element(&'a str, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            fmt::Display::fmt(parent, f)?;
        }
        if let Segment::Field(name) | Segment::Element(name, _) = self.segment {
            if !matches!(self.parent, None | Some(Path { segment: Segment::Root, .. })) {
                f.write_str(".")?;
            }
            f.write_str(name)?;
        }
        match self.segment {
            Segment::Index(index) | Segment::Element(_, index) => write!(f, "[{index}]"),
            Segment::Root | Segment::Here | Segment::Field(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::NameIssue;

    #[test]
    fn a_path_is_spelt_as_in_yaml() {
        let mut report = Report::new();
        let mut root = Check::root(&mut report);
        let mut resources = root.field("resources");
        let mut api = resources.field("api");
        api.element("containers", 2).field("name").report(&NameIssue::StageTooShort { stage: "x".into() });
        let paths: Vec<_> = report.iter().map(|finding| finding.path.as_str()).collect();
        assert_eq!(paths, ["resources.api.containers[2].name"]);
    }
}
