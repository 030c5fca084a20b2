//! Sizes of Fargate tasks.

use stacktape_model::compute::Fargate;
use stacktape_model::multi_container_workload::MultiContainerWorkload;
use stacktape_model::stack::Stack;
use stacktape_model::units::{Cpu, Memory};

use crate::support::{Rule, found, rule, stack, web};

#[track_caller]
fn sized(cpu: Cpu, mib: u32) -> Stack {
    stack([MultiContainerWorkload::builder("api", Fargate::new(cpu, Memory::mib(mib))).container(web())])
}

/// The table of AWS: least, most and step of the memory that goes with so many processors, in MiB.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size>
fn table() -> [(Cpu, Vec<u32>); 8] {
    let steps = |least: u32, most: u32, step: usize| (least..=most).step_by(step).collect::<Vec<_>>();
    [
        (Cpu::Quarter, vec![512, 1024, 2048]),
        (Cpu::Half, steps(1024, 4096, 1024)),
        (Cpu::One, steps(2048, 8192, 1024)),
        (Cpu::Two, steps(4096, 16384, 1024)),
        (Cpu::Four, steps(8192, 30720, 1024)),
        (Cpu::Eight, steps(16384, 61440, 4096)),
        (Cpu::Sixteen, steps(32768, 122_880, 8192)),
        (Cpu::ThirtyTwo, vec![61440, 122_880, 249_856]),
    ]
}

pub(crate) fn rules() -> Vec<Rule> {
    const AT: &str = "resources.api.resources.memory";
    let mut size = rule("compute::fargate_size")
        .refuses(AT, sized(Cpu::Two, 2048))
        .saying("found 2048 MiB of memory with cpu 2, expected 4096 to 16384 in steps of 1024 MiB", "write memory 4096, or cpu 0.25, 0.5, 1")
        .refuses(AT, sized(Cpu::Quarter, 3072))
        .saying("found 3072 MiB of memory with cpu 0.25, expected 512, 1024 or 2048 MiB", "write memory 2048, or cpu 0.5, 1")
        .refuses(AT, sized(Cpu::One, 2500))
        .saying("found 2500 MiB of memory with cpu 1, expected 2048 to 8192 in steps of 1024 MiB", "write memory 3072");
    for (cpu, memories) in table() {
        let (least, most) = (memories[0], memories[memories.len() - 1]);
        size = size.refuses(AT, sized(cpu, least - 1)).refuses(AT, sized(cpu, most + 1)).takes(sized(cpu, least)).takes(sized(cpu, most));
    }
    vec![size]
}

#[test]
fn fargate_takes_the_pairs_of_the_table_and_no_others() {
    assert_eq!(table().map(|(cpu, _)| cpu), Cpu::ALL);
    for (cpu, memories) in table() {
        for mib in (256..=260 * 1024).step_by(256) {
            let taken = found(sized(cpu, mib)).is_empty();
            assert_eq!(taken, memories.contains(&mib), "cpu {} with {mib} MiB", cpu.as_str());
        }
    }
}
