//! On what containers run, and how many instances.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::compute::{Architecture, Compute, Fargate};
use crate::scaling::Scaling;
use crate::units::{Cpu, Memory};

/// Every size of a Fargate task, with both architectures. Shrinks to the smallest.
pub fn fargate() -> impl Strategy<Value = Fargate> {
    let pairs = Cpu::ALL.into_iter().flat_map(|cpu| Fargate::memories(cpu).into_iter().map(move |mib| (cpu, mib)));
    let architecture = select(vec![Architecture::X86_64, Architecture::Arm64]);
    (select(pairs.collect::<Vec<_>>()), architecture)
        .prop_map(|((cpu, mib), architecture)| Fargate::new(cpu, Memory::mib(mib)).architecture(architecture))
}

/// What containers run on.
pub fn compute() -> impl Strategy<Value = Compute> {
    fargate().prop_map(Compute::from)
}

/// One to 5000 instances, often a fixed number, with targets in percent and pauses of up to a day. Shrinks to one instance.
pub fn scaling() -> impl Strategy<Value = Scaling> {
    let percent = || prop_oneof![(1..=100_u32).prop_map(f64::from), 0.5..=100.0];
    let bounds = prop_oneof![Just((1, 0)), (1..=10_u32, 0..=20_u32), Just((5000, 0)), Just((1, 4999))];
    let pause = || option::of(prop_oneof![Just(0), Just(60), 1..=86_400_u32]);
    (bounds, (percent(), percent()), (pause(), pause())).prop_map(|((min, more), (cpu, memory), (scale_in, scale_out))| Scaling {
        scale_in_cooldown: scale_in,
        scale_out_cooldown: scale_out,
        ..Scaling::between(min, min + more).keep_avg_cpu_utilization_under(cpu).keep_avg_memory_utilization_under(memory)
    })
}
