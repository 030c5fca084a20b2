//! The address of a function, and who may call it.

use stacktape_model::container::Method;
use stacktape_model::function::{FunctionUrl, FunctionUrlCors, FunctionUrlCorsParts, FunctionUrlParts, UrlAuthMode};

use crate::cfn::lambda::{self, permission, url};
use crate::cfn::{Node, PropertyType, Value};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::once_each;
use crate::plan::Plan;

pub(super) fn lower(function: &str, address: &FunctionUrl, _plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let FunctionUrlParts { auth_mode, response_stream_enabled, cors } = address.parts();
    let arn = logical_id::function(function).att_arn();
    let auth = match auth_mode {
        UrlAuthMode::None => url::AuthType::None,
        UrlAuthMode::AwsIam => url::AuthType::AwsIam,
    };
    let mode = if *response_stream_enabled { url::InvokeMode::ResponseStream } else { url::InvokeMode::Buffered };
    let resource = lambda::Url::new(auth, arn.clone()).invoke_mode(mode);
    fragment.add(&logical_id::function_url(function), resource.set_some(cors.as_ref().map(lower_cors), lambda::Url::cors));
    if *auth_mode == UrlAuthMode::None {
        let open = |action: &'static str| lambda::Permission::new(action, arn.clone(), "*");
        fragment.add(
            &logical_id::function_url_permission(function),
            open("lambda:InvokeFunctionUrl").function_url_auth_type(permission::FunctionUrlAuthType::None),
        );
        // Since October 2025, an address needs both.
        // https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
        fragment.add(&logical_id::function_invoked_via_url(function), open("lambda:InvokeFunction").invoked_via_function_url(true));
    }
}

fn lower_cors(cors: &FunctionUrlCors) -> url::Cors {
    let FunctionUrlCorsParts { allowed_origins, allowed_headers, allowed_methods, allow_credentials, exposed_response_headers, max_age } =
        cors.parts();
    let or_all = |given: &[String]| if given.is_empty() { vec!["*".to_owned()] } else { given.to_vec() };
    // One that stands for all stands for the others too.
    let is_any = allowed_methods.is_empty() || allowed_methods.contains(&Method::Any);
    let methods = if is_any { vec![Method::Any] } else { once_each(allowed_methods) };
    let methods = Node::list(methods.into_iter().map(|method| Node::literal(method.as_str())));
    url::Cors::new()
        .allow_origins(or_all(allowed_origins))
        .allow_headers(or_all(allowed_headers))
        .allow_methods(Value::<Vec<url::CorsAllowMethods>>::from_node(methods))
        .set_some(*allow_credentials, url::Cors::allow_credentials)
        .set_some((!exposed_response_headers.is_empty()).then(|| exposed_response_headers.clone()), url::Cors::expose_headers)
        .set_some(*max_age, url::Cors::max_age)
}
