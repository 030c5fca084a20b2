//! Mistakes in workloads: how many containers, on what, in how many instances.

use super::planting::{Mistake, Planting, WORKLOAD, planted, workload};
use crate::compute::Fargate;
use crate::container::{Container, EnvironmentVariable, WorkloadInternalEvent};
use crate::multi_container_workload::MultiContainerWorkload;
use crate::scaling::Scaling;
use crate::units::{Cpu, Memory};

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::new("compute::fargate_size", WORKLOAD, |planting| {
        let cpu = planting.one(&Cpu::ALL);
        let most = Fargate::memories(cpu).into_iter().max().unwrap_or_default();
        let mib = planting.one(&[4, most + 1, most - 1, 300_000]);
        let (workload, path) = planting.workload();
        workload.resources = Fargate::new(cpu, Memory::mib(mib)).into();
        workload.containers.iter_mut().for_each(|container| container.gpu = None);
        path + ".resources.memory"
    }),
    Mistake::new("scaling::to_zero", WORKLOAD, |planting| {
        let most = planting.one(&[1, 0, 5]);
        scaling(planting, Scaling::between(0, most)) + ".minInstances"
    }),
    Mistake::new("scaling::bounds", WORKLOAD, |planting| {
        let (least, most) = planting.one(&[(3, 2), (1, 0), (u32::MAX, 1)]);
        scaling(planting, Scaling::between(least, most)) + ".maxInstances"
    }),
    Mistake::new("scaling::too_many", WORKLOAD, |planting| {
        let most = planting.one(&[5001, u32::MAX]);
        scaling(planting, Scaling::between(1, most)) + ".maxInstances"
    }),
    Mistake::new("scaling::percent", WORKLOAD, |planting| {
        let percent = planting.one(&[0.0, 100.5, -1.0, f64::NAN, f64::INFINITY]);
        let (changed, field) = planting.one(&[
            (Scaling::between(1, 5).keep_avg_cpu_utilization_under(percent), "keepAvgCpuUtilizationUnder"),
            (Scaling::between(1, 5).keep_avg_memory_utilization_under(percent), "keepAvgMemoryUtilizationUnder"),
        ]);
        format!("{}.scalingPolicy.{field}", scaling(planting, changed))
    }),
    Mistake::new("scaling::cooldown", WORKLOAD, |planting| {
        let seconds = planting.one(&[1 << 31, u32::MAX]);
        let (changed, field) = planting.one(&[
            (Scaling::between(1, 5).scale_in_cooldown(seconds), "scaleInCooldown"),
            (Scaling::between(1, 5).scale_out_cooldown(seconds), "scaleOutCooldown"),
        ]);
        format!("{}.scalingPolicy.{field}", scaling(planting, changed))
    }),
    Mistake::new("workload::no_container", WORKLOAD, |planting| {
        // A workload of its own: a load balancer would miss the events of another one.
        let compute = planting.workload().0.resources.clone();
        planting.stack.add(MultiContainerWorkload::builder("planted", compute));
        "resources.planted.containers".to_owned()
    }),
    Mistake::new("workload::none_essential", WORKLOAD, |planting| {
        let (workload, path) = planting.workload();
        workload.containers.iter_mut().for_each(|container| container.essential = Some(false));
        path + ".containers"
    }),
    Mistake::new("workload::too_many_containers", WORKLOAD, |planting| {
        let number = planting.one(&[11, 20]);
        let (workload, path) = planting.workload();
        for index in workload.containers.len()..number {
            workload.containers.push(planted(&index.to_string()).build());
        }
        path + ".containers"
    }),
    Mistake::new("workload::container_twice", WORKLOAD, |planting| {
        planting.add_two_containers([planted("twin"), planted("twin")]) + ".name"
    }),
    Mistake::anywhere("workload::port_twice", |planting| {
        let port = planting.one(&[4711, 65534]);
        let listening = |name| planted(name).event(WorkloadInternalEvent::new(port));
        planting.stack.add(workload(listening("first")).container(listening("second")));
        "resources.planted.containers[1].events[0].containerPort".to_owned()
    }),
    Mistake::new("workload::large_task_definition", WORKLOAD, |planting| {
        let size = planting.one(&[60 * 1024 + 1, 64 * 1024]);
        written(planting, size)
    }),
    Mistake::new("workload::too_large_task_definition", WORKLOAD, |planting| {
        let size = planting.one(&[64 * 1024 + 1, 100_000]);
        written(planting, size)
    }),
];

fn scaling(planting: &mut Planting<'_>, scaling: Scaling) -> String {
    let (workload, path) = planting.workload();
    workload.scaling = scaling;
    path + ".scaling"
}

/// Adds a variable that makes the texts of a workload so many bytes.
fn written(planting: &mut Planting<'_>, bytes: usize) -> String {
    let (workload, path) = planting.workload();
    let already: usize = workload.containers.iter().map(Container::written_size).sum();
    let rest = bytes - already - "planted".len();
    workload.containers[0].environment.push(EnvironmentVariable::new("planted", "x".repeat(rest)));
    path + ".containers"
}
