//! State machines.

use serde_json::json;
use stacktape::expression::Expression;
use stacktape::prelude::*;

/// State machines of both types: states of every kind, tasks that use what the stack has, a distributed map, and who starts them.
pub(super) fn state_machines(stack: &mut Stack, _target: &Target) {
    let jobs = SqsQueue::builder("jobs").build();
    let news = SnsTopic::builder("news").build();
    let events = EventBus::builder("events").build();
    let orders = DynamoDbTable::builder("orders", KeyAttribute::string("id")).build();
    let files = Bucket::builder("files").build();
    let task = |resource: &str, arguments: Expression, next: &str| {
        Expression::map([
            ("Type", "Task".into()),
            ("Resource", format!("arn:aws:states:::{resource}").into()),
            ("Arguments", arguments),
            ("Next", next.into()),
        ])
    };
    let put = Expression::map([("TableName", orders.table_name().into()), ("Item", json!({"id": {"S": "{% $states.input.id %}"}}).into())]);
    let send = Expression::map([("QueueUrl", jobs.url().into()), ("MessageBody", "{% $states.input %}".into())]);
    let tell = Expression::map([
        ("EventBusName", events.arn().into()),
        ("Source", "my.shop".into()),
        ("DetailType", "OrderPlaced".into()),
        ("Detail", json!({"id": "{% $states.input.id %}"}).into()),
    ]);
    let place = StateMachine::builder(
        "placeOrder",
        Expression::map([
            ("QueryLanguage", "JSONata".into()),
            ("StartAt", "Keep the order".into()),
            (
                "States",
                Expression::map([
                    ("Keep the order", task("dynamodb:putItem", put, "Send it on")),
                    ("Send it on", task("sqs:sendMessage", send, "Tell the others")),
                    ("Tell the others", task("events:putEvents", Expression::map([("Entries", Expression::List(vec![tell]))]), "Placed")),
                    ("Placed", json!({"Type": "Succeed"}).into()),
                ]),
            ),
        ]),
    )
    .state_machine_type(StateMachineType::Express)
    .build();
    let read = Expression::map([
        ("Resource", "arn:aws:states:::s3:getObject".into()),
        ("ReaderConfig", json!({"InputType": "JSON"}).into()),
        ("Parameters", Expression::map([("Bucket", files.bucket_name().into()), ("Key.$", "$.file".into())])),
    ]);
    let place_it = Expression::map([
        ("Type", "Task".into()),
        ("Resource", "arn:aws:states:::states:startExecution".into()),
        ("Parameters", Expression::map([("StateMachineArn", place.arn().into()), ("Input.$", "$".into())])),
        ("Retry", json!([{"ErrorEquals": ["States.ALL"], "MaxAttempts": 2}]).into()),
        ("End", true.into()),
    ]);
    let processor = Expression::map([
        ("ProcessorConfig", json!({"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}).into()),
        ("StartAt", "Place it".into()),
        ("States", Expression::map([("Place it", place_it)])),
    ]);
    let each = Expression::map([
        ("Type", "Map".into()),
        ("ItemReader", read),
        ("ItemProcessor", processor),
        ("MaxConcurrency", 10.into()),
        ("Catch", json!([{"ErrorEquals": ["States.ALL"], "Next": "Failed"}]).into()),
        ("Next", "Is it large".into()),
    ]);
    let publish = Expression::map([("TopicArn", news.arn().into()), ("Message.$", "$.file".into())]);
    let tell = Expression::map([
        ("Type", "Task".into()),
        ("Resource", "arn:aws:states:::sns:publish".into()),
        ("Parameters", publish),
        ("End", true.into()),
    ]);
    let both = json!([
        {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 60, "End": true}}},
        {"StartAt": "Note", "States": {"Note": {"Type": "Pass", "Result": "large", "End": true}}},
    ]);
    let states = Expression::map([
        ("Each order", each),
        (
            "Is it large",
            json!({"Type": "Choice", "Choices": [{"Variable": "$.size", "NumericGreaterThan": 1000, "Next": "Let it settle"}], "Default": "Tell"})
                .into(),
        ),
        ("Let it settle", Expression::map([("Type", "Parallel".into()), ("Branches", both.into()), ("Next", "Tell".into())])),
        ("Tell", tell),
        ("Failed", json!({"Type": "Fail", "Error": "Lost", "Cause": "An order was not placed"}).into()),
    ]);
    let import = StateMachine::builder("importOrders", Expression::map([("StartAt", "Each order".into()), ("States", states)]))
        .connect_to(&files)
        .iam_role_statement(Statement::allow(["kms:Decrypt"], ["arn:aws:kms:*:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"]))
        .build();
    let api = MultiContainerWorkload::builder("api", Fargate::new(Cpu::Quarter, Memory::mib(512)))
        .container(Container::builder("main", Image::prebuilt("public.ecr.aws/docker/library/busybox:1.37")))
        .connect_to(&place)
        .connect_to(&import);
    stack.output(Output::new("importOrdersName", import.state_machine_name()));
    stack.add(api);
    stack.add(jobs).add(news).add(events).add(orders).add(files).add(place).add(import);
}
