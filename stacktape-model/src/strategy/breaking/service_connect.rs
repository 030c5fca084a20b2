//! Mistakes in what other workloads reach.

use super::planting::{Mistake, Planting, WORKLOAD, planted, workload};
use crate::compute::Fargate;
use crate::container::{ServiceConnectEvent, ServiceConnectProtocol};
use crate::multi_container_workload::MultiContainerWorkload;
use crate::units::{Cpu, Memory};

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::new("service_connect::alias", WORKLOAD, |planting| {
        named(planting, &["Reports", "", "-reports", "re ports", ".reports", "a..b", "größe", "x".repeat(128).as_str()])
    }),
    Mistake::new("service_connect::hiding_alias", WORKLOAD, |planting| {
        named(planting, &["localhost", "api.localhost", "api.example.com", "s3.us-east-1.amazonaws.com"])
    }),
    Mistake::new("service_connect::port_twice", WORKLOAD, |planting| {
        let event = ServiceConnectEvent::new(PORT);
        let second = planting.one(&[event.clone(), event.clone().alias("planted"), event.clone().protocol(ServiceConnectProtocol::Grpc)]);
        planting.add_containers([planted("offering").events([event, second])]) + ".events[1].containerPort"
    }),
    Mistake::anywhere("service_connect::address_twice", |planting| {
        let event = ServiceConnectEvent::new(PORT);
        let (first, second) = planting.one(&[
            (event.clone().alias("planted"), event.clone().alias("planted")),
            (event.clone(), event.clone().alias("planted-planted-offering")),
        ]);
        let later = MultiContainerWorkload::builder("plantedLater", Fargate::new(Cpu::Quarter, Memory::mib(512)));
        planting.stack.add(later.container(planted("offering").event(second))).add(workload(planted("offering").event(first)));
        "resources.plantedLater.containers[0].events[0].alias".to_owned()
    }),
];

/// A port that the strategy of valid stacks never opens.
const PORT: u16 = 4711;

/// Adds a container that offers something under one of these aliases.
fn named(planting: &mut Planting<'_>, aliases: &[&str]) -> String {
    let alias = planting.text(aliases);
    planting.add_containers([planted("offering").event(ServiceConnectEvent::new(PORT).alias(alias))]) + ".events[0].alias"
}
