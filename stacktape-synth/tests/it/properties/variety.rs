//! The strategies reach every part of the model, and shrink to small stacks.

mod balancing;
mod services;

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{TestError, TestRunner};
use stacktape_model::bucket::{
    AccessPolicyStatement, Bucket, BucketAccessibility, BucketAccessibilityParts, BucketCors, BucketCorsParts, BucketParts, CorsRuleParts,
    LifecycleAction, LifecycleRule,
};
use stacktape_model::compute::{Compute, Ec2, Fargate};
use stacktape_model::container::{
    Authorizer, Container, ContainerLogs, ContainerParts, CustomDockerfileParts, EfsMount, EnvValue, Event, ExternalBuildpackParts,
    HttpApiEvent, Image, ImageBuildpack, ImageBuildpackParts, InternalHealthCheckParts, JwtAuthorizerParts, LambdaAuthorizerParts,
    LanguageConfig, NodeConfigParts, PrebuiltImageParts, RetainedLogs, ServiceConnectEvent, VolumeMount,
};
use stacktape_model::dynamo_db_table::{
    CapacityScaling, DynamoDbTable, DynamoDbTableParts, PrimaryKey, ProvisionedThroughput, SecondaryIndex,
};
use stacktape_model::efs_filesystem::{EfsFilesystem, EfsFilesystemParts};
use stacktape_model::event_bus::{Archivation, ArchivationParts, EventBus, EventBusEvent, EventBusParts};
use stacktape_model::expression::Expression;
use stacktape_model::http_api_gateway::{AccessLogs, HttpApiCorsParts, HttpApiGateway, HttpApiGatewayParts, RetainedAccessLogs};
use stacktape_model::iam::{PolicyStatement, Statement};
use stacktape_model::kinesis_stream::{KinesisStream, KinesisStreamParts, StreamEncryption, StreamEncryptionParts};
use stacktape_model::log_forwarding::{DatadogForwardingParts, HighlightForwardingParts, HttpEndpointForwardingParts, LogForwarding};
use stacktape_model::multi_container_workload::{MultiContainerWorkload, MultiContainerWorkloadParts};
use stacktape_model::reference::Connection;
use stacktape_model::resource::Resource;
use stacktape_model::sns_topic::{SnsTopic, SnsTopicParts};
use stacktape_model::sqs_queue::{RedrivePolicy, SqsQueue, SqsQueueParts};
use stacktape_model::stack::ValidStack;
use stacktape_model::stack_config::{Nat, Output, ReuseVpc, StackConfig, StackVpc, Vpc, VpcIds};
use stacktape_model::state_machine::{StateMachine, StateMachineParts};
use stacktape_model::strategy::StackStrategy;
use stacktape_model::text::{Param, Secret, Text};

use super::{cases, stacks, validated};

/// What was met: fields that are set, and the variants of enums.
#[derive(Default)]
struct Met(BTreeSet<String>);

impl Met {
    fn note(&mut self, what: &str, yes: bool) {
        if yes {
            self.0.insert(what.to_owned());
        }
    }

    /// A variant, by the first word of how it is debugged.
    fn variant(&mut self, what: &str, value: &impl std::fmt::Debug) {
        let text = format!("{value:?}");
        let name = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or_default();
        self.0.insert(format!("{what} {name}"));
    }

    // No `..` below: a new field of the model must not compile until the strategies reach it.

    fn stack(&mut self, stack: &ValidStack) {
        for resource in stack.resources() {
            match resource {
                Resource::ApplicationLoadBalancer(balancer) => self.load_balancer(balancer),
                Resource::Bucket(bucket) => self.bucket(bucket),
                Resource::EfsFilesystem(filesystem) => self.filesystem(filesystem),
                Resource::DynamoDbTable(table) => self.table(table),
                Resource::EventBus(bus) => self.bus(bus),
                Resource::HttpApiGateway(gateway) => self.gateway(gateway),
                Resource::KinesisStream(stream) => self.stream(stream),
                Resource::MultiContainerWorkload(workload) => self.workload(workload),
                Resource::PrivateService(service) => self.private_service(service),
                Resource::WebService(service) => self.web_service(service),
                Resource::WorkerService(service) => self.worker_service(service),
                Resource::NetworkLoadBalancer(balancer) => self.network_load_balancer(balancer),
                Resource::SnsTopic(topic) => self.topic(topic),
                Resource::SqsQueue(queue) => self.queue(queue),
                Resource::StateMachine(machine) => self.machine(machine),
            }
        }
        let StackConfig { outputs, tags, vpc } = stack.config();
        self.vpc(vpc);
        self.note("tags", tags.len() > 1);
        self.note("overrides of the stack", !stack.overrides().is_empty());
        for Output { name: _, value, description, export, origin: _ } in outputs {
            self.note("output description", description.is_some());
            self.note("export", *export);
            self.text("output", value);
        }
        for raw in stack.raw_resources() {
            for key in raw.body().keys() {
                self.note(&format!("raw {key}"), true);
            }
        }
    }

