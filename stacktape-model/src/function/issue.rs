//! Mistakes in functions.

/// Mistakes in functions.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "function")]
#[non_exhaustive]
pub enum FunctionIssue {
    /// Lambda's limit of file systems.
    #[error("found {found} mounted directories, expected one at most")]
    #[issue(
        help = "mount a directory that holds all of them",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html#cfn-lambda-function-filesystemconfigs"
    )]
    TooManyMounts {
        /// How many there are.
        found: usize,
    },
    /// Where a function sees a file system.
    #[error("found the mount path `{found}`, expected `/mnt/` and letters, digits and `-_.`, at most 160 characters")]
    #[issue(help = "write a path such as `/mnt/data`", docs = "https://docs.aws.amazon.com/lambda/latest/api/API_FileSystemConfig.html")]
    MountPath {
        /// What was found.
        found: String,
    },
    /// A file system is reached from within the VPC alone.
    #[error("found a mounted directory of a function outside of the VPC, expected one inside")]
    #[issue(
        help = "add `.join_default_vpc(true)`",
        yaml = "add `joinDefaultVpc: true`",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem-efs.html"
    )]
    MountOutsideVpc,
    /// Lambda's limits of memory and space.
    #[error("found {found} MB, expected {least} to {most} MB")]
    #[issue(
        help = "write a number from {least} to {most}",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"
    )]
    Size {
        /// What was found.
        found: u32,
        /// The least.
        least: u32,
        /// The most.
        most: u32,
    },
    /// Lambda stops what takes longer than 15 minutes.
    #[error("found a timeout of {found} s, expected 1 to 900 s")]
    #[issue(
        help = "write `.timeout(900)` for the longest one, or let a `batch-job` do the work",
        yaml = "write `timeout: 900` for the longest one, or let a `batch-job` do the work",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"
    )]
    Timeout {
        /// What was found.
        found: u16,
    },
    /// Code that is packaged already does not tell what runs it.
    #[error("found no runtime, expected one, since the code is packaged already")]
    #[issue(
        help = "write `.runtime(Runtime::NodeJs24)`, or another one of `Runtime`",
        yaml = "write `runtime: nodejs24.x`, or another one",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html"
    )]
    NoRuntime,
    /// AWS no longer mends these runtimes, and will soon refuse new functions of them.
    #[error("found the runtime `{runtime}`, which AWS has deprecated, expected a later one")]
    #[issue(
        help = "take `{later}`",
        warning,
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html#runtime-support-policy"
    )]
    DeprecatedRuntime {
        /// What was found.
        runtime: &'static str,
        /// The latest of its kind.
        later: &'static str,
    },
    /// Lambda's limit of layers.
    #[error("found {found} layers, expected at most 5")]
    #[issue(help = "join some of them", docs = "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html")]
    TooManyLayers {
        /// How many there are.
        found: usize,
    },
    /// A layer is named by the ARN of one of its versions.
    #[error("found the layer `{arn}`, expected the ARN of a version of a layer")]
    #[issue(
        help = "write an ARN such as `arn:aws:lambda:eu-west-1:123456789012:layer:shared:3`",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/adding-layers.html"
    )]
    Layer {
        /// What was found.
        arn: String,
    },
    /// Lambda refuses the same layer twice.
    #[error("found the layer `{arn}` a second time, expected each once")]
    #[issue(help = "leave one of the two out", docs = "https://docs.aws.amazon.com/lambda/latest/dg/adding-layers.html")]
    LayerTwice {
        /// What was found.
        arn: String,
    },
    /// Lambda's spelling of a variable.
    #[error("found the variable name `{name}`, expected a letter and at least one further letter, digit or `_`")]
    #[issue(help = "leave out everything else", docs = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html")]
    VariableName {
        /// What was found.
        name: String,
    },
    /// What Lambda sets itself.
    #[error("found the variable `{name}`, which Lambda sets itself, expected another name")]
    #[issue(
        help = "choose another name, or read what Lambda has set",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime"
    )]
    ReservedVariable {
        /// What was found.
        name: String,
    },
    /// Lambda's limit of all variables together.
    #[error("found variables of at least {found} bytes, expected at most 4,096 bytes in all")]
    #[issue(
        help = "keep large values in a file, or in Parameter Store",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"
    )]
    LargeEnvironment {
        /// How many bytes there are.
        found: usize,
    },
    /// Lambda has no way to read a secret when a function starts, as ECS has.
    #[error("found a secret in the variable `{name}`, expected the code to read it from Secrets Manager")]
    #[issue(
        help = "give the function the secret's name, and `secretsmanager:GetSecretValue` in its role; as it stands, whoever may read the \
                function's configuration sees the secret",
        warning,
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/with-secrets-manager.html"
    )]
    VisibleSecret {
        /// The variable.
        name: String,
    },
    /// Browsers keep an answer for a day at most.
    #[error("found a maximum age of {found} s, expected 0 to 86,400 s")]
    #[issue(
        help = "write `.max_age(86_400)` for the longest one",
        yaml = "write `maxAge: 86400` for the longest one",
        docs = "https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html"
    )]
    CorsMaxAge {
        /// What was found.
        found: u32,
    },
    /// Lambda's limit of a list.
    #[error("found {found} values, expected at most 100")]
    #[issue(help = "leave some out, or write `*`", docs = "https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html")]
    CorsValues {
        /// How many there are.
        found: usize,
    },
    /// Browsers refuse cookies where every page may send them.
    #[error("found credentials for every origin, expected origins to be written out")]
    #[issue(
        help = "call `.allowed_origin(\"https://example.com\")`, or leave out `.allow_credentials(true)`",
        yaml = "write `allowedOrigins: ['https://example.com']`, or leave out `allowCredentials`",
        warning,
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors"
    )]
    CorsCredentials,
    /// Lambda answers preflight requests itself.
    #[error("found the method `OPTIONS`, expected one that pages call")]
    #[issue(
        help = "leave it out: Lambda answers preflight requests itself",
        docs = "https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html"
    )]
    CorsMethod,
    /// What results can be sent to.
    #[error("found the destination `{arn}`, expected the ARN of a queue, topic, bus or function, or, of what failed, a bucket")]
    #[issue(
        help = "write an ARN such as `queue.arn()`",
        yaml = "write an ARN such as `$ResourceParam('queue', 'arn')`",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html"
    )]
    Destination {
        /// What was found.
        arn: String,
    },
    /// Lambda sends results to nothing that is FIFO.
    #[error("found the destination `{name}`, which is FIFO, expected a standard queue or topic")]
    #[issue(
        help = "leave `fifo_enabled` out of it, or take another one",
        yaml = "leave `fifoEnabled` out of it, or take another one",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html"
    )]
    FifoDestination {
        /// The queue or topic.
        name: String,
    },
    /// Service Connect answers to tasks of ECS alone.
    #[error("found the private service `{name}`, which only containers find, expected a service behind a load balancer")]
    #[issue(
        help = "let it have `.load_balancing(PrivateLoadBalancing::application_load_balancer())`, and write `.join_default_vpc(true)` here",
        yaml = "let it have `loadBalancing: {{type: application-load-balancer}}`, and write `joinDefaultVpc: true` here",
        warning,
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html"
    )]
    ServiceConnect {
        /// The service.
        name: String,
    },
    /// What has no public address is reached in its VPC alone.
    #[error("found the private service `{name}`, which is reached in the VPC alone, expected the function to be there")]
    #[issue(
        help = "write `.join_default_vpc(true)`",
        yaml = "write `joinDefaultVpc: true`",
        warning,
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html"
    )]
    OutsideVpc {
        /// The service.
        name: String,
    },
}
