//! Where a mistake goes in a stack.

use proptest::sample::Index;
use serde_json::{Value as Json, json};

use crate::bucket::Bucket;
use crate::compute::Fargate;
use crate::container::{Container, ContainerBuilder, Image};
use crate::http_api_gateway::HttpApiGateway;
use crate::multi_container_workload::{MultiContainerWorkload, MultiContainerWorkloadBuilder};
use crate::resource::{Resource, ResourceKind};
use crate::stack::Stack;
use crate::text::Text;
use crate::units::{Cpu, Memory};

/// One way to break a rule.
pub(super) struct Mistake {
    /// The rule.
    pub(super) code: &'static str,
    /// The kinds of which the stack must have a resource.
    pub(super) needs: &'static [ResourceKind],
    /// Makes the mistake and says where it is found.
    pub(super) plant: fn(&mut Planting<'_>) -> String,
}

impl Mistake {
    pub(super) const fn new(code: &'static str, needs: &'static [ResourceKind], plant: fn(&mut Planting<'_>) -> String) -> Self {
        Self { code, needs, plant }
    }

    /// A mistake that needs nothing around it.
    pub(super) const fn anywhere(code: &'static str, plant: fn(&mut Planting<'_>) -> String) -> Self {
        Self::new(code, &[], plant)
    }
}

/// The stack that is to be broken, and where its choices come from. A choice shrinks to the first of what there is.
pub(super) struct Planting<'a> {
    pub(super) stack: &'a mut Stack,
    picks: [Index; 3],
    picked: usize,
}

impl<'a> Planting<'a> {
    pub(super) fn new(stack: &'a mut Stack, picks: [Index; 3]) -> Self {
        Self { stack, picks, picked: 0 }
    }

    fn index(&mut self, size: usize) -> usize {
        self.picked += 1;
        self.picks[self.picked % self.picks.len()].index(size)
    }

    /// One of these.
    pub(super) fn one<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.index(all.len())].clone()
    }

    /// One of these texts.
    pub(super) fn text(&mut self, all: &[&str]) -> String {
        self.one(all).to_owned()
    }

    /// A resource of the kind that `of` takes, with its path.
    fn resource<T>(&mut self, of: fn(&mut Resource) -> Option<&mut T>, name: fn(&T) -> &str) -> (&mut T, String) {
        let number = self.stack.resources.iter_mut().filter_map(of).count();
        let index = self.index(number);
        let Some(resource) = self.stack.resources.iter_mut().filter_map(of).nth(index) else {
            unreachable!("a mistake names the kinds that it needs");
        };
        let path = format!("resources.{}", name(resource));
        (resource, path)
    }

    /// A bucket of the stack, with its path.
    pub(super) fn bucket(&mut self) -> (&mut Bucket, String) {
        let of: fn(&mut Resource) -> Option<&mut Bucket> = |resource| match resource {
            Resource::Bucket(bucket) => Some(bucket),
            _ => None,
        };
        self.resource(of, Bucket::name)
    }

    /// A gateway of the stack, with its path.
    pub(super) fn gateway(&mut self) -> (&mut HttpApiGateway, String) {
        let of: fn(&mut Resource) -> Option<&mut HttpApiGateway> = |resource| match resource {
            Resource::HttpApiGateway(gateway) => Some(gateway),
            _ => None,
        };
        self.resource(of, HttpApiGateway::name)
    }

    /// A workload of the stack, with its path.
    pub(super) fn workload(&mut self) -> (&mut MultiContainerWorkload, String) {
        let of: fn(&mut Resource) -> Option<&mut MultiContainerWorkload> = |resource| match resource {
            Resource::MultiContainerWorkload(workload) => Some(workload),
            _ => None,
        };
        self.resource(of, MultiContainerWorkload::name)
    }

    /// A container of a workload of the stack, with its path.
    pub(super) fn container(&mut self) -> (&mut Container, String) {
        let which = self.index(usize::MAX);
        let (workload, path) = self.workload();
        let index = which % workload.containers.len();
        (&mut workload.containers[index], format!("{path}.containers[{index}]"))
    }

    /// Adds containers to a workload of the stack; the path is that of the first one.
    pub(super) fn add_containers<C: Into<Container>>(&mut self, containers: impl IntoIterator<Item = C>) -> String {
        let (workload, path) = self.workload();
        let first = workload.containers.len();
        workload.containers.extend(containers.into_iter().map(Into::into));
        format!("{path}.containers[{first}]")
    }

    /// Adds two containers to a workload of the stack; the path is that of the second one.
    pub(super) fn add_two_containers(&mut self, [one, two]: [ContainerBuilder; 2]) -> String {
        let (workload, path) = self.workload();
        workload.containers.extend([one.build(), two.build()]);
        format!("{path}.containers[{}]", workload.containers.len() - 1)
    }
}

/// Texts in which CloudFormation writes a secret out: whole, as a piece of others, and of intrinsic functions.
pub(super) fn secrets() -> [Text; 5] {
    const SECRET: &str = "{{resolve:secretsmanager:db:SecretString:password}}";
    let intrinsic = |json: Json| Text::Intrinsic(Box::new(json.into()));
    [
        SECRET.into(),
        "key: {{resolve:ssm-secure:/db/key:1}}".into(),
        Text::joined(["key: ".into(), SECRET.into()]),
        intrinsic(json!({"Fn::Sub": ["{{resolve:secretsmanager:${Name}}}", {"Name": "db"}]})),
        intrinsic(json!({"Fn::Join": [":", ["{{resolve:secretsmanager", {"Ref": "AWS::StackName"}, "SecretString}}"]]})),
    ]
}

/// A container with a name that the strategy of valid stacks never gives.
pub(super) fn planted(name: &str) -> ContainerBuilder {
    Container::builder(format!("planted-{name}"), Image::prebuilt("nginx:1.29"))
}

/// A workload `planted` with this container.
pub(super) fn workload(container: impl Into<Container>) -> MultiContainerWorkloadBuilder {
    MultiContainerWorkload::builder("planted", Fargate::new(Cpu::Quarter, Memory::mib(512))).container(container)
}

/// The kind that most mistakes need.
pub(super) const WORKLOAD: &[ResourceKind] = &[ResourceKind::MultiContainerWorkload];
