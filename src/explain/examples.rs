//! The examples, one for each code. Most are a `stacktape.yml`; what YAML cannot show, or only at length, is a function that
//! makes a stack.

use super::Example;

macro_rules! examples {
    ($($module:ident as $kind:ident in $extension:literal: $($variant:ident),*;)*) => {
        /// Every example, by its code.
        pub(super) const ALL: &[(&str, Example)] = &[$($((
            concat!(stringify!($module), "::", stringify!($variant)),
            Example::$kind(include_str!(concat!("examples/", stringify!($module), "/", stringify!($variant), $extension))),
        ),)*)*];
    };
}

examples! {
    application_load_balancer as Yaml in ".yml": plain_http;
    asset as Yaml in ".yml": context_missing, context_not_a_directory, context_outside_project, dockerfile_missing, entry_file_missing, file_missing, file_pattern, ignore_pattern, no_build_file, no_groups, nothing_included, old_python, package_empty, package_missing, package_no_file, package_no_zip, package_outside_project, package_size, several_projects;
    authorizer as Rust in ".rs": too_many, too_many_audiences, too_many_scopes;
    authorizer as Yaml in ".yml": cache_seconds, cache_without_identity, function_arn, identity_source, issuer, no_audience, preflight, token_sources;
    balancing as Rust in ".rs": too_many_rules;
    balancing as Yaml in ".yml": duplicate_priority, idle, no_listener_port, port_of_default, too_many_target_groups, unknown_listener;
    bucket_access as Yaml in ".yml": public_statement;
    batch_job as Yaml in ".yml": attempts, entry_point, long_wait, multiplier, no_cpu, no_gpu, no_instance, reserved_variable, service_connect, timeout;
    bucket_cors as Rust in ".rs": too_many;
    bucket_cors as Yaml in ".yml": exposed_header, wildcards;
    bucket_lifecycle as Rust in ".rs": too_many;
    bucket_lifecycle as Yaml in ".yml": duplicate_tag, tags_on_uploads, too_early;
    buildpack as Yaml in ".yml": empty_command, excluded_dependencies, extension, language, no_application, no_server, no_source_maps, node_version, old_python, outside, package_manager_file;
    cloudwatch_alarm_event as Yaml in ".yml": alarm_name;
    cloudwatch_log_event as Rust in ".rs": long_filter;
    cloudwatch_log_event as Yaml in ".yml": log_group, own_log_group, too_many_filters;
    compute as Yaml in ".yml": fargate_size;
    container as Yaml in ".yml": name, stop_timeout;
    custom_domain as Yaml in ".yml": certificate_arn, hosted_zone_id, name, no_certificate, no_hosted_zone, too_long_to_issue, twice, unused_certificate, unused_hosted_zone;
    dependency as Yaml in ".yml": circle, duplicate, end_of_essential, health_unknown, on_itself, unknown;
    directive as Yaml in ".yml": parameter, parameters, placeholders, plain_secret, runtime_in_local_place, secret_written_out, syntax, too_deep, unknown, unknown_param, unknown_path, unknown_resource;
    document as Yaml in ".yml": alias_inside, duplicate_key, empty, empty_condition, forwarded_nowhere, huge_number, key_beside_other, key_is_no_text, key_of_other_choice, merge_of_no_map, missing_key, not_connectable, only_on_ec2, only_on_fargate, second_document, service_name, syntax, tag, too_deep, too_many, unknown_key, unknown_word, wrong_type;
    ec2 as Rust in ".rs": too_many_instance_types;
    ec2 as Yaml in ".yml": instance_type, mixed_architectures, mixed_gpus, no_instance_type, old_instance_type, too_many_processors, too_much_memory, unknown_instance_type, unknown_memory, warm_pool;
    efs_filesystem as Yaml in ".yml": high_throughput, idle_throughput, no_throughput, throughput;
    dynamo_db_table as Rust in ".rs": too_many_indexes, too_many_projections;
    dynamo_db_table as Yaml in ".yml": attribute_name, duplicate_index, index_name, no_units, same_keys, two_types, unit_bounds, utilization;
    environment as Yaml in ".yml": duplicate, name, not_a_number, secret_written_out;
    event_source as Rust in ".rs": filter_size;
    event_source as Yaml in ".yml": batch_size, batch_window, bootstrap_server, bootstrap_servers, consumer_group, failure_destination, fifo_batch_window, many_filters, no_batch_window, parallelization_factor, retries, secret_arn, short_visibility_timeout, source_arn, source_twice, too_many_filters, topic_name, visibility_timeout;
    event_bus_event as Rust in ".rs": too_many_paths;
    event_bus_event as Yaml in ".yml": fifo_failure, input_path, message_group, no_message_group, pattern;
    event_bus as Yaml in ".yml": event_source_name, source_twice;
    event as Yaml in ".yml": greedy_inside, method_of_default, no_port, path_segment, path_variable, path_variable_twice, relative_path, trailing_slash;
    function as Rust in ".rs": cors_values, large_environment;
    function as Yaml in ".yml": cors_credentials, cors_max_age, cors_method, deprecated_runtime, destination, fifo_destination, layer, layer_twice, mount_outside_vpc, mount_path, no_runtime, outside_vpc, reserved_variable, service_connect, size, timeout, too_many_layers, too_many_mounts, variable_name, visible_secret;
    gpu as Yaml in ".yml": on_fargate, too_many, zero;
    health_check as Yaml in ".yml": command, empty_command, interval, retries, start_period, timeout;
    http_api_cors as Yaml in ".yml": credentials_for_all, max_age, origin;
    iam as Yaml in ".yml": action, condition, duplicate_sid, no_action, no_resource, principal, resource, sid;
    image as Yaml in ".yml": build_arg_name, buildpack, credentials, digest, dockerfile_elsewhere, duplicate_build_arg, name, no_context;
    iot_event as Yaml in ".yml": sql;
    link as Yaml in ".yml": localhost, undecided, unlinked, unreachable;
    listener as Yaml in ".yml": certificate_arn, needless_certificate, no_certificate, nobody_whitelisted, port, whitelist_ip;
    load_balancer as Rust in ".rs": too_many_certificates, too_many_listeners, too_many_whitelist_ips;
    load_balancer as Yaml in ".yml": port_twice;
    kinesis_stream as Rust in ".rs": tag_value;
    kinesis_stream as Yaml in ".yml": kms_key_arn, no_shard, retention_period, shards_on_demand;
    load_balancer_event as Yaml in ".yml": header_name, host, many_wildcards, method, no_condition, no_value, path, path_without_root, priority, source_ip, too_many_values, too_many_wildcards, value;
    load_balancer_health_check as Yaml in ".yml": interval, no_load_balancer, path, path_of_tcp, port, port_on_ec2, protocol, timeout, timeout_above_interval;
    log_forwarding as Rust in ".rs": parameter_value, too_many_parameters;
    log_forwarding as Yaml in ".yml": endpoint_url, parameter_name, project_id, retry_duration;
    logging as Yaml in ".yml": retention_days;
    name as Rust in ".rs": duplicate, project, stack_too_long, stage, stage_too_short;
    name as Yaml in ".yml": ambiguous, reserved, resource;
    network as Rust in ".rs": own_vpc;
    network as Yaml in ".yml": few_subnets, idle_nat, idle_zones, more_nat_than_zones, one_subnet;
    network_balancing as Yaml in ".yml": no_event, second_event, unknown_listener;
    network_load_balancer as Yaml in ".yml": no_listener;
    nixpacks as Yaml in ".yml": archive, command, image, phase_name, phase_twice;
    overrides as Yaml in ".yml": attribute, path;
    package as Yaml in ".yml": dot_in_path, handler, handler_function, idle_handler_function, language_version, long_entry, no_php, outside, path, patterns_of_file, runtime, runtime_version, server;
    private_service as Rust in ".rs": other_address;
    private_service as Yaml in ".yml": address_twice, localhost, port;
    raw_resource as Yaml in ".yml": attribute, condition, logical_id, missing_section, null, properties, type;
    redirect as Yaml in ".yml": downgrade, host, path, placeholder, port, query, to_itself;
    reuse_vpc as Rust in ".rs": too_many_subnets;
    reuse_vpc as Yaml in ".yml": cidr_block, id, public_cidr_block, twice;
    redrive as Yaml in ".yml": circle, fifo_mismatch;
    reference as Yaml in ".yml": missing, no_custom_domain, no_listener, no_param, no_part, no_url, secret_written_out, variable_prefix, variable_shadowed, variable_twice, wrong_kind;
    routing as Rust in ".rs": too_many_routes;
    routing as Yaml in ".yml": duplicate_route, mixed_formats, payload_format, second_port;
    s3_event as Rust in ".rs": long_key, long_pattern;
    s3_event as Yaml in ".yml": bucket, not_sent;
    scaling as Yaml in ".yml": bounds, cooldown, percent, to_zero, too_many;
    schedule as Yaml in ".yml": expression;
    secret as Yaml in ".yml": arn, key, key_in_template, name, name_like_suffix;
    service as Yaml in ".yml": variable_set;
    service_connect as Yaml in ".yml": address_twice, alias, hiding_alias, port_twice;
    side_container as Yaml in ".yml": essential_init, events;
    sns_event as Yaml in ".yml": fifo_failure, fifo_topic, filter_policy, large_filter, topic, topic_twice;
    sns_topic as Rust in ".rs": display_name;
    sns_topic as Yaml in ".yml": fifo_only, long_display_name;
    sqs_queue as Rust in ".rs": too_many_statements;
    sqs_queue as Yaml in ".yml": arn, fifo_only, range;
    state_machine as Yaml in ".yml": duplicate_name, express, missing_field, no_end, one_of, other_language, query_language, state_name, state_type, structure, task_resource, unknown_field, unknown_state, unreachable;
    stack_config as Rust in ".rs": output_description, too_many_outputs, too_many_tags;
    stack_config as Yaml in ".yml": export_twice, output_duplicate, output_name, output_of_ours, output_secret, tag_case, tag_duplicate, tag_empty, tag_name, tag_reserved, tag_value;
    template as Rust in ".rs": many_resources, role_policies_too_large, task_definition_too_large, too_large, too_many_dynamic_references, too_many_resources;
    template as Yaml in ".yml": circle, dangling_reference, duplicate_id, empty, override_of_other, override_path, unknown_attribute;
    identity_provider as Yaml in ".yml": detail, fixed_name, name, twice;
    user_attribute as Rust in ".rs": too_many;
    user_attribute as Yaml in ".yml": bounds, length, name, prefix, required, twice;
    user_auth_pool as Yaml in ".yml": address, certificate_region, domain_name, email_mfa_without_ses, hook_arn, idle_mfa_types, idle_sender, message_length, no_certificate, no_mfa_type, password_length, placeholder, ses_address_arn, two_validities, validity_days;
    user_pool_client as Rust in ".rs": long_css, too_many_scopes, too_many_urls;
    user_pool_client as Yaml in ".yml": domain_prefix, no_provider, prefix_twice, refresh_days, reserved_prefix, scope, token_seconds, url;
    volume_mount as Yaml in ".yml": mount_path, mount_path_twice, root_directory;
    web_service as Yaml in ".yml": no_port, plain_http, port_without_certificate;
    workload as Rust in ".rs": large_task_definition, too_large_task_definition, too_many_containers;
    workload as Yaml in ".yml": container_twice, no_container, none_essential, port_twice;
}