    fn vpc(&mut self, vpc: &Vpc) {
        let Vpc { availability_zones, nat, reuse_vpc, export } = vpc;
        self.variant("zones", availability_zones);
        self.note("exported", *export);
        if let Some(Nat { availability_zones }) = nat {
            self.variant("gateways in", availability_zones);
            self.note("private subnets for others", *export);
        }
        match reuse_vpc {
            None => {}
            Some(ReuseVpc::OfStack(StackVpc { project_name: _, stage: _, origin: _ })) => self.note("the VPC of a stack", true),
            Some(ReuseVpc::ById(ids)) => {
                let VpcIds {
                    vpc_id,
                    cidr_block,
                    public_subnet_ids,
                    private_subnet_ids,
                    public_route_table_ids,
                    private_route_table_ids,
                    origin: _,
                } = ids;
                self.text("reused", vpc_id);
                self.text("addresses", cidr_block);
                self.note("no public subnets", public_subnet_ids.is_empty());
                self.note("route tables", !public_route_table_ids.is_empty() && !private_route_table_ids.is_empty());
                for id in public_subnet_ids.iter().chain(private_subnet_ids) {
                    self.text("subnet", id);
                }
            }
        }
    }

    fn text(&mut self, what: &str, text: &Text) {
        self.variant(what, text);
        if let Text::Param(param) = text {
            match param.param {
                Param::PrivateService(_) => self.note("param of a private service", true),
                param => self.note(&format!("param {param:?}"), true),
            }
        }
    }

    fn bucket(&mut self, bucket: &Bucket) {
        let BucketParts {
            name: _,
            accessibility,
            versioning,
            encryption,
            cors,
            lifecycle_rules,
            enable_event_bus_notifications,
            removal_policy,
            overrides,
        } = bucket.parts();
        if let Some(BucketAccessibilityParts { accessibility_mode, access_policy_statements }) =
            accessibility.as_ref().map(BucketAccessibility::parts)
        {
            self.variant("bucket is", accessibility_mode);
            for AccessPolicyStatement { sid, effect, principal, actions: _, resources, condition } in access_policy_statements {
                self.note("bucket statement named", sid.is_some());
                self.note("bucket statement conditional", condition.is_some());
                self.note("bucket statement narrow", !resources.is_empty());
                self.variant("bucket effect", effect);
                self.variant("bucket principal", principal);
            }
        }
        self.note("versioning", *versioning);
        self.note("encryption", *encryption);
        self.note("notifications", *enable_event_bus_notifications);
        self.variant("removal", removal_policy);
        self.note("overrides of a bucket", !overrides.is_empty());
        self.note("a removal by override", overrides.iter().any(|value| value.value.is_null()));
        if let Some(BucketCorsParts { rules }) = cors.as_ref().map(BucketCors::parts) {
            self.note("cors without rules", rules.is_empty());
            for rule in rules {
                let CorsRuleParts { allowed_origins, allowed_headers, allowed_methods, exposed_response_headers, max_age } = rule.parts();
                self.note("cors origins", !allowed_origins.is_empty());
                self.note("cors headers", !allowed_headers.is_empty());
                self.note("cors exposed", !exposed_response_headers.is_empty());
                self.note("cors age", max_age.is_some());
                for method in allowed_methods {
                    self.variant("s3 method", method);
                }
            }
        }
        for LifecycleRule { action, prefix, tags } in lifecycle_rules {
            self.note("prefix", prefix.is_some());
            self.note("object tags", !tags.is_empty());
            self.variant("action", action);
            if let LifecycleAction::ClassTransition { storage_class, .. } = action {
                self.variant("class", storage_class);
            }
        }
    }

    fn filesystem(&mut self, filesystem: &EfsFilesystem) {
        let EfsFilesystemParts { name: _, backup_enabled, throughput_mode, provisioned_throughput_in_mibps, removal_policy, overrides } =
            filesystem.parts();
        self.note("backups", *backup_enabled);
        self.variant("throughput", throughput_mode);
        self.note("part of a MiB", provisioned_throughput_in_mibps.is_some_and(|mibps| mibps.fract() != 0.0));
        self.variant("files' removal", removal_policy);
        self.note("overrides of a file system", !overrides.is_empty());
    }

