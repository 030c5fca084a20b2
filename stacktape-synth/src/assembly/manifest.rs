//! The manifests of a cloud assembly, as the `cdk` CLI reads them.
//! <https://github.com/aws/aws-cdk-cli/tree/main/packages/%40aws-cdk/cloud-assembly-schema>

use std::collections::BTreeMap;

use serde::Serialize;

use super::docker::{Image, normal};

/// The version of the assembly's schema; the CLI takes anything up to its own.
const VERSION: &str = "36.0.0";
/// The bootstrap stack has the roles below since this version.
const BOOTSTRAP_VERSION: u32 = 6;

/// How the bootstrap stack of an account is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bootstrap {
    /// The part that tells its roles, bucket and repository from others: `hnb659fds` unless it was chosen.
    pub qualifier: String,
}

impl Default for Bootstrap {
    fn default() -> Self {
        Self { qualifier: "hnb659fds".to_owned() }
    }
}

impl Bootstrap {
    fn role(&self, role: &str) -> String {
        let name = format!("cdk-{}-{role}-role-${{AWS::AccountId}}-${{AWS::Region}}", self.qualifier);
        format!("arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:role/{name}")
    }

    fn bucket(&self) -> String {
        format!("cdk-{}-assets-${{AWS::AccountId}}-${{AWS::Region}}", self.qualifier)
    }

    fn repository(&self) -> String {
        format!("cdk-{}-container-assets-${{AWS::AccountId}}-${{AWS::Region}}", self.qualifier)
    }

    fn version_parameter(&self) -> String {
        format!("/cdk-bootstrap/{}/version", self.qualifier)
    }
}

/// `manifest.json`.
#[derive(Debug, Serialize)]
pub(super) struct Manifest {
    version: &'static str,
    artifacts: BTreeMap<String, Artifact>,
}

