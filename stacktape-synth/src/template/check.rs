//! What CloudFormation refuses about a template as a whole.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>

use std::collections::HashMap;

use stacktape_model::report::{Finding, Report};
use stacktape_model::table::sort_and_dedup;

use super::size::Sizes;
use super::{Owners, Place, Template, circle};
use crate::cfn::{Node, Reference, attributes_of};
use crate::fragment::Rendered;

/// Mistakes that only show in the template.
#[derive(Clone, Debug, PartialEq, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "template")]
#[non_exhaustive]
pub enum TemplateIssue {
    /// A template has each logical id once.
    #[error("found the logical id `{id}`, which belongs to `{other}` already, expected one of its own")]
    #[issue(
        help = "rename the resource",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html"
    )]
    DuplicateId {
        /// The id.
        id: String,
        /// Who has it.
        other: String,
    },
    /// CloudFormation refuses a template that points at nothing.
    #[error("found a reference of `{from}` to `{to}`, expected the logical id of a resource of the stack")]
    #[issue(
        help = "{help}",
        mend = "add a resource with the logical id, or correct the reference",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ref.html"
    )]
    DanglingReference {
        /// Who points.
        from: String,
        /// At what.
        to: String,
        /// What could be meant.
        help: String,
    },
    /// `Fn::GetAtt` takes the attributes of a type, and fails at deployment for any other name.
    #[error("found the attribute `{attribute}` of `{to}`, which is none of `{resource_type}`, expected {expected}")]
    #[issue(
        help = "write one of the type's attributes, or its `Ref`: `raw.reference()`, `$CfResourceParam('{to}')`",
        warning,
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getatt.html"
    )]
    UnknownAttribute {
        /// The attribute.
        attribute: String,
        /// The resource that it is asked of.
        to: String,
        /// The resource's type.
        resource_type: String,
        /// The names that there are.
        expected: String,
    },
    /// Resources that wait for each other are never made.
    #[error("found resources that wait for each other: `{circle}`, expected an order without circles")]
    #[issue(
        help = "remove one of the references or `DependsOn`",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html"
    )]
    Circle {
        /// The ids, the first one repeated at the end.
        circle: String,
    },
    /// CloudFormation's limit of resources in one stack.
    #[error("found {found} resources of CloudFormation, expected at most 500")]
    #[issue(
        help = "split the stack in two",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"
    )]
    TooManyResources {
        /// How many there are.
        found: usize,
    },
    /// CloudFormation's limit of resources in one stack is near.
    #[error("found {found} resources of CloudFormation, expected some room below 500")]
    #[issue(
        help = "plan to split the stack in two",
        warning,
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"
    )]
    ManyResources {
        /// How many there are.
        found: usize,
    },
    /// CloudFormation refuses a stack without resources.
    #[error("found no resource, expected at least one")]
    #[issue(
        help = "add a resource: `stack.add(Bucket::builder(\"photos\"))`",
        yaml = "add a resource: `resources: {{photos: {{type: bucket}}}}`",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html"
    )]
    Empty,
    /// CloudFormation's limit of a template in S3.
    #[error("found a template of {found} bytes, expected at most 1000000")]
    #[issue(
        help = "split the stack in two",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"
    )]
    TooLarge {
        /// Its size.
        found: usize,
    },
    /// CloudFormation resolves at most 60 dynamic references in a template.
    #[error("found {found} dynamic references (`{{{{resolve:..}}}}`), expected at most 60")]
    #[issue(
        help = "read secrets with `Secret::new(..)`, which needs none",
        yaml = "read secrets with `$Secret(..)`, which needs none",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html"
    )]
    TooManyDynamicReferences {
        /// How many there are.
        found: usize,
    },
    /// ECS's limit of a registered task definition.
    #[error("found a task definition of about {found} bytes, expected at most 65536")]
    #[issue(
        help = "move variables into a file of the image, or split the workload",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html"
    )]
    TaskDefinitionTooLarge {
        /// Its size.
        found: usize,
    },
    /// IAM's limit of a role's inline policies together.
    #[error("found inline policies of about {found} characters, expected at most 10240")]
    #[issue(
        help = "connect to fewer resources, or split the workload",
        docs = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"
    )]
    RolePoliciesTooLarge {
        /// Their size.
        found: usize,
    },
    /// An override must reach one of the resources that it is written for.
    #[error("found an override of `{id}`, expected one of `{expected}`")]
    #[issue(help = "write the override on the resource that `{id}` belongs to, or on the stack")]
    OverrideOfOther {
        /// The id.
        id: String,
        /// The ids that belong to the resource.
        expected: String,
    },
    /// A path must lead through objects and lists.
    #[error("found the path `{path}`, which does not lead to a property of `{id}`, expected keys of objects and indices of lists")]
    #[issue(help = "compare the path with the output of the command `template`")]
    OverridePath {
        /// The path.
        path: String,
        /// The id.
        id: String,
    },
}

const RESOURCES_MAX: usize = 500;
const RESOURCES_MANY: usize = 470;
const BODY_MAX: usize = 1_000_000;
const DYNAMIC_REFERENCES_MAX: usize = 60;
const TASK_DEFINITION_MAX: usize = 65_536;
const ROLE_POLICIES_MAX: usize = 10_240;

