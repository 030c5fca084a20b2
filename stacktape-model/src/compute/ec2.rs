//! Containers on EC2 instances of one's own. YAML: `resources` with `instanceTypes`.

use crate::check::Check;
use crate::compute::Architecture;
use crate::compute::instance_types::{self, InstanceType};
use crate::document::or_nearest;
use crate::units::{Cpu, Memory};

/// EC2 instances that carry the tasks of one workload, and nothing else. They come and go with its tasks.
///
/// ```
/// use stacktape_model::compute::Ec2;
/// use stacktape_model::units::{Cpu, Memory};
///
/// // A task fills an instance.
/// let one = Ec2::new(["c5.large"]).warm_pool(true);
/// // Several tasks share one; where there is no `m5.xlarge`, it is an `m5a.xlarge`.
/// let several = Ec2::new(["m5.xlarge", "m5a.xlarge"]).cpu(Cpu::Half).memory(Memory::gib(2));
/// ```
///
/// **Creates** a cluster, a launch template, an Auto Scaling group, a capacity provider, and a schedule that replaces the instances every
/// Sunday at 03:00 UTC, so that their system is up to date, while the tasks stay available; once in a stack, roles for both.
///
/// One type and neither processors nor memory is the best use of instances: a task takes all that an instance has, and each further
/// task brings an instance along. The instances run Amazon Linux 2023; types with GPUs run the variant with NVIDIA's drivers.
///
/// Containers reach each other by their names (`http://backend:3000`) and not at `localhost`: see
/// [`WorkloadInternalEvent`](crate::container::WorkloadInternalEvent). They know their region by `AWS_REGION` and
/// `AWS_DEFAULT_REGION`, as on Fargate; what instances may do, they may not.
///
/// Other types, processors or memory deploy a new version; instances that run stay as they are until Sunday. A change between Fargate
/// and EC2 replaces the service and its target groups: requests fail until the new tasks are well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ec2 {
    /// Types such as `c5.large`, the preferred one first: 1 to 40 of one architecture. YAML: `instanceTypes`.
    pub instance_types: Vec<String>,
    /// What is kept free for a task. YAML: `cpu`, default: the tasks of an instance share its processors.
    pub cpu: Option<Cpu>,
    /// What a task gets, in MiB. YAML: `memory`, default: what every one of the types can give to one task, which is 85 % of a small
    /// type and 95 % of a large one.
    pub memory: Option<Memory>,
    /// Whether stopped instances, as many as there are tasks at most, wait to be started, which is faster than new ones. They cost
    /// their disks. With one type only. YAML: `enableWarmPool`, default `false`.
    pub warm_pool: bool,
}

/// <https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplate.html>
const INSTANCE_TYPES_MAX: usize = 40;

impl Ec2 {
    /// Instances of these types, the preferred one first. YAML: `instanceTypes`.
    pub fn new<T: Into<String>>(instance_types: impl IntoIterator<Item = T>) -> Self {
        Self { instance_types: instance_types.into_iter().map(Into::into).collect(), cpu: None, memory: None, warm_pool: false }
    }

    /// Keeps so many processors free for a task. YAML: `cpu`, default: the tasks of an instance share its processors.
    pub const fn cpu(mut self, cpu: Cpu) -> Self {
        self.cpu = Some(cpu);
        self
    }

    /// Gives a task so much memory. YAML: `memory`, default: as much as every one of the types can give to one task.
    pub const fn memory(mut self, memory: Memory) -> Self {
        self.memory = Some(memory);
        self
    }

    /// Keeps stopped instances that start faster than new ones. With one type only. YAML: `enableWarmPool`, default `false`.
    pub const fn warm_pool(mut self, enabled: bool) -> Self {
        self.warm_pool = enabled;
        self
    }

    /// The types, each once.
    pub fn types(&self) -> Vec<&str> {
        let mut types: Vec<&str> = Vec::with_capacity(self.instance_types.len());
        for name in &self.instance_types {
            if !types.contains(&name.as_str()) {
                types.push(name);
            }
        }
        types
    }

    /// The processors of the instances.
    pub fn architecture(&self) -> Architecture {
        self.instance_types.first().map(|name| instance_types::architecture(name)).unwrap_or_default()
    }

    /// The memory of a task: what was given, or what the smallest of the types has for it. `None` where neither is known, which is a
    /// finding.
    pub fn task_memory(&self) -> Option<Memory> {
        self.memory.or_else(|| Memory::checked(self.smallest(InstanceType::available_mib)?.1))
    }

