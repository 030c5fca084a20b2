//! User pools.

use stacktape::prelude::*;

/// Two pools: one with all that pools can have, whose functions know it and whose secret a container is told, and a plain one. Routes
/// to a container and to a function are for those who bring a token of a pool.
pub(super) fn user_pools(stack: &mut Stack, _target: &Target) {
    let function =
        |name: &str| Function::builder(name, Package::artifact("examples/apps/caller", "index:handler")).runtime(Runtime::NodeJs24);
    let zone = RawResource::new("Zone", "AWS::Route53::HostedZone").property("Name", "example.com");
    let gateway = HttpApiGateway::builder("main").build();
    let admins = UserAuthPool::builder("admins")
        .allow_only_admins_to_create_account(true)
        .allow_phone_number_as_user_name(false)
        .unused_account_validity_days(7)
        .build();
    let certificate = "arn:aws:acm:us-east-1:123456789012:certificate/5ab1e8e4-0000-4c11-9d1c-000000000000";
    let customers = UserAuthPool::builder("customers")
        .user_verification_type(UserVerification::EmailLink)
        .user_verification_message_config(
            VerificationMessages::builder()
                .email_subject_using_link("Welcome to the shop")
                .email_message_using_link("Please, {##prove that this is you##}."),
        )
        .invite_message_config(
            InviteMessages::builder().email_subject("Your invitation").email_message("{username}, your password is {####}."),
        )
        .email_configuration(
            EmailConfiguration::builder()
                .ses_address_arn("arn:aws:ses:us-east-1:123456789012:identity/shop@example.com")
                .from("The shop <shop@example.com>")
                .reply_to_email_address("help@example.com"),
        )
        .password_policy(PasswordPolicy::builder().minimum_length(12).require_numbers(true).temporary_password_validity_days(3))
        .mfa_configuration(Mfa::builder(MfaStatus::Optional).enabled_types([MfaType::SoftwareToken, MfaType::Sms]))
        .schema_attribute(SchemaAttribute::builder("email", AttributeType::string()).required(true))
        .schema_attribute(SchemaAttribute::builder("age", AttributeType::number_between(18, 150)).mutable(false))
        .schema_attribute(SchemaAttribute::builder("nick", AttributeType::string_between(1, 40)).developer_only_attribute(true))
        .access_token_validity_seconds(900)
        .refresh_token_validity_days(7)
        .allowed_oauth_flow(OAuthFlow::Code)
        .allowed_oauth_scopes(["openid", "email"])
        .callback_urls(["https://shop.example.com/in", "shop://in"])
        .logout_url("https://shop.example.com/out")
        .generate_client_secret(true)
        .hosted_ui_domain_prefix("shop-customers")
        .hosted_ui_css(".logo-customizable { max-width: 60%; }")
        .custom_domain(CustomDomain::builder("auth.example.com").custom_certificate_arn(certificate).hosted_zone_id(zone.reference()))
        .identity_provider(
            IdentityProvider::builder(ProviderType::Google)
                .client_id("1234.apps.googleusercontent.com")
                .client_secret(Secret::new("google").key("clientSecret"))
                .map_attribute("email", "email")
                .map_attribute("name", "names"),
        )
        .identity_provider(
            IdentityProvider::builder(ProviderType::Oidc)
                .client_id("shop")
                .authorize_scopes(["openid", "email"])
                .provider_detail("oidc_issuer", "https://login.example.com"),
        )
        .identity_provider(
            IdentityProvider::builder(ProviderType::Oidc)
                .provider_name("partner")
                .client_id("shop")
                .provider_detail("oidc_issuer", "https://login.partner.example.com"),
        )
        .hooks(
            UserPoolHooks::builder().pre_sign_up(function("checkAge").build().arn()).post_confirmation(function("welcome").build().arn()),
        )
        .removal_policy(RemovalPolicy::Retain)
        .build();
    let api = MultiContainerWorkload::builder("api", Fargate::new(Cpu::Quarter, Memory::mib(512)))
        .container(
            Container::builder("web", Image::prebuilt("public.ecr.aws/nginx/nginx:1.29"))
                .env("ISSUER", Text::joined(["https://".into(), customers.provider_url()]))
                .env("CLIENT_SECRET", customers.client_secret())
                .event(HttpApiEvent::new(&gateway, Method::Get, "/orders", 80).authorizer(Authorizer::cognito(&customers)))
                .event(
                    HttpApiEvent::new(&gateway, Method::Post, "/orders", 80).authorizer(Authorizer::cognito(&customers).scope("openid")),
                ),
        )
        .connect_to(&customers);
    let report = function("report")
        .event(
            HttpApiIntegration::new(&gateway, Method::Get, "/report")
                .authorizer(Authorizer::cognito(&admins).identity_source("$request.header.X-Token")),
        )
        .connect_to(&admins);
    stack.output(Output::new("signIn", admins.domain()));
    stack.add(function("checkAge")).add(function("welcome").env("POOL", customers.id()).env("CLIENT", customers.client_id()));
    stack.add_raw(zone);
    stack.add(report).add(api).add(gateway).add(admins).add(customers);
}
