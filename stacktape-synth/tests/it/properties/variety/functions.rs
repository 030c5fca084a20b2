//! What is met of functions.

use stacktape_model::container::{ContainerLogs, EfsMount, EnvironmentVariable, RetainedLogs, VolumeMount};
use stacktape_model::event_bus::EventBusEvent;
use stacktape_model::function::{
    CloudwatchAlarmEvent, CloudwatchLogEvent, CustomArtifactParts, CustomKafkaConfiguration, Destinations, DynamoDbStreamEvent,
    FailureDestination, Function, FunctionEvent, FunctionParts, FunctionUrl, FunctionUrlCorsParts, FunctionUrlParts, IotEvent,
    KafkaTopicEvent, KinesisStreamEvent, LambdaBuildpackParts, Package, S3Event, S3FilterRule, ScheduleEvent, SnsEvent, SqsEvent,
    StreamReading,
};
use stacktape_model::reference::Connection;
use stacktape_model::resource::ResourceKind;
use stacktape_model::text::Text;

use super::Met;

// No `..` below: a new field of the model must not compile until the strategies reach it.

impl Met {
    pub(super) fn function(&mut self, function: &Function) {
        let FunctionParts {
            name: _,
            packaging,
            runtime,
            architecture,
            memory,
            timeout,
            storage,
            environment,
            events,
            url,
            join_default_vpc,
            volume_mounts,
            destinations,
            layers,
            reserved_concurrency,
            logging,
            tags,
            connect_to,
            iam_role_statements,
            overrides,
        } = function.parts();
        match packaging {
            Package::Inline(_) => {}
            Package::Buildpack(buildpack) => {
                let LambdaBuildpackParts {
                    entryfile_path: _,
                    handler_function,
                    include_files,
                    exclude_files,
                    exclude_dependencies,
                    language,
                } = buildpack.parts();
                if let Some(language) = buildpack.source_language() {
                    self.variant("function in", &language);
                }
                self.note("function called by name", handler_function.is_some());
                self.note("function with files", !include_files.is_empty() && !exclude_files.is_empty());
                self.note("function without packages", !exclude_dependencies.is_empty());
                self.note("function by options", language.is_some());
            }
            Package::Artifact(artifact) => {
                let CustomArtifactParts { package_path: _, handler: _, include_files: _, exclude_files } = artifact.parts();
                self.note("function without files", !exclude_files.is_empty());
            }
        }
        if let Some(runtime) = runtime {
            self.variant("function by", runtime);
        }
        self.variant("function on", architecture);
        self.note("function memory", memory.is_some());
        self.note("function timeout", timeout.is_some());
        self.note("function storage", storage.is_some());
        for EnvironmentVariable { name: _, value, origin: _ } in environment {
            self.variant("function variable", value);
        }
        for event in events {
            self.function_event(event);
        }
        if let Some(url) = url {
            self.function_url(url);
        }
        self.note("function in the network", *join_default_vpc);
        for VolumeMount::Efs(EfsMount { filesystem: _, root_directory, mount_path: _ }) in volume_mounts {
            self.note("function mounts a directory", root_directory.is_some());
        }
        if let Some(Destinations { on_success, on_failure }) = destinations {
            self.note("function success", on_success.is_some());
            if let Some(arn) = on_failure {
                self.variant("function failure", arn);
                self.note("function fails to a bucket", matches!(arn, Text::Param(param) if param.resource.kind == ResourceKind::Bucket));
            }
        }
        self.note("function layers", !layers.is_empty());
        self.note("function reserve", reserved_concurrency.is_some());
        match logging {
            ContainerLogs::Disabled => self.note("function silent", true),
            ContainerLogs::Retained(RetainedLogs { retention_days, log_forwarding }) => {
                self.note("function retention", *retention_days != 90);
                self.note("function forwarding", log_forwarding.is_some());
            }
        }
        self.note("function tags", !tags.is_empty());
        for connection in connect_to {
            match connection {
                Connection::AwsService(_) => self.note("function mails", true),
                Connection::Resource(target) => self.variant("function to", &target.kind),
            }
        }
        self.note("function statements", !iam_role_statements.is_empty());
        self.note("function overrides", !overrides.is_empty());
    }

