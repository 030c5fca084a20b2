//! Strings that may only be known when the stack is deployed, and secrets.

use serde::ser::{Serialize, Serializer};

use crate::arn;
use crate::check::Check;
use crate::document::{Decode, DirectiveIssue, Kind, Reader, Tree, spelling};
use crate::expression::Expression;
pub use crate::param::{Param, ParamRef};

/// A string: written out, or known only at deployment.
#[derive(Clone, Debug, PartialEq)]
pub enum Text {
    /// Written out.
    Literal(String),
    /// A parameter of another resource of the stack. YAML: `$ResourceParam('name', 'param')`.
    Param(ParamRef),
    /// An attribute of a raw CloudFormation resource, or its `Ref`. YAML: `$CfResourceParam('id', 'attribute')`.
    Raw(RawAttribute),
    /// A fact about the place of deployment.
    Fact(Fact),
    /// Several texts, one after the other. YAML: `$CfFormat('{}/*', ..)`.
    Joined(Vec<Text>),
    /// An intrinsic function of CloudFormation: a map of its name and argument. YAML: the same map.
    Intrinsic(Box<Expression>),
}

impl Text {
    /// Puts texts one after the other.
    ///
    /// ```
    /// use stacktape_model::{ bucket::Bucket, text::Text };
    /// let photos = Bucket::builder("photos").build();
    /// let objects = Text::joined([photos.arn(), "/*".into()]);
    /// ```
    pub fn joined(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::Joined(parts.into_iter().collect())
    }

    /// The literal, where it is known now.
    pub fn as_literal(&self) -> Option<&str> {
        match self {
            Self::Literal(text) => Some(text),
            _ => None,
        }
    }

    /// The literal, where all of it is known now: CloudFormation reads no parameter of Parameter Store in the place of a part of it.
    pub(crate) fn as_known(&self) -> Option<&str> {
        self.as_literal().filter(|text| !refers_to_parameter(text))
    }

    /// The name of the resource of the stack whose parameter it is.
    pub(crate) fn resource_of(&self, param: Param) -> Option<&str> {
        match self {
            Self::Param(found) if found.param == param => Some(&found.resource.name),
            _ => None,
        }
    }

    /// Whether it may be what this parameter of a resource is: that parameter, a literal that is right, or what only the deployment knows.
    pub(crate) fn may_be(&self, param: Param, is_right: impl FnOnce(&str) -> bool) -> bool {
        match self {
            Self::Literal(text) => is_right(text),
            Self::Param(found) => found.param == param,
            Self::Raw(_) | Self::Joined(_) | Self::Intrinsic(_) => true,
            Self::Fact(_) => false,
        }
    }

    /// Whether CloudFormation writes a secret in the place of it, or of a part of it: a dynamic reference to Secrets Manager or to a
    /// secure string of Parameter Store. Plain parameters are no secrets.
    /// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html>
    pub(crate) fn reveals_secret(&self) -> bool {
        match self {
            Self::Literal(text) => ["{{resolve:secretsmanager", "{{resolve:ssm-secure"].iter().any(|begin| text.contains(begin)),
            Self::Joined(parts) => parts.iter().any(Self::reveals_secret),
            Self::Intrinsic(intrinsic) => intrinsic.reveals_secret(),
            Self::Param(_) | Self::Raw(_) | Self::Fact(_) => false,
        }
    }

    /// Calls `found` with every parameter of a resource of the stack.
    pub(crate) fn visit(&self, found: &mut dyn FnMut(&ParamRef)) {
        match self {
            Self::Param(param) => found(param),
            Self::Joined(parts) => parts.iter().for_each(|part| part.visit(found)),
            Self::Intrinsic(intrinsic) => intrinsic.visit(found),
            Self::Literal(_) | Self::Raw(_) | Self::Fact(_) => {}
        }
    }
}

