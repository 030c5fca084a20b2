//! Mistakes in attributes of users.

/// Mistakes in attributes of users.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "user_attribute")]
#[non_exhaustive]
pub enum UserAttributeIssue {
    /// Cognito's spelling of an attribute.
    #[error("found the attribute `{name}`, expected 1 to 20 characters without spaces")]
    #[issue(
        help = "write a name such as `age`",
        docs = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SchemaAttributeType.html"
    )]
    Name {
        /// What was found.
        name: String,
    },
    /// Cognito puts the prefix in front by itself, so that it would be there twice.
    #[error("found the attribute `{name}`, expected its name without `custom:`, which Cognito puts in front of it")]
    #[issue(
        help = "leave `custom:` out; programs write it all the same",
        warning,
        docs = "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html"
    )]
    Prefix {
        /// What was found.
        name: String,
    },
    /// A pool knows an attribute once.
    #[error("found the attribute `{name}` a second time, expected each attribute once")]
    #[issue(
        help = "remove one of the two",
        docs = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html"
    )]
    Twice {
        /// The attribute.
        name: String,
    },
    /// Cognito's limit of attributes.
    #[error("found {found} attributes, expected at most 50")]
    #[issue(
        help = "keep what is not asked for at each sign-in in a table, by the claim `sub`",
        docs = "https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html"
    )]
    TooMany {
        /// How many there are.
        found: usize,
    },
    /// Cognito requires standard attributes alone.
    #[error("found the attribute `{name}`, which is required, expected that of standard attributes only")]
    #[issue(
        help = "leave `.required(true)` out, and let a hook, `pre_sign_up`, refuse who does not have it",
        yaml = "leave `required` out, and let a hook, `preSignUp`, refuse who does not have it",
        docs = "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html"
    )]
    Required {
        /// The attribute.
        name: String,
    },
    /// Cognito's longest value.
    #[error("found a length of {found} characters, expected at most 2048")]
    #[issue(
        help = "write a smaller one, or keep longer values in a table",
        docs = "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html"
    )]
    Length {
        /// What was found.
        found: u32,
    },
    /// Values lie between two bounds.
    #[error("found at most {max}, expected at least {min}, which is the least")]
    #[issue(
        help = "raise the greater bound, or lower the lesser one",
        docs = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SchemaAttributeType.html"
    )]
    Bounds {
        /// The lesser bound.
        min: i64,
        /// The greater bound.
        max: i64,
    },
}
