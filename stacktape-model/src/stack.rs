//! A stack: resources that are deployed together.

use crate::check::{self, Check};
use crate::multi_container_workload::MultiContainerWorkload;
use crate::name;
use crate::origin::Origin;
use crate::overrides::Override;
use crate::raw_resource::RawResource;
use crate::report::Report;
use crate::resource::{IntoResource, Resource, ResourceType};
use crate::stack_config::{AvailabilityZones, Nat, NatAvailabilityZones, Output, ReuseVpc, StackConfig, Tag, Tagged};
use crate::table::sort_by;

/// Resources that are deployed together, as one stack of CloudFormation. The order of adding never matters.
///
/// ```
/// use stacktape_model::{bucket::Bucket, stack::Stack};
/// let mut stack = Stack::new("photos", "dev");
/// stack.add(Bucket::builder("photosBucket"));
/// let valid = stack.validate().expect("a bucket is a whole stack");
/// assert_eq!(valid.name(), "photos-dev");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Stack {
    pub(crate) project: String,
    pub(crate) stage: String,
    pub(crate) resources: Vec<Resource>,
    pub(crate) raw_resources: Vec<RawResource>,
    pub(crate) config: StackConfig,
    overrides: Vec<Override>,
    origin: Origin,
}

impl Stack {
    /// An empty stack `{project}-{stage}`.
    #[track_caller]
    pub fn new(project: impl Into<String>, stage: impl Into<String>) -> Self {
        Self {
            project: project.into(),
            stage: stage.into(),
            resources: Vec::new(),
            raw_resources: Vec::new(),
            config: StackConfig::default(),
            overrides: Vec::new(),
            origin: Origin::here(),
        }
    }

    /// Lets findings about the whole stack point at another place than that of [`Stack::new`].
    pub fn with_origin(mut self, origin: Origin) -> Self {
        self.origin = origin;
        self
    }

    /// The project.
    pub fn project(&self) -> &str {
        &self.project
    }

    /// The stage.
    pub fn stage(&self) -> &str {
        &self.stage
    }

    /// Sets everything that holds for the whole stack. YAML: `stackConfig`.
    pub fn configure(&mut self, config: StackConfig) -> &mut Self {
        self.config = config;
        self
    }

    /// What is set for the whole stack.
    pub fn config(&self) -> &StackConfig {
        &self.config
    }

    /// The raw CloudFormation resources, in the order of adding.
    pub fn raw_resources(&self) -> &[RawResource] {
        &self.raw_resources
    }

    /// Overrides that belong to no single resource.
    pub fn overrides(&self) -> &[Override] {
        &self.overrides
    }

    /// The resources, in the order of adding.
    pub fn resources(&self) -> &[Resource] {
        &self.resources
    }

    /// Adds a resource. YAML: an entry of `resources`.
    pub fn add(&mut self, resource: impl IntoResource) -> &mut Self {
        self.resources.push(resource.into_resource());
        self
    }

    /// Adds a CloudFormation resource as it is. YAML: an entry of `cloudformationResources`.
    pub fn add_raw(&mut self, resource: impl Into<RawResource>) -> &mut Self {
        self.raw_resources.push(resource.into());
        self
    }

    /// Shows a value after a deployment. YAML: an entry of `stackConfig.outputs`.
    pub fn output(&mut self, output: Output) -> &mut Self {
        self.config.outputs.push(output);
        self
    }

    /// Tags every resource. YAML: an entry of `stackConfig.tags`.
    #[track_caller]
    pub fn tag(&mut self, name: impl Into<String>, value: impl Into<String>) -> &mut Self {
        self.config.tags.push(Tag::new(name, value));
        self
    }

    /// Spreads the stack's network over so many availability zones. YAML: `stackConfig.vpc.availabilityZones`, default 2.
    pub fn availability_zones(&mut self, zones: AvailabilityZones) -> &mut Self {
        self.config.vpc.availability_zones = zones;
        self
    }

    /// Puts a NAT gateway into so many availability zones, for what runs in private subnets. YAML:
    /// `stackConfig.vpc.nat.availabilityZones`, default 2, and never more than the network has zones. A zone that no longer has one
    /// uses that of another.
    pub fn nat_availability_zones(&mut self, zones: NatAvailabilityZones) -> &mut Self {
        self.config.vpc.nat = Some(Nat { availability_zones: zones });
        self
    }

    /// Uses a VPC that is there already, instead of making one. YAML: `stackConfig.vpc.reuseVpc`. Changing it replaces nearly everything
    /// that is in the VPC.
    pub fn reuse_vpc(&mut self, vpc: impl Into<ReuseVpc>) -> &mut Self {
        self.config.vpc.reuse_vpc = Some(vpc.into());
        self
    }

    /// Exports the VPC, so that other stacks of the account and region can reuse it by project and stage. YAML:
    /// `stackConfig.vpc.export`, default `false`. CloudFormation neither deletes nor changes an export that another stack imports.
    pub fn export_vpc(&mut self) -> &mut Self {
        self.config.vpc.export = true;
        self
    }

    /// Sets a property of a CloudFormation resource that belongs to no single resource, such as the VPC.
    pub fn override_with(&mut self, value: Override) -> &mut Self {
        self.overrides.push(value);
        self
    }