/// Whether `{{resolve:ssm:name}}` or `{{resolve:ssm:name:version}}` stands in a text.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm.html>
fn refers_to_parameter(text: &str) -> bool {
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "_.-/".contains(letter));
    let is_version = |version: &str| !version.is_empty() && version.bytes().all(|digit| digit.is_ascii_digit());
    text.split("{{resolve:ssm:").skip(1).filter_map(|rest| rest.split_once("}}")).any(|(reference, _)| {
        reference.split_once(':').map_or_else(|| is_name(reference), |(name, version)| is_name(name) && is_version(version))
    })
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::Literal(text.to_owned())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::Literal(text)
    }
}

impl From<Fact> for Text {
    fn from(fact: Fact) -> Self {
        Self::Fact(fact)
    }
}

#[cfg(feature = "yaml")]
impl Decode for Text {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        match &tree.kind {
            Kind::Text(text) => Some(Self::Literal(text.clone())),
            Kind::Runtime(text) => Some(text.clone()),
            Kind::Map(entries) if matches!(entries.as_slice(), [only] if only.key == "Ref" || only.key.starts_with("Fn::")) => {
                Expression::decode(tree, at).map(|intrinsic| Self::Intrinsic(Box::new(intrinsic)))
            }
            _ => at.wrong(tree, "a text"),
        }
    }

    /// IAM takes one value without its list, and so do we.
    #[inline]
    fn decode_list(tree: &Tree, at: &mut Reader<'_>) -> Option<Vec<Self>> {
        match &tree.kind {
            Kind::List(items) => {
                let read: Vec<_> = items.iter().enumerate().map(|(index, item)| Self::decode(item, &mut at.index(index))).collect();
                read.into_iter().collect()
            }
            Kind::Text(_) | Kind::Runtime(_) | Kind::Map(_) => Self::decode(tree, at).map(|text| vec![text]),
            _ => at.wrong(tree, "a list"),
        }
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Intrinsic(intrinsic) => intrinsic.serialize(serializer),
            text => serializer.serialize_str(&spelling::of_text(text)),
        }
    }
}

#[cfg(feature = "yaml")]
impl Decode for Secret {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        match &tree.kind {
            Kind::Secret(secret) => Some(secret.clone()),
            Kind::Broken => None,
            // Whatever else stands there may be the secret itself, which no report repeats.
            _ => at.tell(tree.place, &DirectiveIssue::PlainSecret),
        }
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&spelling::of_secret(self))
    }
}

/// A fact about the place of deployment that only CloudFormation knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The region. YAML: `$Region()`.
    Region,
    /// The account. YAML: `$AwsAccountId()`.
    AccountId,
    /// `aws`, `aws-cn`, `aws-us-gov`, ... YAML: `$AwsPartition()`.
    Partition,
}

/// An attribute of a raw CloudFormation resource.
#[derive(Clone, Debug, PartialEq)]
pub struct RawAttribute {
    /// The logical id of the raw resource.
    pub logical_id: String,
    /// The attribute; `None` stands for `Ref`.
    pub attribute: Option<String>,
}

/// A secret of AWS Secrets Manager. Its value is never part of a template: the container agent reads it when a container starts, and
/// CloudFormation or the service itself where something else needs it. YAML: `$Secret('name.key')`.
///
/// ```
/// use stacktape_model::text::Secret;
/// let password = Secret::new("dbSecret").key("password");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    id: String,
    key: Option<String>,
}

impl Secret {
    /// The secret with this name or ARN.
    pub fn new(name_or_arn: impl Into<String>) -> Self {
        Self { id: name_or_arn.into(), key: None }
    }

    /// One value of a secret that is a JSON object.
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// The secret's name or ARN.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The key inside the secret's JSON object.
    pub fn json_key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    /// Whether the secret is named by its ARN.
    pub fn is_arn(&self) -> bool {
        self.id.starts_with("arn:")
    }

