//! On what containers run, and how many instances.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::compute::instance_types::{self, InstanceType};
use crate::compute::{Architecture, Compute, Ec2, Fargate};
use crate::scaling::Scaling;
use crate::units::{Cpu, Memory};

/// Every size of a Fargate task, with both architectures. Shrinks to the smallest.
pub fn fargate() -> impl Strategy<Value = Fargate> {
    let pairs = Cpu::ALL.into_iter().flat_map(|cpu| Fargate::memories(cpu).into_iter().map(move |mib| (cpu, mib)));
    let architecture = select(vec![Architecture::X86_64, Architecture::Arm64]);
    (select(pairs.collect::<Vec<_>>()), architecture)
        .prop_map(|((cpu, mib), architecture)| Fargate::new(cpu, Memory::mib(mib)).architecture(architecture))
}

/// EC2 instances of up to four types of one architecture, with and without GPUs, and with any processors and memory that fit them. Shrinks
/// to one `c5.large`.
pub fn ec2() -> impl Strategy<Value = Ec2> {
    let types = (select(groups()), vec(any::<Index>(), 1..=4));
    let task = (option::of(any::<Index>()), option::of(any::<Index>()));
    (types, task, any::<bool>()).prop_map(|((group, picks), (cpu, memory), warm_pool)| {
        let compute = Ec2::new(picks.iter().map(|pick| *pick.get(&group)));
        let known = || compute.instance_types.iter().filter_map(|name| InstanceType::find(name));
        let vcpus = known().map(|of| of.vcpus).min().unwrap_or_default();
        let available = known().map(InstanceType::available_mib).min().unwrap_or_default();
        let cpus: Vec<_> = Cpu::ALL.into_iter().filter(|cpu| cpu.units() <= vcpus * 1024).collect();
        let memories = [available, 4, available / 2, available - 1];
        Ec2 {
            cpu: cpu.map(|pick| *pick.get(&cpus)),
            memory: memory.map(|pick| Memory::mib(*pick.get(&memories))),
            warm_pool: warm_pool && compute.types().len() == 1,
            ..compute
        }
    })
}

/// Types that go with each other.
fn groups() -> Vec<Vec<&'static str>> {
    let mut groups = vec![vec!["c5.large"], Vec::new(), Vec::new(), Vec::new()];
    for name in instance_types::names().filter(|name| !instance_types::is_too_old(name)) {
        let arm = instance_types::architecture(name) == Architecture::Arm64;
        groups[usize::from(arm) + 2 * usize::from(instance_types::has_gpus(name))].push(name);
    }
    groups
}

/// What containers run on: twice out of three times Fargate, to which it shrinks.
pub fn compute() -> impl Strategy<Value = Compute> {
    prop_oneof![2 => fargate().prop_map(Compute::from), 1 => ec2().prop_map(Compute::from)]
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
