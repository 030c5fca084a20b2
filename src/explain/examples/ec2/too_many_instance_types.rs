use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let sizes = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge"];
    let families = ["m5", "m5a", "m5d", "m5n", "m6i", "m6a", "r5"];
    let types = families.iter().flat_map(|family| sizes.map(|size| format!("{family}.{size}")));
    let web = Container::builder("web", Image::prebuilt("nginx:1.29"));
    stack.add(MultiContainerWorkload::builder("api", Ec2::new(types)).container(web));
    stack
}
