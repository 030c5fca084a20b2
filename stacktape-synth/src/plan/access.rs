//! What a program may reach (`connectTo`), what it is told, and which secrets ECS reads for it.

use stacktape_model::container::{EnvValue, EnvironmentVariable, Image};
use stacktape_model::name::environment_variable;
use stacktape_model::reference::{AwsService, Connection};
use stacktape_model::resource::Resource;
use stacktape_model::stack::ValidStack;
use stacktape_model::table::Table;
use stacktape_model::text::{ParamRef, Secret, Text};

use crate::cfn::{Pseudo, Value, sub, sub_literal};
use crate::logical_id;
use crate::lower::{self, text};
use crate::policy::{Grant, merge};

/// What a program may reach, what it is told, and which secrets ECS reads for it.
#[derive(Default)]
pub(crate) struct Access {
    /// For the role of the program.
    pub(crate) grants: Vec<Grant>,
    /// For its environment, which is that of every container of a workload, behind the user's own variables.
    pub(crate) environment: Vec<(String, Told<'static>)>,
    /// For the role of ECS itself.
    execution: Vec<Grant>,
}

impl Access {
    /// Whether ECS itself reads something for the program.
    pub(crate) fn needs_execution_role(&self) -> bool {
        !self.execution.is_empty()
    }

    /// What ECS reads of what the program is told.
    fn made_secrets(&self) -> Vec<Grant> {
        let secrets = self.environment.iter().filter_map(|(_, told)| match told {
            Told::Made { kept, value: _ } => Some(read(kept.clone())),
            Told::Open(_) | Told::Secret(_) => None,
        });
        secrets.collect()
    }
}

/// The value of a variable.
#[derive(Clone)]
pub(crate) enum Told<'a> {
    /// What everybody may see.
    Open(Value<String>),
    /// A secret that is there.
    Secret(&'a Secret),
    /// A secret that the stack makes.
    Made {
        /// The ARN of where it is kept, for who can read it from there.
        kept: Value<String>,
        /// Itself, for who cannot.
        value: Value<String>,
    },
}

impl Told<'_> {
    /// What a text tells.
    pub(crate) fn of(text: &Text, lower: impl FnOnce(&Text) -> Value<String>) -> Self {
        match kept(text) {
            Some(kept) => Self::Made { kept, value: lower(text) },
            None => Self::Open(lower(text)),
        }
    }
}

/// The ARN of where a secret is kept that the stack makes, if the text is one.
fn kept(text: &Text) -> Option<Value<String>> {
    match text {
        Text::Param(ParamRef { resource, param }) if param.is_secret() => Some(logical_id::client_secret(&resource.name).reference()),
        _ => None,
    }
}

/// A secret as a container definition names it.
pub(crate) struct SecretValue;

/// The access of everything that runs a program.
pub(super) fn plan(stack: &ValidStack) -> Table<&str, Access> {
    let consumers = stack.expanded().filter_map(|resource| Some((resource, resource.consumer()?)));
    consumers.map(|(resource, consumer)| (consumer.name, of_consumer(resource, consumer.connections, stack))).collect()
}