    /// Checks a secret that ECS reads: of a name it makes an ARN.
    pub(crate) fn check(&self, at: &mut Check<'_>) {
        if !self.is_arn() && is_secret_name(&self.id) && ends_like_an_arn(&self.id) {
            at.report(&SecretIssue::NameLikeSuffix { name: self.id.clone() });
        }
        self.check_spelling(at);
    }

    /// Checks a secret that CloudFormation reads: by a dynamic reference, whose end is a pair of braces.
    pub(crate) fn check_in_template(&self, at: &mut Check<'_>) {
        self.check_spelling(at);
        if let Some(key) = self.key.as_deref().filter(|key| key.contains(['{', '}', '\\'])) {
            at.report(&SecretIssue::KeyInTemplate { key: key.to_owned() });
        }
    }

    fn check_spelling(&self, at: &mut Check<'_>) {
        if self.is_arn() {
            if !is_secret_arn(&self.id) {
                at.report(&SecretIssue::Arn { arn: self.id.clone() });
            }
        } else if !is_secret_name(&self.id) {
            at.report(&SecretIssue::Name { name: self.id.clone() });
        }
        if let Some(key) = &self.key
            && (key.is_empty() || key.contains(':'))
        {
            at.report(&SecretIssue::Key { key: key.clone() });
        }
    }
}

/// `arn:partition:secretsmanager:region:account:secret:name`, and no key behind it.
pub(crate) fn is_secret_arn(arn: &str) -> bool {
    let name = arn::resource("secretsmanager", arn).and_then(|secret| secret.strip_prefix("secret:"));
    name.is_some_and(|name| !name.is_empty() && !name.contains(':'))
}

fn is_secret_name(name: &str) -> bool {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "/_+=.@-".contains(letter);
    (1..=512).contains(&name.len()) && name.chars().all(allowed)
}

/// Whether a name ends in a dash and six letters or digits, as every secret's ARN does.
fn ends_like_an_arn(name: &str) -> bool {
    name.rsplit_once('-').is_some_and(|(_, suffix)| suffix.len() == 6 && suffix.chars().all(|letter| letter.is_ascii_alphanumeric()))
}

/// Mistakes in references to secrets.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "secret")]
#[non_exhaustive]
pub enum SecretIssue {
    /// Secrets Manager has no secret with such a name.
    #[error("found the secret name `{name}`, expected 1 to 512 letters, digits and `/_+=.@-`")]
    #[issue(
        help = "write the secret's name or its ARN",
        docs = "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html"
    )]
    Name {
        /// What was found.
        name: String,
    },
    /// ECS reads a secret by an ARN of Secrets Manager.
    #[error("found `{arn}`, expected the ARN of a secret in Secrets Manager, without a key behind it")]
    #[issue(
        help = "write an ARN such as `arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf`, and the key as `.key(\"password\")`",
        yaml = "write `$Secret('arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf', 'password')`",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html"
    )]
    Arn {
        /// What was found.
        arn: String,
    },
    /// A name that ends like the random suffix of an ARN is mistaken for a whole ARN when ECS reads the secret.
    #[error(
        "found the secret name `{name}`, which ends in `-` and six characters like an ARN, expected a name without such an end, or the whole ARN"
    )]
    #[issue(
        help = "write the secret's ARN",
        docs = "https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen"
    )]
    NameLikeSuffix {
        /// What was found.
        name: String,
    },
    /// The key stands between colons in the reference that ECS reads.
    #[error("found the key `{key}`, expected at least one character and no `:`")]
    #[issue(
        help = "write the key of the secret's JSON object",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html"
    )]
    Key {
        /// What was found.
        key: String,
    },
    /// CloudFormation reads a secret by a dynamic reference, `{{resolve:..}}`, in which some characters have a meaning.
    #[error("found the key `{key}`, expected one without `{{`, `}}` and `\\`, since CloudFormation reads it")]
    #[issue(
        help = "rename the key in the secret's JSON object",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html"
    )]
    KeyInTemplate {
        /// What was found.
        key: String,
    },
}
