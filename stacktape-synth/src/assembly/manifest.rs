//! The manifests of a cloud assembly, as the `cdk` CLI reads them.
//! <https://github.com/aws/aws-cdk-cli/tree/main/packages/%40aws-cdk/cloud-assembly-schema>

use std::path::Path;

use serde_json::{Value as Json, json};

use super::docker::{How, Image};
use super::file::{Content, FileAsset};
use super::recipe;
use crate::cfn::Node;

/// The version of the assembly's schema; the CLI takes anything up to its own.
const VERSION: &str = "36.0.0";
/// The bootstrap stack has the roles below since this version.
const BOOTSTRAP_VERSION: u32 = 6;
/// The same of the role for look-ups.
const LOOKUP_BOOTSTRAP_VERSION: u32 = 8;

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

    pub(super) fn bucket(&self) -> String {
        format!("cdk-{}-assets-${{AWS::AccountId}}-${{AWS::Region}}", self.qualifier)
    }

    fn repository(&self) -> String {
        format!("cdk-{}-container-assets-${{AWS::AccountId}}-${{AWS::Region}}", self.qualifier)
    }

    fn version_parameter(&self) -> String {
        format!("/cdk-bootstrap/{}/version", self.qualifier)
    }
}

/// What the manifests are made from.
pub(super) struct Facts<'a> {
    pub(super) bootstrap: &'a Bootstrap,
    pub(super) stack_name: &'a str,
    pub(super) region: Option<&'a str>,
    pub(super) tags: &'a [(String, String)],
    pub(super) template_hash: &'a str,
    pub(super) images: &'a [Image],
    pub(super) files: &'a [FileAsset],
    /// Where the assembly will lie.
    pub(super) place: &'a Path,
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
    /// `manifest.json`.
    pub(super) fn manifest(&self) -> Node {
        let bootstrap = self.bootstrap;
        let assets = format!("{}.assets", self.stack_name);
        let tags = object(self.tags.iter().map(|(key, value)| (key.clone(), value.as_str().into())));
        let stack = json!({
            "type": "aws:cloudformation:stack",
            "environment": format!("aws://unknown-account/{}", self.region.unwrap_or("unknown-region")),
            "dependencies": [&assets],
            "displayName": self.stack_name,
            "properties": {
                "templateFile": template_file(self.stack_name),
                "stackName": self.stack_name,
                "tags": tags,
                "assumeRoleArn": bootstrap.role("deploy"),
                "cloudFormationExecutionRoleArn": bootstrap.role("cfn-exec"),
                "stackTemplateAssetObjectUrl": format!("s3://{}/{}.json", bootstrap.bucket(), self.template_hash),
                "requiresBootstrapStackVersion": BOOTSTRAP_VERSION,
                "bootstrapStackVersionSsmParameter": bootstrap.version_parameter(),
                "lookupRole": {
                    "arn": bootstrap.role("lookup"),
                    "requiresBootstrapStackVersion": LOOKUP_BOOTSTRAP_VERSION,
                    "bootstrapStackVersionSsmParameter": bootstrap.version_parameter(),
                },
                "additionalDependencies": [&assets],
            },
        });
        let asset_manifest = json!({
            "type": "cdk:asset-manifest",
            "properties": {
                "file": assets_file(self.stack_name),
                "requiresBootstrapStackVersion": BOOTSTRAP_VERSION,
                "bootstrapStackVersionSsmParameter": bootstrap.version_parameter(),
            },
        });
        // As nodes, since the order of keys in `serde_json`'s maps depends on features that other crates choose.
        json!({"version": VERSION, "artifacts": {assets: asset_manifest, self.stack_name: stack}}).into()
    }

    /// `{stack}.assets.json`.
    pub(super) fn asset_manifest(&self) -> Node {
        let template = json!({
            "displayName": format!("{} template", self.stack_name),
            "source": {"path": template_file(self.stack_name), "packaging": "file"},
            "destinations": {"current": self.in_bucket(&format!("{}.json", self.template_hash))},
        });
        let files = self.files.iter().map(|file| (file.hash().to_owned(), self.file(file)));
        let files = object(files.chain([(self.template_hash.to_owned(), template)]));
        let images = object(self.images.iter().map(|image| (image.hash().to_owned(), self.image(image))));
        json!({"version": VERSION, "files": files, "dockerImages": images}).into()
    }

    fn file(&self, file: &FileAsset) -> Json {
        let source = match file.content {
            Content::Directory(_) => json!({"path": file.staged(), "packaging": "zip"}),
            Content::Zip(_) => json!({"path": file.staged(), "packaging": "file"}),
            // The script runs where the `cdk` CLI does, which may be anywhere.
            Content::Script(_) => {
                let script = self.place.join(file.staged()).join(recipe::SCRIPT);
                json!({"executable": ["sh", script.to_string_lossy()]})
            }
        };
        json!({
            "displayName": file.display_name,
            "source": source,
            "destinations": {"current": self.in_bucket(&file.object_key())},
        })
    }

    fn image(&self, image: &Image) -> Json {
        let bootstrap = self.bootstrap;
        let directory = image_directory(image);
        let mut source = json!({});
        match &image.how {
            How::Dockerfile { path, build_args } => {
                source["directory"] = directory.into();
                source["dockerFile"] = path.as_str().into();
                source["platform"] = image.platform.as_str().into();
                if !build_args.is_empty() {
                    source["dockerBuildArgs"] = object(build_args.iter().map(|(name, value)| (name.clone(), value.as_str().into())));
                }
            }
            How::Script { path } => source["executable"] = vec!["sh".to_owned(), format!("{directory}/{path}")].into(),
        }
        json!({
            "displayName": image.display_name,
            "source": source,
            "destinations": {"current": self.in_region(json!({
                "repositoryName": bootstrap.repository(),
                "imageTag": image.hash(),
                "assumeRoleArn": bootstrap.role("image-publishing"),
            }))},
        })
    }

    /// A key in the bucket of the bootstrap stack.
    fn in_bucket(&self, key: &str) -> Json {
        self.in_region(json!({
            "bucketName": self.bootstrap.bucket(),
            "objectKey": key,
            "assumeRoleArn": self.bootstrap.role("file-publishing"),
        }))
    }

    /// A destination, pinned to the region where the stack is.
    fn in_region(&self, mut destination: Json) -> Json {
        if let Some(region) = self.region {
            destination["region"] = region.into();
        }
        destination
    }
}

fn object(entries: impl Iterator<Item = (String, Json)>) -> Json {
    let mut object = serde_json::Map::new();
    for (key, value) in entries {
        object.insert(key, value);
    }
    Json::Object(object)
}
