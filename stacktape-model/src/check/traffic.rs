//! What gateways and load balancers lead to, over all containers and functions.

use crate::application_load_balancer::ListenerRule;
use crate::check::{Check, Resources, functions};
use crate::container::{ApplicationLoadBalancerEvent, HttpApiEvent};
use crate::function::{ApplicationLoadBalancerIntegration, Function, HttpApiIntegration};
use crate::http_api_gateway::Route;
use crate::multi_container_workload::MultiContainerWorkload;
use crate::nested::{service_of, written_name};

/// What runs when a request comes.
#[derive(Clone, Copy)]
pub(crate) enum Program<'a> {
    /// A container of a workload, by its index, and the port at which it listens.
    Container {
        workload: &'a MultiContainerWorkload,
        container: usize,
        port: u16,
    },
    Function(&'a Function),
}

/// A route or a rule with what it leads to.
pub(crate) struct Traffic<'a, T> {
    pub(crate) by: &'a T,
    pub(crate) to: Program<'a>,
    /// The index of the event.
    index: usize,
}

impl<'a> Program<'a> {
    /// The name of the workload or the function.
    pub(crate) fn name(self) -> &'a str {
        match self {
            Self::Container { workload, .. } => workload.name(),
            Self::Function(function) => function.name(),
        }
    }

    /// Whether both are of one workload, or one function.
    pub(crate) fn is_part_of(self, other: Self) -> bool {
        match (self, other) {
            (Self::Container { workload: one, .. }, Self::Container { workload: other, .. }) => std::ptr::eq(one, other),
            (Self::Function(one), Self::Function(other)) => std::ptr::eq(one, other),
            _ => false,
        }
    }

    /// Whether it is part of a service. What such a one has twice, it has since its name is there twice, which is a finding of its own.
    pub(crate) fn is_of_service(self) -> bool {
        matches!(self, Self::Container { workload, .. } if service_of(workload.name()).is_some())
    }
}

impl<T> Traffic<'_, T> {
    /// Visits the event in the path of all resources.
    pub(crate) fn visit(&self, resources: &mut Check<'_>, visit: &mut dyn FnMut(&mut Check<'_>)) {
        match self.to {
            Program::Container { workload, container, .. } => {
                let mut at = resources.field(written_name(workload.name())).written_at(workload.origin);
                visit(&mut workload.at_container(container, &mut at).element("events", self.index));
            }
            Program::Function(function) => {
                let mut at = resources.field(written_name(function.name())).written_at(function.origin);
                visit(&mut at.element("events", self.index));
            }
        }
    }
}

/// The routes of all gateways: those to services first, since what they clash with is what the user wrote.
pub(crate) fn routes(resources: Resources<'_>) -> Vec<Traffic<'_, Route>> {
    let mut routes = Vec::new();
    for workload in resources.workloads {
        for ((container, index), event) in workload.placed_events::<HttpApiEvent>() {
            let to = Program::Container { workload, container, port: event.container_port };
            routes.push(Traffic { by: &event.route, to, index });
        }
    }
    for function in functions(resources) {
        for (index, event) in function.placed_events::<HttpApiIntegration>() {
            routes.push(Traffic { by: &event.route, to: Program::Function(function), index });
        }
    }
    routes
}

/// The rules of all application load balancers, in the same order.
pub(crate) fn rules(resources: Resources<'_>) -> Vec<Traffic<'_, ListenerRule>> {
    let mut rules = Vec::new();
    for workload in resources.workloads {
        for ((container, index), event) in workload.placed_events::<ApplicationLoadBalancerEvent>() {
            let to = Program::Container { workload, container, port: event.container_port };
            rules.push(Traffic { by: &event.rule, to, index });
        }
    }
    for function in functions(resources) {
        for (index, event) in function.placed_events::<ApplicationLoadBalancerIntegration>() {
            rules.push(Traffic { by: &event.rule, to: Program::Function(function), index });
        }
    }
    rules
}
