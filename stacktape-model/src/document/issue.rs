//! Mistakes in a document that are seen before there is a stack.

/// Mistakes in the shape of a document.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "document")]
#[non_exhaustive]
pub enum DocumentIssue {
    /// What is no YAML cannot be read.
    #[error("found text that is no YAML: {problem}")]
    #[issue(help = "look at this line and the one above it: indentation, quotes, brackets", docs = "https://yaml.org/spec/1.2.2/")]
    Syntax {
        /// What the parser says.
        problem: String,
    },
    /// A stack is made of something.
    #[error("found an empty document, expected a map with `resources`")]
    #[issue(help = "write `resources:` and a resource below it")]
    Empty,
    /// One file describes one stack.
    #[error("found a second document behind `---`, expected one")]
    #[issue(help = "move the second document into a file of its own")]
    SecondDocument,
    /// Of two values of one key, nobody knows which is meant.
    #[error("found the key `{key}` a second time, expected each key once in a map; the first one stands in line {line}")]
    #[issue(help = "leave one of the two out, or rename it")]
    DuplicateKey {
        /// The key.
        key: String,
        /// Where the first one stands.
        line: u32,
    },
    /// A key is a text, or a number or boolean that is taken as its text.
    #[error("found a list or a map as a key, expected a text")]
    #[issue(help = "put the key into quotes if it begins with a bracket")]
    KeyIsNoText,
    /// `<<` takes the keys of other maps.
    #[error("found something else than a map behind `<<`, expected a map or a list of maps")]
    #[issue(help = "write an alias of a map: `<<: *base`")]
    MergeOfNoMap,
    /// A value cannot be a part of itself.
    #[error("found an alias inside the value that it stands for, expected it behind that value")]
    #[issue(help = "move the anchor to a value that does not hold the alias")]
    AliasInside,
    /// YAML's types by tag have no meaning here; CloudFormation's short forms have a long one.
    #[error("found the tag `{tag}`, expected a value without a tag")]
    #[issue(help = "write the long form of an intrinsic function (`Ref: Name`, `Fn::GetAtt: [Name, Arn]`), or a directive")]
    Tag {
        /// The tag.
        tag: String,
    },
    /// A number that 64 bits do not hold would be changed silently.
    #[error("found the number `{number}`, expected one that fits 64 bits")]
    #[issue(help = "put it into quotes if it is a text")]
    HugeNumber {
        /// The number as it is written.
        number: String,
    },
    /// Values that stand this deep are a mistake, or an attack.
    #[error("found lists and maps more than 64 deep, expected fewer")]
    #[issue(help = "take out brackets that are not closed where they should be")]
    TooDeep,
    /// Aliases of aliases make much of little.
    #[error("found more than {expected} values, expected fewer")]
    #[issue(help = "use fewer aliases")]
    TooMany {
        /// How many there may be.
        expected: usize,
    },
    /// A key that is not read would be a wish that is ignored.
    #[error("found the key `{key}`, expected {expected}")]
    #[issue(help = "{help}", mend = "write the nearest key that there is, or remove it")]
    UnknownKey {
        /// What was found.
        key: String,
        /// The keys that there are.
        expected: String,
        /// The nearest one.
        help: String,
    },
    /// What one choice knows may mean nothing beside another one.
    #[error("found the key `{key}` beside `{found}`, expected it beside `{with}` only")]
    #[issue(help = "remove the key, or choose `type: {with}`")]
    KeyOfOtherChoice {
        /// The key.
        key: &'static str,
        /// The choice that it goes with.
        with: &'static str,
        /// The choice that was made.
        found: &'static str,
    },
    /// Some keys cannot be left out.
    #[error("found no key `{key}`, expected {expected}")]
    #[issue(help = "add `{key}: ..`")]
    MissingKey {
        /// The key.
        key: &'static str,
        /// What its value is.
        expected: String,
    },
    /// Of some keys, each says what the other one would.
    #[error("found the key `{key}` beside `{other}`, expected one of them")]
    #[issue(help = "remove one of them")]
    KeyBesideOther {
        /// The key.
        key: &'static str,
        /// The one that it stands beside.
        other: &'static str,
    },
    /// A condition that is left out is met by every request, which is not what an empty one says.
    #[error("found no value in `{key}`, expected at least one")]
    #[issue(
        help = "write a value, or remove the key: every request meets a condition that is left out",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html"
    )]
    EmptyCondition {
        /// The key.
        key: &'static str,
    },
    /// A value of another type than the key takes.
    #[error("found {found}, expected {expected}")]
    #[issue(help = "{help}", mend = "write a value of the type that the key takes")]
    WrongType {
        /// What was found.
        found: String,
        /// What the key takes.
        expected: String,
        /// What to write.
        help: String,
    },
    /// Instances have the architecture of their types.
    #[error("found the key `{key}` beside `instanceTypes`, expected it on Fargate only")]
    #[issue(
        help = "remove the key: the instance types decide",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-optimized_AMI.html"
    )]
    OnlyOnFargate {
        /// The key.
        key: &'static str,
    },
    /// On Fargate there are no instances that could be kept.
    #[error("found the key `{key}` without `instanceTypes`, expected it on EC2 only")]
    #[issue(
        help = "remove the key, or write `instanceTypes` with one type",
        docs = "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-warm-pools.html"
    )]
    OnlyOnEc2 {
        /// The key.
        key: &'static str,
    },
    /// A word that is none of those that the key takes.
    #[error("found `{found}`, expected {expected}")]
    #[issue(help = "{help}", mend = "write one of the words that the key takes")]
    UnknownWord {
        /// What was found.
        found: String,
        /// The words that there are.
        expected: String,
        /// The nearest one.
        help: String,
    },
    /// Only resources that grant something can be connected to.
    #[error("found `{found}`, expected {expected}")]
    #[issue(help = "{help}", mend = "write the name of a resource that can be connected to, or `aws:ses`")]
    NotConnectable {
        /// What was found.
        found: String,
        /// What can be connected to.
        expected: String,
        /// The nearest one.
        help: String,
    },
    /// Without logs, there is nothing to forward.
    #[error("found `logForwarding` beside `disabled: true`, expected one of the two")]
    #[issue(help = "remove `disabled` to forward logs; as it stands, there are none", warning)]
    ForwardedNowhere,
    /// The stack's name is made of project and stage, which the command line gives.
    #[error("found the key `serviceName`, expected the project's name on the command line")]
    #[issue(help = "remove the key, and call `--project-name {name}`")]
    ServiceName {
        /// The name, or what to put there.
        name: String,
    },
}

