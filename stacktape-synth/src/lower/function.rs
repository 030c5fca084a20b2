//! `function` becomes a Lambda function with its role, logs and address, and what its events need.

mod destinations;
mod event;
mod url;

use stacktape_model::compute::Architecture;
use stacktape_model::container::{ContainerLogs, Language, RetainedLogs};
use stacktape_model::function::{Function, FunctionParam, FunctionParts, Package};
use stacktape_model::nested::written_name;
use stacktape_model::stack::ValidStack;

use crate::assembly::{FileBuild, FileSource, Platform};
use crate::cfn::lambda::{self, function as lambda_function};
use crate::cfn::{AssetHole, AssetKey, Node, PropertyType, Value, ec2, iam, sub};
use crate::fragment::Fragment;
use crate::lower::log_group::{self, Forwarding, LogGroup};
use crate::lower::{environment, image, role, text, volume_mount};
use crate::plan::{Plan, SecretValue, Told, VolumePlan};
use crate::policy::{self, Grant};
use crate::{logical_id, physical_name};

/// Lambda's longest name.
const NAME_MAX: usize = 64;

pub(super) use event::permit;

pub(super) fn lower(function: &Function, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let FunctionParts {
        name,
        packaging,
        runtime: _, // `used_runtime` knows the default
        architecture,
        memory: _,
        timeout: _,
        storage,
        environment: _, // below
        events: _,      // below
        url,
        join_default_vpc,
        volume_mounts: _, // planned
        destinations,
        layers,
        reserved_concurrency,
        logging,
        tags,
        connect_to: _,          // decided in the plan
        iam_role_statements: _, // of the role
        overrides: _,           // applied when the template is merged
    } = function.parts();
    let id = logical_id::function(name);
    let has_logs = lower_logs(function, logging, plan, fragment);
    let volumes = VolumePlan::of_function(function);
    volume_mount::lower_access_points(&volumes, plan, fragment);
    fragment.add(&logical_id::function_role(name), function_role(function, has_logs, &volumes, plan));
    let variables = lower_environment(function, plan);
    let layers: Vec<_> = layers.iter().map(|layer| text::lower(layer, plan.stack)).collect();
    let log_group = has_logs.then(|| lambda_function::LoggingConfig::new().log_group(logical_id::function_log_group(name).reference()));
    let mounted: Vec<_> = volumes.iter().map(file_system).collect();
    let in_vpc = join_default_vpc.then(|| {
        lambda_function::VpcConfig::new()
            .security_group_ids(vec![logical_id::function_security_group(name).att_group_id()])
            .subnet_ids(subnets(plan))
    });
    let resource = lambda::Function::new(code(function), logical_id::function_role(name).att_arn())
        .function_name(function_name(name, plan.stack))
        .handler(packaging.handler().map_or_else(|| AssetHole::FileHandler(asset_key(function)).into(), Value::from))
        .set_some(function.used_runtime().map(|runtime| runtime.as_str().to_owned()), lambda::Function::runtime)
        .architectures([match architecture {
            Architecture::X86_64 => lambda_function::Architectures::X8664,
            Architecture::Arm64 => lambda_function::Architectures::Arm64,
        }])
        .memory_size(function.used_memory().as_mib())
        .timeout(function.timeout_seconds())
        .set_some(storage.map(|size| lambda_function::EphemeralStorage::new(size.as_mib())), lambda::Function::ephemeral_storage)
        .set_some(variables, lambda::Function::environment)
        .set_some((!layers.is_empty()).then_some(layers), lambda::Function::layers)
        .set_some(*reserved_concurrency, lambda::Function::reserved_concurrent_executions)
        .set_some(log_group, lambda::Function::logging_config)
        .set_some(in_vpc, lambda::Function::vpc_config)
        .set_some((!mounted.is_empty()).then_some(mounted), lambda::Function::file_system_configs)
        .tags(plan.tags.with(tags.iter().map(|tag| (tag.name.as_str(), tag.value.as_str()))));
    let rendered = fragment.add(&id, resource);
    volume_mount::wait_for_targets(rendered, &volumes, plan);
    if *join_default_vpc {
        for subnet in plan.network.own_subnets(plan.network.has_private_subnets()) {
            rendered.depends_on(&subnet.route).depends_on(&subnet.association);
        }
        fragment.add(
            &logical_id::function_security_group(name),
            ec2::SecurityGroup::new(format!("function {}", written_name(name)))
                .vpc_id(plan.network.vpc.clone())
                .tags(plan.tags.named(&format!("{}-{}", plan.stack.name(), written_name(name)))),
        );
    }
    if let Some(destinations) = destinations {
        fragment.add(&logical_id::function_invoke_config(name), destinations::lower(&id, destinations, plan));
    }
    if let Some(url) = url {
        url::lower(name, url, plan, fragment);
    }
    event::lower(function, plan, fragment);
}

