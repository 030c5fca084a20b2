//! What an image that is built of sources asks of its container.

use stacktape_model::container::{Container, EnvValue, EnvironmentVariable, Image, Language, LanguageConfig};
use stacktape_model::stack::ValidStack;
use stacktape_model::text::Text;

use crate::cfn::Value;
use crate::cfn::ecs::task_definition as task;
use crate::lower::text;

const NODE_OPTIONS: &str = "NODE_OPTIONS";

/// A variable that the image needs: what the user gave it, and what is added to that. A secret stays as it is, since nobody can add
/// to it.
pub(super) fn variable(
    packaging: &Image,
    environment: &[EnvironmentVariable],
    stack: &ValidStack,
) -> Option<(&'static str, Value<String>)> {
    let Image::Buildpack(image) = packaging else { return None };
    node_variable(image.source_language(), image.parts().language.as_ref(), environment, stack)
}

/// What Node.js is told about a bundle, behind what the user tells it.
pub(super) fn node_variable(
    language: Option<Language>,
    config: Option<&LanguageConfig>,
    environment: &[EnvironmentVariable],
    stack: &ValidStack,
) -> Option<(&'static str, Value<String>)> {
    let mut options = node_options(language, config);
    let own = environment.iter().find(|variable| variable.name == NODE_OPTIONS);
    let own = match own.map(|variable| &variable.value) {
        None => None,
        Some(EnvValue::Text(text)) => Some(text.clone()),
        Some(EnvValue::Secret(_) | EnvValue::Integer(_) | EnvValue::Float(_) | EnvValue::Bool(_)) => return None,
    };
    if let Some(own) = &own {
        options.retain(|option| !says(own, option));
    }
    let added = options.join(" ");
    let value = match own {
        _ if added.is_empty() => return None,
        Some(Text::Literal(own)) if !own.is_empty() => format!("{own} {added}").into(),
        None | Some(Text::Literal(_)) => added.into(),
        Some(Text::Joined(parts)) => text::lower(&Text::joined(parts.into_iter().chain([format!(" {added}").into()])), stack),
        Some(own) => text::lower(&Text::joined([own, format!(" {added}").into()]), stack),
    };
    Some((NODE_OPTIONS, value))
}

/// What Node.js is told: to read source maps, and to load modules of both forms by either way.
fn node_options(language: Option<Language>, config: Option<&LanguageConfig>) -> Vec<&'static str> {
    if language != Some(Language::Node) {
        return Vec::new();
    }
    let config = config.and_then(|config| match config {
        LanguageConfig::Node(config) => Some(config),
        _ => None,
    });
    let mut options = Vec::new();
    if !config.is_some_and(|config| *config.parts().disable_source_maps) {
        options.push("--enable-source-maps");
    }
    // Without options, the version is the default one, which is later.
    if config.is_none_or(|config| config.version() >= 22) {
        options.extend(["--experimental-require-module", "--experimental-detect-module"]);
    }
    options
}

/// Whether an option is written in a text.
fn says(text: &Text, option: &str) -> bool {
    match text {
        Text::Literal(text) => text.split_whitespace().any(|word| word == option),
        Text::Joined(parts) => parts.iter().any(|part| says(part, option)),
        Text::Param(_) | Text::Raw(_) | Text::Fact(_) | Text::Intrinsic(_) => false,
    }
}

/// Lets a program without rights listen on a port below 1024, which Linux leaves to the root user.
/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_SystemControl.html>
pub(super) fn system_controls(container: &Container) -> Option<Vec<task::SystemControl>> {
    let Image::Buildpack(image) = container.parts().packaging else { return None };
    let as_nobody = !image.parts().run_as_root;
    let low = container.ports().first().is_some_and(|port| *port < 1024);
    (as_nobody && low).then(|| vec![task::SystemControl::new().namespace("net.ipv4.ip_unprivileged_port_start").value("0")])
}
