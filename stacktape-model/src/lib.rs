//! What a stack is: typed builders, and the rules that AWS would enforce at deployment.
//!
//! This crate knows no CloudFormation: `stacktape-synth` renders a [`stack::ValidStack`], and `stacktape` is what users depend on.

// Only with the feature are documents read. With it, everything that is dead or not used is told.
#![cfg_attr(not(feature = "yaml"), allow(dead_code, unused_imports))]

extern crate self as stacktape_model;

pub mod application_load_balancer;
mod arn;
pub mod batch_job;
pub mod bucket;
mod certificate;
mod check;
mod codes;
pub mod compute;
pub mod consumer;
pub mod container;
pub mod custom_domain;
pub mod document;
pub mod dynamo_db_table;
pub mod efs_filesystem;
mod event;
pub mod event_bus;
pub mod expression;
pub mod function;
pub mod http_api_gateway;
pub mod iam;
pub mod ip_range;
pub mod kinesis_stream;
pub mod load_balancing;
pub mod log_forwarding;
pub mod multi_container_workload;
pub mod name;
pub mod nearest;
pub mod nested;
pub mod network_load_balancer;
pub mod origin;
pub mod overrides;
mod param;
pub mod private_service;
pub mod raw_resource;
pub mod reference;
pub mod removal_policy;
pub mod report;
pub mod resource;
pub mod scaling;
pub mod service;
pub mod sns_topic;
pub mod sqs_queue;
pub mod stack;
pub mod stack_config;
pub mod state_machine;
#[cfg(feature = "proptest")]
pub mod strategy;
pub mod table;
pub mod text;
pub mod units;
pub mod user_auth_pool;
pub mod web_service;
pub mod worker_service;

pub use check::balancing::BalancingIssue;
pub use check::network::NetworkIssue;
pub use check::network_balancing::NetworkBalancingIssue;
pub use check::redrive::RedriveIssue;
pub use check::references::ReferenceIssue;
pub use check::routing::RoutingIssue;
pub use codes::codes;
