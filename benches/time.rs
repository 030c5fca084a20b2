//! How long each step from a stack to the text of its template takes, how that grows, and how much memory it needs. No test asserts
//! on any of it: `cargo bench --bench time` prints figures, and `benches/README.md` says how to read them.

#[allow(unreachable_pub)] // the benches share it
mod subject;

use std::hint::black_box;
use std::io::{self, Write};
use std::process::Command;
use std::time::{Duration, Instant};

use serde::Serialize;
use stacktape::Target;
use stacktape::assembly::assemble;

const WORKLOADS: [usize; 4] = [1, 10, 50, 500];
/// A step is repeated for so long, and at least so many times.
const LONG_ENOUGH: Duration = Duration::from_secs(1);
const OFTEN_ENOUGH: usize = 50;
/// What the bench calls itself with, to see a first run in a process of its own, and of how many it takes the median.
const FIRST_RUN: &str = "--first-run";
const PROCESSES: usize = 41;
/// What `compare-cdk` calls the bench with.
const ASSEMBLY: &str = "--assembly";

fn main() -> io::Result<()> {
    // `cargo bench` adds an option of its own.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let mut out = io::stdout().lock();
    if let [option, workloads] = arguments.as_slice() {
        let workloads = workloads.parse().expect("a number of workloads");
        return match option.as_str() {
            FIRST_RUN => run_once(workloads, &mut out),
            ASSEMBLY => compare(workloads, &mut out),
            _ => Err(io::Error::other(format!("{option} is no option: there are {FIRST_RUN} and {ASSEMBLY}"))),
        };
    }
    let cases: Vec<Case> = WORKLOADS.into_iter().map(Case::measure).collect();
    print_times(&cases, &mut out)?;
    print_growth(&cases, &mut out)?;
    print_first_runs(&mut out)
}

/// Prints the template, and to stderr how long it takes from nothing to a written cloud assembly: what `compare-cdk` reads.
fn compare(workloads: usize, out: &mut impl Write) -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let written = folder.path().join("cdk.out");
    let target = Target::new("bench", "dev");
    let whole = |()| {
        let assembly = assemble(subject::stack(workloads), &target, &written).expect("a valid stack");
        assembly.write(&written).expect("a folder of its own");
        assembly
    };
    let timing = Timing::of(|| (), whole);
    writeln!(io::stderr(), "{}", timing.median().as_nanos())?;
    out.write_all(whole(()).template_json().as_bytes())
}

/// Repeated timings of one thing.
struct Timing {
    sorted: Vec<Duration>,
}

impl Timing {
    /// Times `run`; `prepare` makes what it needs, and what it returns is dropped, both off the clock.
    fn of<I, O>(mut prepare: impl FnMut() -> I, mut run: impl FnMut(I) -> O) -> Self {
        for _ in 0..OFTEN_ENOUGH / 10 {
            black_box(run(prepare()));
        }
        let begin = Instant::now();
        let mut sorted = Vec::new();
        while sorted.len() < OFTEN_ENOUGH || begin.elapsed() < LONG_ENOUGH {
            let input = black_box(prepare());
            let start = Instant::now();
            let output = black_box(run(input));
            sorted.push(start.elapsed());
            drop(output);
        }
        sorted.sort_unstable();
        Self { sorted }
    }

    fn percentile(&self, percent: usize) -> Duration {
        self.sorted[(self.sorted.len() - 1) * percent / 100]
    }

    fn median(&self) -> Duration {
        self.percentile(50)
    }
}

/// A stack of so many workloads, measured.
struct Case {
    workloads: usize,
    resources: usize,
    bytes: usize,
    steps: Vec<(&'static str, Timing)>,
}

const WHOLE: &str = "the whole";

impl Case {
    fn measure(workloads: usize) -> Self {
        let stack = subject::stack(workloads);
        let valid = subject::validate(stack.clone());
        let plan = subject::plan(&valid);
        let template = subject::template(stack.clone());
        let text = subject::print(&template);
        let tree: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert!(print_tree(&tree) == text, "the floor must print the same bytes");
        let steps = vec![
            ("validate", Timing::of(|| stack.clone(), subject::validate)),
            ("plan", Timing::of(|| &valid, subject::plan)),
            ("lower", Timing::of(|| &plan, |plan| subject::lower(&valid, plan))),
            ("merge", Timing::of(|| subject::lower(&valid, &plan), |lowered| subject::merge(&valid, lowered))),
            ("print", Timing::of(|| &template, subject::print)),
            (WHOLE, Timing::of(|| stack.clone(), subject::whole)),
            ("floor: serde_json::Value", Timing::of(|| &tree, print_tree)),
        ];
        Self { workloads, resources: template.resource_count(), bytes: text.len(), steps }
    }

