//! A stack: resources that are deployed together.

use crate::check::{self, Check, Resources};
use crate::multi_container_workload::MultiContainerWorkload;
use crate::name;
use crate::nested::written_name;
use crate::origin::Origin;
use crate::overrides::Override;
use crate::raw_resource::RawResource;
use crate::report::Report;
use crate::resource::{IntoResource, Resource, ResourceType};
use crate::stack_config::{AvailabilityZones, Nat, NatAvailabilityZones, Output, ReuseVpc, StackConfig, Tag};
use crate::table::sort_by;

/// Resources that are deployed together, as one stack of CloudFormation. The order of adding never matters.
///
/// ```
/// use stacktape_model::{ bucket::Bucket, stack::Stack };
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
    /// What was noticed while a document was read, and refuses nothing.
    pub(crate) noticed: Report,
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
            noticed: Report::new(),
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
        let mut report = std::mem::take(&mut self.noticed);
        let mut root = Check::root(&mut report).written_at(self.origin);
        name::check_stack(&self.project, &self.stage, &mut root);
        let mut nested: Vec<_> = self.resources.iter().flat_map(Resource::expand).collect();
        let workloads = check::workloads(&self.resources, &nested);
        let resources = Resources { written: &self.resources, nested: &nested, workloads: &workloads };
        let has_roles = resources.iter().any(|resource| resource.consumer().is_some());
        let own_outputs = self.config.vpc.outputs(check::network::asks_for_private_subnets(resources.all()));
        self.config.check(has_roles, &own_outputs, &mut root.field("stackConfig"));
        check::names::check(&self.resources, &self.raw_resources, &mut root);
        {
            let mut at = root.field("resources");
            for resource in resources.iter() {
                let mut at = at.field(written_name(resource.name())).written_at(resource.origin());
                resource.check(&mut at);
                check_overrides(resource.overrides(), &mut at);
            }
        }
        check_overrides(&self.overrides, &mut root);
        for raw in &self.raw_resources {
            raw.check(&mut root.field("cloudformationResources").field(raw.logical_id()).written_at(raw.origin()));
        }
        check::references::check(resources, &self.raw_resources, &self.overrides, &self.config, &mut root);
        check::domains::check(resources, &mut root);
        check::batch_jobs::check(resources, &mut root);
        check::event_sources::check(resources, &mut root);
        check::functions::check(resources, &self.config, &mut root);
        check::pushed_events::check(resources, &mut root);
        check::redrive::check(resources, &mut root);
        check::routing::check(resources, &mut root);
        check::authorizers::check(resources, &mut root);
        check::service_connect::check(resources, &mut root);
        check::buses::check(resources, &mut root);
        check::streams::check(resources, &self.config, &mut root);
        check::balancing::check(resources, &mut root);
        let name = format!("{}-{}", self.project, self.stage);
        check::network::check(&name, resources, &self.config.vpc, &mut root);
        check::network_balancing::check(resources, &mut root);
        let report = report.sorted();
        if report.has_errors() {
            return Err(report);
        }
        sort_by(&mut self.resources, |a, b| a.name().cmp(b.name()));
        sort_by(&mut nested, |a, b| a.name().cmp(b.name()));
        // Overrides of one id stay in their order: a later one goes over an earlier one.
        for resource in &mut self.resources {
            sort_by(resource.overrides_mut(), |a, b| a.logical_id.cmp(&b.logical_id));
        }
        sort_by(&mut self.overrides, |a, b| a.logical_id.cmp(&b.logical_id));
        sort_by(&mut self.raw_resources, |a, b| a.logical_id().cmp(b.logical_id()));
        sort_by(&mut self.config.tags, |a, b| a.name.cmp(&b.name));
        sort_by(&mut self.config.outputs, |a, b| a.name.cmp(&b.name));
        let mut valid = ValidStack { name, stack: self, nested, order: Vec::new(), warnings: report };
        let mut order: Vec<_> = (0..valid.stack.resources.len() + valid.nested.len()).collect();
        sort_by(&mut order, |one, other| valid.at(*one).name().cmp(valid.at(*other).name()));
        valid.order = order;
        Ok(valid)
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
    /// What services are made of, in the order of names.
    nested: Vec<Resource>,
    /// Positions, counted through the resources of the stack and the nested ones, in the order of names.
    order: Vec<usize>,
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

    /// The resources as they were added, in the order of their names.
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

    fn at(&self, index: usize) -> &Resource {
        index.checked_sub(self.stack.resources.len()).map_or_else(|| &self.stack.resources[index], |index| &self.nested[index])
    }

    /// The resource with this name: one that was added, or one that a service is made of, such as `shop.loadBalancer`.
    pub fn resource(&self, name: &str) -> Option<&Resource> {
        let place = self.order.binary_search_by(|index| self.at(*index).name().cmp(name)).ok()?;
        Some(self.at(self.order[place]))
    }

    /// The resources, and those that services are made of, in the order of their names.
    ///
    /// ```
    /// use stacktape_model::compute::Fargate;
    /// use stacktape_model::container::Image;
    /// use stacktape_model::stack::Stack;
    /// use stacktape_model::units::{ Cpu, Memory };
    /// use stacktape_model::web_service::WebService;
    ///
    /// let mut stack = Stack::new("shop", "dev");
    /// stack.add(WebService::builder("api", Fargate::new(Cpu::Half, Memory::gib(1)), Image::prebuilt("nginx:1.29")));
    /// let valid = stack.validate().expect("a web service is a whole stack");
    /// let names: Vec<_> = valid.expanded().map(|resource| resource.name()).collect();
    /// assert_eq!(names, ["api", "api.containerWorkload", "api.httpApiGateway"]);
    /// ```
    pub fn expanded(&self) -> impl Iterator<Item = &Resource> {
        self.order.iter().map(|index| self.at(*index))
    }

    /// The resources of a kind, and those that services are made of, in the order of their names: `stack.all::<Bucket>()`.
    pub fn all<T: ResourceType>(&self) -> impl Iterator<Item = &T> {
        self.expanded().filter_map(T::of)
    }

    /// The resource of a kind with this name: `stack.get::<Bucket>("photos")`.
    pub fn get<T: ResourceType>(&self, name: &str) -> Option<&T> {
        self.resource(name).and_then(T::of)
    }

    /// Whether any workload wants to be in private subnets.
    pub fn asks_for_private_subnets(&self) -> bool {
        check::network::asks_for_private_subnets(self.all())
    }

    /// The workloads, in the order of their names.
    pub fn workloads(&self) -> impl Iterator<Item = &MultiContainerWorkload> {
        self.all()
    }
}
