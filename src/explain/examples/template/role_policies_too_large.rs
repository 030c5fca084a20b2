use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let buckets = (0..300).map(|index| format!("arn:aws:s3:::photos-of-customer-number-{index}/*"));
    let web = Container::builder("web", Image::prebuilt("nginx:1.29"));
    stack.add(
        MultiContainerWorkload::builder("api", Fargate::new(Cpu::Half, Memory::gib(1)))
            .container(web)
            .iam_role_statement(Statement::allow(["s3:GetObject"], buckets)),
    );
    stack
}