    /// Checks every rule that needs no template.
    ///
    /// # Errors
    /// The report of all mistakes, where at least one of them refuses the stack.
    pub fn validate(mut self) -> Result<ValidStack, Report> {
        let mut report = Report::new();
        let mut root = Check::root(&mut report).written_at(self.origin);
        name::check_stack(&self.project, &self.stage, &mut root);
        let containers = || self.resources.iter().filter_map(MultiContainerWorkload::of).flat_map(MultiContainerWorkload::containers);
        let tagged = Tagged {
            roles: self.resources.iter().any(|resource| matches!(resource, Resource::MultiContainerWorkload(_))),
            access_points: containers().any(|container| !container.volume_mounts.is_empty()),
        };
        let own_outputs = self.config.vpc.outputs(check::network::asks_for_private_subnets(&self.resources));
        self.config.check(tagged, &own_outputs, &mut root.field("stackConfig"));
        check::names::check(&self.resources, &self.raw_resources, &mut root);
        {
            let mut at = root.field("resources");
            for resource in &self.resources {
                let mut at = at.field(resource.name()).written_at(resource.origin());
                resource.check(&mut at);
                check_overrides(resource.overrides(), &mut at);
            }
        }
        check_overrides(&self.overrides, &mut root);
        for raw in &self.raw_resources {
            raw.check(&mut root.field("cloudformationResources").field(raw.logical_id()).written_at(raw.origin()));
        }
        check::references::check(&self.resources, &self.raw_resources, &self.overrides, &self.config, &mut root);
        check::redrive::check(&self.resources, &mut root);
        check::routing::check(&self.resources, &mut root);
        check::service_connect::check(&self.resources, &mut root);
        check::buses::check(&self.resources, &mut root);
        check::streams::check(&self.resources, &self.config, &mut root);
        check::balancing::check(&self.resources, &mut root);
        let name = format!("{}-{}", self.project, self.stage);
        check::network::check(&name, &self.resources, &self.config.vpc, &mut root);
        let report = report.sorted();
        if report.has_errors() {
            return Err(report);
        }
        sort_by(&mut self.resources, |a, b| a.name().cmp(b.name()));
        // Overrides of one id stay in their order: a later one goes over an earlier one.
        for resource in &mut self.resources {
            sort_by(resource.overrides_mut(), |a, b| a.logical_id.cmp(&b.logical_id));
        }
        sort_by(&mut self.overrides, |a, b| a.logical_id.cmp(&b.logical_id));
        sort_by(&mut self.raw_resources, |a, b| a.logical_id().cmp(b.logical_id()));
        sort_by(&mut self.config.tags, |a, b| a.name.cmp(&b.name));
        sort_by(&mut self.config.outputs, |a, b| a.name.cmp(&b.name));
        Ok(ValidStack { name, stack: self, warnings: report })
    }
}

/// In YAML, `overrides` is a map: its findings are found by logical id.
fn check_overrides(overrides: &[Override], at: &mut Check<'_>) {
    for value in overrides {
        value.check(&mut at.field("overrides").written_at(value.origin));
    }
}

/// A stack that has passed validation: names are unique, references lead somewhere, values are in range. Resources are in
/// the order of their names.
#[derive(Clone, Debug, PartialEq)]
pub struct ValidStack {
    name: String,
    stack: Stack,
    warnings: Report,
}

impl ValidStack {
    /// `{project}-{stage}`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The project.
    pub fn project(&self) -> &str {
        &self.stack.project
    }

    /// The stage.
    pub fn stage(&self) -> &str {
        &self.stack.stage
    }

    /// The resources, in the order of their names.
    pub fn resources(&self) -> &[Resource] {
        &self.stack.resources
    }

    /// The raw CloudFormation resources, in the order of their logical ids.
    pub fn raw_resources(&self) -> &[RawResource] {
        &self.stack.raw_resources
    }

    /// What is set for the whole stack.
    pub fn config(&self) -> &StackConfig {
        &self.stack.config
    }

    /// Overrides that belong to no single resource.
    pub fn overrides(&self) -> &[Override] {
        &self.stack.overrides
    }

    /// What was found and does not refuse the stack.
    pub fn warnings(&self) -> &Report {
        &self.warnings
    }

    /// The resource with this name.
    pub fn resource(&self, name: &str) -> Option<&Resource> {
        let index = self.resources().binary_search_by(|resource| resource.name().cmp(name)).ok()?;
        Some(&self.stack.resources[index])
    }

    /// The resources of a kind, in the order of their names: `stack.all::<Bucket>()`.
    pub fn all<T: ResourceType>(&self) -> impl Iterator<Item = &T> {
        self.resources().iter().filter_map(T::of)
    }

    /// The resource of a kind with this name: `stack.get::<Bucket>("photos")`.
    pub fn get<T: ResourceType>(&self, name: &str) -> Option<&T> {
        self.resource(name).and_then(T::of)
    }

    /// Whether any workload wants to be in private subnets.
    pub fn asks_for_private_subnets(&self) -> bool {
        check::network::asks_for_private_subnets(self.resources())
    }

    /// The workloads, in the order of their names.
    pub fn workloads(&self) -> impl Iterator<Item = &MultiContainerWorkload> {
        self.all()
    }
}
