//! GPUs that belong to one container.

use crate::check::Check;
use crate::multi_container_workload::MultiContainerWorkload;

/// Checks the GPUs of all containers of a workload; `at` is the workload.
pub(crate) fn check(workload: &MultiContainerWorkload, at: &mut Check<'_>) {
    let mut wanted = 0;
    for (index, container) in workload.containers().iter().enumerate() {
        let Some(gpus) = container.gpu else { continue };
        wanted += u32::from(gpus);
        let mut at = workload.at_container(index, at);
        let mut at = at.field("gpu");
        match workload.resources.ec2().map(|ec2| (ec2, ec2.gpus())) {
            _ if gpus == 0 => at.report(&GpuIssue::Zero),
            None => at.report(&GpuIssue::OnFargate),
            Some((ec2, Some(available))) if wanted > available => {
                at.report(&GpuIssue::TooMany { found: wanted, available, instance_types: ec2.types().join(", ") });
                return;
            }
            Some(_) => {}
        }
    }
}

/// Mistakes in GPUs.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "gpu")]
#[non_exhaustive]
pub enum GpuIssue {
    /// What is reserved is at least one.
    #[error("found 0 GPUs, expected 1 or more")]
    #[issue(
        help = "leave `.gpu(..)` out: a container has none by itself",
        yaml = "leave `gpu` out: a container has none by itself",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ResourceRequirement.html"
    )]
    Zero,
    /// Fargate has no GPUs.
    #[error("found GPUs of a container on Fargate, expected EC2 instances that have some")]
    #[issue(
        help = "write `Ec2::new([\"g5.xlarge\"])` for the workload, or leave `.gpu(..)` out",
        yaml = "write `instanceTypes: [g5.xlarge]` in `resources`, or leave `gpu` out",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-gpu.html"
    )]
    OnFargate,
    /// A GPU belongs to one container, and a task with more GPUs than an instance has is never placed.
    #[error("found {found} GPUs in a task, expected at most {available}, which every instance of {instance_types} has for ECS")]
    #[issue(
        help = "reserve fewer, or write types that all have more; ECS has drivers for GPUs of NVIDIA on x86-64 only",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-gpu.html"
    )]
    TooMany {
        /// How many are wanted.
        found: u32,
        /// How many there are.
        available: u32,
        /// The types.
        instance_types: String,
    },
}
