//! What is written on the command line.

use std::ffi::OsString;
use std::path::PathBuf;

use super::grammar::Grammar;
use super::line::Line;
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

/// Why there is nothing to be done.
#[derive(Debug)]
pub(super) enum Answer {
    /// What was asked for: the help, or the version.
    Told(String),
    /// What is wrong with the command line.
    Wrong(String),
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
    /// Print what is known of a code.
    #[cfg(feature = "cli")]
    Explain {
        code: String,
    },
}

impl Arguments {
    /// Reads a command line of a program, or of `stacktape`, which reads a file. A call without a command, and with an output directory
    /// from the `cdk` CLI, writes there.
    pub(super) fn parse(door: Door, arguments: Vec<OsString>, outdir: Option<PathBuf>) -> Result<Self, Answer> {
        let mut line = Line::read(Grammar::of(door), arguments)?;
        let quiet = line.command.is_none() && outdir.is_some();
        let command = match line.command.map(|command| command.name) {
            Some("template") => Command::Template,
            Some("ls") => Command::List,
            #[cfg(feature = "cli")]
            Some("explain") => Command::Explain { code: line.subject.take().unwrap_or_default() },
            Some("validate") => {
                let json = line.text("--format")?.as_deref() == Some("json");
                Command::Validate { format: if json { Format::Json } else { Format::Human } }
            }
            _ => {
                let out = line.value("--out").map(PathBuf::from);
                Command::Synth { out: out.or(outdir).unwrap_or_else(|| OUT_DEFAULT.into()), quiet }
            }
        };
        Ok(Self {
            command,
            project: line.text("--project-name")?,
            stage: line.text("--stage")?.unwrap_or_else(|| STAGE_DEFAULT.to_owned()),
            region: line.text("--region")?,
            #[cfg(feature = "cli")]
            config: line.value("--config").map_or_else(|| CONFIG_DEFAULT.into(), PathBuf::from),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn parse(arguments: &[&str], outdir: Option<&str>) -> Result<Arguments, Answer> {
        Arguments::parse(Door::Program, arguments.iter().map(Into::into).collect(), outdir.map(PathBuf::from))
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

    fn wrong(arguments: &[&str]) -> String {
        match parse(arguments, None) {
            Err(Answer::Wrong(text)) => text,
            Err(Answer::Told(text)) => panic!("{arguments:?} asks for help: {text}"),
            Ok(_) => panic!("{arguments:?} was taken"),
        }
    }

    #[test]
    fn a_value_stands_behind_a_blank_or_a_sign_or_a_letter() {
        for arguments in [&["photos", "synth", "--out", "there"][..], &["photos", "synth", "--out=there"], &["photos", "synth", "-othere"]]
        {
            let arguments = parse(arguments, Some("elsewhere")).expect("a value");
            assert!(matches!(arguments.command, Command::Synth { out, quiet: false } if out == Path::new("there")));
        }
        let arguments = parse(&["photos", "--stage=", "--region=-x"], None).expect("odd values, which the stack refuses");
        assert_eq!((arguments.stage.as_str(), arguments.region.as_deref()), ("", Some("-x")));
    }

    #[test]
    fn an_error_says_what_was_found_and_expected_and_probably_meant() {
        for (arguments, expected) in [
            (
                &["bin/photos", "validat"][..],
                "error: found no command `validat`, expected `synth`, `template`, `validate` or `ls`\n  help: write `validate`, or see `photos --help`\n",
            ),
            (
                &["photos", "ls", "--stag", "x"],
                "error: found no option `--stag` behind `ls`, expected `--project-name`, `--stage` or `--region`\n  help: write `--stage`, or see `photos ls --help`\n",
            ),
            (
                &["photos", "ls", "--out=x"],
                "error: found no option `--out` behind `ls`, expected `--project-name`, `--stage` or `--region`\n  help: write `--out` behind `synth`, or see `photos ls --help`\n",
            ),
            (
                &["photos", "--out", "x", "synth"],
                "error: found no option `--out` before the command, expected `--project-name`, `--stage` or `--region`\n  help: write `--out` behind `synth`, or see `photos --help`\n",
            ),
            (
                &["photos", "--stage", "--region", "x"],
                "error: found no value for `--stage`, expected `--stage <STAGE>`\n  help: see `photos --help`\n",
            ),
            (
                &["photos", "validate", "--format", "jsn"],
                "error: found `jsn` for `--format`, expected `human` or `json`\n  help: write `json`, or see `photos validate --help`\n",
            ),
            (&["photos", "ls", "all"], "error: found `all` behind `ls`, expected options alone\n  help: see `photos ls --help`\n"),
            (
                &["photos", "--stage", "a", "ls", "--stage", "b"],
                "error: found `--stage` twice, expected it once\n  help: see `photos ls --help`\n",
            ),
            (
                &["photos", "-V"],
                "error: found no option `-V`, expected `--project-name`, `--stage` or `--region`\n  help: see `photos --help`\n",
            ),
        ] {
            assert_eq!(wrong(arguments), expected, "{arguments:?}");
        }
    }

    #[test]
    fn help_is_of_the_command_that_stands_before_it() {
        for (arguments, expected) in [
            (&["photos", "-h"][..], "Usage: photos [OPTIONS] [COMMAND]\n"),
            (&["photos", "validate", "--help"], "Usage: photos validate [OPTIONS]\n"),
        ] {
            let Err(Answer::Told(text)) = parse(arguments, None) else { panic!("no help for {arguments:?}") };
            assert!(text.contains(expected) && text.contains("\n      --stage <STAGE>"), "{text}");
            assert_eq!(text.contains("--format <FORMAT>"), arguments.contains(&"validate"), "{text}");
        }
    }
}
