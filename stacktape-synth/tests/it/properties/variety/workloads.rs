//! What is met of workloads, containers and the gateways in front of them.

use stacktape_model::compute::{Compute, Ec2, Fargate};
use stacktape_model::container::{
    ApplicationLoadBalancerEvent, Authorizer, CognitoAuthorizerParts, Container, ContainerLogs, ContainerParts, EfsMount, EnvValue, Event,
    HttpApiEvent, InternalHealthCheckParts, JwtAuthorizerParts, LambdaAuthorizerParts, RetainedLogs, ServiceConnectEvent, VolumeMount,
};
use stacktape_model::http_api_gateway::{AccessLogs, HttpApiCorsParts, HttpApiGateway, HttpApiGatewayParts, RetainedAccessLogs, Route};
use stacktape_model::iam::Statement;
use stacktape_model::log_forwarding::{DatadogForwardingParts, HighlightForwardingParts, HttpEndpointForwardingParts, LogForwarding};
use stacktape_model::multi_container_workload::{MultiContainerWorkload, MultiContainerWorkloadParts};

use super::Met;

// No `..` below: a new field of the model must not compile until the strategies reach it.

impl Met {
    pub(super) fn gateway(&mut self, gateway: &HttpApiGateway) {
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

    pub(super) fn workload(&mut self, workload: &MultiContainerWorkload) {
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
                Event::ApplicationLoadBalancer(ApplicationLoadBalancerEvent { rule, container_port: _ }) => self.rule(rule),
                Event::NetworkLoadBalancer(event) => self.passed(event),
                Event::HttpApi(HttpApiEvent { route, container_port: _ }) => self.route(route),
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
            Authorizer::Cognito(cognito) => {
                let CognitoAuthorizerParts { pool: _, scopes, identity_sources } = cognito.parts();
                self.note("scopes of a pool", !scopes.is_empty());
                self.note("token of a pool elsewhere", !identity_sources.is_empty());
            }
            Authorizer::Lambda(lambda) => {
                let LambdaAuthorizerParts { function, iam_response, identity_sources, cache_result_seconds } = lambda.parts();
                self.text("function", function.as_text());
                self.note("answers with a policy", *iam_response);
                self.note("identity", identity_sources.len() > 1);
                self.note("cached", cache_result_seconds.is_some_and(|seconds| seconds > 0));
            }
        }
    }

    pub(super) fn route(&mut self, route: &Route) {
        let Route { gateway: _, method, path, payload_format, authorizer } = route;
        if let Some(authorizer) = authorizer {
            self.authorizer(authorizer);
        }
        self.variant("routed", method);
        self.note("default route", path == "*");
        self.note("event's payload", payload_format.is_some());
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
}
