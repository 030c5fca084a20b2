//! The words of a command line, sorted by what the grammar says that they are.

use std::ffi::OsString;
use std::path::Path;

use lexopt::{Arg, Parser};
use stacktape_model::nearest::{listed, or_nearest};

use super::arguments::Answer;
use super::grammar::{CommandRow, Grammar, OptionRow};

/// The command line by the grammar: a command, what it is about, and options with their values.
pub(super) struct Line {
    grammar: Grammar,
    program: String,
    pub(super) command: Option<&'static CommandRow>,
    pub(super) subject: Option<String>,
    values: Vec<(&'static OptionRow, OsString)>,
}

impl Line {
    pub(super) fn read(grammar: Grammar, arguments: Vec<OsString>) -> Result<Self, Answer> {
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
    pub(super) fn value(&mut self, long: &str) -> Option<OsString> {
        let index = self.values.iter().position(|(option, _)| option.long == long)?;
        Some(self.values.swap_remove(index).1)
    }

    /// What was given for an option that takes a text.
    pub(super) fn text(&mut self, long: &str) -> Result<Option<String>, Answer> {
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
