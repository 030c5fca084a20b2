//! The list of codes as people read it. `UPDATE_EXPECT=1 cargo test --features cli --test codes` rewrites the chapter.

mod documents;
#[allow(unreachable_pub)] // the documentation shows them
mod snippets;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use stacktape::explain::{self, Entry, Example};
use stacktape::report::Report;
use stacktape::stack::Stack;
use stacktape::synthesize;

fn entries() -> Vec<Entry> {
    let codes = stacktape::codes().into_iter();
    codes.map(|code| explain::find(code.code).unwrap_or_else(|| panic!("`{}` has no example", code.code))).collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/explain/examples")
}

/// What is found in a stack and in its template, refused or not.
fn found(stack: Stack) -> Report {
    match stack.validate().and_then(|valid| synthesize(&valid)) {
        Ok(synthesis) => synthesis.warnings,
        Err(report) => report,
    }
}

/// The example trips its code and no other; what refuses a stack may bring warnings along.
fn check(entry: &Entry, report: &Report) {
    let severity = entry.code.severity;
    let codes: Vec<_> = report.iter().filter(|finding| finding.code.severity <= severity).map(|finding| finding.code.code).collect();
    assert_eq!(codes, [entry.code.code], "\n{}\n{report}", entry.example.text());
}

#[test]
fn every_example_in_rust_trips_its_code() {
    let entries = entries();
    let in_rust = entries.iter().filter(|entry| matches!(entry.example, Example::Rust(_)));
    let listed: BTreeSet<_> = snippets::ALL.iter().map(|(code, _)| *code).collect();
    assert_eq!(in_rust.map(|entry| entry.code.code).collect::<BTreeSet<_>>(), listed);
    for (code, stack) in snippets::ALL {
        check(&explain::find(code).expect("an entry"), &found(stack()));
    }
}

#[test]
fn no_example_is_left_over() {
    let mut files = BTreeSet::new();
    for module in std::fs::read_dir(folder()).expect("listed") {
        for file in std::fs::read_dir(module.expect("an entry").path()).expect("listed") {
            files.insert(file.expect("an entry").path());
        }
    }
    let expected = entries().into_iter().map(|entry| {
        let extension = if matches!(entry.example, Example::Yaml(_)) { "yml" } else { "rs" };
        folder().join(entry.code.code.replace("::", "/")).with_extension(extension)
    });
    assert_eq!(files, expected.collect());
}

#[test]
fn near_misses_lead_to_codes() {
    assert_eq!(explain::near("Container::StopTimeout"), ["container::stop_timeout"]);
    assert_eq!(explain::near("duplicate"), ["dependency::duplicate", "environment::duplicate", "name::duplicate"]);
    assert_eq!(explain::near("health_check::timout"), ["health_check::timeout"]);
    assert_eq!(explain::near("nothing::of_the_kind"), [""; 0]);
    assert_eq!(explain::near(""), [""; 0]);
    assert_eq!(explain::find("container"), None);
}

#[test]
fn an_entry_is_printed_for_a_terminal() {
    let printed = explain::find("template::empty").expect("an entry").to_string();
    assert_eq!(
        printed,
        "error[template::empty]\n  CloudFormation refuses a stack without resources.\n  help: add a resource: \
         `stack.add(Bucket::builder(\"photos\"))`\n  in YAML: add a resource: `resources: {photos: {type: bucket}}`\n  see: \
         https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html\n\nAn example that is refused:\n\n  \
         resources: {}\n"
    );
    let warning = explain::find("scaling::too_many").expect("an entry").to_string();
    assert!(warning.starts_with("warning[") && warning.contains("\nAn example that gets this warning:\n\n  resources:\n"), "{warning}");
}

#[test]
fn the_chapter_is_up_to_date() {
    expect_file!["../../src/explain/codes.md"].assert_eq(&chapter());
}

const PREFACE: &str = "\
The list of codes. Every finding has one; `find` looks an entry up, and `near` guesses what a misspelt one means.

The code is `module::variant`. An error refuses the stack, a warning travels along. Each entry says what the rule guards, where the
limit is stated, how a breach is mended (`<name>` stands for what depends on the breach), and shows an example that trips this code
and no other.
";

/// The chapter that is generated from the codes and their examples.
fn chapter() -> String {
    let mut chapter = PREFACE.to_owned();
    let mut module = "";
    for Entry { code, example, .. } in entries() {
        let (of, _) = code.code.split_once("::").expect("a module");
        if std::mem::replace(&mut module, of) != of {
            chapter.extend(["\n# `", of, "`\n"]);
        }
        let see = code.docs.map_or_else(String::new, |docs| format!(" See <{docs}>."));
        chapter.extend(["\n## `", code.code, "`\n\n*", code.severity.as_str(), "*: ", &prose(code.meaning), &see]);
        let yaml = code.yaml_help.map_or_else(String::new, |help| format!(" In YAML: {}.", prose(help)));
        chapter.extend(["\n\nTo mend it: ", &prose(code.help), ".", &yaml, "\n"]);
        chapter.extend(["\n```", example.language(), "\n", example.text(), "```\n"]);
    }
    chapter
}

/// Text with what Markdown would read as its own, outside of code.
fn prose(text: &str) -> String {
    let code = |index: usize| index % 2 == 1;
    let pieces = text.split('`').enumerate().map(|(index, piece)| match piece {
        piece if code(index) => format!("`{piece}`"),
        piece => piece.replace('<', "\\<").replace('[', "\\[").replace('*', "\\*"),
    });
    pieces.collect()
}