    fn function_event(&mut self, event: &FunctionEvent) {
        self.variant("function event", event);
        match event {
            FunctionEvent::ApplicationLoadBalancer(event) => self.rule_to_function(event),
            FunctionEvent::HttpApi(event) => self.route_to_function(event),
            FunctionEvent::CloudwatchAlarm(CloudwatchAlarmEvent { alarm_name, origin: _ }) => {
                self.variant("function alarm", alarm_name);
            }
            FunctionEvent::CloudwatchLog(CloudwatchLogEvent { log_group_arn, filter, origin: _ }) => {
                self.variant("function log", log_group_arn);
                self.note("function filtered", !filter.is_empty());
            }
            FunctionEvent::DynamoDbStream(DynamoDbStreamEvent { stream_arn, reading, origin: _ }) => {
                self.variant("function stream of table", stream_arn);
                self.stream_reading(reading);
            }
            FunctionEvent::EventBus(event) => {
                let EventBusEvent { bus, event_pattern: _, input: _, on_delivery_failure, message_group_id: _, origin: _ } = event;
                self.variant("function bus", bus);
                if let Some(failed) = on_delivery_failure {
                    self.queue_ref("function undelivered", failed);
                }
            }
            FunctionEvent::Iot(IotEvent { sql: _, sql_version, origin: _ }) => self.variant("function sql", sql_version),
            FunctionEvent::KafkaTopic(event) => {
                let KafkaTopicEvent {
                    custom_kafka_configuration: CustomKafkaConfiguration { bootstrap_servers, topic_name: _, authentication },
                    batch_size,
                    max_batch_window_seconds,
                    filter_patterns,
                    starting_position,
                    consumer_group_id,
                    on_failure,
                    origin: _,
                } = event;
                self.note("function brokers", bootstrap_servers.len() > 1);
                self.variant("function lets itself in by", authentication);
                for (key, arn) in authentication.secrets() {
                    self.variant(&format!("function {key}"), arn);
                }
                self.note("function topic batch", batch_size.is_some());
                self.note("function topic window", max_batch_window_seconds.is_some());
                self.note("function topic filter", !filter_patterns.is_empty());
                self.variant("function topic from", starting_position);
                self.note("function topic group", consumer_group_id.is_some());
                self.note("function topic failure", on_failure.is_some());
            }
            FunctionEvent::KinesisStream(KinesisStreamEvent { stream, consumer, reading, origin: _ }) => {
                self.variant("function stream", stream);
                self.variant("function consumer", consumer);
                self.stream_reading(reading);
            }
            FunctionEvent::S3(S3Event { bucket_arn, event_type, filter_rule, origin: _ }) => {
                self.variant("function bucket", bucket_arn);
                self.note("function of deletions", event_type.sent().is_some_and(|sent| sent.deletion_type.is_some()));
                let S3FilterRule { prefix, suffix } = filter_rule;
                self.note("function of some keys", !prefix.is_empty() && !suffix.is_empty());
            }
            FunctionEvent::Sns(SnsEvent { topic, filter_policy, on_delivery_failure, origin: _ }) => {
                self.variant("function topic", topic);
                self.note("function of some messages", filter_policy.is_some());
                if let Some(failed) = on_delivery_failure {
                    self.queue_ref("function undelivered by topic", failed);
                }
            }
            FunctionEvent::Sqs(event) => {
                let SqsEvent { queue, batch_size, max_batch_window_seconds, filter_patterns, report_batch_item_failures, origin: _ } =
                    event;
                self.queue_ref("function queue", queue);
                self.note("function message batch", batch_size.is_some());
                self.note("function message window", max_batch_window_seconds.is_some());
                self.note("function message filter", !filter_patterns.is_empty());
                self.note("function failed messages", *report_batch_item_failures);
            }
            FunctionEvent::Schedule(ScheduleEvent { schedule_rate, input, origin: _ }) => {
                self.note("function cron", schedule_rate.starts_with("cron"));
                self.variant("function input", input);
            }
        }
    }

    fn stream_reading(&mut self, reading: &StreamReading) {
        let StreamReading {
            batch_size,
            max_batch_window_seconds,
            filter_patterns,
            starting_position,
            maximum_retry_attempts,
            parallelization_factor,
            bisect_batch_on_function_error,
            report_batch_item_failures,
            on_failure,
        } = reading;
        self.note("function record batch", batch_size.is_some());
        self.note("function record window", max_batch_window_seconds.is_some());
        self.note("function record filter", !filter_patterns.is_empty());
        self.variant("function from", starting_position);
        self.note("function record retries", maximum_retry_attempts.is_some());
        self.note("function parallel batches", parallelization_factor.is_some());
        self.note("function bisects", *bisect_batch_on_function_error);
        self.note("function failed record", *report_batch_item_failures);
        if let Some(FailureDestination { arn, kind }) = on_failure {
            self.variant("function records to", kind);
            self.variant("function records by", arn);
        }
    }

    fn function_url(&mut self, url: &FunctionUrl) {
        let FunctionUrlParts { auth_mode, response_stream_enabled, cors } = url.parts();
        self.variant("function url", auth_mode);
        self.note("function stream", *response_stream_enabled);
        if let Some(cors) = cors {
            let FunctionUrlCorsParts {
                allowed_origins,
                allowed_headers,
                allowed_methods,
                allow_credentials,
                exposed_response_headers,
                max_age,
            } = cors.parts();
            self.note("function cors origins", !allowed_origins.is_empty());
            self.note("function cors headers", !allowed_headers.is_empty() && !exposed_response_headers.is_empty());
            self.note("function cors methods", !allowed_methods.is_empty());
            self.note("function cors credentials", *allow_credentials == Some(true));
            self.note("function cors age", max_age.is_some());
        }
    }
}
