//! The fields and setters that every kind of service has.

/// Writes a kind of service: the fields that all of them have, and those of its own.
macro_rules! service {
    (
        $(#[$doc:meta])*
        $kind:ident, $builder:ident, $parts:ident {
            $($(#[$of_field:meta])* $field:ident: [$($field_type:tt)*],)*
        }
    ) => {
        $(#[$doc])*
        #[stacktape_macros::model(resource)]
        #[allow(missing_debug_implementations)] // of the builder, as that of every model type
        #[must_use = "a resource does nothing until it is added to a `Stack`"]
        pub struct $kind {
            /// `name`: letters and digits, unique in the stack. Renaming replaces the service and whatever leads to it.
            #[argument]
            pub(crate) name: String,
            /// `resources`: on what the containers run. YAML: `resources`.
            #[argument]
            pub(crate) resources: crate::compute::Compute,
            /// `packaging`: where the image comes from. YAML: `packaging`.
            #[argument]
            pub(crate) packaging: crate::container::Image,
            /// What the container finds in its environment, beside what the service sets itself. YAML: `environment`.
            #[own]
            pub(crate) environment: Vec<crate::container::EnvironmentVariable>,
            /// Where the output of the container goes, and the access logs of an HTTP API in front of it. YAML: `logging`, default:
            /// CloudWatch Logs, for 90 days and for 30 days. Forwarded is what the container prints, and no access log.
            pub(crate) logging: Option<crate::container::ContainerLogs>,
            /// How many instances run. YAML: `scaling`, default: one. Changed in place.
            pub(crate) scaling: crate::scaling::Scaling,
            /// A command inside the container that says whether it is well. YAML: `internalHealthCheck`, default: none.
            pub(crate) internal_health_check: Option<crate::container::InternalHealthCheck>,
            /// For how many seconds the container may clean up after `SIGTERM`: 2 to 120. YAML: `stopTimeout`, default 2.
            pub(crate) stop_timeout: Option<u16>,
            /// Lets people who may call `ecs:ExecuteCommand` open a shell in the containers, as far as their images have one. YAML:
            /// `enableRemoteSessions`, default `false`.
            pub(crate) enable_remote_sessions: bool,
            /// Runs the containers in private subnets, from which they reach the internet through NAT gateways, for which AWS charges by
            /// the hour. YAML: `usePrivateSubnetsWithNAT`, default `false`. Changed in place.
            #[key("usePrivateSubnetsWithNAT")]
            pub(crate) use_private_subnets_with_nat: bool,
            /// Directories of file systems that the container sees. YAML: `volumeMounts`.
            #[each(mount)]
            pub(crate) volume_mounts: Vec<crate::container::VolumeMount>,
            /// Containers beside the one that serves. YAML: `sideContainers`.
            #[each(side_container)]
            pub(crate) side_containers: Vec<crate::service::SideContainer>,
            /// What the containers may reach: permissions, network and `STP_*` variables come by themselves. YAML: `connectTo`.
            #[own]
            pub(crate) connect_to: Vec<crate::reference::Connection>,
            /// Statements for the role of the containers, beside those of `connectTo`. YAML: `iamRoleStatements`.
            #[each(iam_role_statement)]
            pub(crate) iam_role_statements: Vec<crate::iam::Statement>,
            $($(#[$of_field])* pub(crate) $field: $($field_type)*,)*
            /// Sets a property over what is rendered. YAML: `overrides`.
            #[each(override_with)]
            pub(crate) overrides: Vec<crate::overrides::Override>,
            pub(crate) origin: crate::origin::Origin,
        }

        impl $builder {
            /// Sets a variable of the environment: a text, a number, a boolean, a parameter of another resource or a
            /// [`Secret`](crate::text::Secret). YAML: `environment`.
            #[track_caller]
            pub fn env(mut self, name: impl Into<String>, value: impl Into<crate::container::EnvValue>) -> Self {
                let variable = crate::container::EnvironmentVariable::new(name, value);
                self.environment.push(variable);
                self
            }

            /// Sets variables of the environment. YAML: `environment`.
            #[track_caller]
            pub fn environment<K: Into<String>, V: Into<crate::container::EnvValue>>(
                self,
                variables: impl IntoIterator<Item = (K, V)>,
            ) -> Self {
                let mut this = self;
                for (name, value) in variables {
                    this = this.env(name, value);
                }
                this
            }

            /// Lets the containers reach `target`: permissions, network and `STP_*` variables. YAML: an entry of `connectTo`.
            #[track_caller]
            pub fn connect_to(mut self, target: impl crate::reference::ConnectTarget) -> Self {
                self.connect_to.push(target.connection());
                self
            }
        }

        impl $kind {
            /// The service's name in the stack.
            pub fn name(&self) -> &str {
                &self.name
            }

            fn service(&self) -> crate::service::Service<'_> {
                // No `..`: a new field that all services have must not compile until the workload gets it.
                let $parts {
                    name, resources, packaging, environment, logging, scaling, internal_health_check, stop_timeout,
                    enable_remote_sessions, use_private_subnets_with_nat, volume_mounts, side_containers, connect_to, iam_role_statements,
                    $($field: _,)*
                    overrides: _, // reach whatever the service becomes, when the template is merged
                } = self.parts();
                crate::service::Service {
                    name, resources, packaging, environment, logging, scaling, internal_health_check, stop_timeout,
                    enable_remote_sessions, use_private_subnets_with_nat, volume_mounts, side_containers, connect_to, iam_role_statements,
                    origin: self.origin,
                }
            }
        }
    };
}

pub(crate) use service;
