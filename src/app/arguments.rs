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
}

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
}

impl Arguments {
    /// Reads a command line. A call without a command, and with an output directory from the `cdk` CLI, writes there.
    pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>, outdir: Option<PathBuf>) -> Result<Self, Error> {
        let matches = grammar().try_get_matches_from(arguments)?;
        let text = |matches: &ArgMatches, name: &str| matches.get_one::<String>(name).cloned();
        let command = match matches.subcommand() {
            Some(("template", _)) => Command::Template,
            Some(("ls", _)) => Command::List,
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
        })
    }
}

fn grammar() -> clap::Command {
    let option =
        |name: &'static str, value: &'static str, help: &'static str| Arg::new(name).long(name).value_name(value).help(help).global(true);
    let out = Arg::new("out").long("out").short('o').value_name("DIR").value_parser(clap::value_parser!(PathBuf));
    let format = Arg::new("format").long("format").value_parser(PossibleValuesParser::new(["human", "json"])).default_value("human");
    clap::Command::new("stacktape")
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
        .subcommand(clap::Command::new("ls").about("Prints the stack and its resources"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn parse(arguments: &[&str], outdir: Option<&str>) -> Result<Arguments, Error> {
        Arguments::parse(arguments.iter().map(Into::into), outdir.map(PathBuf::from))
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