    fn queue(&mut self, queue: &SqsQueue) {
        let SqsQueueParts {
            name: _,
            delay_messages_second,
            max_message_size_bytes,
            message_retention_period_seconds,
            long_polling_seconds,
            visibility_timeout_seconds,
            fifo_enabled,
            fifo_high_throughput,
            content_based_deduplication,
            redrive_policy,
            events,
            policy_statements,
            removal_policy,
            overrides,
        } = queue.parts();
        let numbers = [
            delay_messages_second,
            max_message_size_bytes,
            message_retention_period_seconds,
            long_polling_seconds,
            visibility_timeout_seconds,
        ];
        for (index, number) in numbers.into_iter().enumerate() {
            self.note(&format!("queue number {index}"), number.is_some());
        }
        self.note("queue fifo", *fifo_enabled);
        self.note("queue high", *fifo_high_throughput);
        self.note("queue deduplication", *content_based_deduplication);
        self.variant("queue removal", removal_policy);
        self.note("overrides of a queue", !overrides.is_empty());
        if let Some(RedrivePolicy { target, max_receive_count: _ }) = redrive_policy {
            self.variant("redrive to", target);
        }
        for EventBusEvent { bus, event_pattern: _, input, on_delivery_failure, message_group_id } in events {
            self.variant("events of", bus);
            self.variant("event sends", input);
            self.note("event group", message_group_id.is_some());
            if let Some(failed) = on_delivery_failure {
                self.variant("event fails to", failed);
            }
        }
        for PolicyStatement { effect, actions: _, principal, condition } in policy_statements {
            self.variant("queue effect", effect);
            self.variant("principal", principal);
            self.note("queue condition", condition.is_some());
        }
    }

    fn topic(&mut self, topic: &SnsTopic) {
        let SnsTopicParts { name: _, sms_display_name, fifo_enabled, content_based_deduplication, overrides } = topic.parts();
        self.note("topic display", sms_display_name.is_some());
        self.note("topic fifo", *fifo_enabled);
        self.note("topic deduplication", *content_based_deduplication);
        self.note("overrides of a topic", !overrides.is_empty());
    }

    fn bus(&mut self, bus: &EventBus) {
        let EventBusParts { name: _, event_source_name, archivation, overrides } = bus.parts();
        self.note("bus partner", event_source_name.is_some());
        self.note("overrides of a bus", !overrides.is_empty());
        if let Some(ArchivationParts { retention_days }) = archivation.as_ref().map(Archivation::parts) {
            self.note(if retention_days.is_some() { "bus archived" } else { "bus archived for ever" }, true);
        }
    }

    fn machine(&mut self, machine: &StateMachine) {
        let StateMachineParts { name: _, definition, state_machine_type, connect_to, iam_role_statements, overrides } = machine.parts();
        self.variant("machine", state_machine_type);
        self.note("machine connected", !connect_to.is_empty());
        self.note("machine granted", !iam_role_statements.is_empty());
        self.note("machine distributed", machine.is_distributed());
        self.note("overrides of a machine", !overrides.is_empty());
        for task in machine.tasks() {
            self.note(&format!("task {}", task.resource.rsplit(':').next().unwrap_or_default()), true);
        }
        let Expression::Map(fields) = definition else { panic!("a definition is a map") };
        self.note("machine in JSONata", fields.contains_key("QueryLanguage"));
    }

    fn stream(&mut self, stream: &KinesisStream) {
        let KinesisStreamParts {
            name: _,
            capacity_mode,
            shard_count,
            retention_period_hours,
            encryption,
            enable_enhanced_fan_out,
            removal_policy,
            overrides,
        } = stream.parts();
        self.variant("stream mode", capacity_mode);
        self.note("stream shards", shard_count.is_some());
        self.note("stream retention", retention_period_hours.is_some());
        self.note("stream fan out", *enable_enhanced_fan_out);
        self.variant("stream removal", removal_policy);
        self.note("overrides of a stream", !overrides.is_empty());
        if let Some(StreamEncryptionParts { kms_key_arn }) = encryption.as_ref().map(StreamEncryption::parts) {
            self.note("stream key of AWS", kms_key_arn.is_none());
            if let Some(key) = kms_key_arn {
                self.text("stream key", key);
            }
        }
    }

