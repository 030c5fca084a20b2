//! Mistakes in references.

/// Mistakes in references.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "reference")]
#[non_exhaustive]
pub enum ReferenceIssue {
    /// A resource that is used must be part of the stack.
    #[error("found a reference to the {kind} `{name}`, which is not part of the stack, expected a resource that was added")]
    #[issue(
        help = "add it to the stack: `stack.add({name})`{or}",
        yaml = "add `{name}` to `resources`{or}",
        mend = "add the resource to the stack: `stack.add(name)`, or refer to one that is there"
    )]
    Missing {
        /// The name.
        name: String,
        /// The kind that is expected.
        kind: &'static str,
        /// What could be meant.
        or: String,
    },
    /// Something else has the name.
    #[error("found the {found} `{name}`, expected a {kind}")]
    #[issue(help = "rename one of the two, or refer to another resource")]
    WrongKind {
        /// The name.
        name: String,
        /// The kind that is expected.
        kind: &'static str,
        /// The kind that was found.
        found: &'static str,
    },
    /// A service is made of what it needs, and of nothing else.
    #[error("found a reference to the {kind} `{name}`, which the service `{service}` is not made of, expected one of `{expected}`")]
    #[issue(
        help = "let `{service}` have it by `.load_balancing(..)`, or refer to something else",
        yaml = "let `{service}` have it by `loadBalancing: {{type: {kind}}}`, or refer to something else"
    )]
    NoPart {
        /// The name.
        name: String,
        /// The kind that is expected.
        kind: &'static str,
        /// The service.
        service: String,
        /// What the service is made of.
        expected: String,
    },
    /// Of several listeners, none is the one that a URL leads to.
    #[error("found the `{param}` of `{name}`, {why}, expected `{instead}`")]
    #[issue(
        help = "put the URL together of `{instead}` and the port of a listener, or let a domain of your own lead to a listener by HTTPS at port 443",
        mend = "put the URL together of a domain and the port of a listener, or let a domain of your own lead to a listener by HTTPS at port 443"
    )]
    NoUrl {
        /// The parameter.
        param: &'static str,
        /// The load balancer.
        name: String,
        /// Why it has none.
        why: &'static str,
        /// The parameter that a URL is made of.
        instead: &'static str,
    },
    /// A port is known of a listener.
    #[error("found the parameter `port{port}` of `{name}`, which does not listen there, expected {expected}")]
    #[issue(
        help = "write the port of one of its listeners, or write `.listener(..)` on the load balancer",
        yaml = "write the port of one of its listeners, or add one to `listeners`"
    )]
    NoListener {
        /// The port.
        port: u16,
        /// The load balancer.
        name: String,
        /// The ports that there are.
        expected: String,
    },
    /// Domains of one's own are known where there are any.
    #[error("found the parameter `{param}` of `{name}`, which has no custom domain, expected at least one")]
    #[issue(
        help = "write `.custom_domain(CustomDomain::builder(\"shop.example.com\").hosted_zone_id(..))` on it, or use `domain`",
        yaml = "write `customDomains` there, or use `domain`"
    )]
    NoCustomDomain {
        /// The parameter.
        param: String,
        /// The load balancer or gateway.
        name: String,
    },
    /// Some parameters come with a property of their resource.
    #[error("found the `{param}` of `{name}`, which has no `{key}`, expected a parameter that it has")]
    #[issue(
        help = "add `.{setter}(..)` to `{name}`, or refer to another parameter",
        yaml = "add `{key}` to `{name}`, or refer to another parameter"
    )]
    NoParam {
        /// The parameter.
        param: String,
        /// The resource.
        name: String,
        /// The property in Rust.
        setter: &'static str,
        /// The property in YAML.
        key: &'static str,
    },
    /// A secret goes to programs alone: whoever may read a template, an output or a policy would see it.
    #[error("found the `{param}` of `{name}`, which is a secret, expected it as the value of a variable only")]
    #[issue(
        help = "write it as it is into the environment of a program: `.env(\"SECRET\", {name}.client_secret())`, or connect the program",
        yaml = "write it as it is into the `environment` of a program, or connect the program"
    )]
    SecretWrittenOut {
        /// The parameter.
        param: String,
        /// The resource.
        name: String,
    },
    /// Two connected resources inject one variable; only the first one of them is told.
    #[error("found `{variable}` injected for both `{name}` and `{other}`, expected names that give different variables")]
    #[issue(help = "rename one of the two resources")]
    VariableTwice {
        /// The variable.
        variable: String,
        /// The resource.
        name: String,
        /// The resource that injects it too.
        other: String,
    },
    /// A variable that the user sets stays as it is.
    #[error("found the variable `{variable}`, which `connectTo` would inject for `{name}`, expected a name of its own")]
    #[issue(help = "remove the variable to have the injected value; as it stands, yours is used", warning)]
    VariableShadowed {
        /// The variable.
        variable: String,
        /// The resource.
        name: String,
    },
    /// `connectTo` injects variables of this prefix; tomorrow it may inject this one.
    #[error("found the variable `{variable}`, expected a name that does not begin with `STP_`, the prefix of what `connectTo` injects")]
    #[issue(help = "choose another prefix; as it stands, yours is used", warning)]
    VariablePrefix {
        /// The variable.
        variable: String,
    },
}
