//! What is written on the command line.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use lexopt::{Arg, Parser};
use stacktape_model::nearest::{listed, or_nearest};

use super::grammar::{CommandRow, Grammar, OptionRow};
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

/// The command line by the grammar: a command, what it is about, and options with their values.
struct Line {
    grammar: Grammar,
    program: String,
    command: Option<&'static CommandRow>,
    subject: Option<String>,
    values: Vec<(&'static OptionRow, OsString)>,
}

impl Line {
    fn read(grammar: Grammar, arguments: Vec<OsString>) -> Result<Self, Answer> {
        let program = arguments.first().and_then(|path| Path::new(path).file_name()).map(|name| name.to_string_lossy().into_owned());
        let program = program.unwrap_or_else(|| "stacktape".to_owned());
        let mut line = Self { grammar, program, command: None, subject: None, values: Vec::new() };
        let mut parser = Parser::from_iter(arguments);
        loop {
            let option = match parser.next() {
                Ok(Some(Arg::Long(name))) => format!("--{name}"),
                Ok(Some(Arg::Short(letter))) => format!("-{letter}"),
                Ok(Some(Arg::Value(word))) => {
                    line.word(&word.to_string_lossy())?;
                    continue;
                }
                Ok(None) => break,
                Err(error) => return Err(line.wrong(&error.to_string(), "")),
            };
            if ["-h", "--help"].contains(&option.as_str()) {
                return Err(Answer::Told(line.grammar.help(&line.program, line.command)));
            }
            if ["-V", "--version"].contains(&option.as_str()) && line.command.is_none() && line.grammar.has_version() {
                return Err(Answer::Told(format!("{} {}\n", line.program, env!("CARGO_PKG_VERSION"))));
            }
            line.option(&option, &mut parser)?;
        }
        match line.command {
            Some(CommandRow { name, subject: Some((value, _)), .. }) if line.subject.is_none() => {
                Err(line.wrong(&format!("found nothing behind `{name}`, expected `{name} <{value}>`"), ""))
            }
            _ => Ok(line),
        }
    }

    /// A word that belongs to no option: the command, or what it is about.
    fn word(&mut self, word: &str) -> Result<(), Answer> {
        match self.command {
            None => {
                let Some(command) = self.grammar.commands().find(|command| command.name == word) else {
                    let names: Vec<_> = self.grammar.commands().map(|command| command.name).collect();
                    let help = or_nearest(word, &names, String::new);
                    return Err(self.wrong(&format!("found no command `{word}`, expected {}", listed(&names)), &help));
                };
                self.command = Some(command);
            }
            Some(CommandRow { subject: Some(_), .. }) if self.subject.is_none() => self.subject = Some(word.to_owned()),
            Some(CommandRow { name, .. }) => {
                return Err(self.wrong(&format!("found `{word}` behind `{name}`, expected options alone"), ""));
            }
        }
        Ok(())
    }

    /// An option, whose value is read here.
    fn option(&mut self, found: &str, parser: &mut Parser) -> Result<(), Answer> {
        let mut options = self.grammar.options(self.command);
        let Some(option) = options.find(|option| option.long == found || option.short == Some(found)) else {
            return Err(self.unknown(found));
        };
        if self.values.iter().any(|(other, _)| other.long == option.long) {
            return Err(self.wrong(&format!("found `{}` twice, expected it once", option.long), ""));
        }
        let Some(value) = value(parser) else {
            return Err(self.wrong(&format!("found no value for `{found}`, expected `{}`", option.usage()), ""));
        };
        if !option.words.is_empty() && !option.words.iter().any(|word| value == *word) {
            let word = value.to_string_lossy();
            let help = or_nearest(&word, option.words, String::new);
            return Err(self.wrong(&format!("found `{word}` for `{}`, expected {}", option.long, listed(option.words)), &help));
        }
        self.values.push((option, value));
        Ok(())
    }

    fn unknown(&self, found: &str) -> Answer {
        let names: Vec<_> = self.grammar.options(self.command).map(|option| option.long).collect();
        let owner = self.grammar.owner(found);
        let help = match owner {
            Some(owner) => format!("write `{found}` behind `{}`", owner.name),
            None => or_nearest(found, &names, String::new),
        };
        let place = self.command.map(|command| format!(" behind `{}`", command.name));
        let place = place.or_else(|| owner.map(|_| " before the command".to_owned())).unwrap_or_default();
        self.wrong(&format!("found no option `{found}`{place}, expected {}", listed(&names)), &help)
    }

    /// What was given for an option.
    fn value(&mut self, long: &str) -> Option<OsString> {
        let index = self.values.iter().position(|(option, _)| option.long == long)?;
        Some(self.values.swap_remove(index).1)
    }

    /// What was given for an option that takes a text.
    fn text(&mut self, long: &str) -> Result<Option<String>, Answer> {
        let text = self.value(long).map(OsString::into_string).transpose();
        text.map_err(|bytes| self.wrong(&format!("found `{}` for `{long}`, expected UTF-8", bytes.to_string_lossy()), ""))
    }

    fn wrong(&self, message: &str, help: &str) -> Answer {
        let program = &self.program;
        let command = self.command.map(|command| format!(" {}", command.name)).unwrap_or_default();
        let also = if help.is_empty() { "see" } else { ", or see" };
        Answer::Wrong(format!("error: {message}\n  help: {help}{also} `{program}{command} --help`\n"))
    }
}

/// The value of the option that was read last. What begins with a dash is none, but behind a `=`.
fn value(parser: &mut Parser) -> Option<OsString> {
    if let Some(value) = parser.optional_value() {
        return Some(value);
    }
    let mut rest = parser.try_raw_args()?;
    let next = rest.peek()?.as_encoded_bytes();
    if next.len() > 1 && next.starts_with(b"-") { None } else { rest.next() }
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