    /// Whether the instances run the system with drivers of GPUs: all of them have one, and ECS has such a system for x86-64 alone.
    pub fn has_gpu_drivers(&self) -> bool {
        self.architecture() == Architecture::X86_64
            && !self.instance_types.is_empty()
            && self.instance_types.iter().all(|name| instance_types::has_gpus(name))
    }

    /// How many GPUs the containers of a task can have together; `None` where a type is unknown.
    pub(crate) fn gpus(&self) -> Option<u32> {
        if !self.has_gpu_drivers() {
            return Some(0);
        }
        let known = self.instance_types.iter().map(|name| InstanceType::find(name).map(|of| of.gpus));
        known.collect::<Option<Vec<_>>>()?.into_iter().min()
    }

    /// The smallest of the known types in some respect, and how much it has.
    fn smallest(&self, amount: impl Fn(InstanceType) -> u32) -> Option<(&str, u32)> {
        let known = self.instance_types.iter().filter_map(|name| Some((name.as_str(), amount(InstanceType::find(name)?))));
        known.min_by_key(|(_, amount)| *amount)
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        self.check_types(&mut at.field("instanceTypes"));
        let types = self.types();
        if self.warm_pool && types.len() > 1 {
            at.field("enableWarmPool").report(&Ec2Issue::WarmPool { found: types.len() });
        }
        if let (Some(memory), Some((instance_type, available))) = (self.memory, self.smallest(InstanceType::available_mib))
            && memory.as_mib() > available
        {
            let instance_type = instance_type.to_owned();
            at.field("memory").report(&Ec2Issue::TooMuchMemory { found: memory.as_mib(), available, instance_type });
        }
        if let (Some(cpu), Some((instance_type, vcpus))) = (self.cpu, self.smallest(|of| of.vcpus))
            && cpu.units() > vcpus * 1024
        {
            at.field("cpu").report(&Ec2Issue::TooManyProcessors { found: cpu.as_str(), vcpus, instance_type: instance_type.to_owned() });
        }
    }

    fn check_types(&self, at: &mut Check<'_>) {
        let Some(first) = self.instance_types.first() else { return at.report(&Ec2Issue::NoInstanceType) };
        let types = self.types();
        if types.len() > INSTANCE_TYPES_MAX {
            at.report(&Ec2Issue::TooManyInstanceTypes { found: types.len() });
        }
        at.each(&self.instance_types, |at, name| self.check_type(name, at));
        // The first one decides: what differs from it is told once.
        let (of_first, has_gpus) = (instance_types::architecture(first), instance_types::has_gpus(first));
        let differing =
            |differs: &dyn Fn(&str) -> bool| self.instance_types.iter().position(|name| instance_types::is_spelt(name) && differs(name));
        if let Some(index) = differing(&|name| instance_types::architecture(name) != of_first) {
            let other = &self.instance_types[index];
            let (expected, found) = (of_first.as_str(), instance_types::architecture(other).as_str());
            at.index(index).report(&Ec2Issue::MixedArchitectures { found, other: other.clone(), expected, first: first.clone() });
        } else if let Some(index) = differing(&|name| instance_types::has_gpus(name) != has_gpus) {
            let other = &self.instance_types[index];
            let (with, without) = if has_gpus { (first, other) } else { (other, first) };
            at.index(index).report(&Ec2Issue::MixedGpus { with: with.clone(), without: without.clone() });
        }
    }

    fn check_type(&self, name: &str, at: &mut Check<'_>) {
        let found = name.to_owned();
        let nearest = |otherwise: &str| or_nearest(name, &instance_types::names().collect::<Vec<_>>(), || otherwise.to_owned());
        if !instance_types::is_spelt(name) {
            at.report(&Ec2Issue::InstanceType { found, help: nearest("write a type such as `c5.large`") });
        } else if instance_types::is_too_old(name) {
            at.report(&Ec2Issue::OldInstanceType { found });
        } else if InstanceType::find(name).is_none() {
            match self.memory {
                None => at.report(&Ec2Issue::UnknownMemory { found, help: nearest("write the memory of a task, too") }),
                Some(_) => at.report(&Ec2Issue::UnknownInstanceType { found, help: nearest("look whether it is spelt as AWS spells it") }),
            }
        }
    }
}

