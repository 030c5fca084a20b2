//! `stacktape`: the commands of a program that describes a stack, over a stack that a file describes.

fn main() -> std::process::ExitCode {
    stacktape::run_file()
}
