//! Functions, over the whole stack.

use crate::check::{Check, Resources};
use crate::function::{Destinations, Function, FunctionIssue};
use crate::name::environment_variable;
use crate::nested::written_name;
use crate::private_service::PrivateLoadBalancing;
use crate::reference::Connection;
use crate::resource::ResourceKind;
use crate::sns_topic::SnsTopic;
use crate::sqs_queue::SqsQueue;
use crate::stack_config::{OWN_TAGS, StackConfig, StackConfigIssue, TAGS_MAX};
use crate::text::{ParamRef, Text};
use crate::user_auth_pool::{UserAuthPool, UserAuthPoolParam};

/// Checks what functions share with the stack, and whether they reach what they are connected to.
pub(crate) fn check(resources: Resources<'_>, config: &StackConfig, root: &mut Check<'_>) {
    let mut at = root.field("resources");
    for function in resources.all::<Function>() {
        let mut at = at.field(written_name(&function.name)).written_at(function.origin);
        let others = config.tags.iter().filter(|tag| function.tags.iter().all(|own| own.name != tag.name)).count() + OWN_TAGS;
        let found = function.tags.len();
        // What would be too many without those of the other one is told elsewhere.
        let each_fits = found.max(config.tags.len()) <= TAGS_MAX - OWN_TAGS;
        if each_fits && found > TAGS_MAX.saturating_sub(others) {
            at.field("tags").report(&StackConfigIssue::TooManyTags { found, expected: TAGS_MAX.saturating_sub(others) });
        }
        for (key, arn) in function.destinations.iter().flat_map(Destinations::texts) {
            let Text::Param(ParamRef { resource, .. }) = arn else { continue };
            let is_named = |resource_name: &str| resource_name == resource.name;
            let is_fifo = match resource.kind {
                ResourceKind::SqsQueue => resources.all::<SqsQueue>().any(|queue| is_named(queue.name()) && queue.is_fifo()),
                ResourceKind::SnsTopic => resources.all::<SnsTopic>().any(|topic| is_named(topic.name()) && topic.is_fifo()),
                _ => false,
            };
            if is_fifo {
                at.field("destinations").field(key).report(&FunctionIssue::FifoDestination { name: resource.name.clone() });
            }
        }
        at.field("connectTo").each(&function.connect_to, |at, connection| {
            if let Connection::Resource(reference) = connection
                && resources.all::<UserAuthPool>().any(|pool| pool.name == reference.name && pool.generate_client_secret)
            {
                let name = environment_variable(&reference.name, UserAuthPoolParam::ClientSecret.as_str());
                at.written_here(reference.origin).report(&FunctionIssue::VisibleSecret { name });
            }
            let Some((service, origin)) = resources.private_service(connection) else { return };
            let mut at = at.written_here(origin);
            let name = || service.name().to_owned();
            match service.load_balancing {
                PrivateLoadBalancing::ServiceConnect(_) => at.report(&FunctionIssue::ServiceConnect { name: name() }),
                PrivateLoadBalancing::ApplicationLoadBalancer(_) if !function.join_default_vpc => {
                    at.report(&FunctionIssue::OutsideVpc { name: name() });
                }
                PrivateLoadBalancing::ApplicationLoadBalancer(_) => {}
            }
        });
    }
}