pub(super) fn check(template: &Template, owners: &Owners, report: &mut Report) {
    let tell = |report: &mut Report, resource: usize, issue: &TemplateIssue| {
        let place = Place::of(owners.of(resource), template.resources[resource].id.as_str());
        report.push(Finding::new(issue, place.path, place.origin));
    };
    let found = template.resources.len();
    let root = |report: &mut Report, issue: &TemplateIssue| report.push(Finding::new(issue, "resources".to_owned(), None));
    match found {
        0 => root(report, &TemplateIssue::Empty),
        found if found > RESOURCES_MAX => root(report, &TemplateIssue::TooManyResources { found }),
        found if found > RESOURCES_MANY => root(report, &TemplateIssue::ManyResources { found }),
        _ => {}
    }
    let known = Known::of(template);
    let mut edges = Vec::with_capacity(found);
    let mut sizes = Sizes::default();
    // One resource after the other, each while it is at hand: a template is larger than what a processor keeps near.
    for (index, resource) in template.resources.iter().enumerate() {
        edges.push(known.edges(resource, &mut |issue| tell(report, index, issue)));
        if let Some(issue) = too_large(resource, sizes.of(resource)) {
            tell(report, index, &issue);
        }
    }
    for (name, output) in &template.outputs {
        known.check_output(name, output, report);
    }
    if let Some(members) = circle::find(&edges) {
        let ids: Vec<_> = members.iter().chain(&members[..1]).map(|index| template.resources[*index].id.as_str()).collect();
        tell(report, members[0], &TemplateIssue::Circle { circle: ids.join("` -> `") });
    }
    sizes.outputs(template);
    if sizes.body > BODY_MAX {
        root(report, &TemplateIssue::TooLarge { found: sizes.body });
    }
    if sizes.dynamic_references > DYNAMIC_REFERENCES_MAX {
        root(report, &TemplateIssue::TooManyDynamicReferences { found: sizes.dynamic_references });
    }
}

fn too_large(resource: &Rendered, found: usize) -> Option<TemplateIssue> {
    match resource.resource_type.as_ref() {
        "AWS::ECS::TaskDefinition" if found > TASK_DEFINITION_MAX => Some(TemplateIssue::TaskDefinitionTooLarge { found }),
        "AWS::IAM::Role" if found > ROLE_POLICIES_MAX => Some(TemplateIssue::RolePoliciesTooLarge { found }),
        _ => None,
    }
}

/// The resources of the template, by logical id.
struct Known<'a> {
    template: &'a Template,
    indices: HashMap<&'a str, usize>,
}

impl<'a> Known<'a> {
    fn of(template: &'a Template) -> Self {
        let indices = template.resources.iter().enumerate().map(|(index, resource)| (resource.id.as_str(), index)).collect();
        Self { template, indices }
    }

    /// Whom a resource points at, as often as it does; what points at nothing is told.
    fn edges(&self, resource: &Rendered, tell: &mut dyn FnMut(&TemplateIssue)) -> Vec<usize> {
        let mut edges = Vec::new();
        let mut dangling: Vec<String> = Vec::new();
        let mut unknown = Vec::new();
        let mut visit = |reference: Reference<'_>| match self.indices.get(reference.id) {
            Some(to) => {
                edges.push(*to);
                unknown.extend(self.unknown_attribute(*to, &reference));
            }
            None => dangling.push(reference.id.to_owned()),
        };
        resource.properties.visit_references(&mut visit);
        resource.attributes.iter().for_each(|(_, node)| node.visit_references(&mut visit));
        resource.depends_on.iter().for_each(|id| visit(Reference { id: id.as_str(), attribute: None }));
        unknown.iter().for_each(&mut *tell);
        sort_and_dedup(&mut dangling);
        for to in dangling {
            let help = self.nearest(&to);
            tell(&TemplateIssue::DanglingReference { from: resource.id.to_string(), to, help });
        }
        edges
    }

    fn check_output(&self, name: &str, output: &Node, report: &mut Report) {
        output.visit_references(&mut |reference| {
            let issue = if let Some(to) = self.indices.get(reference.id) {
                self.unknown_attribute(*to, &reference)
            } else {
                let (from, to) = (format!("the output {name}"), reference.id.to_owned());
                Some(TemplateIssue::DanglingReference { from, help: self.nearest(&to), to })
            };
            if let Some(issue) = issue {
                report.push(Finding::new(&issue, "stackConfig.outputs".to_owned(), None));
            }
        });
    }

    /// An attribute that the type of the resource does not have.
    fn unknown_attribute(&self, to: usize, reference: &Reference<'_>) -> Option<TemplateIssue> {
        let attribute = reference.attribute?;
        let resource_type = self.template.resources[to].resource_type.as_ref();
        let known = attributes_of(resource_type)?;
        if known.contains(&attribute) || known.iter().any(|known| known.strip_prefix(attribute).is_some_and(|rest| rest.starts_with('.'))) {
            return None;
        }
        Some(TemplateIssue::UnknownAttribute {
            attribute: attribute.to_owned(),
            to: reference.id.to_owned(),
            resource_type: resource_type.to_owned(),
            expected: format!("one of `{}`", known.join("`, `")),
        })
    }

    /// Says which id could be meant: the same letters in another case, or else that there is none.
    fn nearest(&self, to: &str) -> String {
        let same = self.template.resources.iter().find(|resource| resource.id.as_str().eq_ignore_ascii_case(to));
        same.map_or_else(
            || format!("add a resource with the logical id `{to}`, or correct the reference"),
            |resource| format!("write `{}`", resource.id),
        )
    }
}
