//! Who Lambda is for the brokers of Kafka.

use serde::ser::{Serialize, Serializer};
use stacktape_macros::Keyed;

use super::EventSourceIssue;
use crate::check::Check;
use crate::document::{Decode, Reader, Tagged, Tree, spelling};
use crate::text::{Text, is_secret_arn};

/// Who Lambda is for the brokers of Kafka: what it needs to tell them is in secrets of Secrets Manager. YAML: `authentication`.
#[derive(Clone, Debug, PartialEq)]
pub enum KafkaAuthentication {
    /// By a name and a password. YAML: `BASIC_AUTH`.
    Basic(KafkaPassword),
    /// By a name and a password that is never sent, hashed by SHA-256. YAML: `SASL_SCRAM_256_AUTH`.
    SaslScram256(KafkaPassword),
    /// By a name and a password that is never sent, hashed by SHA-512. YAML: `SASL_SCRAM_512_AUTH`.
    SaslScram512(KafkaPassword),
    /// By a certificate. YAML: `MTLS`.
    Mtls(KafkaCertificate),
}

/// A name and a password. YAML: the `properties` of `BASIC_AUTH`, `SASL_SCRAM_256_AUTH` and `SASL_SCRAM_512_AUTH`.
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct KafkaPassword {
    /// The ARN of a secret with `username` and `password`. YAML: `authenticationSecretArn`.
    #[required]
    pub authentication_secret_arn: Text,
}

/// A certificate. YAML: the `properties` of `MTLS`.
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct KafkaCertificate {
    /// The ARN of a secret with `certificate` and `privateKey`, each as PEM, and maybe `privateKeyPassword`. YAML: `clientCertificate`.
    #[required]
    pub client_certificate: Text,
    /// The ARN of a secret with the `certificate` by which the brokers are known, where no public authority knows them. YAML:
    /// `serverRootCaCertificate`.
    pub server_root_ca_certificate: Option<Text>,
}

impl KafkaAuthentication {
    /// By a name and a password, which stand as `username` and `password` in the secret with this ARN. YAML: `BASIC_AUTH`.
    pub fn basic(secret_arn: impl Into<Text>) -> Self {
        Self::Basic(KafkaPassword { authentication_secret_arn: secret_arn.into() })
    }

    /// By a name and a password that is never sent, hashed by SHA-256. YAML: `SASL_SCRAM_256_AUTH`.
    pub fn sasl_scram_256(secret_arn: impl Into<Text>) -> Self {
        Self::SaslScram256(KafkaPassword { authentication_secret_arn: secret_arn.into() })
    }

    /// By a name and a password that is never sent, hashed by SHA-512. YAML: `SASL_SCRAM_512_AUTH`.
    pub fn sasl_scram_512(secret_arn: impl Into<Text>) -> Self {
        Self::SaslScram512(KafkaPassword { authentication_secret_arn: secret_arn.into() })
    }

    /// By a certificate, which stands as `certificate` and `privateKey` in the secret with this ARN. YAML: `MTLS`.
    pub fn mtls(client_certificate: impl Into<Text>) -> Self {
        Self::Mtls(KafkaCertificate { client_certificate: client_certificate.into(), server_root_ca_certificate: None })
    }

    /// By a certificate, for brokers that no public authority knows but the one whose `certificate` stands in the second secret. YAML:
    /// `serverRootCaCertificate` of `MTLS`.
    pub fn mtls_with_root(client_certificate: impl Into<Text>, server_root_ca_certificate: impl Into<Text>) -> Self {
        let server_root_ca_certificate = Some(server_root_ca_certificate.into());
        Self::Mtls(KafkaCertificate { client_certificate: client_certificate.into(), server_root_ca_certificate })
    }

    /// The ARN of every secret, and the key at which it stands.
    pub fn secrets(&self) -> Vec<(&'static str, &Text)> {
        match self {
            Self::Basic(password) | Self::SaslScram256(password) | Self::SaslScram512(password) => {
                vec![("authenticationSecretArn", &password.authentication_secret_arn)]
            }
            Self::Mtls(KafkaCertificate { client_certificate, server_root_ca_certificate }) => {
                let root = server_root_ca_certificate.iter().map(|root| ("serverRootCaCertificate", root));
                std::iter::once(("clientCertificate", client_certificate)).chain(root).collect()
            }
        }
    }

    const fn kind(&self) -> &'static str {
        match self {
            Self::Basic(_) => BASIC,
            Self::SaslScram256(_) => SCRAM_256,
            Self::SaslScram512(_) => SCRAM_512,
            Self::Mtls(_) => MTLS,
        }
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        for (key, arn) in self.secrets() {
            let is_secret = match arn {
                Text::Literal(arn) => is_secret_arn(arn),
                Text::Param(_) | Text::Fact(_) => false,
                // Only the deployment knows it.
                Text::Raw(_) | Text::Joined(_) | Text::Intrinsic(_) => true,
            };
            if !is_secret {
                at.field(key).report(&EventSourceIssue::SecretArn { found: spelling::of_text(arn) });
            }
        }
    }
}

const BASIC: &str = "BASIC_AUTH";
const SCRAM_256: &str = "SASL_SCRAM_256_AUTH";
const SCRAM_512: &str = "SASL_SCRAM_512_AUTH";
const MTLS: &str = "MTLS";

#[cfg(feature = "yaml")]
impl Decode for KafkaAuthentication {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let (kind, properties) = at.tagged(tree, &[BASIC, SCRAM_256, SCRAM_512, MTLS])?;
        if kind == MTLS {
            return KafkaCertificate::decode(&properties, at).map(Self::Mtls);
        }
        let password = KafkaPassword::decode(&properties, at)?;
        Some(match kind {
            BASIC => Self::Basic(password),
            SCRAM_256 => Self::SaslScram256(password),
            _ => Self::SaslScram512(password),
        })
    }
}

impl Serialize for KafkaAuthentication {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kind = self.kind();
        match self {
            Self::Basic(properties) | Self::SaslScram256(properties) | Self::SaslScram512(properties) => {
                Tagged { kind, properties }.serialize(serializer)
            }
            Self::Mtls(properties) => Tagged { kind, properties }.serialize(serializer),
        }
    }
}
