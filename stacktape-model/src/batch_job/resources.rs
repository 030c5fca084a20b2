//! What a job needs of the instance on which it runs.

use stacktape_macros::model;

use super::BatchJobIssue;
use crate::check::Check;
use crate::units::Memory;

/// What a job needs of the instance on which it runs. YAML: `resources`.
///
/// ```
/// use stacktape_model::batch_job::JobResources;
/// use stacktape_model::units::Memory;
/// let large = JobResources::builder(8).memory(Memory::mib(30_000)).gpu(1);
/// ```
///
/// AWS Batch chooses the instance. The system takes a part of its memory: ask for somewhat less than a whole number of GiB, else the
/// next larger instance is started.
#[model]
pub struct JobResources {
    /// `cpu`: how many vCPUs the job needs, from 1. YAML: `cpu`.
    #[argument]
    cpu: u16,
    /// How much memory the job needs; AWS Batch stops one that takes more. YAML: `memory` in MB, default 1,024.
    memory: Option<Memory>,
    /// How many GPUs belong to the job alone, from 1. YAML: `gpu`, default: none.
    gpu: Option<u16>,
}

const MEMORY_DEFAULT: Memory = Memory::mib(1024);

/// The most that one instance has of the families from which AWS Batch chooses.
struct Most {
    cpu: u16,
    memory: Memory,
    gpu: u16,
}

/// `c7i.48xlarge` and `r6i.32xlarge`.
/// <https://docs.aws.amazon.com/batch/latest/userguide/instance-type-compute-table.html>
const OPTIMAL: Most = Most { cpu: 192, memory: Memory::gib(1024), gpu: 0 };
/// `g5.48xlarge` and `p4d.24xlarge`.
const WITH_GPU: Most = Most { cpu: 192, memory: Memory::gib(1152), gpu: 8 };

impl JobResources {
    /// The memory.
    pub fn used_memory(&self) -> Memory {
        self.memory.unwrap_or(MEMORY_DEFAULT)
    }

    /// Whether the job needs an instance with GPUs.
    pub fn has_gpu(&self) -> bool {
        self.gpu.is_some()
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        if self.cpu == 0 {
            at.field("cpu").report(&BatchJobIssue::NoCpu);
        }
        if self.gpu == Some(0) {
            at.field("gpu").report(&BatchJobIssue::NoGpu);
        }
        let most = if self.has_gpu() { WITH_GPU } else { OPTIMAL };
        for (key, unit, found, most) in [
            ("cpu", "vCPUs", u32::from(self.cpu), u32::from(most.cpu)),
            ("memory", "MB of memory", self.used_memory().as_mib(), most.memory.as_mib()),
            ("gpu", "GPUs", u32::from(self.gpu.unwrap_or_default()), u32::from(most.gpu)),
        ] {
            if found > most {
                at.field(key).report(&BatchJobIssue::NoInstance { found, unit, most });
            }
        }
    }
}
