//! What may be written on the command line, as tables, and the texts that say so.

use std::fmt::Write as _;

use super::arguments::Door;

/// An option, which takes a value.
pub(super) struct OptionRow {
    /// Its name, with its dashes.
    pub(super) long: &'static str,
    /// Its letter, with its dash.
    pub(super) short: Option<&'static str>,
    value: &'static str,
    help: &'static str,
    /// The words that it takes; none where it takes any text.
    pub(super) words: &'static [&'static str],
}

/// A command.
pub(super) struct CommandRow {
    pub(super) name: &'static str,
    about: &'static str,
    /// What it is about, with a help: a value without an option.
    pub(super) subject: Option<(&'static str, &'static str)>,
    options: &'static [OptionRow],
}

const fn option(long: &'static str, short: Option<&'static str>, value: &'static str, help: &'static str) -> OptionRow {
    OptionRow { long, short, value, help, words: &[] }
}

const fn command(name: &'static str, about: &'static str, options: &'static [OptionRow]) -> CommandRow {
    CommandRow { name, about, subject: None, options }
}

const COMMANDS: &[CommandRow] = &[
    command(
        "synth",
        "Writes the cloud assembly, for `cdk deploy --app DIR`",
        &[option("--out", Some("-o"), "DIR", "Where to, `cdk.out` unless given")],
    ),
    command("template", "Prints the template", &[]),
    command(
        "validate",
        "Prints what is wrong, all of it",
        &[OptionRow {
            words: &["human", "json"],
            ..option("--format", None, "FORMAT", "`human` for people, unless given, or `json` for programs")
        }],
    ),
    command("ls", "Prints the stack and its resources", &[]),
];

/// The options of every command.
const OPTIONS: &[OptionRow] = &[
    option("--project-name", None, "NAME", "The project; the stack is called {project}-{stage}"),
    option("--stage", None, "STAGE", "The stage, `dev` unless given"),
    option("--region", None, "REGION", "Pins the stack to a region"),
];

#[cfg(feature = "cli")]
const FILE_COMMANDS: &[CommandRow] = &[CommandRow {
    subject: Some(("CODE", "As a report names it, for example `compute::fargate_size`")),
    ..command("explain", "Prints what a code guards, an example and how to mend it", &[])
}];

#[cfg(feature = "cli")]
const FILE_OPTIONS: &[OptionRow] = &[option("--config", Some("-c"), "FILE", "The stack, as YAML or JSON; `stacktape.yml` unless given")];

/// All that may be written at a door.
#[derive(Clone, Copy)]
pub(super) struct Grammar {
    door: Door,
}

impl Grammar {
    pub(super) fn of(door: Door) -> Self {
        Self { door }
    }

    /// The commands.
    pub(super) fn commands(self) -> impl Iterator<Item = &'static CommandRow> {
        let more: &[CommandRow] = match self.door {
            Door::Program => &[],
            #[cfg(feature = "cli")]
            Door::File => FILE_COMMANDS,
        };
        COMMANDS.iter().chain(more)
    }

    /// The options that may stand behind a command, or before any.
    pub(super) fn options(self, command: Option<&'static CommandRow>) -> impl Iterator<Item = &'static OptionRow> {
        let more: &[OptionRow] = match self.door {
            Door::Program => &[],
            #[cfg(feature = "cli")]
            Door::File => FILE_OPTIONS,
        };
        command.map_or(&[][..], |command| command.options).iter().chain(OPTIONS).chain(more)
    }

    /// The command that has an option, where another one does not.
    pub(super) fn owner(self, long: &str) -> Option<&'static CommandRow> {
        self.commands().find(|command| command.options.iter().any(|option| option.long == long))
    }

    /// Whether the version may be asked for, before a command.
    pub(super) fn has_version(self) -> bool {
        self.door != Door::Program
    }

    /// What `--help` prints.
    pub(super) fn help(self, program: &str, command: Option<&'static CommandRow>) -> String {
        let mut rows = Vec::new();
        let mut text = String::new();
        if let Some(command) = command {
            let subject = command.subject.map(|(value, _)| format!(" <{value}>")).unwrap_or_default();
            let _ = writeln!(text, "{}\n\nUsage: {program} {} [OPTIONS]{subject}", command.about, command.name);
            if let Some((value, help)) = command.subject {
                rows.push(("Arguments", format!("<{value}>"), help));
            }
        } else {
            let _ = writeln!(text, "Validates a stack and renders it as CloudFormation. Without a command: synth.");
            let _ = writeln!(text, "\nUsage: {program} [OPTIONS] [COMMAND]");
            rows.extend(self.commands().map(|command| ("Commands", command.name.to_owned(), command.about)));
        }
        for OptionRow { long, short, value, help, .. } in self.options(command) {
            let short = short.map_or("    ".to_owned(), |short| format!("{short}, "));
            rows.push(("Options", format!("{short}{long} <{value}>"), help));
        }
        rows.push(("Options", "-h, --help".to_owned(), "Prints this"));
        if command.is_none() && self.has_version() {
            rows.push(("Options", "-V, --version".to_owned(), "Prints the version"));
        }
        let mut before = "";
        for (title, left, help) in &rows {
            if *title != before {
                let _ = writeln!(text, "\n{title}:");
                before = title;
            }
            let width = rows.iter().filter(|(other, ..)| other == title).map(|(_, left, _)| left.len()).max().unwrap_or(0);
            let _ = writeln!(text, "  {left:width$}  {help}");
        }
        text
    }
}

impl OptionRow {
    /// As it is written: `--stage <STAGE>`.
    pub(super) fn usage(&self) -> String {
        format!("{} <{}>", self.long, self.value)
    }
}
