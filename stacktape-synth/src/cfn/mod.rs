//! CloudFormation's own resource types (L1): one typed setter per property, one method per attribute.
//!
//! The modules below are written by the repository's code generator from AWS's resource schemas, one
//! file per resource type; [`Value`], [`Node`] and [`Id`] are what they stand on.

mod id;
mod node;
mod resource;
mod value;

pub use id::{Id, LogicalId};
pub use node::{AssetHole, AssetKey, Key, Node, Pseudo, Reference};
pub use resource::{Properties, PropertyType, Resource};
pub use value::{Value, get_azs, join, select, sub, sub_literal, sub_with};

// @generated services: begin
#[rustfmt::skip]
pub mod api_gateway_v2;
#[rustfmt::skip]
pub mod application_auto_scaling;
#[rustfmt::skip]
pub mod auto_scaling;
#[rustfmt::skip]
pub mod batch;
#[rustfmt::skip]
pub mod budgets;
#[rustfmt::skip]
pub mod certificate_manager;
#[rustfmt::skip]
pub mod cloud_front;
#[rustfmt::skip]
pub mod cloud_watch;
#[rustfmt::skip]
pub mod code_deploy;
#[rustfmt::skip]
pub mod cognito;
#[rustfmt::skip]
pub mod dynamo_db;
#[rustfmt::skip]
pub mod ec2;
#[rustfmt::skip]
pub mod ecs;
#[rustfmt::skip]
pub mod efs;
#[rustfmt::skip]
pub mod elasti_cache;
#[rustfmt::skip]
pub mod elastic_load_balancing_v2;
#[rustfmt::skip]
pub mod events;
#[rustfmt::skip]
pub mod iam;
#[rustfmt::skip]
pub mod iot;
#[rustfmt::skip]
pub mod kms;
#[rustfmt::skip]
pub mod kinesis;
#[rustfmt::skip]
pub mod kinesis_firehose;
#[rustfmt::skip]
pub mod lambda;
#[rustfmt::skip]
pub mod logs;
#[rustfmt::skip]
pub mod open_search_service;
#[rustfmt::skip]
pub mod rds;
#[rustfmt::skip]
pub mod route53;
#[rustfmt::skip]
pub mod s3;
#[rustfmt::skip]
pub mod sns;
#[rustfmt::skip]
pub mod sqs;
#[rustfmt::skip]
pub mod ssm;
#[rustfmt::skip]
pub mod scheduler;
#[rustfmt::skip]
pub mod secrets_manager;
#[rustfmt::skip]
pub mod service_discovery;
#[rustfmt::skip]
pub mod step_functions;
#[rustfmt::skip]
pub mod waf_v2;
// @generated services: end
