//! The environment of a container, whatever runs it.

use stacktape_model::container::{EnvValue, EnvironmentVariable, Image};
use stacktape_model::stack::ValidStack;

use crate::cfn::Value;
use crate::lower::{image, text};
use crate::plan::{Access, SecretValue};

/// Variables and secrets by their names, in the order in which containers are told them.
pub(super) struct Environment {
    pub(super) variables: Vec<(String, Value<String>)>,
    /// Where the agent of ECS reads each of them.
    pub(super) secrets: Vec<(String, Value<String>)>,
}

/// Variables in the order of writing, then what `connectTo` injects; a name that the user has set stays the user's. Secrets go
/// where only the agent of ECS reads them.
/// What the image needs is said in the place of what the user said, or behind it.
pub(super) fn lower(packaging: &Image, environment: &[EnvironmentVariable], access: &Access, stack: &ValidStack) -> Environment {
    let mut of_image = image::variable(packaging, environment, stack);
    let mut variables: Vec<(String, Value<String>)> = Vec::new();
    let mut secrets = Vec::new();
    for EnvironmentVariable { name, value, origin: _ } in environment {
        if let Some((name, value)) = of_image.take_if(|(needed, _)| needed == name) {
            variables.push((name.to_owned(), value));
            continue;
        }
        let value = match value {
            EnvValue::Secret(secret) => {
                secrets.push((name.clone(), SecretValue::value_from(secret)));
                continue;
            }
            EnvValue::Text(value) => text::lower(value, stack),
            EnvValue::Integer(value) => value.to_string().into(),
            // A whole number prints without `.0`.
            EnvValue::Float(value) => value.to_string().into(),
            EnvValue::Bool(value) => value.to_string().into(),
        };
        variables.push((name.clone(), value));
    }
    variables.extend(of_image.map(|(name, value)| (name.to_owned(), value)));
    for (name, value) in &access.environment {
        if environment.iter().all(|other| other.name != *name) {
            variables.push((name.clone(), value.clone()));
        }
    }
    Environment { variables, secrets }
}
