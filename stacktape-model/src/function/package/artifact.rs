//! Code that is packaged already.

use std::path::Path;

use stacktape_macros::model;

use super::super::Runtime;
use super::super::runtime::Family;
use super::{Package, PackageIssue};
use crate::check::Check;
use crate::container::leads_out;

/// Code that is packaged already. YAML: `custom-artifact`.
///
/// A directory becomes a `.zip` file when the stack is deployed; whether it changed is told by the names and contents of its files,
/// never by their times.
#[model]
pub struct CustomArtifact {
    /// `package_path`: a directory or a `.zip` file, relative to the project. YAML: `packagePath`.
    #[argument]
    package_path: String,
    /// `handler`: what Lambda calls: the file and the function in it, as `index:handler` or `index.handler`; for Java and .NET the
    /// class and its method, `shop.Order::handle`. YAML: `handler`.
    #[argument]
    handler: String,
    /// Patterns of files of a directory, relative to it; with any, only files that match one are packaged. YAML: `includeFiles`, a key
    /// that Stacktape's own documents do not have; default: all.
    #[each(include_file)]
    include_files: Vec<String>,
    /// Patterns of files of a directory, relative to it, that stay out. YAML: `excludeFiles`, a key that Stacktape's own documents do
    /// not have.
    #[each(exclude_file)]
    exclude_files: Vec<String>,
}

impl From<CustomArtifactBuilder> for Package {
    fn from(builder: CustomArtifactBuilder) -> Self {
        Self::Artifact(builder.build())
    }
}

impl From<CustomArtifact> for Package {
    fn from(artifact: CustomArtifact) -> Self {
        Self::Artifact(artifact)
    }
}

const HANDLER_MAX: usize = 128;
/// Extensions of files that a handler may name, and Lambda leaves out.
const EXTENSIONS: [&str; 5] = [".js", ".mjs", ".cjs", ".py", ".rb"];

impl CustomArtifact {
    /// Whether it is a file, which is taken as it is.
    pub fn is_file(&self) -> bool {
        Self::is_file_path(&self.package_path)
    }

    /// Whether a path is that of a ready package.
    pub(crate) fn is_file_path(path: &str) -> bool {
        Path::new(path).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
    }

    /// The handler as Lambda spells it: with a dot, and without the extension of the file.
    pub(super) fn lambda_handler(&self) -> String {
        match self.handler.split_once(':') {
            Some((file, function)) if !function.contains(':') => {
                let file = EXTENSIONS.iter().find_map(|extension| file.strip_suffix(extension)).unwrap_or(file);
                format!("{file}.{function}")
            }
            _ => self.handler.clone(),
        }
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        if leads_out(&self.package_path) {
            at.field("packagePath").report(&PackageIssue::Path { path: self.package_path.clone() });
        }
        for (key, patterns) in [("includeFiles", &self.include_files), ("excludeFiles", &self.exclude_files)] {
            if self.is_file() && !patterns.is_empty() {
                at.field(key).report(&PackageIssue::PatternsOfFile { key, path: self.package_path.clone() });
            }
            at.field(key).each(patterns, |at, pattern| {
                if leads_out(pattern) {
                    at.report(&PackageIssue::Outside { pattern: pattern.clone() });
                }
            });
        }
    }

    /// Checks the handler for what reads it.
    pub(in super::super) fn check_handler(&self, runtime: Runtime, at: &mut Check<'_>) {
        let handler = self.lambda_handler();
        let words = |between: &str| handler.split(between).all(|word| !word.is_empty());
        let fits = |is_form: bool| is_form && handler.len() <= HANDLER_MAX && !handler.contains(char::is_whitespace);
        let (fits, expected) = match runtime.family() {
            Family::File => (
                fits(handler.contains('.') && !handler.contains(':') && words(".")),
                "a file and a function in it, `index:handler`, at most 128 characters without blanks",
            ),
            // Java calls a class that implements an interface of Lambda's by its name alone.
            Family::Class => (fits(words("::")), "a class and its method, `shop.Order::handle`, at most 128 characters without blanks"),
            Family::Program => (fits(!handler.is_empty()), "1 to 128 characters without blanks"),
        };
        if !fits {
            at.field("handler").report(&PackageIssue::Handler { handler: self.handler.clone(), expected });
        }
    }
}
