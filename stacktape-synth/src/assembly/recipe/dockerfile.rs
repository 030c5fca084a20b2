//! The text of a Dockerfile.

use std::borrow::Cow;
use std::fmt::Write;

/// Docker's official images, in the registry of AWS that asks nobody to log in.
pub(super) const OFFICIAL: &str = "public.ecr.aws/docker/library";

/// The C library of an image, and with it the distribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Libc {
    /// That of Alpine Linux, which is smaller.
    Musl,
    /// That of Debian.
    Gnu,
}

impl Libc {
    /// One of two, as the library is.
    pub(super) fn choose<T>(self, musl: T, gnu: T) -> T {
        if self == Self::Musl { musl } else { gnu }
    }

    /// The command that installs packages of the distribution.
    pub(super) fn install(self, packages: &[&str]) -> String {
        let packages = packages.join(" ");
        match self {
            Self::Musl => format!("apk add --no-cache {packages}"),
            Self::Gnu => {
                format!("apt-get update && apt-get install -y --no-install-recommends {packages} && rm -rf /var/lib/apt/lists/*")
            }
        }
    }
}

/// A Dockerfile that is being written.
#[derive(Debug, Default)]
pub(super) struct Dockerfile(String);

/// The stage that becomes the image.
pub(super) struct Last {
    pub(super) base: String,
    /// Installs what belongs into the image beside the program.
    pub(super) install: Option<String>,
    /// What is taken from the stage `build`: from where, to where.
    pub(super) copies: Vec<(&'static str, &'static str)>,
    pub(super) environment: Vec<(&'static str, String)>,
    /// Whether `tini` is there, which hands signals on and buries what is left of processes.
    pub(super) tini: bool,
    pub(super) command: Vec<String>,
}

/// No user of any base image, and no rights.
const NOBODY: &str = "1000:1000";

impl Dockerfile {
    pub(super) fn into_text(self) -> String {
        self.0
    }

    pub(super) fn line(&mut self, instruction: &str, rest: &str) {
        // Writing into a text cannot fail.
        let _ = writeln!(self.0, "{instruction} {rest}");
    }

    /// Begins the stage in which the program is built.
    pub(super) fn build_stage(&mut self, image: &str) {
        self.line("FROM", &format!("{image} AS build"));
    }

    pub(super) fn run(&mut self, command: &str) {
        // What a shell reads on several lines, or Docker would read as its own, goes in as one word.
        let plain =
            !command.contains(['\n', '\r']) && !command.contains("<<") && !command.ends_with('\\') && !command.starts_with(['[', '-', '#']);
        if plain { self.line("RUN", command) } else { self.line("RUN", &words(&["/bin/sh", "-c", command])) }
    }

    /// Copies files of the build context that lie in one directory to where they lie there. Names that Docker would read as
    /// patterns are not copied early: they come with everything else.
    pub(super) fn copy_early(&mut self, files: &[String]) {
        let Some(first) = files.first() else { return };
        let directory = super::sources::directory_of(first);
        if files.iter().any(|file| file.contains(['*', '?', '[', '\\', '$', ' '])) {
            return;
        }
        let to = if directory.is_empty() { "./".to_owned() } else { format!("./{directory}/") };
        self.line("COPY", &format!("{} {to}", files.join(" ")));
    }

    pub(super) fn copy_all(&mut self) {
        self.line("COPY", ". .");
    }

    pub(super) fn env(&mut self, variables: &[(&str, &str)]) {
        for (name, value) in variables {
            self.line("ENV", &format!("{name}={value}"));
        }
    }

    pub(super) fn blank(&mut self) {
        self.0.push('\n');
    }

    /// Ends with the stage that becomes the image.
    pub(super) fn last<C: AsRef<str>>(&mut self, last: Last, commands: &[C], as_root: bool) {
        let Last { base, install, copies, environment, tini, command } = last;
        self.blank();
        self.line("FROM", &base);
        if let Some(install) = install {
            self.run(&install);
        }
        self.line("WORKDIR", "/app");
        for (from, to) in copies {
            self.line("COPY", &format!("--from=build {from} {to}"));
        }
        for (name, value) in environment {
            self.line("ENV", &format!("{name}={value}"));
        }
        for command in commands {
            self.run(command.as_ref());
        }
        if !as_root {
            self.line("USER", NOBODY);
        }
        if tini {
            self.line("ENTRYPOINT", &words(&["tini", "--"]));
        }
        self.line("CMD", &words(&command));
    }
}

/// Words as Docker takes them without a shell: a list of JSON.
pub(super) fn words<W: AsRef<str>>(words: &[W]) -> String {
    let words: Vec<_> = words.iter().map(|word| serde_json::Value::from(word.as_ref()).to_string()).collect();
    format!("[{}]", words.join(", "))
}

/// A word as a shell reads it.
pub(super) fn shell(word: &str) -> Cow<'_, str> {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "_-./=:@,+".contains(letter);
    if !word.is_empty() && word.chars().all(plain) { word.into() } else { format!("'{}'", word.replace('\'', r"'\''")).into() }
}

/// The value of a variable, as Docker reads it.
pub(super) fn value(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', r#"\""#).replace('$', r"\$"))
}

/// A command in a directory of the sources.
pub(super) fn inside(directory: &str, command: &str) -> String {
    if directory.is_empty() { command.to_owned() } else { format!("cd {} && {command}", shell(&format!("./{directory}"))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(command: &str) -> String {
        let mut dockerfile = Dockerfile::default();
        dockerfile.run(command);
        dockerfile.into_text()
    }

    #[test]
    fn a_command_never_becomes_an_instruction() {
        assert_eq!(run("apk add ffmpeg"), "RUN apk add ffmpeg\n");
        assert_eq!(run("true\nUSER root"), "RUN [\"/bin/sh\", \"-c\", \"true\\nUSER root\"]\n");
        assert_eq!(run("true \\"), "RUN [\"/bin/sh\", \"-c\", \"true \\\\\"]\n");
        assert_eq!(run("cat <<EOF"), "RUN [\"/bin/sh\", \"-c\", \"cat <<EOF\"]\n");
        assert_eq!(run("--mount=type=ssh true"), "RUN [\"/bin/sh\", \"-c\", \"--mount=type=ssh true\"]\n");
    }

    #[test]
    fn words_are_quoted_where_a_shell_would_read_more_into_them() {
        assert_eq!(shell("api/src-1"), "api/src-1");
        assert_eq!(shell("a b"), "'a b'");
        assert_eq!(shell("it's $HOME"), r"'it'\''s $HOME'");
        assert_eq!(shell(""), "''");
        assert_eq!(inside("a b", "npm ci"), "cd './a b' && npm ci");
        assert_eq!(words(&["node", "a\"b"]), r#"["node", "a\"b"]"#);
    }
}