    fn table(&mut self, table: &DynamoDbTable) {
        let DynamoDbTableParts {
            name: _,
            primary_key,
            provisioned_throughput,
            enable_point_in_time_recovery,
            stream_type,
            secondary_indexes,
            removal_policy,
            overrides,
        } = table.parts();
        let PrimaryKey { partition_key, sort_key } = primary_key;
        self.variant("table key", &partition_key.kind);
        self.note("table sorted", sort_key.is_some());
        self.note("table recovery", *enable_point_in_time_recovery);
        self.variant("table removal", removal_policy);
        self.note("overrides of a table", !overrides.is_empty());
        if let Some(stream) = stream_type {
            self.variant("table stream", stream);
        }
        if let Some(ProvisionedThroughput { read_units: _, write_units: _, read_scaling, write_scaling }) = provisioned_throughput {
            self.note("table fixed", read_scaling.is_none() && write_scaling.is_none());
            for CapacityScaling { min_units: _, max_units: _, keep_utilization_under } in read_scaling.iter().chain(write_scaling) {
                self.note("table scaled", keep_utilization_under.is_some());
            }
        }
        for SecondaryIndex { name: _, partition_key: _, sort_key, projections } in secondary_indexes {
            self.note("table index sorted", sort_key.is_some());
            self.note("table index projections", projections.len() > 1);
            self.note("table index of keys", projections.is_empty());
        }
    }

    fn gateway(&mut self, gateway: &HttpApiGateway) {
        let HttpApiGatewayParts { name: _, custom_domains, cors, logging, payload_format, overrides } = gateway.parts();
        self.domains("gateway's domain", custom_domains);
        self.note("overrides of a gateway", !overrides.is_empty());
        self.variant("payload", payload_format);
        match logging {
            AccessLogs::Disabled => self.note("no access logs", true),
            AccessLogs::Retained(RetainedAccessLogs { format, retention_days: _, log_forwarding }) => {
                self.variant("access log", format);
                self.note("forwarded access log", log_forwarding.is_some());
            }
        }
        if let Some(cors) = cors {
            let HttpApiCorsParts {
                allowed_origins,
                allowed_headers,
                allowed_methods,
                allow_credentials,
                exposed_response_headers,
                max_age,
            } = cors.parts();
            self.note("api origins", !allowed_origins.is_empty());
            self.note("api headers", !allowed_headers.is_empty());
            self.note("api exposed", !exposed_response_headers.is_empty());
            self.note("api credentials", *allow_credentials == Some(true));
            self.note("api age", max_age.is_some());
            for method in allowed_methods {
                self.variant("api method", method);
            }
        }
    }

    fn connections(&mut self, connections: &[Connection]) {
        for connection in connections {
            match connection {
                Connection::Resource(target) => self.variant("connected to", &target.kind),
                Connection::AwsService(service) => self.variant("connected to", service),
            }
        }
    }

    fn workload(&mut self, workload: &MultiContainerWorkload) {
        let MultiContainerWorkloadParts {
            name: _,
            resources,
            containers,
            scaling,
            enable_remote_sessions,
            use_private_subnets_with_nat,
            connect_to,
            iam_role_statements,
            overrides,
        } = workload.parts();
        self.note("remote sessions", *enable_remote_sessions);
        self.note("in private subnets", *use_private_subnets_with_nat);
        self.compute(resources);
        self.note("scaled", scaling.min_instances < scaling.max_instances);
        self.note("fixed", scaling.min_instances == scaling.max_instances && scaling.min_instances > 1);
        self.note("pause before less", scaling.scale_in_cooldown.is_some());
        self.note("pause before more", scaling.scale_out_cooldown.is_some());
        self.note("overrides of a workload", !overrides.is_empty());
        self.connections(connect_to);
        for Statement { sid, effect, actions: _, resources, condition } in iam_role_statements {
            self.note("sid", sid.is_some());
            self.variant("effect", effect);
            self.note("condition", condition.is_some());
            for resource in resources {
                self.text("statement", resource);
            }
        }
        for container in containers {
            self.container(container);
        }
    }

    fn compute(&mut self, compute: &Compute) {
        self.variant("on", compute);
        self.variant("built for", &compute.architecture());
        match compute {
            Compute::Fargate(Fargate { cpu, memory: _, architecture }) => {
                self.variant("cpu", cpu);
                self.variant("architecture", architecture);
            }
            Compute::Ec2(Ec2 { instance_types, cpu, memory, warm_pool }) => {
                self.note("instances of several types", instance_types.len() > 1);
                self.note("instances cpu", cpu.is_some());
                self.note("instances memory", memory.is_some());
                self.note("instances whole", cpu.is_none() && memory.is_none());
                self.note("instances in reserve", *warm_pool);
                self.note("instances with drivers", compute.ec2().is_some_and(Ec2::has_gpu_drivers));
            }
        }
    }

