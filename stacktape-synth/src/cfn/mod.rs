//! CloudFormation's own resource types (L1): one typed setter per property, one method per attribute.
//!
//! The modules below are written by the repository's code generator from AWS's resource schemas, one
//! file per resource type; [`Value`], [`Node`] and [`Id`] are what they stand on.

#[rustfmt::skip]
#[allow(clippy::too_many_lines)]
mod attributes;
mod id;
mod node;
mod raw;
mod resource;
mod value;

pub use attributes::attributes_of;
pub use id::{Id, LogicalId};
pub use node::{AssetHole, AssetKey, Key, Node, Pseudo, Reference};
use resource::set;
pub use resource::{Properties, PropertyType, Resource};
pub use value::{Value, concat, get_azs, import, join, select, split, sub, sub_literal, sub_with};

// Without derives: 1100 derived `Debug`s, `Clone`s and `PartialEq`s would cost every user four CPU seconds.
// @generated services: begin
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod api_gateway_v2;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod application_auto_scaling;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod auto_scaling;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod batch;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod budgets;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod certificate_manager;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod cloud_front;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod cloud_watch;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod code_deploy;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod cognito;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod dynamo_db;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod ec2;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod ecs;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod efs;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod elasti_cache;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod elastic_load_balancing_v2;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod events;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod iam;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod iot;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod kms;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod kinesis;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod kinesis_firehose;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod lambda;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod logs;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod open_search_service;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod rds;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod route53;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod s3;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod sns;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod sqs;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod ssm;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod scheduler;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod secrets_manager;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod service_discovery;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod step_functions;
#[rustfmt::skip]
#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]
pub mod waf_v2;
// @generated services: end