fn of_consumer(resource: &Resource, connections: &[Connection], stack: &ValidStack) -> Access {
    let mut access = Access::default();
    let mut grants = Vec::new();
    let mut seen: Vec<&Connection> = Vec::new();
    // Services first, then resources in the order in which they were connected, each once.
    let (services, resources): (Vec<_>, Vec<_>) =
        connections.iter().partition(|connection| matches!(connection, Connection::AwsService(_)));
    for connection in services.into_iter().chain(resources) {
        if seen.contains(&connection) {
            continue;
        }
        seen.push(connection);
        match connection {
            Connection::AwsService(service) => grants.push(service_grant(*service)),
            Connection::Resource(reference) => {
                let Some(target) = stack.resource(&reference.name) else { continue };
                grants.extend(lower::grants(target, stack));
                let told = target.told().into_iter();
                let told = told.map(|(word, value)| {
                    let value = Told::of(&value, |value| text::told(value, stack));
                    (environment_variable(target.name(), &word), value)
                });
                access.environment.extend(told);
            }
        }
    }
    access.grants = merge(grants);
    if let Resource::MultiContainerWorkload(workload) = resource {
        if workload.parts().resources.ec2().is_some() {
            access.environment.extend(REGION.map(|name| (name.to_owned(), Told::Open(Pseudo::Region.into()))));
        }
        let containers = workload.containers().iter().map(|container| container.parts());
        access.execution = containers.flat_map(|parts| container_secrets(parts.packaging, parts.environment, stack)).collect();
        access.execution.extend(access.made_secrets());
    }
    if let Resource::BatchJob(job) = resource {
        access.environment.extend(REGION.map(|name| (name.to_owned(), Told::Open(Pseudo::Region.into()))));
        let parts = job.container().parts();
        access.execution = container_secrets(parts.packaging, parts.environment, stack);
        access.execution.extend(access.made_secrets());
    }
    access
}

/// On Fargate ECS says in which region a task runs; on EC2 nobody does.
const REGION: [&str; 2] = ["AWS_DEFAULT_REGION", "AWS_REGION"];

/// The seed grants SES in full.
fn service_grant(service: AwsService) -> Grant {
    match service {
        AwsService::Ses => Grant::new(["ses:*"], ["*".into()]),
    }
}

/// What the role of ECS may read, over all programs.
pub(super) fn execution_grants<'a>(accesses: impl Iterator<Item = &'a Access>) -> Vec<Grant> {
    merge(accesses.flat_map(|access| access.execution.iter().cloned()))
}

fn read(secret: Value<String>) -> Grant {
    Grant::new(["secretsmanager:GetSecretValue"], [secret])
}

fn container_secrets(packaging: &Image, environment: &[EnvironmentVariable], stack: &ValidStack) -> Vec<Grant> {
    let secrets = environment.iter().filter_map(|variable| match &variable.value {
        EnvValue::Secret(secret) => Some(read(SecretValue::readable(secret))),
        EnvValue::Text(text) => kept(text).map(read),
        EnvValue::Integer(_) | EnvValue::Float(_) | EnvValue::Bool(_) => None,
    });
    let credentials = match packaging {
        Image::Prebuilt(image) => image.parts().repository_credentials_secret_arn.as_ref(),
        Image::CustomDockerfile(_) | Image::Buildpack(_) | Image::ExternalBuildpack(_) | Image::Nixpacks(_) => None,
    };
    secrets.chain(credentials.map(|arn| read(text::lower(arn, stack)))).collect()
}

impl SecretValue {
    /// `ValueFrom` of a container definition: the secret's ARN, with the key behind it where there is one. A name alone makes an
    /// ARN without the random suffix, which ECS resolves.
    /// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html>
    pub(crate) fn value_from(secret: &Secret) -> Value<String> {
        let key = secret.json_key().map(|key| format!(":{key}::")).unwrap_or_default();
        if secret.is_arn() { format!("{}{key}", secret.id()).into() } else { sub(named_arn(secret) + &sub_literal(&key)) }
    }

    /// What CloudFormation puts the secret's value in the place of, when it deploys.
    /// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html>
    pub(crate) fn dynamic_reference(secret: &Secret) -> Value<String> {
        let key = secret.json_key().map(|key| format!(":{key}")).unwrap_or_default();
        format!("{{{{resolve:secretsmanager:{}:SecretString{key}}}}}", secret.id()).into()
    }

    /// The ARN pattern of the secret in a policy: six characters of AWS's own follow the name.
    pub(crate) fn readable(secret: &Secret) -> Value<String> {
        if secret.is_arn() { secret.id().to_owned().into() } else { sub(named_arn(secret) + "-??????") }
    }
}

fn named_arn(secret: &Secret) -> String {
    format!("arn:${{AWS::Partition}}:secretsmanager:${{AWS::Region}}:${{AWS::AccountId}}:secret:{}", secret.id())
}
