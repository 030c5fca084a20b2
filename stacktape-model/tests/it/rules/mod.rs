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
    balancing, bucket, compute, containers, dependencies, environment, events, gateway, health, iam, images, load_balancer, names, network,
    queues, raw, references, routing, scaling, secrets, service_connect, stack_config, storage, streams, tables, topics, workload,
}