/// Where a function sees the files of an access point.
fn file_system(volume: &VolumePlan<'_>) -> lambda_function::FileSystemConfig {
    lambda_function::FileSystemConfig::new(volume.access_point.att_arn(), volume.mount.mount_path.clone())
}

/// Where a function in the VPC runs: in private subnets, from where it reaches the internet, where there are any.
fn subnets(plan: &Plan<'_>) -> Vec<Value<String>> {
    plan.network.subnet_ids(plan.network.has_private_subnets())
}

/// The name of a function in Lambda. It is known beforehand, so that functions can know each other.
pub(super) fn function_name(function: &str, stack: &ValidStack) -> String {
    physical_name::of(stack.name(), written_name(function), NAME_MAX)
}

/// The ARN of a function without a way to it in the template, so that functions that know each other are no circle.
pub(super) fn static_arn(function: &str, stack: &ValidStack) -> Value<String> {
    sub(format!("arn:${{AWS::Partition}}:lambda:${{AWS::Region}}:${{AWS::AccountId}}:function:{}", function_name(function, stack)))
}

/// A parameter of a function.
pub(super) fn param(function: &str, param: FunctionParam) -> Value<String> {
    match param {
        FunctionParam::Arn => logical_id::function(function).att_arn(),
        FunctionParam::LogGroupArn => logical_id::function_log_group(function).att_arn(),
        FunctionParam::Url => logical_id::function_url(function).att_function_url(),
    }
}

/// What a program that is connected to the function may do.
pub(super) fn grants(function: &Function, stack: &ValidStack) -> Vec<Grant> {
    let arn = static_arn(function.name(), stack);
    let versions = sub(format!(
        "arn:${{AWS::Partition}}:lambda:${{AWS::Region}}:${{AWS::AccountId}}:function:{}:*",
        function_name(function.name(), stack)
    ));
    let by_url = function.parts().url.as_ref().map(|_| Grant::new(["lambda:InvokeFunctionUrl"], [arn.clone()]));
    std::iter::once(Grant::new(["lambda:InvokeFunction"], [arn, versions])).chain(by_url).collect()
}

/// The package that must be read or made for a function, valid or not; none where nobody knows what to make.
pub(super) fn build(function: &Function) -> Option<FileBuild> {
    let source = match function.packaging() {
        Package::Artifact(artifact) => FileSource::Artifact(artifact.clone()),
        Package::Inline(_) => return None,
        Package::Buildpack(package) => FileSource::Buildpack {
            package: package.clone(),
            runtime: function.used_runtime()?,
            platform: match function.parts().architecture {
                Architecture::X86_64 => Platform::LinuxAmd64,
                Architecture::Arm64 => Platform::LinuxArm64,
            },
        },
    };
    Some(FileBuild {
        key: asset_key(function),
        display_name: written_name(function.name()).to_owned(),
        source,
        origin: Some(function.origin()),
    })
}

/// A variable that the package needs: what is told to Node.js about a bundle, or where Python looks for modules, which is beside the
/// entry file, too.
fn packaged_variable(function: &Function, stack: &ValidStack) -> Option<(&'static str, Value<String>)> {
    const PYTHON_PATH: &str = "PYTHONPATH";
    let Package::Buildpack(package) = function.packaging() else { return None };
    let environment = function.parts().environment;
    match package.source_language()? {
        Language::Python => {
            let directory = package.directory();
            let is_own = environment.iter().any(|variable| variable.name == PYTHON_PATH);
            // Without its own modules, which are in the first one, Lambda could not start it.
            (!directory.is_empty() && !is_own).then(|| (PYTHON_PATH, format!("/var/runtime:/var/task/{directory}").into()))
        }
        language => {
            let config = package.language_for(function.used_runtime()?);
            image::node_variable(Some(language), config.as_ref(), environment, stack)
        }
    }
}