    fn container(&mut self, container: &Container) {
        let ContainerParts {
            name,
            packaging,
            essential,
            environment,
            depends_on,
            internal_health_check,
            load_balancer_health_check,
            stop_timeout,
            gpu,
            logging,
            volume_mounts,
            events,
        } = container.parts();
        self.note("gpu", gpu.is_some());
        self.note("the longest container name", name.len() == 255);
        self.note("not essential", *essential == Some(false));
        self.note("stop timeout", stop_timeout.is_some());
        self.variant("container logs", logging);
        if let ContainerLogs::Retained(RetainedLogs { retention_days: _, log_forwarding: Some(forwarding) }) = logging {
            self.forwarding(forwarding);
        }
        for dependency in depends_on {
            self.variant("waits for", &dependency.condition);
        }
        for variable in environment {
            self.variant("variable", &variable.value);
            match &variable.value {
                EnvValue::Text(text) => self.text("variable text", text),
                EnvValue::Secret(secret) => self.secret(secret),
                EnvValue::Integer(_) | EnvValue::Float(_) | EnvValue::Bool(_) => {}
            }
        }
        if let Some(check) = internal_health_check {
            let InternalHealthCheckParts { health_check_command, interval_seconds, timeout_seconds, retries, start_period_seconds } =
                check.parts();
            self.note(&format!("check by {}", health_check_command[0]), true);
            let settings = [interval_seconds, timeout_seconds, retries, start_period_seconds];
            for (index, setting) in settings.iter().enumerate() {
                self.note(&format!("check setting {index}"), setting.is_some());
            }
        }
        if let Some(check) = load_balancer_health_check {
            self.balancer_check(check);
        }
        for (index, VolumeMount::Efs(mount)) in volume_mounts.iter().enumerate() {
            let EfsMount { filesystem: _, root_directory, mount_path: _ } = mount;
            self.note("mounts a directory", !mount.is_root());
            self.note("mounts a root", root_directory.is_none());
            let earlier = volume_mounts[..index].iter();
            self.note("mounts twice", earlier.into_iter().any(|VolumeMount::Efs(other)| other.directory() == mount.directory()));
        }
        for event in events {
            match event {
                Event::ApplicationLoadBalancer(event) => self.rule(event),
                Event::NetworkLoadBalancer(event) => self.passed(event),
                Event::HttpApi(HttpApiEvent { gateway: _, method, path, container_port: _, payload_format, authorizer }) => {
                    if let Some(authorizer) = authorizer {
                        self.authorizer(authorizer);
                    }
                    self.variant("routed", method);
                    self.note("default route", path == "*");
                    self.note("event's payload", payload_format.is_some());
                }
                Event::ServiceConnect(ServiceConnectEvent { container_port: _, alias, protocol }) => {
                    self.note("own alias", alias.is_none());
                    self.note("the longest alias", alias.as_ref().is_some_and(|alias| alias.len() == 127));
                    match protocol {
                        None => self.note("spoken anything", true),
                        Some(protocol) => self.variant("spoken", protocol),
                    }
                }
                Event::WorkloadInternal(_) => self.note("internal event", true),
            }
        }
        self.image(packaging);
    }

    fn authorizer(&mut self, authorizer: &Authorizer) {
        self.variant("guarded by", authorizer);
        match authorizer {
            Authorizer::Jwt(jwt) => {
                let JwtAuthorizerParts { issuer, audiences, scopes, identity_source } = jwt.parts();
                self.text("issuer", issuer);
                self.note("second audience", audiences.len() > 1);
                self.note("scopes", !scopes.is_empty());
                self.note("token elsewhere", identity_source.is_some());
            }
            Authorizer::Lambda(lambda) => {
                let LambdaAuthorizerParts { function_arn, iam_response, identity_sources, cache_result_seconds } = lambda.parts();
                self.text("function", function_arn);
                self.note("answers with a policy", *iam_response);
                self.note("identity", identity_sources.len() > 1);
                self.note("cached", cache_result_seconds.is_some_and(|seconds| seconds > 0));
            }
        }
    }

    fn forwarding(&mut self, forwarding: &LogForwarding) {
        self.variant("forwarded to", forwarding);
        match forwarding {
            LogForwarding::HttpEndpoint(endpoint) => {
                let HttpEndpointForwardingParts { endpoint_url, access_key, gzip_encoding_enabled, parameters, retry_duration } =
                    endpoint.parts();
                self.text("endpoint", endpoint_url);
                self.note("access key", access_key.is_some());
                self.note("compressed", *gzip_encoding_enabled);
                self.note("sent along", parameters.len() > 1);
                self.note("tried again", retry_duration.is_some());
            }
            LogForwarding::Highlight(highlight) => {
                let HighlightForwardingParts { project_id: _, endpoint_url } = highlight.parts();
                self.note("endpoint of Highlight", endpoint_url.is_some());
            }
            LogForwarding::Datadog(datadog) => {
                let DatadogForwardingParts { api_key, endpoint_url } = datadog.parts();
                self.note("endpoint of Datadog", endpoint_url.is_some());
                self.note("key read by Firehose", api_key.is_arn() && api_key.json_key() == Some("api_key"));
            }
        }
    }

