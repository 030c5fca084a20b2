//! Mistakes in images that are built of sources.

use super::Language;
use crate::document::listed;

/// Mistakes in an image that is built of sources.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "buildpack")]
#[non_exhaustive]
pub enum BuildpackIssue {
    /// The extension tells how sources are built.
    #[error("found the entry file `{path}`, expected an extension that is {extensions}")]
    #[issue(
        help = "name the file that starts the program, or build the image with `Image::dockerfile(..)`",
        yaml = "name the file that starts the program, or build the image with `custom-dockerfile`"
    )]
    Extension {
        /// What was found.
        path: String,
        /// What there is.
        extensions: String,
    },
    /// An image is built of what is in the project, and of nothing else.
    #[error("found the path `{path}`, expected one inside the project, relative to it")]
    #[issue(
        help = "write a path such as `src/main.ts`, without `..` and without a `/` at its beginning",
        docs = "https://docs.docker.com/build/concepts/context/"
    )]
    Outside {
        /// What was found.
        path: String,
    },
    /// Each language has options of its own.
    #[error("found options of {found} with the entry file `{file}`, expected {expected}")]
    #[issue(
        help = "leave `.language(..)` out, or write the options of the language of the entry file",
        yaml = "leave `languageSpecificConfig` out"
    )]
    Language {
        /// What was found.
        found: &'static str,
        /// The entry file.
        file: String,
        /// What was expected.
        expected: String,
    },
    /// There are images of these versions.
    #[error("found Node.js {found}, expected 16 to 24")]
    #[issue(help = "write `.node_version(24)`", yaml = "write `nodeVersion: 24`")]
    NodeVersion {
        /// What was found.
        found: u16,
    },
    /// Source maps that are not made cannot be put anywhere.
    #[error("found a directory for source maps, which are switched off")]
    #[issue(
        help = "leave one of `.disable_source_maps(true)` and `.output_source_maps_to(..)` out",
        yaml = "leave one of `disableSourceMaps` and `outputSourceMapsTo` out"
    )]
    NoSourceMaps,
    /// A server needs to know which variable of a module is the application.
    #[error("found the entry file `{file}` and the server {server}, expected the application behind a colon")]
    #[issue(help = "write the entry file as `{file}:app`")]
    NoApplication {
        /// The entry file.
        file: String,
        /// The server.
        server: &'static str,
    },
    /// A program that is just run has no application behind a colon.
    #[error("found the application `{application}` behind the entry file, expected a server for it")]
    #[issue(
        help = "write `.language(PythonConfig::builder().run_app_as(PythonServer::Asgi))`, or leave `:{application}` out",
        yaml = "write `runAppAs: ASGI` or `runAppAs: WSGI` into `languageSpecificConfig`, or leave `:{application}` out"
    )]
    NoServer {
        /// What was found.
        application: String,
    },
    /// `uv` does not know old versions of Python.
    #[error("found Python {version} with options of `uv`, expected 3.8 or later")]
    #[issue(help = "take a later Python, or leave the options of `uv` out, so that `pip` installs the packages")]
    OldPython {
        /// What was found.
        version: &'static str,
    },
    /// Packages are named in a file of a few forms; a lock file lies beside it and is found there.
    #[error("found the file `{file}`, expected {expected}")]
    #[issue(
        help = "write the path of {expected}; a lock file beside it is found by itself",
        mend = "write the path of such a file; a lock file beside it is found by itself"
    )]
    PackageManagerFile {
        /// What was found.
        file: String,
        /// What was expected.
        expected: &'static str,
    },
    /// Elsewhere, a program does not build without what it imports.
    #[error("found dependencies to exclude in a program of {language}, expected one of JavaScript or Python")]
    #[issue(help = "leave them out of the files in which the program names its dependencies")]
    ExcludedDependencies {
        /// The language of the program.
        language: &'static str,
    },
    /// A command of nothing builds nothing.
    #[error("found an empty command, expected one that changes the image")]
    #[issue(help = "write a command such as `apk add ffmpeg`, or leave it out", docs = "https://docs.docker.com/reference/dockerfile/#run")]
    EmptyCommand,
}

impl BuildpackIssue {
    pub(super) fn extension(path: &str) -> Self {
        let known = Language::EXTENSIONS.map(|(extension, _)| extension);
        Self::Extension { path: path.to_owned(), extensions: listed(&known) }
    }

    /// Options of another language than that of the file.
    pub(super) fn language(found: &'static str, file: &str, language: Language) -> Self {
        let expected =
            if language == Language::Go { "none: Go has no options".to_owned() } else { format!("those of {}", language.as_str()) };
        Self::Language { found, file: file.to_owned(), expected }
    }
}
