//! Jobs, over the whole stack.

use crate::batch_job::{BatchJob, BatchJobIssue};
use crate::check::{Check, Resources};
use crate::private_service::PrivateLoadBalancing;

/// Checks whether jobs reach what they are connected to.
pub(crate) fn check(resources: Resources<'_>, root: &mut Check<'_>) {
    let mut at = root.field("resources");
    for job in resources.all::<BatchJob>() {
        let mut at = at.field(&job.name).written_at(job.origin);
        at.field("connectTo").each(&job.connect_to, |at, connection| {
            let Some((service, origin)) = resources.private_service(connection) else { return };
            let mut at = at.written_here(origin);
            match service.load_balancing {
                PrivateLoadBalancing::ServiceConnect(_) => at.report(&BatchJobIssue::ServiceConnect { name: service.name().to_owned() }),
                PrivateLoadBalancing::ApplicationLoadBalancer(_) => {}
            }
        });
    }
}