    fn secret(&mut self, secret: &Secret) {
        self.note("secret by ARN", secret.is_arn());
        self.note("secret by name", !secret.is_arn());
        self.note("key of a secret", secret.json_key().is_some());
    }

    fn image(&mut self, image: &Image) {
        match image {
            Image::Prebuilt(image) => {
                let PrebuiltImageParts { image, command, entry_point, repository_credentials_secret_arn } = image.parts();
                self.text("image", image);
                self.note("command", !command.is_empty());
                self.note("entry point", !entry_point.is_empty());
                if let Some(arn) = repository_credentials_secret_arn {
                    self.text("credentials", arn);
                }
            }
            Image::CustomDockerfile(image) => {
                let CustomDockerfileParts { build_context_path: _, dockerfile_path, build_args, command, entry_point } = image.parts();
                self.note("dockerfile", dockerfile_path.is_some());
                self.note("build args", build_args.len() > 1);
                self.note("command of a built image", !command.is_empty());
                self.note("entry point of a built image", !entry_point.is_empty());
            }
            Image::Buildpack(image) => self.buildpack(image),
            Image::ExternalBuildpack(image) => {
                let ExternalBuildpackParts { source_directory_path: _, builder, buildpacks, command } = image.parts();
                self.note("a builder", builder.is_some());
                self.note("buildpacks", buildpacks.len() > 1);
                self.note("command of a buildpack", !command.is_empty());
            }
        }
    }

    fn buildpack(&mut self, image: &ImageBuildpack) {
        let ImageBuildpackParts {
            entryfile_path: _,
            include_files,
            exclude_files,
            exclude_dependencies,
            language,
            requires_glibc_binaries,
            custom_docker_build_commands,
            run_as_root,
        } = image.parts();
        if let Some(language) = image.source_language() {
            self.variant("sources in", &language);
        }
        self.note("included files", !include_files.is_empty());
        self.note("excluded files", !exclude_files.is_empty());
        self.note("excluded packages", !exclude_dependencies.is_empty());
        self.note("glibc", *requires_glibc_binaries);
        self.note("commands of a build", !custom_docker_build_commands.is_empty());
        self.note("root", *run_as_root);
        match language {
            None => self.note("default options", true),
            Some(LanguageConfig::Node(config)) => {
                let NodeConfigParts {
                    ts_config_path: _, // needs a file
                    emit_ts_decorator_metadata,
                    dependencies_to_exclude_from_bundle,
                    dependencies_to_exclude_from_deployment_package,
                    output_module_format,
                    node_version,
                    disable_source_maps,
                    output_source_maps_to,
                } = config.parts();
                let settings = [
                    *emit_ts_decorator_metadata,
                    !dependencies_to_exclude_from_bundle.is_empty(),
                    !dependencies_to_exclude_from_deployment_package.is_empty(),
                    output_module_format.is_some(),
                    node_version.is_some(),
                    *disable_source_maps,
                    output_source_maps_to.is_some(),
                ];
                for (index, setting) in settings.into_iter().enumerate() {
                    self.note(&format!("node setting {index}"), setting);
                }
            }
            Some(LanguageConfig::Python(config)) => {
                let parts = config.parts();
                self.note("python setting 0", parts.package_manager.is_some());
                self.note("python setting 1", parts.python_version.is_some());
                self.note("python setting 2", *parts.minify);
                if let Some(server) = parts.run_app_as {
                    self.variant("served by", server);
                }
            }
            Some(LanguageConfig::Java(config)) => self.note("java version", config.parts().java_version.is_some()),
            Some(LanguageConfig::Ruby(config)) => self.note("ruby version", config.ruby_version.is_some()),
            Some(LanguageConfig::Php(config)) => self.note("php version", config.php_version.is_some()),
            Some(LanguageConfig::DotNet(config)) => self.note("net version", config.parts().dotnet_version.is_some()),
        }
    }
}