    fn whole(&self) -> &Timing {
        let (_, timing) = self.steps.iter().find(|(name, _)| *name == WHOLE).expect("it was measured");
        timing
    }
}

/// What `serde_json` takes to print the same bytes from a tree that is there already.
fn print_tree(tree: &serde_json::Value) -> String {
    let mut bytes = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(b" ");
    tree.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, formatter)).expect("a tree");
    bytes.push(b'\n');
    String::from_utf8(bytes).expect("UTF-8")
}

fn microseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}

fn print_times(cases: &[Case], out: &mut impl Write) -> io::Result<()> {
    for Case { workloads, resources, bytes, steps } in cases {
        writeln!(out, "{workloads} workloads: {resources} resources, {bytes} bytes of template")?;
        writeln!(out, "  {:26}{:>12}{:>22}{:>16}{:>8}", "step", "median us", "10% to 90%", "us a resource", "calls")?;
        for (name, timing) in steps {
            let spread = format!("{:.1} to {:.1}", microseconds(timing.percentile(10)), microseconds(timing.percentile(90)));
            let median = microseconds(timing.median());
            #[allow(clippy::cast_precision_loss)] // some thousands
            let each = median / *resources as f64;
            writeln!(out, "  {name:26}{median:>12.1}{spread:>22}{each:>16.3}{:>8}", timing.sorted.len())?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn print_growth(cases: &[Case], out: &mut impl Write) -> io::Result<()> {
    for pair in cases.windows(2) {
        let [few, many] = pair else { continue };
        let times = |percent: usize| many.whole().percentile(percent).as_secs_f64() / few.whole().percentile(percent).as_secs_f64();
        let (median, undisturbed) = (times(50), times(10));
        let (few, many) = (few.workloads, many.workloads);
        writeln!(out, "from {few} to {many} workloads, the whole takes {median:.2} times as long (at 10%: {undisturbed:.2})")?;
    }
    writeln!(out)
}

/// What one process found that did the whole once.
struct FirstRun {
    nanoseconds: u64,
    /// The peak of resident memory, where the kernel tells it.
    kibibytes: Option<u64>,
}

/// Runs the whole in fresh processes, as a user's program does: nothing is warm, and the peak of a process never falls.
fn print_first_runs(out: &mut impl Write) -> io::Result<()> {
    let mut medians = Vec::new();
    for workloads in [0, 50, 500] {
        let mut runs = (0..PROCESSES).map(|_| first_run_of(workloads)).collect::<io::Result<Vec<_>>>()?;
        runs.sort_unstable_by_key(|run| run.nanoseconds);
        let at = |percent: usize| microseconds(Duration::from_nanos(runs[(runs.len() - 1) * percent / 100].nanoseconds));
        let memory = runs.iter().filter_map(|run| run.kibibytes).max();
        let memory = memory.map_or("not known without /proc".to_owned(), |peak| format!("{peak} KiB"));
        let (median, low, high) = (at(50), at(10), at(90));
        writeln!(out, "first run in a process, {workloads} workloads: {median:.0} us ({low:.0} to {high:.0}), peak memory {memory}")?;
        medians.push(median);
    }
    writeln!(out, "from 50 to 500 workloads, the first run takes {:.2} times as long", medians[2] / medians[1])
}

fn first_run_of(workloads: usize) -> io::Result<FirstRun> {
    let child = Command::new(std::env::current_exe()?).args([FIRST_RUN, &workloads.to_string()]).output()?;
    let found = String::from_utf8_lossy(&child.stdout);
    let mut numbers = found.split_whitespace().map(|number| number.parse().ok());
    match numbers.next().flatten() {
        Some(nanoseconds) => Ok(FirstRun { nanoseconds, kibibytes: numbers.next().flatten() }),
        None => Err(io::Error::other(format!("a process measured nothing: {}", String::from_utf8_lossy(&child.stderr)))),
    }
}

/// Does the whole once; prints its nanoseconds, and the peak of resident memory that the kernel has seen.
fn run_once(workloads: usize, out: &mut impl Write) -> io::Result<()> {
    let mut took = Duration::ZERO;
    if workloads > 0 {
        let stack = subject::stack(workloads);
        let start = Instant::now();
        black_box(subject::whole(stack));
        took = start.elapsed();
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    writeln!(out, "{} {}", took.as_nanos(), peak.trim().trim_end_matches(" kB"))
}