fn asset_key(function: &Function) -> AssetKey {
    AssetKey::new(format!("resources.{}.packaging", written_name(function.name())))
}

fn code(function: &Function) -> lambda_function::Code {
    if let Package::Inline(code) = function.packaging() {
        return lambda_function::Code::new().zip_file((*code).to_owned());
    }
    let key = asset_key(function);
    lambda_function::Code::new().s3_bucket(AssetHole::FileBucket(key.clone())).s3_key(AssetHole::FileObjectKey(key))
}

/// The log group, if the function has one.
fn lower_logs(function: &Function, logging: &ContainerLogs, plan: &Plan<'_>, fragment: &mut Fragment) -> bool {
    let ContainerLogs::Retained(RetainedLogs { retention_days, log_forwarding }) = logging else { return false };
    let name = function.name();
    let group = LogGroup {
        id: logical_id::function_log_group(name),
        name: format!("/aws/lambda/{}", function_name(name, plan.stack)),
        retention_days: *retention_days,
        forwarding: log_forwarding.as_ref().map(|to| Forwarding {
            to,
            stream: logical_id::function_log_stream(name),
            subscription: logical_id::function_log_subscription(name),
        }),
    };
    log_group::lower(name, &[group], plan, fragment);
    true
}

/// What Lambda does in the VPC for the function. These actions know no resources that a policy could name beforehand.
/// <https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions>
const INTERFACES: [&str; 5] = [
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:UnassignPrivateIpAddresses",
];

/// What the function may do.
fn function_role(function: &Function, has_logs: bool, volumes: &[VolumePlan<'_>], plan: &Plan<'_>) -> iam::Role {
    let name = function.name();
    let parts = function.parts();
    let policy = |name: &'static str, grants: Vec<Grant>| {
        (!grants.is_empty()).then(|| iam::role::Policy::new(policy::document(policy::merge(grants)), name))
    };
    let write = ["logs:CreateLogStream", "logs:PutLogEvents"];
    let logs = has_logs.then(|| Grant::new(write, [logical_id::function_log_group(name).att_arn()]));
    let interfaces = parts.join_default_vpc.then(|| Grant::new(INTERFACES, ["*".into()]));
    let destinations = parts.destinations.iter().flat_map(|destinations| destinations::grants(destinations, plan)).collect();
    let own = [
        policy("allow-cloudwatch-logging-policy", logs.into_iter().collect()),
        policy("allow-vpc-network-interfaces-policy", interfaces.into_iter().collect()),
        policy("allow-destinations", destinations),
        policy("allow-event-sources", event::event_source::grants(function, plan)),
        volume_mount::role_policy(volumes),
    ];
    let policies: Vec<_> = role::policies(name, parts.iam_role_statements, plan).chain(own.into_iter().flatten()).collect();
    iam::Role::new(policy::trust("lambda.amazonaws.com", None))
        .set_some((!policies.is_empty()).then_some(policies), iam::Role::policies)
        .tags(plan.tags.list())
}

/// Nobody reads a secret when the function starts, so CloudFormation does when it deploys.
fn lower_environment(function: &Function, plan: &Plan<'_>) -> Option<lambda_function::Environment> {
    let needed = packaged_variable(function, plan.stack);
    let variables = environment::variables(function.parts().environment, needed, plan.access(function.name()), plan.stack);
    let value = |told| match told {
        Told::Open(value) | Told::Made { kept: _, value } => value,
        Told::Secret(secret) => SecretValue::dynamic_reference(secret),
    };
    let variables: Vec<_> = variables.into_iter().map(|(name, told)| (name, value(told).into_node())).collect();
    (!variables.is_empty()).then(|| lambda_function::Environment::new().variables(Value::from_node(Node::object(variables))))
}
