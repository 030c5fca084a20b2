use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    for index in 0..61 {
        let name = format!("{{{{resolve:ssm:name{index}}}}}");
        stack.add_raw(RawResource::new(format!("Topic{index}"), "AWS::SNS::Topic").property("DisplayName", name));
    }
    stack
}