/// Mistakes in instances.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "ec2")]
#[non_exhaustive]
pub enum Ec2Issue {
    /// Instances are of some type.
    #[error("found no instance type, expected at least one")]
    #[issue(
        help = "write `Ec2::new([\"c5.large\"])`, or `Fargate::new(..)` for none at all",
        yaml = "write `instanceTypes: [c5.large]`, or leave it out for Fargate",
        docs = "https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html"
    )]
    NoInstanceType,
    /// An Auto Scaling group takes 40 types.
    #[error("found {found} instance types, expected at most 40")]
    #[issue(
        help = "keep the types that you prefer",
        docs = "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplate.html"
    )]
    TooManyInstanceTypes {
        /// How many there are.
        found: usize,
    },
    /// The name of a type is its family, a dot and its size.
    #[error("found the instance type `{found}`, expected a family and a size, such as `c5.large`")]
    #[issue(
        help = "{help}",
        mend = "write a type such as `c5.large`",
        docs = "https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html"
    )]
    InstanceType {
        /// What was found.
        found: String,
        /// The nearest type.
        help: String,
    },
    /// Without the memory of a type, nobody can say how much a task may have.
    #[error("found the instance type `{found}`, whose memory is not known here, and no memory of a task, expected one of the two")]
    #[issue(
        help = "{help}; with `.memory(..)`, any type is taken",
        yaml = "{help}; with `memory`, any type is taken",
        mend = "write a type that is known, or the memory of a task",
        docs = "https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html"
    )]
    UnknownMemory {
        /// What was found.
        found: String,
        /// The nearest type.
        help: String,
    },
    /// A type that the table of types lacks may be new, or misspelt.
    #[error("found the instance type `{found}`, which is not known here, expected a type of EC2")]
    #[issue(
        help = "{help}; as it stands, it is taken as it is written",
        mend = "look whether it is spelt as AWS spells it",
        warning,
        docs = "https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html"
    )]
    UnknownInstanceType {
        /// What was found.
        found: String,
        /// The nearest type.
        help: String,
    },
    /// Instances run Amazon Linux 2023, which types of the first generations cannot.
    #[error("found the instance type `{found}`, expected one that runs Amazon Linux 2023")]
    #[issue(
        help = "write a type of a later generation, such as `t3.small`, or `t4g.small` for arm64",
        docs = "https://docs.aws.amazon.com/linux/al2023/ug/system-requirements.html"
    )]
    OldInstanceType {
        /// What was found.
        found: String,
    },
    /// One image of a container is for one architecture.
    #[error("found `{other}`, which has {found} processors, beside `{first}`, expected types with {expected} processors only")]
    #[issue(
        help = "keep the types of one architecture",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-optimized_AMI.html"
    )]
    MixedArchitectures {
        /// The architecture that differs.
        found: &'static str,
        /// The type that differs.
        other: String,
        /// The architecture of the first type.
        expected: &'static str,
        /// The first type.
        first: String,
    },
    /// Instances of a workload run one system, and that with drivers of GPUs does not start without a GPU.
    #[error("found `{with}`, which has GPUs, beside `{without}`, which has none, expected types of one kind")]
    #[issue(
        help = "keep the types of one kind; as it stands, no instance has drivers of GPUs",
        warning,
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-gpu.html"
    )]
    MixedGpus {
        /// A type with GPUs.
        with: String,
        /// A type without.
        without: String,
    },
    /// A warm pool belongs to an Auto Scaling group of one type.
    #[error("found a warm pool of {found} instance types, expected one type")]
    #[issue(
        help = "keep one type, or leave out `.warm_pool(true)`",
        yaml = "keep one type, or leave out `enableWarmPool`",
        docs = "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutWarmPool.html"
    )]
    WarmPool {
        /// How many there are.
        found: usize,
    },
    /// A task with more memory than an instance has for it is never placed.
    #[error("found {found} MiB of memory, expected at most {available}, which a `{instance_type}` has beside its system")]
    #[issue(
        help = "write a memory of {available} or less, leave it out for all of it, or write larger types",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/memory-management.html"
    )]
    TooMuchMemory {
        /// What was found.
        found: u32,
        /// What there is.
        available: u32,
        /// The smallest type.
        instance_type: String,
    },
    /// A task with more processors than an instance has is never placed.
    #[error("found cpu {found}, expected at most {vcpus}, which a `{instance_type}` has")]
    #[issue(
        help = "write fewer processors, leave them out to share all of them, or write larger types",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html"
    )]
    TooManyProcessors {
        /// What was found.
        found: &'static str,
        /// What there is.
        vcpus: u32,
        /// The smallest type.
        instance_type: String,
    },
}
