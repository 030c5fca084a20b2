use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let report = Function::builder("report", Package::artifact("dist", "index:handler")).runtime(Runtime::NodeJs24);
    let origins = (0..101).map(|customer| format!("https://{customer}.example.com"));
    stack.add(report.url(FunctionUrl::builder().cors(FunctionUrlCors::builder().allowed_origins(origins))));
    stack
}
