use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let report = Function::builder("report", Package::artifact("dist", "index:handler")).runtime(Runtime::NodeJs24);
    stack.add(report.env("TEMPLATE", "x".repeat(5000)));
    stack
}
