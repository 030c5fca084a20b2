//! On what containers run. YAML: `resources` of a workload.

mod ec2;
pub(crate) mod instance_types;

pub use ec2::{Ec2, Ec2Issue};

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::check::Check;
use crate::document::{Decode, DocumentIssue, Kind, Reader, Tree, words};
use crate::units::{Cpu, Memory};

/// On what the containers of a workload run. YAML: `resources`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compute {
    /// On AWS Fargate, without servers of one's own.
    Fargate(Fargate),
    /// On EC2 instances of one's own.
    Ec2(Ec2),
}

impl From<Fargate> for Compute {
    fn from(fargate: Fargate) -> Self {
        Self::Fargate(fargate)
    }
}

impl From<Ec2> for Compute {
    fn from(ec2: Ec2) -> Self {
        Self::Ec2(ec2)
    }
}

impl Compute {
    pub(crate) fn check(&self, at: &mut Check<'_>) {
        match self {
            Self::Fargate(fargate) => fargate.check(at),
            Self::Ec2(ec2) => ec2.check(at),
        }
    }

    /// The processors that the containers' images are built for.
    pub fn architecture(&self) -> Architecture {
        match self {
            Self::Fargate(fargate) => fargate.architecture,
            Self::Ec2(ec2) => ec2.architecture(),
        }
    }

    /// The instances, where there are any.
    pub const fn ec2(&self) -> Option<&Ec2> {
        match self {
            Self::Fargate(_) => None,
            Self::Ec2(ec2) => Some(ec2),
        }
    }
}

#[cfg(feature = "yaml")]
impl Decode for Compute {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let fields = at.fields(tree, &["cpu", "memory", "architecture", "instanceTypes", "enableWarmPool"])?;
        if let Some(types) = fields.get("instanceTypes") {
            if let Some(key) = fields.get("architecture") {
                let issue = DocumentIssue::OnlyOnFargate { key: "architecture" };
                at.field("architecture").tell::<()>(key.place, &issue);
            }
            let instance_types: Option<Vec<String>> = Decode::decode(types, &mut at.field("instanceTypes"));
            let cpu = fields.optional("cpu", at);
            let memory = fields.optional("memory", at);
            let warm_pool = fields.optional("enableWarmPool", at).unwrap_or_default();
            return Some(Self::Ec2(Ec2 { instance_types: instance_types?, cpu, memory, warm_pool }));
        }
        if let Some(key) = fields.get("enableWarmPool").filter(|value| value.kind != Kind::Bool(false)) {
            at.field("enableWarmPool").tell::<()>(key.place, &DocumentIssue::OnlyOnEc2 { key: "enableWarmPool" });
        }
        let cpu: Option<Cpu> = fields.required("cpu", at);
        let memory: Option<Memory> = fields.required("memory", at);
        let architecture = fields.optional("architecture", at).unwrap_or_default();
        Some(Self::Fargate(Fargate { cpu: cpu?, memory: memory?, architecture }))
    }
}

impl Serialize for Compute {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Fargate(Fargate { cpu, memory, architecture }) => {
                map.serialize_entry("cpu", cpu)?;
                map.serialize_entry("memory", memory)?;
                if *architecture != Architecture::default() {
                    map.serialize_entry("architecture", architecture)?;
                }
            }
            Self::Ec2(Ec2 { instance_types, cpu, memory, warm_pool }) => {
                map.serialize_entry("instanceTypes", instance_types)?;
                if let Some(cpu) = cpu {
                    map.serialize_entry("cpu", cpu)?;
                }
                if let Some(memory) = memory {
                    map.serialize_entry("memory", memory)?;
                }
                if *warm_pool {
                    map.serialize_entry("enableWarmPool", warm_pool)?;
                }
            }
        }
        map.end()
    }
}

