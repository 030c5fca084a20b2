//! What is written on the command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Error};

use super::report::Format;

/// Where an assembly is written to when nobody says otherwise, as the `cdk` CLI does.
pub(super) const OUT_DEFAULT: &str = "cdk.out";
const STAGE_DEFAULT: &str = "dev";

/// A command line, read.
pub(super) struct Arguments {
    pub(super) command: Command,
    pub(super) project: Option<String>,
    pub(super) stage: String,
    pub(super) region: Option<String>,
    /// The file that the stack is read from.
    #[cfg(feature = "cli")]
    pub(super) config: PathBuf,
}

/// By which of the two doors a stack comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    /// A user's own program.
    Program,
    /// A file.
    #[cfg(feature = "cli")]
    File,
}

#[cfg(feature = "cli")]
const CONFIG_DEFAULT: &str = "stacktape.yml";

/// What is to be done.
pub(super) enum Command {
    /// Write the assembly; `quiet` where the `cdk` CLI reads it, and not a person.
    Synth {
        out: PathBuf,
        quiet: bool,
    },
    Template,
    Validate {
        format: Format,
    },
    List,
    /// Print what is known of a code.
    #[cfg(feature = "cli")]
    Explain {
        code: String,
    },
}

impl Arguments {
    /// Reads a command line of a program, or of `stacktape`, which reads a file. A call without a command, and with an output directory from the `cdk` CLI, writes there.
    pub(super) fn parse(door: Door, arguments: impl IntoIterator<Item = OsString>, outdir: Option<PathBuf>) -> Result<Self, Error> {
        let matches = grammar(door).try_get_matches_from(arguments)?;
        let text = |matches: &ArgMatches, name: &str| matches.get_one::<String>(name).cloned();
        let command = match matches.subcommand() {
            Some(("template", _)) => Command::Template,
            Some(("ls", _)) => Command::List,
            #[cfg(feature = "cli")]
            Some(("explain", matches)) => Command::Explain { code: text(matches, "code").unwrap_or_default() },
            Some(("validate", matches)) => {
                let json = text(matches, "format").as_deref() == Some("json");
                Command::Validate { format: if json { Format::Json } else { Format::Human } }
            }
            Some((_, matches)) => {
                let out = matches.get_one::<PathBuf>("out").cloned();
                Command::Synth { out: out.or(outdir).unwrap_or_else(|| OUT_DEFAULT.into()), quiet: false }
            }
            None => Command::Synth { quiet: outdir.is_some(), out: outdir.unwrap_or_else(|| OUT_DEFAULT.into()) },
        };
        Ok(Self {
            command,
            project: text(&matches, "project-name"),
            stage: text(&matches, "stage").unwrap_or_else(|| STAGE_DEFAULT.to_owned()),
            region: text(&matches, "region"),
            #[cfg(feature = "cli")]
            config: matches.try_get_one::<PathBuf>("config").ok().flatten().cloned().unwrap_or_else(|| CONFIG_DEFAULT.into()),
        })
    }
}

fn grammar(door: Door) -> clap::Command {
    let option =
        |name: &'static str, value: &'static str, help: &'static str| Arg::new(name).long(name).value_name(value).help(help).global(true);
    let out = Arg::new("out").long("out").short('o').value_name("DIR").value_parser(clap::value_parser!(PathBuf));
    let format = Arg::new("format").long("format").value_parser(PossibleValuesParser::new(["human", "json"])).default_value("human");
    let command = clap::Command::new("stacktape")
        .about("Validates a stack and renders it as CloudFormation. Without a command: synth.")
        .disable_help_subcommand(true)
        .arg(option("project-name", "NAME", "The project; the stack is called {project}-{stage}"))
        .arg(option("stage", "STAGE", "The stage, `dev` unless given"))
        .arg(option("region", "REGION", "Pins the stack to a region"))
        .subcommand(
            clap::Command::new("synth")
                .about("Writes the cloud assembly, for `cdk deploy --app DIR`")
                .arg(out.help("Where to, `cdk.out` unless given")),
        )
        .subcommand(clap::Command::new("template").about("Prints the template"))
        .subcommand(clap::Command::new("validate").about("Prints what is wrong, all of it").arg(format.help("For people or for programs")))
        .subcommand(clap::Command::new("ls").about("Prints the stack and its resources"));
    match door {
        Door::Program => command,
        #[cfg(feature = "cli")]
        Door::File => of_file(command),
    }
}

#[cfg(feature = "cli")]
fn of_file(command: clap::Command) -> clap::Command {
    let config = Arg::new("config").long("config").short('c').value_name("FILE").value_parser(clap::value_parser!(PathBuf)).global(true);
    let code = Arg::new("code").value_name("CODE").required(true).help("As a report names it, for example `compute::fargate_size`");
    command
        .version(env!("CARGO_PKG_VERSION"))
        .arg(config.help("The stack, as YAML or JSON; `stacktape.yml` unless given"))
        .subcommand(clap::Command::new("explain").about("Prints what a code guards, an example and how to mend it").arg(code))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn parse(arguments: &[&str], outdir: Option<&str>) -> Result<Arguments, Error> {
        Arguments::parse(Door::Program, arguments.iter().map(Into::into), outdir.map(PathBuf::from))
    }

    #[test]
    fn the_outdir_of_the_cdk_cli_is_where_a_bare_call_writes() {
        let arguments = parse(&["photos"], Some("there")).expect("a bare call");
        assert!(matches!(arguments.command, Command::Synth { out, quiet: true } if out == Path::new("there")));
        let arguments = parse(&["photos"], None).expect("a bare call");
        assert!(matches!(arguments.command, Command::Synth { out, quiet: false } if out == Path::new("cdk.out")));
    }

    #[test]
    fn options_stand_before_and_behind_the_command() {
        for arguments in [["photos", "--stage", "prod", "ls"], ["photos", "ls", "--stage", "prod"]] {
            let arguments = parse(&arguments, None).expect("known options");
            assert_eq!(arguments.stage, "prod");
            assert!(matches!(arguments.command, Command::List));
        }
        assert!(parse(&["photos", "deploy"], None).is_err());
    }
}
