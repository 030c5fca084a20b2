//! Strategies of [proptest](https://docs.rs/proptest) for stacks and what they are made of (feature `proptest`), for tests of
//! programs that describe stacks, of rules of one's own, and of whatever reads a stack.
//!
//! - [`StackStrategy`] makes whole valid stacks, with knobs for how many resources of which kinds.
//! - Each type of the model has a function that makes valid values of it: [`bucket()`], [`container()`], [`scaling()`], ... What can
//!   refer to other resources takes its [`Surroundings`].
//! - [`breaking()`] makes stacks with one mistake: the one that the rule of a code is there for.
//!
//! Everything shrinks: a test that fails shows the smallest stack for which it does.
//!
//! ```
//! use proptest::prelude::*;
//! use stacktape_model::strategy::StackStrategy;
//!
//! proptest!(|(stack in StackStrategy::new().workloads(1..=2))| {
//!     let valid = stack.validate().expect("every stack of the strategy is valid");
//!     prop_assert!(valid.workloads().next().is_some());
//! });
//! ```

mod application_load_balancer;
mod authorizer;
mod batch_job;
mod breaking;
mod bucket;
mod compute;
mod container;
mod custom_domain;
mod dynamo_db_table;
mod efs_filesystem;
mod event_bus;
mod function;
mod function_event;
mod http_api_gateway;
mod iam;
mod image;
mod kinesis_stream;
mod lambda_buildpack;
mod load_balancer_event;
mod log_forwarding;
mod multi_container_workload;
mod name;
mod network_load_balancer;
mod raw_resource;
mod service;
mod sns_topic;
mod sqs_queue;
mod stack;
mod stack_config;
mod state_machine;
mod surroundings;
mod text;
mod user_auth_pool;

pub use application_load_balancer::{application_load_balancer, redirect};
pub use authorizer::authorizer;
pub use batch_job::{batch_job, retry_config};
pub use breaking::{Broken, breaking};
pub use bucket::{bucket, bucket_accessibility, bucket_cors, cors_rule, lifecycle_action, lifecycle_rule};
pub use compute::{compute, ec2, fargate, scaling};
pub use container::{container, container_logs, environment_value, internal_health_check, service_connect_event};
pub use custom_domain::custom_domain;
pub use dynamo_db_table::{dynamo_db_table, provisioned_throughput};
pub use efs_filesystem::efs_filesystem;
pub use event_bus::event_bus;
pub use function::{function, function_url, function_url_cors};
pub use function_event::{iot_event, schedule_event};
pub use http_api_gateway::{access_logs, http_api_cors, http_api_gateway};
pub use iam::statement;
pub use image::{BuildSources, custom_dockerfile, external_buildpack, image, image_buildpack, nixpacks, node_config, prebuilt_image};
pub use kinesis_stream::kinesis_stream;
pub use lambda_buildpack::lambda_buildpack;
pub use load_balancer_event::load_balancer_health_check;
pub use log_forwarding::log_forwarding;
pub use multi_container_workload::workload;
pub use name::{project_name, resource_name, stage};
pub use network_load_balancer::network_load_balancer;
pub use raw_resource::raw_resource;
pub use service::{by_load_balancer, by_network_load_balancer, private_service, side_container, web_service, worker_service};
pub use sns_topic::sns_topic;
pub use sqs_queue::{policy_statement, sqs_queue};
pub use stack::StackStrategy;
pub use stack_config::{availability_zones, output, reuse_vpc, tags};
pub use state_machine::state_machine;
pub use surroundings::Surroundings;
pub use text::{literal, secret, text};
pub use user_auth_pool::user_auth_pool;

use proptest::prelude::Strategy;
use proptest::sample::select;

use crate::removal_policy::RemovalPolicy;

/// What becomes of data. Shrinks to its deletion.
fn removal_policy() -> impl Strategy<Value = RemovalPolicy> {
    select(RemovalPolicy::ALL.to_vec())
}
