//! The environment of a program, whatever runs it.

use stacktape_model::container::{EnvValue, EnvironmentVariable, Image};
use stacktape_model::stack::ValidStack;

use crate::cfn::Value;
use crate::lower::{image, text};
use crate::plan::{Access, SecretValue, Told};

/// A variable: its name, and its value.
pub(super) type Variable<'a> = (String, Told<'a>);

/// Variables in the order of writing, then what `connectTo` injects; a name that the user has set stays the user's. What the program's
/// image or package needs is said in the place of what the user said, or behind it.
pub(super) fn variables<'a>(
    environment: &'a [EnvironmentVariable],
    mut needed: Option<(&'static str, Value<String>)>,
    access: &Access,
    stack: &ValidStack,
) -> Vec<Variable<'a>> {
    let mut variables: Vec<Variable<'a>> = Vec::new();
    for EnvironmentVariable { name, value, origin: _ } in environment {
        if let Some((_, value)) = needed.take_if(|(needed, _)| needed == name) {
            variables.push((name.clone(), Told::Open(value)));
            continue;
        }
        let value = match value {
            EnvValue::Secret(secret) => Told::Secret(secret),
            EnvValue::Text(value) => Told::of(value, |value| text::lower(value, stack)),
            EnvValue::Integer(value) => Told::Open(value.to_string().into()),
            // A whole number prints without `.0`.
            EnvValue::Float(value) => Told::Open(value.to_string().into()),
            EnvValue::Bool(value) => Told::Open(value.to_string().into()),
        };
        variables.push((name.clone(), value));
    }
    variables.extend(needed.map(|(name, value)| (name.to_owned(), Told::Open(value))));
    let injected = access.environment.iter().filter(|(name, _)| environment.iter().all(|other| other.name != *name));
    variables.extend(injected.map(|(name, value)| (name.clone(), value.clone())));
    variables
}

/// The environment of a container.
pub(super) struct Environment {
    pub(super) variables: Vec<(String, Value<String>)>,
    /// Where the agent of ECS reads each of them, and nobody else.
    pub(super) secrets: Vec<(String, Value<String>)>,
}

pub(super) fn lower(packaging: &Image, environment: &[EnvironmentVariable], access: &Access, stack: &ValidStack) -> Environment {
    let mut lowered = Environment { variables: Vec::new(), secrets: Vec::new() };
    for (name, value) in variables(environment, image::variable(packaging, environment, stack), access, stack) {
        match value {
            Told::Open(value) => lowered.variables.push((name, value)),
            Told::Secret(secret) => lowered.secrets.push((name, SecretValue::value_from(secret))),
            Told::Made { kept, value: _ } => lowered.secrets.push((name, kept)),
        }
    }
    lowered
}
