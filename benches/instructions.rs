//! How many instructions each step takes, as valgrind counts them: the figure that does not depend on what else a machine does.
//! `cargo bench --bench instructions` counts at 50 and 500 workloads; other numbers may be named behind `--`.

#[allow(unreachable_pub)] // the benches share it
mod subject;

use std::hint::black_box;
use std::io::{self, Write};
use std::process::Command;

/// What the bench calls itself with, below valgrind.
const RUN: &str = "--run-whole";

/// The steps, by the functions of `subject` between whose begin and end valgrind counts.
const STEPS: [&str; 6] = ["validate", "plan", "lower", "merge", "print", "whole"];

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, option, workloads] = arguments.as_slice()
        && option == RUN
    {
        black_box(subject::whole(subject::stack(workloads.parse().expect("a number of workloads"))));
        return Ok(());
    }
    let mut out = io::stdout().lock();
    if Command::new("valgrind").arg("--version").output().is_err() {
        return writeln!(out, "instructions are not counted: install valgrind, which is not here");
    }
    let mut named: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    if named.is_empty() {
        named = vec![50, 500];
    }
    for workloads in named {
        print_case(workloads, &mut out)?;
    }
    Ok(())
}

fn print_case(workloads: usize, out: &mut impl Write) -> io::Result<()> {
    let resources = subject::template(subject::stack(workloads)).resource_count();
    writeln!(out, "{workloads} workloads: {resources} resources\n  {:10}{:>14}{:>12}", "step", "instructions", "a resource")?;
    for step in STEPS {
        let found = count(step, workloads)?;
        writeln!(out, "  {step:10}{found:>14}{:>12}", found / resources as u64)?;
    }
    writeln!(out)
}

/// Runs the whole once, and counts inside one function of `subject` and what it calls.
fn count(step: &str, workloads: usize) -> io::Result<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--collect-atstart=no"])
        .arg(format!("--toggle-collect=instructions::subject::{step}*"))
        .arg(std::env::current_exe()?)
        .args([RUN, &workloads.to_string()])
        .output()?;
    let log = String::from_utf8_lossy(&output.stderr);
    let counted = log.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    counted.filter(|counted| *counted > 0).ok_or_else(|| io::Error::other(format!("valgrind counted nothing in {step}:\n{log}")))
}