/// One line a group: what it begins with, then what follows.
const EXPECTED: &[(&str, &str)] = &[
    ("zones ", "Two Three"),
    ("raw ", "Type Properties DeletionPolicy UpdateReplacePolicy Metadata DependsOn"),
    ("output ", "Literal Param Raw Fact Joined Intrinsic"),
    ("variable text ", "Literal Param Raw Fact Joined Intrinsic"),
    ("statement ", "Literal Raw Joined"),
    ("image ", "Literal Joined"),
    ("credentials ", "Literal Joined"),
    ("removal ", "Delete Retain"),
    ("throughput ", "Elastic Provisioned Bursting"),
    ("files' removal ", "Delete Retain"),
    ("mounts ", "a_directory a_root twice"),
    ("s3 method ", "Get Put Head Post Delete Any"),
    ("action ", "Expiration NonCurrentVersionExpiration ClassTransition NonCurrentVersionClassTransition AbortIncompleteMultipartUpload"),
    ("class ", "DeepArchive Glacier IntelligentTiering OneZoneIa StandardIa"),
    ("payload ", "V1 V2"),
    ("access log ", "Json Clf Csv Xml"),
    ("api method ", "Any Get Post Put Patch Delete Head Options"),
    ("routed ", "Any Get Post Put Patch Delete Head Options"),
    ("spoken ", "anything Http Http2 Grpc"),
    ("on ", "Fargate Ec2"),
    ("built for ", "X86_64 Arm64"),
    ("instances ", "of_several_types cpu memory whole in_reserve with_drivers"),
    ("cpu ", "Quarter Half One Two Four Eight Sixteen ThirtyTwo"),
    ("architecture ", "X86_64 Arm64"),
    ("connected to ", "Ses Bucket SqsQueue SnsTopic EventBus KinesisStream DynamoDbTable StateMachine PrivateService WebService"),
    ("private by ", "ServiceConnect ApplicationLoadBalancer"),
    ("web by ", "HttpApiGateway"),
    ("side container ", "RunOnInit AlwaysRunning"),
    ("side waits for ", "the_main_one another"),
    ("effect ", "Allow Deny"),
    ("container logs ", "Disabled Retained"),
    ("guarded by ", "Jwt Lambda"),
    ("issuer ", "Literal Joined"),
    ("function ", "Literal Joined"),
    ("forwarded to ", "HttpEndpoint Highlight Datadog"),
    ("endpoint ", "Literal Joined of_Highlight of_Datadog"),
    ("waits for ", "Start Healthy Complete Success"),
    ("variable ", "Text Integer Float Bool Secret"),
    ("check by ", "CMD CMD-SHELL"),
    ("check setting ", "0 1 2 3"),
    (
        "param ",
        "Bucket(Name) Bucket(Arn) EfsFilesystem(Arn) EfsFilesystem(Id) HttpApiGateway(Domain) HttpApiGateway(Url) ApplicationLoadBalancer(Domain) ApplicationLoadBalancer(CanonicalDomain) \
     ApplicationLoadBalancer(Url) of_a_private_service ApplicationLoadBalancer(CustomDomains) NetworkLoadBalancer(Domain) NetworkLoadBalancer(CanonicalDomain) \
     NetworkLoadBalancer(CustomDomains) HttpApiGateway(CanonicalDomain) HttpApiGateway(CustomDomains) HttpApiGateway(CustomDomainUrl) \
     HttpApiGateway(CustomDomainUrls) ListenerPort(80) ListenerPort(443) SqsQueue(Arn) SqsQueue(Name) SqsQueue(Url) SnsTopic(Arn) SnsTopic(Name) EventBus(Arn) EventBus(ArchiveArn) \
     KinesisStream(Arn) KinesisStream(Name) KinesisStream(ConsumerArn) DynamoDbTable(Name) DynamoDbTable(Arn) DynamoDbTable(StreamArn) StateMachine(Arn) StateMachine(Name)",
    ),
    ("api ", "origins headers exposed credentials age"),
    (
        "overrides of ",
        "the_stack a_bucket a_queue a_topic a_bus a_stream a_table a_machine a_file_system a_gateway a_balancer a_network_balancer a_workload a_private_service a_web_service a_worker",
    ),
    ("bucket is ", "Private PublicRead PublicReadWrite"),
    ("bucket statement ", "named conditional narrow"),
    ("bucket effect ", "Allow Deny"),
    ("bucket principal ", "Text Map"),
    ("queue number ", "0 1 2 3 4"),
    ("queue ", "fifo high deduplication condition"),
    ("queue removal ", "Delete Retain"),
    ("queue effect ", "Allow Deny"),
    ("redrive to ", "Queue Arn"),
    ("events of ", "Named Arn Default"),
    ("event sends ", "Whole Fixed Path Transformer"),
    ("event fails to ", "Named Arn"),
    ("event ", "group"),
    ("principal ", "Text Map"),
    ("topic ", "display fifo deduplication"),
    ("bus ", "partner archived archived_for_ever"),
    ("stream ", "shards retention fan_out key_of_AWS"),
    ("stream mode ", "OnDemand Provisioned"),
    ("stream removal ", "Delete Retain"),
    ("stream key ", "Literal Joined"),
    ("machine ", "Standard Express connected granted distributed in_JSONata"),
    ("task ", "sendMessage publish putItem putEvents startExecution describeRegions"),
    ("table ", "sorted recovery fixed scaled"),
    ("table key ", "String Number Binary"),
    ("table removal ", "Delete Retain"),
    ("table stream ", "KeysOnly NewImage OldImage NewAndOldImages"),
    ("table index ", "sorted projections of_keys"),
    ("gateways in ", "One Two Three"),
    ("reused ", "Literal Intrinsic"),
    ("addresses ", "Literal Intrinsic"),
    ("subnet ", "Literal Intrinsic"),
    ("interface ", "Internet Internal"),
    ("listens by ", "Http Https"),
    ("passes on ", "Tcp Tls from_the_internet from_inside to_another_port to_the_same_port"),
    ("balanced domain ", "twice wildcard given issued recorded unrecorded"),
    ("passed domain ", "twice wildcard given issued recorded unrecorded"),
    ("gateway's domain ", "twice wildcard given issued recorded unrecorded"),
    ("zone ", "Literal Raw"),
    ("checked by ", "Http Tcp"),
    ("certificate ", "Literal Joined Raw"),
    ("redirect ", "Permanent Temporary host path query"),
    ("to protocol ", "Http Https Same"),
    ("to port ", "Number Same"),
    ("balancer check setting ", "0 1 2 3 4"),
    ("sources in ", "Node Python Java Go Ruby Php DotNet"),
    ("node setting ", "0 1 2 3 4 5 6"),
    ("python setting ", "0 1 2"),
    ("served by ", "Wsgi Asgi"),
    ("rule ", "of_a_listener of_the_default_listener paths methods hosts headers params ranges"),
    (
        "",
        "default_listener default_listeners_of_a_domain TLS_of_a_domain second_certificate whitelist second_certificate_of_TLS whitelist_of_a_network_balancer tags output_description export versioning encryption notifications a_removal_by_override cors_without_rules cors_origins cors_headers \
         cors_exposed cors_age prefix object_tags no_access_logs scaled fixed pause_before_less pause_before_more sid condition the_longest_container_name \
         not_essential stop_timeout default_route event's_payload internal_event secret_by_ARN secret_by_name key_of_a_secret command \
         entry_point dockerfile build_args command_of_a_built_image entry_point_of_a_built_image \
         remote_sessions in_private_subnets backups part_of_a_MiB exported private_subnets_for_others the_VPC_of_a_stack no_public_subnets route_tables own_alias the_longest_alias forwarded_access_log access_key compressed sent_along tried_again \
         key_read_by_Firehose second_audience scopes token_elsewhere answers_with_a_policy identity cached gpu \
         included_files excluded_files excluded_packages glibc commands_of_a_build root \
         default_options a_builder buildpacks command_of_a_buildpack java_version ruby_version php_version net_version \
         variables_of_a_service logging_of_a_service health_of_a_service stop_of_a_service sessions_of_a_service statements_of_a_service own_port \
         protocol_of_a_service balancer's_check_of_a_service cors_of_a_service several_side_containers mounts_of_a_service service_in_private_subnets",
    ),
];

