use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let subnets = (0..17).map(|number| format!("subnet-{number:08}"));
    stack.reuse_vpc(VpcIds::new("vpc-0a1b2c3d", "10.0.0.0/16").public_subnet_ids(subnets));
    stack.add(Bucket::builder("photos"));
    stack
}