/// Mistakes in directives.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "directive")]
#[non_exhaustive]
pub enum DirectiveIssue {
    /// There is no such directive.
    #[error("found the directive `{name}`, expected {expected}")]
    #[issue(help = "{help}", mend = "write one of the directives that there are")]
    Unknown {
        /// What was found.
        name: String,
        /// The directives that there are.
        expected: String,
        /// The nearest one.
        help: String,
    },
    /// A directive that cannot be read.
    #[error("found the directive `{text}`, expected a name and parameters in parentheses: {problem}")]
    #[issue(help = "write it as `$Name('first', 'second')`; close every quote and parenthesis")]
    Syntax {
        /// The directive.
        text: String,
        /// What is wrong.
        problem: &'static str,
    },
    /// Each directive takes its own number of parameters.
    #[error("found {found} parameters of `{name}`, expected {expected}")]
    #[issue(help = "write `{usage}`")]
    Parameters {
        /// The directive.
        name: &'static str,
        /// How many there are.
        found: usize,
        /// How many there may be.
        expected: &'static str,
        /// How it is written.
        usage: &'static str,
    },
    /// A parameter of another type than the directive takes.
    #[error("found {found} as a parameter of `{name}`, expected {expected}")]
    #[issue(help = "write `{usage}`")]
    Parameter {
        /// The directive.
        name: &'static str,
        /// What was found.
        found: String,
        /// What it takes.
        expected: &'static str,
        /// How it is written.
        usage: &'static str,
    },
    /// A template has a value for each placeholder.
    #[error("found {placeholders} placeholders `{{}}` and {values} values in `{name}`, expected as many of one as of the other")]
    #[issue(help = "write one value for each `{{}}`")]
    Placeholders {
        /// The directive.
        name: &'static str,
        /// How many placeholders there are.
        placeholders: usize,
        /// How many values there are.
        values: usize,
    },
    /// A resource that is referred to must be part of the stack.
    #[error("found a reference to `{name}`, which is not part of the stack, expected {expected}")]
    #[issue(help = "{help}", mend = "write the name of a resource of the stack that has parameters, or add it")]
    UnknownResource {
        /// What was found.
        name: String,
        /// The resources that have parameters.
        expected: String,
        /// The nearest one.
        help: String,
    },
    /// Each kind of resource has its own parameters.
    #[error("found the parameter `{param}` of the {kind} `{name}`, expected {expected}")]
    #[issue(help = "{help}", mend = "write one of the parameters of the resource")]
    UnknownParam {
        /// What was found.
        param: String,
        /// The resource.
        name: String,
        /// Its kind.
        kind: &'static str,
        /// The parameters that there are.
        expected: String,
        /// The nearest one.
        help: String,
    },
    /// `variables` has no such value.
    #[error("found no value at `{path}` of {of}, expected {expected}")]
    #[issue(help = "{help}", mend = "write the path of a value that is there, or add the value")]
    UnknownPath {
        /// The path that leads nowhere.
        path: String,
        /// What the path begins at.
        of: String,
        /// The keys that there are.
        expected: String,
        /// The nearest one.
        help: String,
    },
    /// A variable that needs itself has no value.
    #[error("found directives that need each other or stand too deep in each other, expected at most {expected}")]
    #[issue(help = "write one of the values out")]
    TooDeep {
        /// How deep they may stand.
        expected: usize,
    },
    /// What is only known at deployment cannot be a name, a number or a path.
    #[error("found {found} where the value must be known now, expected {expected}")]
    #[issue(help = "write the value out, or take it from `variables` with `$Var().name`")]
    RuntimeInLocalPlace {
        /// What was found.
        found: String,
        /// What the key takes.
        expected: String,
    },
    /// A secret reaches a container by its environment, and stands nowhere else.
    #[error(
        "found the secret `{id}` where it would be written out, expected it as the value of a container's environment, or as a key of `logForwarding`"
    )]
    #[issue(
        help = "give it to a container: `environment: [{{name: PASSWORD, value: $Secret('{id}')}}]`",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html"
    )]
    SecretWrittenOut {
        /// The secret.
        id: String,
    },
    /// A secret that is written out would be read by whoever may read the file or the template.
    #[error("found a value that is written out, expected a secret of AWS Secrets Manager")]
    #[issue(
        help = "put the value into Secrets Manager, and write `$Secret('name')`, or `$Secret('name.key')` for one key of a JSON object",
        docs = "https://docs.aws.amazon.com/secretsmanager/latest/userguide/create_secret.html"
    )]
    PlainSecret,
}