#[test]
fn every_part_of_the_model_is_reached() {
    let mut runner = TestRunner::deterministic();
    let mut met = Met::default();
    for _ in 0..500 {
        met.stack(&validated(stacks().new_tree(&mut runner).expect("a stack").current()));
    }
    let all = EXPECTED.iter().flat_map(|(begin, rest)| rest.split(' ').map(move |end| format!("{begin}{}", end.replace('_', " "))));
    // `X86_64` is a name, and no words.
    let missing: Vec<_> = all.filter(|what| !met.0.contains(what) && !met.0.contains(&what.replace("X86 64", "X86_64"))).collect();
    assert!(missing.is_empty(), "never met: {missing:?}, of {:#?}", met.0);
}

#[test]
fn a_failure_shrinks_to_the_smallest_stack() {
    let outcome = TestRunner::new(cases(256)).run(&StackStrategy::new(), |stack| {
        prop_assert!(validated(stack).all::<Bucket>().all(|bucket| !*bucket.parts().versioning));
        Ok(())
    });
    let Err(TestError::Fail(_, smallest)) = outcome else { panic!("a bucket with versions is among the stacks") };
    let smallest = validated(smallest);
    let versioned = Bucket::builder("bucketA").versioning(true).build();
    assert_eq!(smallest.name(), "shop-dev");
    assert_eq!(smallest.resources(), [Resource::from(versioned)]);
    assert!(smallest.raw_resources().is_empty() && *smallest.config() == StackConfig::default());
}
