//! Every rule: what breaks it, and what just does not.

use crate::support::{Rule, check};

macro_rules! subjects {
    ($($subject:ident),* $(,)?) => {
        $(mod $subject;)*

        /// Every rule that has cases.
        pub(crate) fn all() -> Vec<Rule> {
            [$($subject::rules()),*].into_iter().flatten().collect()
        }

        $(
            #[test]
            fn $subject() {
                check($subject::rules());
            }
        )*
    };
}

subjects! {
    authorizers, balancing, batch_jobs, bucket, buildpacks, compute, containers, dependencies, domains, ec2, environment, events,
    function_buildpacks, function_pushed, function_sources, function_traffic, functions, gateway, gpu, health, iam, images, links, load_balancer,
    log_forwarding, machines, names, network, network_balancing, passed_services, queues, raw, references, routing, scaling, secrets,
    service_connect, services, stack_config, storage, streams, tables, topics, user_clients, users, workload,
}
