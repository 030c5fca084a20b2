//! The examples that YAML cannot show, or only at length.

use stacktape::stack::Stack;

#[path = "../../src/explain/examples/authorizer/too_many.rs"]
mod authorizer_too_many;
#[path = "../../src/explain/examples/authorizer/too_many_audiences.rs"]
mod authorizer_too_many_audiences;
#[path = "../../src/explain/examples/authorizer/too_many_scopes.rs"]
mod authorizer_too_many_scopes;
#[path = "../../src/explain/examples/balancing/too_many_rules.rs"]
mod balancing_too_many_rules;
#[path = "../../src/explain/examples/bucket_cors/too_many.rs"]
mod bucket_cors_too_many;
#[path = "../../src/explain/examples/bucket_lifecycle/too_many.rs"]
mod bucket_lifecycle_too_many;
#[path = "../../src/explain/examples/cloudwatch_log_event/long_filter.rs"]
mod cloudwatch_log_event_long_filter;
#[path = "../../src/explain/examples/dynamo_db_table/too_many_indexes.rs"]
mod dynamo_db_table_too_many_indexes;
#[path = "../../src/explain/examples/dynamo_db_table/too_many_projections.rs"]
mod dynamo_db_table_too_many_projections;
#[path = "../../src/explain/examples/ec2/too_many_instance_types.rs"]
mod ec2_too_many_instance_types;
#[path = "../../src/explain/examples/event_bus_event/too_many_paths.rs"]
mod event_bus_event_too_many_paths;
#[path = "../../src/explain/examples/event_source/filter_size.rs"]
mod event_source_filter_size;
#[path = "../../src/explain/examples/function/cors_values.rs"]
mod function_cors_values;
#[path = "../../src/explain/examples/function/large_environment.rs"]
mod function_large_environment;
#[path = "../../src/explain/examples/kinesis_stream/tag_value.rs"]
mod kinesis_stream_tag_value;
#[path = "../../src/explain/examples/load_balancer/too_many_certificates.rs"]
mod load_balancer_too_many_certificates;
#[path = "../../src/explain/examples/load_balancer/too_many_listeners.rs"]
mod load_balancer_too_many_listeners;
#[path = "../../src/explain/examples/load_balancer/too_many_whitelist_ips.rs"]
mod load_balancer_too_many_whitelist_ips;
#[path = "../../src/explain/examples/log_forwarding/parameter_value.rs"]
mod log_forwarding_parameter_value;
#[path = "../../src/explain/examples/log_forwarding/too_many_parameters.rs"]
mod log_forwarding_too_many_parameters;
#[path = "../../src/explain/examples/name/duplicate.rs"]
mod name_duplicate;
#[path = "../../src/explain/examples/name/project.rs"]
mod name_project;
#[path = "../../src/explain/examples/name/stack_too_long.rs"]
mod name_stack_too_long;
#[path = "../../src/explain/examples/name/stage.rs"]
mod name_stage;
#[path = "../../src/explain/examples/name/stage_too_short.rs"]
mod name_stage_too_short;
#[path = "../../src/explain/examples/network/own_vpc.rs"]
mod network_own_vpc;
#[path = "../../src/explain/examples/private_service/other_address.rs"]
mod private_service_other_address;
#[path = "../../src/explain/examples/reuse_vpc/too_many_subnets.rs"]
mod reuse_vpc_too_many_subnets;
#[path = "../../src/explain/examples/routing/too_many_routes.rs"]
mod routing_too_many_routes;
#[path = "../../src/explain/examples/s3_event/long_key.rs"]
mod s3_event_long_key;
#[path = "../../src/explain/examples/s3_event/long_pattern.rs"]
mod s3_event_long_pattern;
#[path = "../../src/explain/examples/sns_topic/display_name.rs"]
mod sns_topic_display_name;
#[path = "../../src/explain/examples/sqs_queue/too_many_statements.rs"]
mod sqs_queue_too_many_statements;
#[path = "../../src/explain/examples/stack_config/output_description.rs"]
mod stack_config_output_description;
#[path = "../../src/explain/examples/stack_config/too_many_outputs.rs"]
mod stack_config_too_many_outputs;
#[path = "../../src/explain/examples/stack_config/too_many_tags.rs"]
mod stack_config_too_many_tags;
#[path = "../../src/explain/examples/template/many_resources.rs"]
mod template_many_resources;
#[path = "../../src/explain/examples/template/role_policies_too_large.rs"]
mod template_role_policies_too_large;
#[path = "../../src/explain/examples/template/task_definition_too_large.rs"]
mod template_task_definition_too_large;
#[path = "../../src/explain/examples/template/too_large.rs"]
mod template_too_large;
#[path = "../../src/explain/examples/template/too_many_dynamic_references.rs"]
mod template_too_many_dynamic_references;
#[path = "../../src/explain/examples/template/too_many_resources.rs"]
mod template_too_many_resources;
#[path = "../../src/explain/examples/user_attribute/too_many.rs"]
mod user_attribute_too_many;
#[path = "../../src/explain/examples/user_pool_client/long_css.rs"]
mod user_pool_client_long_css;
#[path = "../../src/explain/examples/user_pool_client/too_many_scopes.rs"]
mod user_pool_client_too_many_scopes;
#[path = "../../src/explain/examples/user_pool_client/too_many_urls.rs"]
mod user_pool_client_too_many_urls;
#[path = "../../src/explain/examples/workload/large_task_definition.rs"]
mod workload_large_task_definition;
#[path = "../../src/explain/examples/workload/too_large_task_definition.rs"]
mod workload_too_large_task_definition;
#[path = "../../src/explain/examples/workload/too_many_containers.rs"]
mod workload_too_many_containers;