#[derive(Debug, Serialize)]
struct Artifact {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    environment: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    dependencies: Vec<String>,
    #[serde(rename = "displayName", skip_serializing_if = "Option::is_none")]
    display_name: Option<String>,
    properties: Properties,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Properties {
    Assets(AssetProperties),
    Stack(Box<StackProperties>),
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct AssetProperties {
    file: String,
    requires_bootstrap_stack_version: u32,
    bootstrap_stack_version_ssm_parameter: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct StackProperties {
    template_file: String,
    stack_name: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    tags: BTreeMap<String, String>,
    assume_role_arn: String,
    cloud_formation_execution_role_arn: String,
    stack_template_asset_object_url: String,
    requires_bootstrap_stack_version: u32,
    bootstrap_stack_version_ssm_parameter: String,
    lookup_role: LookupRole,
    additional_dependencies: Vec<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct LookupRole {
    arn: String,
    requires_bootstrap_stack_version: u32,
    bootstrap_stack_version_ssm_parameter: String,
}

/// `{stack}.assets.json`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AssetManifest {
    version: &'static str,
    files: BTreeMap<String, FileAsset>,
    docker_images: BTreeMap<String, DockerAsset>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct FileAsset {
    display_name: String,
    source: FileSource,
    destinations: BTreeMap<&'static str, FileDestination>,
}

#[derive(Debug, Serialize)]
struct FileSource {
    path: String,
    packaging: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct FileDestination {
    bucket_name: String,
    object_key: String,
    assume_role_arn: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct DockerAsset {
    display_name: String,
    source: DockerSource,
    destinations: BTreeMap<&'static str, DockerDestination>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct DockerSource {
    directory: String,
    docker_file: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    docker_build_args: BTreeMap<String, String>,
    platform: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct DockerDestination {
    repository_name: String,
    image_tag: String,
    assume_role_arn: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<String>,
}

/// What the manifests are made from.
pub(super) struct Facts<'a> {
    pub(super) bootstrap: &'a Bootstrap,
    pub(super) stack_name: &'a str,
    pub(super) region: Option<&'a str>,
    pub(super) tags: &'a [(String, String)],
    pub(super) template_hash: &'a str,
    pub(super) images: &'a [Image],
}

pub(super) fn template_file(stack_name: &str) -> String {
    format!("{stack_name}.template.json")
}

pub(super) fn assets_file(stack_name: &str) -> String {
    format!("{stack_name}.assets.json")
}

/// The staged context of an image.
pub(super) fn image_directory(image: &Image) -> String {
    format!("asset.{}", image.hash())
}

impl Facts<'_> {
    pub(super) fn manifest(&self) -> Manifest {
        let bootstrap = self.bootstrap;
        let assets = format!("{}.assets", self.stack_name);
        let stack = StackProperties {
            template_file: template_file(self.stack_name),
            stack_name: self.stack_name.to_owned(),
            tags: self.tags.iter().cloned().collect(),
            assume_role_arn: bootstrap.role("deploy"),
            cloud_formation_execution_role_arn: bootstrap.role("cfn-exec"),
            stack_template_asset_object_url: format!("s3://{}/{}.json", bootstrap.bucket(), self.template_hash),
            requires_bootstrap_stack_version: BOOTSTRAP_VERSION,
            bootstrap_stack_version_ssm_parameter: bootstrap.version_parameter(),
            lookup_role: LookupRole {
                arn: bootstrap.role("lookup"),
                requires_bootstrap_stack_version: 8,
                bootstrap_stack_version_ssm_parameter: bootstrap.version_parameter(),
            },
            additional_dependencies: vec![assets.clone()],
        };
        let artifacts = [
            (
                assets.clone(),
                Artifact {
                    kind: "cdk:asset-manifest",
                    environment: None,
                    dependencies: Vec::new(),
                    display_name: None,
                    properties: Properties::Assets(AssetProperties {
                        file: assets_file(self.stack_name),
                        requires_bootstrap_stack_version: BOOTSTRAP_VERSION,
                        bootstrap_stack_version_ssm_parameter: bootstrap.version_parameter(),
                    }),
                },
            ),
            (
                self.stack_name.to_owned(),
                Artifact {
                    kind: "aws:cloudformation:stack",
                    environment: Some(format!("aws://unknown-account/{}", self.region.unwrap_or("unknown-region"))),
                    dependencies: vec![assets],
                    display_name: Some(self.stack_name.to_owned()),
                    properties: Properties::Stack(Box::new(stack)),
                },
            ),
        ];
        Manifest { version: VERSION, artifacts: artifacts.into() }
    }

    pub(super) fn asset_manifest(&self) -> AssetManifest {
        let bootstrap = self.bootstrap;
        let region = self.region.map(str::to_owned);
        let template = FileAsset {
            display_name: format!("{} template", self.stack_name),
            source: FileSource { path: template_file(self.stack_name), packaging: "file" },
            destinations: BTreeMap::from([(
                "current",
                FileDestination {
                    bucket_name: bootstrap.bucket(),
                    object_key: format!("{}.json", self.template_hash),
                    assume_role_arn: bootstrap.role("file-publishing"),
                    region: region.clone(),
                },
            )]),
        };
        let image = |image: &Image| DockerAsset {
            display_name: image.build.display_name.clone(),
            source: DockerSource {
                directory: image_directory(image),
                docker_file: normal(&image.build.dockerfile),
                docker_build_args: image.build.build_args.clone(),
                platform: image.build.platform.as_str(),
            },
            destinations: BTreeMap::from([(
                "current",
                DockerDestination {
                    repository_name: bootstrap.repository(),
                    image_tag: image.hash().to_owned(),
                    assume_role_arn: bootstrap.role("image-publishing"),
                    region: region.clone(),
                },
            )]),
        };
        AssetManifest {
            version: VERSION,
            files: BTreeMap::from([(self.template_hash.to_owned(), template)]),
            docker_images: self.images.iter().map(|one| (one.hash().to_owned(), image(one))).collect(),
        }
    }
}
