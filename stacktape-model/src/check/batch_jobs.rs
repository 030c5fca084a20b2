//! Jobs, over the whole stack.

use crate::batch_job::{BatchJob, BatchJobIssue};
use crate::check::{Check, Resources};
use crate::private_service::{PrivateLoadBalancing, PrivateService};
use crate::reference::Connection;

/// Checks whether jobs reach what they are connected to.
pub(crate) fn check(resources: Resources<'_>, root: &mut Check<'_>) {
    let mut at = root.field("resources");
    for job in resources.all::<BatchJob>() {
        let mut at = at.field(&job.name).written_at(job.origin);
        at.field("connectTo").each(&job.connect_to, |at, connection| {
            let Connection::Resource(reference) = connection else { return };
            let Some(service) = resources.all::<PrivateService>().find(|service| service.name() == reference.name) else { return };
            match service.load_balancing {
                PrivateLoadBalancing::ServiceConnect(_) => {
                    at.written_here(reference.origin).report(&BatchJobIssue::ServiceConnect { name: service.name().to_owned() });
                }
                PrivateLoadBalancing::ApplicationLoadBalancer(_) => {}
            }
        });
    }
}