type Snippet = (&'static str, fn() -> Stack);

/// Every such example, by the code that it trips.
pub(crate) const ALL: &[Snippet] = &[
    ("authorizer::too_many", authorizer_too_many::stack),
    ("authorizer::too_many_audiences", authorizer_too_many_audiences::stack),
    ("authorizer::too_many_scopes", authorizer_too_many_scopes::stack),
    ("balancing::too_many_rules", balancing_too_many_rules::stack),
    ("bucket_cors::too_many", bucket_cors_too_many::stack),
    ("bucket_lifecycle::too_many", bucket_lifecycle_too_many::stack),
    ("cloudwatch_log_event::long_filter", cloudwatch_log_event_long_filter::stack),
    ("ec2::too_many_instance_types", ec2_too_many_instance_types::stack),
    ("load_balancer::too_many_certificates", load_balancer_too_many_certificates::stack),
    ("load_balancer::too_many_listeners", load_balancer_too_many_listeners::stack),
    ("load_balancer::too_many_whitelist_ips", load_balancer_too_many_whitelist_ips::stack),
    ("log_forwarding::parameter_value", log_forwarding_parameter_value::stack),
    ("log_forwarding::too_many_parameters", log_forwarding_too_many_parameters::stack),
    ("dynamo_db_table::too_many_indexes", dynamo_db_table_too_many_indexes::stack),
    ("dynamo_db_table::too_many_projections", dynamo_db_table_too_many_projections::stack),
    ("event_bus_event::too_many_paths", event_bus_event_too_many_paths::stack),
    ("event_source::filter_size", event_source_filter_size::stack),
    ("function::cors_values", function_cors_values::stack),
    ("function::large_environment", function_large_environment::stack),
    ("kinesis_stream::tag_value", kinesis_stream_tag_value::stack),
    ("name::duplicate", name_duplicate::stack),
    ("name::project", name_project::stack),
    ("name::stack_too_long", name_stack_too_long::stack),
    ("name::stage", name_stage::stack),
    ("name::stage_too_short", name_stage_too_short::stack),
    ("network::own_vpc", network_own_vpc::stack),
    ("reuse_vpc::too_many_subnets", reuse_vpc_too_many_subnets::stack),
    ("private_service::other_address", private_service_other_address::stack),
    ("routing::too_many_routes", routing_too_many_routes::stack),
    ("s3_event::long_key", s3_event_long_key::stack),
    ("s3_event::long_pattern", s3_event_long_pattern::stack),
    ("sns_topic::display_name", sns_topic_display_name::stack),
    ("sqs_queue::too_many_statements", sqs_queue_too_many_statements::stack),
    ("stack_config::output_description", stack_config_output_description::stack),
    ("stack_config::too_many_outputs", stack_config_too_many_outputs::stack),
    ("stack_config::too_many_tags", stack_config_too_many_tags::stack),
    ("template::many_resources", template_many_resources::stack),
    ("template::role_policies_too_large", template_role_policies_too_large::stack),
    ("template::task_definition_too_large", template_task_definition_too_large::stack),
    ("template::too_large", template_too_large::stack),
    ("template::too_many_dynamic_references", template_too_many_dynamic_references::stack),
    ("template::too_many_resources", template_too_many_resources::stack),
    ("user_attribute::too_many", user_attribute_too_many::stack),
    ("user_pool_client::long_css", user_pool_client_long_css::stack),
    ("user_pool_client::too_many_scopes", user_pool_client_too_many_scopes::stack),
    ("user_pool_client::too_many_urls", user_pool_client_too_many_urls::stack),
    ("workload::large_task_definition", workload_large_task_definition::stack),
    ("workload::too_large_task_definition", workload_too_large_task_definition::stack),
    ("workload::too_many_containers", workload_too_many_containers::stack),
];
