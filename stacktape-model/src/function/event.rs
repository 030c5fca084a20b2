//! What calls a function.

use super::{ApplicationLoadBalancerIntegration, Function, HttpApiIntegration, ScheduleEvent};
use crate::check::Check;
use crate::event::event_table;
use crate::origin::Origin;

event_table! {
    /// What calls a function. YAML: an entry of `events`.
    FunctionEvent, by
    /// A kind of event, as a type: [`Function::events_of`] finds events by it.
    FunctionEventType:
    /// Requests of an application load balancer.
    ApplicationLoadBalancer(ApplicationLoadBalancerIntegration) = "application-load-balancer";
    /// Requests of an HTTP API.
    HttpApi(HttpApiIntegration) = "http-api-gateway";
    /// Certain times.
    Schedule(ScheduleEvent) = "schedule";
}

impl FunctionEvent {
    /// Where the event is written.
    pub fn origin(&self) -> Origin {
        match self {
            Self::ApplicationLoadBalancer(event) => event.origin(),
            Self::HttpApi(event) => event.origin(),
            Self::Schedule(event) => event.origin,
        }
    }

    pub(super) fn check(&self, _function: &Function, at: &mut Check<'_>) {
        let mut at = at.written_here(self.origin());
        match self {
            Self::ApplicationLoadBalancer(event) => event.rule.check(&mut at),
            Self::HttpApi(event) => event.route.check(&mut at),
            Self::Schedule(event) => event.check(&mut at),
        }
    }
}