/// A size of a Fargate task, shared by its containers. Changing it deploys a new version.
///
/// | cpu | memory |
/// |---|---|
/// | 0.25 | 512 MiB, 1 GiB, 2 GiB |
/// | 0.5 | 1 to 4 GiB |
/// | 1 | 2 to 8 GiB |
/// | 2 | 4 to 16 GiB |
/// | 4 | 8 to 30 GiB |
/// | 8 | 16 to 60 GiB, in steps of 4 |
/// | 16 | 32 to 120 GiB, in steps of 8 |
/// | 32 | 60, 120, 244 GiB |
///
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fargate {
    /// YAML: `cpu`.
    pub cpu: Cpu,
    /// YAML: `memory`.
    pub memory: Memory,
    /// YAML: `architecture`, default `x86_64`.
    pub architecture: Architecture,
}

/// A processor architecture. YAML: `architecture`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Architecture {
    /// Intel and AMD. YAML: `x86_64`.
    #[default]
    X86_64,
    /// AWS Graviton, about a fifth cheaper. YAML: `arm64`.
    Arm64,
}

words!(Architecture);

impl Architecture {
    /// Both.
    pub const ALL: [Self; 2] = [Self::X86_64, Self::Arm64];

    /// The architecture as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::X86_64 => "x86_64",
            Self::Arm64 => "arm64",
        }
    }
}

impl Fargate {
    /// A size; whether Fargate has the pair is checked when the stack is validated.
    pub const fn new(cpu: Cpu, memory: Memory) -> Self {
        Self { cpu, memory, architecture: Architecture::X86_64 }
    }

    /// The processors. YAML: `architecture`, default `x86_64`.
    pub const fn architecture(mut self, architecture: Architecture) -> Self {
        self.architecture = architecture;
        self
    }

    /// The amounts of memory that go with a number of processors, in MiB.
    pub(crate) fn memories(cpu: Cpu) -> Vec<u32> {
        let (from, to, step) = match cpu {
            Cpu::Quarter => return vec![512, 1024, 2048],
            Cpu::Half => (1024, 4096, 1024),
            Cpu::One => (2048, 8192, 1024),
            Cpu::Two => (4096, 16384, 1024),
            Cpu::Four => (8192, 30720, 1024),
            Cpu::Eight => (16384, 61440, 4096),
            Cpu::Sixteen => (32768, 122_880, 8192),
            Cpu::ThirtyTwo => return vec![61440, 122_880, 249_856],
        };
        (from..=to).step_by(step).collect()
    }

    fn check(self, at: &mut Check<'_>) {
        let memories = Self::memories(self.cpu);
        let found = self.memory.as_mib();
        if memories.contains(&found) {
            return;
        }
        let (Some(least), Some(most)) = (memories.first(), memories.last()) else { return };
        let expected = match memories.as_slice() {
            [first, second, third] => format!("{first}, {second} or {third}"),
            [first, second, ..] => format!("{first} to {most} in steps of {}", second - first),
            _ => return,
        };
        let nearest = memories.iter().copied().find(|memory| *memory >= found).unwrap_or(*most).max(*least);
        let smaller =
            Cpu::ALL.into_iter().filter(|cpu| Self::memories(*cpu).contains(&found)).map(Cpu::as_str).collect::<Vec<_>>().join(", ");
        let or = if smaller.is_empty() { String::new() } else { format!(", or cpu {smaller}") };
        at.field("memory").report(&ComputeIssue::FargateSize {
            cpu: self.cpu.as_str(),
            found,
            expected,
            help: format!("write memory {nearest}{or}"),
        });
    }
}

/// Mistakes in what containers run on.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "compute")]
#[non_exhaustive]
pub enum ComputeIssue {
    /// Fargate offers certain pairs of processors and memory.
    #[error("found {found} MiB of memory with cpu {cpu}, expected {expected} MiB")]
    #[issue(
        help = "{help}",
        mend = "write an amount of memory that Fargate has for the processors, or other processors",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size"
    )]
    FargateSize {
        /// The processors.
        cpu: &'static str,
        /// The memory.
        found: u32,
        /// The amounts that go with the processors.
        expected: String,
        /// The nearest pairs.
        help: String,
    },
}
