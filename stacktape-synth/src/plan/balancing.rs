//! Rules and listeners of load balancers, the target groups they lead to, and what they open.

use stacktape_model::application_load_balancer::{ApplicationLoadBalancer, ListenerRule};
use stacktape_model::container::{ApplicationLoadBalancerEvent, Container, LoadBalancerHealthCheck, NetworkLoadBalancerEvent};
use stacktape_model::function::{ApplicationLoadBalancerIntegration, Function};
use stacktape_model::multi_container_workload::MultiContainerWorkload;
use stacktape_model::nested::written_name;
use stacktape_model::stack::ValidStack;
use stacktape_model::table::{Table, sort_by};

use super::{Ingress, Source, WorkloadPlan};
use crate::cfn::Id;
use crate::cfn::elastic_load_balancing_v2 as elb;
use crate::logical_id;

/// A rule of a load balancer.
#[derive(Clone)]
pub(crate) struct RulePlan<'a> {
    pub(crate) id: Id<elb::ListenerRule>,
    pub(crate) listener: Id<elb::Listener>,
    pub(crate) target_group: Id<elb::TargetGroup>,
    pub(crate) rule: &'a ListenerRule,
}

/// A port of a workload's tasks behind a load balancer.
pub(crate) struct TargetGroupPlan<'a> {
    pub(crate) id: Id<elb::TargetGroup>,
    pub(crate) container: &'a str,
    pub(crate) port: u16,
    /// Whether it is found at the instance that it runs on, or at an address of its own.
    pub(crate) on_ec2: bool,
    pub(crate) balancer: Balancer,
    pub(crate) health_check: LoadBalancerHealthCheck,
}

/// The kind of a load balancer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Balancer {
    /// Sends requests.
    Application,
    /// Passes connections on.
    Network,
}

/// The traffic that load balancers send to a workload.
#[derive(Default)]
pub(crate) struct Balanced<'a> {
    /// One for each load balancer and port.
    pub(crate) target_groups: Vec<TargetGroupPlan<'a>>,
    /// The rules that lead to them. Until a rule is there, its target group has no load balancer, and ECS refuses the service.
    pub(crate) rules: Vec<RulePlan<'a>>,
    /// The listeners that lead to them without a rule, for the same reason.
    pub(crate) listeners: Vec<Id<elb::Listener>>,
    /// Seconds for a new task in which failed checks do not count.
    pub(crate) grace_period: Option<u16>,
    pub(super) ingress: Vec<Ingress>,
}

/// A container that says nothing of how long it takes to start.
const GRACE_PERIOD_MIN: u16 = 60;

/// The rules of each load balancer, by port and priority.
pub(super) fn rules<'a>(stack: &'a ValidStack, workloads: &Table<&'a str, WorkloadPlan<'a>>) -> Table<&'a str, Vec<RulePlan<'a>>> {
    let mut rules: Table<&str, Vec<RulePlan<'_>>> = Table::new();
    for rule in workloads.values().flat_map(|workload| &workload.balanced.rules) {
        rules.entry(rule.rule.load_balancer.name.as_str()).or_default().push(rule.clone());
    }
    for function in stack.all::<Function>() {
        for ApplicationLoadBalancerIntegration { rule } in function.events_of::<ApplicationLoadBalancerIntegration>() {
            let balancer = rule.load_balancer.name.as_str();
            let group = logical_id::function_target_group(function.name(), balancer);
            rules.entry(balancer).or_default().extend(plan_rule(rule, group, stack));
        }
    }
    for rules in rules.values_mut() {
        sort_by(rules, |one, other| (one.rule.listener_port, one.rule.priority).cmp(&(other.rule.listener_port, other.rule.priority)));
    }
    rules
}

/// The target groups of listeners that lead to one without a rule, by load balancer and port.
pub(super) fn forwards(stack: &ValidStack) -> Table<&str, Table<u16, Id<elb::TargetGroup>>> {
    let mut forwards: Table<_, Table<_, _>> = Table::new();
    for workload in stack.workloads() {
        for (_, event) in workload.events_of::<NetworkLoadBalancerEvent>() {
            let name = event.load_balancer.name.as_str();
            let group = logical_id::target_group(workload.name(), name, event.container_port);
            forwards.entry(name).or_default().insert(event.listener_port, group);
        }
    }
    forwards
}

fn plan_rule<'a>(rule: &'a ListenerRule, target_group: Id<elb::TargetGroup>, stack: &ValidStack) -> Option<RulePlan<'a>> {
    let name = rule.load_balancer.name.as_str();
    let port = stack.get::<ApplicationLoadBalancer>(name)?.reached_listener(rule.listener_port)?;
    let (id, listener) = (logical_id::listener_rule(name, port, rule.priority), logical_id::listener(name, port));
    Some(RulePlan { id, listener, target_group, rule })
}

/// What load balancers send to a workload.
pub(super) fn balanced<'a>(workload: &'a MultiContainerWorkload, stack: &ValidStack) -> Balanced<'a> {
    let mut balanced = Balanced::default();
    let mut grouped = Table::new();
    for (container, event) in workload.events_of::<ApplicationLoadBalancerEvent>() {
        let (name, port) = (event.rule.load_balancer.name.as_str(), event.container_port);
        let target_group: &Id<_> = grouped
            .entry((name, port))
            .or_insert_with(|| balanced.add_target_group(workload, container, Balancer::Application, name, port));
        balanced.rules.extend(plan_rule(&event.rule, target_group.clone(), stack));
    }
    for (container, event) in workload.events_of::<NetworkLoadBalancerEvent>() {
        let (name, port) = (event.load_balancer.name.as_str(), event.container_port);
        balanced.listeners.push(logical_id::listener(name, event.listener_port));
        grouped.entry((name, port)).or_insert_with(|| balanced.add_target_group(workload, container, Balancer::Network, name, port));
    }
    balanced
}

impl<'a> Balanced<'a> {
    fn add_target_group(
        &mut self,
        workload: &MultiContainerWorkload,
        container: &'a Container,
        balancer: Balancer,
        load_balancer: &str,
        port: u16,
    ) -> Id<elb::TargetGroup> {
        let parts = container.parts();
        let health_check = parts.load_balancer_health_check.clone().unwrap_or_default();
        let starts = parts.internal_health_check.as_ref().and_then(|check| *check.parts().start_period_seconds);
        self.grace_period = self.grace_period.max(Some(starts.unwrap_or_default().max(GRACE_PERIOD_MIN)));
        self.open(load_balancer, port, format!("from the load balancer {}", written_name(load_balancer)));
        if let Some(port) = *health_check.parts().port {
            self.open(load_balancer, port, format!("health checks of the load balancer {}", written_name(load_balancer)));
        }
        let id = logical_id::target_group(workload.name(), load_balancer, port);
        let on_ec2 = workload.parts().resources.ec2().is_some();
        self.target_groups.push(TargetGroupPlan { id: id.clone(), container: container.name(), port, on_ec2, balancer, health_check });
        id
    }

    /// Lets the load balancer reach a port, once.
    fn open(&mut self, load_balancer: &str, port: u16, description: String) {
        let from = Source::SecurityGroup(logical_id::load_balancer_security_group(load_balancer));
        if !self.ingress.iter().any(|ingress| ingress.from == from && ingress.port == port) {
            self.ingress.push(Ingress { from, port, description });
        }
    }
}
