//! Mistakes in what Lambda reads for a function.

/// Mistakes in what Lambda reads for a function.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "event_source")]
#[non_exhaustive]
pub enum EventSourceIssue {
    /// How much Lambda hands over at once; of a FIFO queue at most ten messages.
    #[error("found batches of {found}, expected 1 to {most}")]
    #[issue(
        help = "write a number from 1 to {most}",
        docs = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html"
    )]
    BatchSize {
        /// What was found.
        found: u32,
        /// The most.
        most: u32,
    },
    /// For how long Lambda gathers a batch.
    #[error("found a window of {found} s, expected 0 to 300 s")]
    #[issue(
        help = "write a number from 0 to 300",
        docs = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html"
    )]
    BatchWindow {
        /// What was found.
        found: u32,
    },
    /// Lambda receives ten messages of a queue at once; for more of them it needs some time.
    #[error("found batches of {found} messages without a window, expected at most 10, or a window of at least 1 s")]
    #[issue(
        help = "add `.max_batch_window_seconds(1)`",
        yaml = "add `maxBatchWindowSeconds: 1`",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html"
    )]
    NoBatchWindow {
        /// What was found.
        found: u32,
    },
    /// Of a FIFO queue, Lambda hands over what there is.
    #[error("found a window of {found} s for a FIFO queue, expected none")]
    #[issue(
        help = "remove `.max_batch_window_seconds(..)`",
        yaml = "remove `maxBatchWindowSeconds`",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html"
    )]
    FifoBatchWindow {
        /// What was found.
        found: u32,
    },
    /// Lambda's limit of filters.
    #[error("found {found} filters, expected at most 10")]
    #[issue(
        help = "join some of them: a list of a pattern has several values, and `$or` several patterns",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html"
    )]
    TooManyFilters {
        /// How many there are.
        found: usize,
    },
    /// More filters than an account has without asking.
    #[error("found {found} filters, expected at most 5, which is the quota of an account that has not asked for more")]
    #[issue(
        help = "join some of them, or ask AWS for up to 10 filters of an event source",
        warning,
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html"
    )]
    ManyFilters {
        /// How many there are.
        found: usize,
    },
    /// Lambda's limit of a filter.
    #[error("found a filter of {found} characters as JSON, expected at most 4,096")]
    #[issue(help = "match fewer values", docs = "https://docs.aws.amazon.com/lambda/latest/api/API_Filter.html")]
    FilterSize {
        /// How many characters there are.
        found: usize,
    },
    /// How often Lambda tries a batch again.
    #[error("found {found} further attempts, expected 0 to 10,000, or -1 for as long as the stream keeps the records")]
    #[issue(
        help = "write a number from -1 to 10000",
        docs = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html"
    )]
    Retries {
        /// What was found.
        found: i32,
    },
    /// How many batches of a shard Lambda hands over at once.
    #[error("found {found} batches of a shard at once, expected 1 to 10")]
    #[issue(help = "write a number from 1 to 10", docs = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html")]
    ParallelizationFactor {
        /// What was found.
        found: u32,
    },
    /// What can be read.
    #[error("found `{arn}`, expected the ARN of {expected}")]
    #[issue(
        help = "write the whole ARN, or let the event name a resource of the stack",
        docs = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html"
    )]
    SourceArn {
        /// What was found.
        arn: String,
        /// What was expected.
        expected: &'static str,
    },
    /// Lambda's limit of brokers.
    #[error("found {found} brokers, expected 1 to 10")]
    #[issue(
        help = "give one to ten brokers; they know the others",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-eventsourcemapping-endpoints.html"
    )]
    BootstrapServers {
        /// How many there are.
        found: usize,
    },
    /// How a broker is written.
    #[error("found the broker `{found}`, expected a host, `:` and its port, at most 300 characters")]
    #[issue(
        help = "write a broker such as `b1.example.com:9096`",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-eventsourcemapping-endpoints.html"
    )]
    BootstrapServer {
        /// What was found.
        found: String,
    },
    /// How Lambda takes a topic's name.
    #[error("found the topic `{found}`, expected 2 to 249 letters, digits and `._-`, of which the first is no `.`")]
    #[issue(
        help = "write the name of a topic such as `orders`",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html#cfn-lambda-eventsourcemapping-topics"
    )]
    TopicName {
        /// What was found.
        found: String,
    },
    /// How Lambda takes a group of consumers.
    #[error("found the group `{found}`, expected 1 to 200 letters, digits and `-/*:_+=.@`")]
    #[issue(
        help = "write a group such as `report`",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-eventsourcemapping-selfmanagedkafkaeventsourceconfig.html"
    )]
    ConsumerGroup {
        /// What was found.
        found: String,
    },
    /// Where Lambda finds who it is for the brokers of Kafka.
    #[error("found `{found}`, expected the ARN of a secret")]
    #[issue(
        help = "write the whole ARN, such as `arn:aws:secretsmanager:eu-west-1:123456789012:secret:kafka-AbCdEf`",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/kafka-cluster-auth.html"
    )]
    SecretArn {
        /// What was found.
        found: String,
    },
    /// What can be told of records that failed.
    #[error("found `{found}` as the destination of what fails, expected an ARN of `{service}`")]
    #[issue(
        help = "write `.on_failure(&queue)`, `.on_failure(&topic)` or `.on_failure(&bucket)`",
        yaml = "write an ARN such as `$ResourceParam('failed', 'arn')`, and `sqs`, `sns` or `s3` as its `type`",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html"
    )]
    FailureDestination {
        /// What was found.
        found: String,
        /// The service that was expected.
        service: &'static str,
    },
    /// A function reads each source once: Lambda refuses a second mapping between the same two.
    #[error("found a source that the function reads already, expected each source once")]
    #[issue(
        help = "leave one of the two events out, or let another function read the source too",
        docs = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html"
    )]
    SourceTwice,
    /// A message must stay hidden while the function works on it, or Lambda refuses the queue.
    #[error(
        "found the queue `{queue}`, which hides a message for {found} s, and a function that may take {timeout} s, expected a queue that hides it for longer"
    )]
    #[issue(
        help = "let the queue have `.visibility_timeout_seconds({recommended})`, or the function a shorter `.timeout(..)`",
        yaml = "let the queue have `visibilityTimeoutSeconds: {recommended}`, or the function a shorter `timeout`",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html"
    )]
    VisibilityTimeout {
        /// The queue.
        queue: String,
        /// For how long it hides a message.
        found: u32,
        /// For how long the function may take.
        timeout: u32,
        /// What AWS recommends.
        recommended: u32,
    },
    /// Where a function is slowed down, Lambda tries a batch again before the messages are visible to others.
    #[error(
        "found the queue `{queue}`, which hides a message for {found} s, expected at least {recommended} s: six times what the function may take, and its window"
    )]
    #[issue(
        help = "let the queue have `.visibility_timeout_seconds({recommended})`, or the function a shorter `.timeout(..)`",
        yaml = "let the queue have `visibilityTimeoutSeconds: {recommended}`, or the function a shorter `timeout`",
        warning,
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html"
    )]
    ShortVisibilityTimeout {
        /// The queue.
        queue: String,
        /// For how long it hides a message.
        found: u32,
        /// What AWS recommends.
        recommended: u32,
    },
}
