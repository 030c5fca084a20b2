//! Clients of user pools, attributes of users, and identity providers.

use stacktape_model::stack::Stack;
use stacktape_model::stack_config::Output;
use stacktape_model::text::{Fact, Secret, Text};
use stacktape_model::user_auth_pool::{
    AttributeType, IdentityProvider, IdentityProviderBuilder, ProviderType, SchemaAttribute, SchemaAttributeBuilder, UserAuthPool,
};

use super::users::{at, of, pool};
use crate::support::{Rule, api, rule, stack, web};

fn keeping(attributes: impl IntoIterator<Item = SchemaAttributeBuilder>) -> Stack {
    of(pool().schema(attributes))
}

fn named(name: &str) -> SchemaAttributeBuilder {
    SchemaAttribute::builder(name, AttributeType::string())
}

fn number(number: usize) -> Stack {
    keeping((0..number).map(|index| named(&format!("a{index}"))))
}

fn typed(kind: AttributeType) -> Stack {
    keeping([SchemaAttribute::builder("age", kind)])
}

fn urls(number: usize) -> Vec<Text> {
    (0..number).map(|index| format!("https://example.com/{index}").into()).collect()
}

fn url(url: &str) -> Stack {
    of(pool().callback_url(url))
}

fn prefix(prefix: &str) -> Stack {
    of(pool().hosted_ui_domain_prefix(prefix))
}

fn two_prefixes(other: &str) -> Stack {
    let mut stack = prefix("shop");
    stack.add(UserAuthPool::builder("admins").hosted_ui_domain_prefix(other));
    stack
}

fn provider(kind: ProviderType) -> IdentityProviderBuilder {
    IdentityProvider::builder(kind)
}

fn google() -> IdentityProviderBuilder {
    provider(ProviderType::Google).client_id("1234").client_secret(Secret::new("google").key("secret"))
}

fn saml() -> IdentityProviderBuilder {
    provider(ProviderType::Saml).provider_detail("MetadataURL", "https://login.example.com/metadata.xml")
}

#[track_caller]
fn called(name: &str) -> IdentityProviderBuilder {
    saml().provider_name(name)
}

#[track_caller]
fn by(provider: IdentityProviderBuilder) -> Stack {
    of(pool().identity_provider(provider))
}

fn secretive() -> UserAuthPool {
    pool().generate_client_secret(true).build()
}

fn shown(secret: impl Into<Text>) -> Stack {
    let mut stack = stack([secretive()]);
    stack.output(Output::new("secret", secret));
    stack
}

fn told() -> Stack {
    let users = secretive();
    let mut stack = stack([api(web().env("SECRET", users.client_secret())).connect_to(&users)]);
    stack.add(users);
    stack
}

pub(crate) fn rules() -> Vec<Rule> {
    [attributes(), tokens(), pages(), providers()].into_iter().flatten().collect()
}

fn attributes() -> Vec<Rule> {
    vec![
        rule("user_attribute::name")
            .refuses(&at("schema[0].name"), keeping([named(&"ä".repeat(21))]))
            .saying("found the attribute `äääääääääääääääääääää`, expected 1 to 20 characters without spaces", "write a name such as `age`")
            .refuses(&at("schema[0].name"), keeping([named("")]))
            .refuses(&at("schema[0].name"), keeping([named("an age")]))
            .takes(keeping([named(&"ä".repeat(20)), named("a"), named("an-age_2")])),
        rule("user_attribute::prefix")
            .warns(&at("schema[0].name"), keeping([named("custom:age")]))
            .saying(
                "found the attribute `custom:age`, expected its name without `custom:`, which Cognito puts in front of it",
                "leave `custom:` out; programs write it all the same",
            )
            .takes(keeping([named("customAge")])),
        rule("user_attribute::twice")
            .refuses(&at("schema[1].name"), keeping([named("age"), named("age")]))
            .saying("found the attribute `age` a second time, expected each attribute once", "remove one of the two")
            .takes(keeping([named("age"), named("Age")])),
        rule("user_attribute::too_many")
            .refuses(&at("schema"), number(51))
            .saying(
                "found 51 attributes, expected at most 50",
                "keep what is not asked for at each sign-in in a table, by the claim `sub`",
            )
            .takes(number(50)),
        rule("user_attribute::required")
            .refuses(&at("schema[0].required"), keeping([named("age").required(true)]))
            .saying(
                "found the attribute `age`, which is required, expected that of standard attributes only",
                "leave `.required(true)` out, and let a hook, `pre_sign_up`, refuse who does not have it",
            )
            .takes(keeping([named("email").required(true), named("updated_at").required(true)])),
        rule("user_attribute::length")
            .refuses(&at("schema[0].stringMaxLength"), typed(AttributeType::string_between(0, 2049)))
            .saying("found a length of 2049 characters, expected at most 2048", "write a smaller one, or keep longer values in a table")
            .takes(typed(AttributeType::string_between(2048, 2048))),
        rule("user_attribute::bounds")
            .refuses(&at("schema[0].numberMaxValue"), typed(AttributeType::number_between(18, 17)))
            .saying("found at most 17, expected at least 18, which is the least", "raise the greater bound, or lower the lesser one")
            .refuses(&at("schema[0].stringMaxLength"), typed(AttributeType::string_between(2, 1)))
            .takes(typed(AttributeType::number_between(18, 18)))
            .takes(typed(AttributeType::number_between(-5, 5)))
            .takes(typed(AttributeType::string_between(1, 1))),
    ]
}

fn tokens() -> Vec<Rule> {
    vec![
        rule("user_pool_client::token_seconds")
            .refuses(&at("accessTokenValiditySeconds"), of(pool().access_token_validity_seconds(299)))
            .saying("found 299 s, expected 300 to 86,400 s", "write 300 to 86400; who has a refresh token gets new ones")
            .refuses(&at("idTokenValiditySeconds"), of(pool().id_token_validity_seconds(86_401)))
            .takes(of(pool().access_token_validity_seconds(300).id_token_validity_seconds(86_400))),
        rule("user_pool_client::refresh_days")
            .refuses(&at("refreshTokenValidityDays"), of(pool().refresh_token_validity_days(3651)))
            .saying("found 3651 days, expected 1 to 3650", "write a number from 1 to 3650")
            .refuses(&at("refreshTokenValidityDays"), of(pool().refresh_token_validity_days(0)))
            .takes(of(pool().refresh_token_validity_days(1)))
            .takes(of(pool().refresh_token_validity_days(3650))),
        rule("user_pool_client::url")
            .refuses(&at("callbackURLs[0]"), url("http://shop.example.com"))
            .saying(
                "found the URL `http://shop.example.com`, expected `https://`, `http://localhost` or an app's own scheme, at most 1024 \
                 characters, no space and no `#`",
                "write a URL such as `https://shop.example.com/signed-in`",
            )
            .refuses(&at("callbackURLs[0]"), url("shop.example.com/in"))
            .refuses(&at("callbackURLs[0]"), url("https://shop.example.com/#in"))
            .refuses(&at("callbackURLs[0]"), url("http://localhost.example.com"))
            .refuses(&at("callbackURLs[0]"), url(&format!("https://{}", "a".repeat(1017))))
            .refuses(&at("logoutURLs[0]"), of(pool().logout_url("https://")))
            .takes(url("http://localhost:3000/in"))
            .takes(url("http://localhost"))
            .takes(url("https://shop.example.com/in?a=b"))
            .takes(url("shop://in"))
            .takes(url("com.example.shop:/in"))
            .takes(url(&format!("https://{}", "a".repeat(1016))))
            .takes(of(pool().logout_url(Text::joined(["https://".into(), Fact::Region.into(), ".example.com".into()])))),
        rule("user_pool_client::too_many_urls")
            .refuses(&at("callbackURLs"), of(pool().callback_urls(urls(101))))
            .saying("found 101 URLs, expected at most 100", "lead several programs to one URL, which tells them apart by the parameter `state`")
            .refuses(&at("logoutURLs"), of(pool().logout_urls(urls(101))))
            .takes(of(pool().callback_urls(urls(100)).logout_urls(urls(100)))),
        rule("user_pool_client::scope")
            .refuses(&at("allowedOAuthScopes[0]"), of(pool().allowed_oauth_scope("read orders")))
            .saying(
                "found the scope `read orders`, expected 1 to 256 characters without spaces, `\"` and `\\`",
                "write a scope such as `openid`, or `orders/read` of a resource server",
            )
            .refuses(&at("allowedOAuthScopes[0]"), of(pool().allowed_oauth_scope("a".repeat(257))))
            .refuses(&at("allowedOAuthScopes[0]"), of(pool().allowed_oauth_scope("")))
            .takes(of(pool().allowed_oauth_scopes(["aws.cognito.signin.user.admin".to_owned(), "a".repeat(256)]))),
        rule("user_pool_client::too_many_scopes")
            .refuses(&at("allowedOAuthScopes"), of(pool().allowed_oauth_scopes(["a"; 51])))
            .saying("found 51 scopes, expected at most 50", "let a scope stand for several")
            .takes(of(pool().allowed_oauth_scopes(["a"; 50]))),
    ]
}

fn pages() -> Vec<Rule> {
    vec![
        rule("user_pool_client::no_provider")
            .warns(&at("allowOnlyExternalIdentityProviders"), of(pool().allow_only_external_identity_providers(true)))
            .saying(
                "found identity providers alone to sign in by, and none of them, expected at least one",
                "add `.identity_provider(..)`, or leave `.allow_only_external_identity_providers(true)` out",
            )
            .takes(of(pool().allow_only_external_identity_providers(true).identity_provider(google()))),
        rule("user_pool_client::long_css")
            .refuses(&at("hostedUiCSS"), of(pool().hosted_ui_css(" ".repeat(131_073))))
            .saying("found a style sheet of 131073 characters, expected at most 131072", "leave out what the pages do not have")
            .takes(of(pool().hosted_ui_css(" ".repeat(131_072)))),
        rule("user_pool_client::domain_prefix")
            .refuses(&at("hostedUiDomainPrefix"), prefix("Shop"))
            .saying(
                "found the beginning `Shop` of a domain, expected 1 to 63 small letters, digits and `-`, and none of these at an end",
                "write a word such as `shop-users`; for a domain of your own, `.custom_domain(..)`",
            )
            .refuses(&at("hostedUiDomainPrefix"), prefix("shop-"))
            .refuses(&at("hostedUiDomainPrefix"), prefix("shop.users"))
            .refuses(&at("hostedUiDomainPrefix"), prefix(&"a".repeat(64)))
            .takes(prefix("a"))
            .takes(prefix(&"a".repeat(63)))
            .takes(prefix("1-shop-2")),
        rule("user_pool_client::reserved_prefix")
            .refuses(&at("hostedUiDomainPrefix"), prefix("my-aws-shop"))
            .saying(
                "found the beginning `my-aws-shop` of a domain, which has `aws` in it, expected one without `amazon`, `aws` and `cognito`",
                "write another word",
            )
            .refuses(&at("hostedUiDomainPrefix"), prefix("cognito"))
            .refuses(&at("hostedUiDomainPrefix"), prefix("amazonas"))
            .takes(prefix("a-w-s")),
        rule("user_pool_client::prefix_twice")
            .refuses(&at("hostedUiDomainPrefix"), two_prefixes("shop"))
            .saying("found the beginning `shop` of a domain a second time, expected one for each pool", "write another word; the other one belongs to `admins`")
            .takes(two_prefixes("shop-admins")),
    ]
}

fn providers() -> Vec<Rule> {
    let detail = "identityProviders[0]";
    vec![
        rule("identity_provider::detail")
            .refuses(&at(detail), by(provider(ProviderType::Google).client_id("1234")))
            .saying(
                "found the provider `Google` without `client_secret`, expected what Cognito must know of it",
                "write `.client_id(id)`, `.client_secret(secret)`, or `.provider_detail(\"client_secret\", ..)`",
            )
            .refuses(&at(detail), by(provider(ProviderType::Saml)))
            .refuses(&at(detail), by(provider(ProviderType::Oidc).client_id("1234")))
            .refuses(&at(detail), by(provider(ProviderType::SignInWithApple).client_id("1234").provider_detail("team_id", "T")))
            .takes(by(google()))
            .takes(by(provider(ProviderType::Facebook).provider_detail("client_id", "1").provider_detail("client_secret", Secret::new("f"))))
            .takes(by(provider(ProviderType::Saml).provider_detail("MetadataFile", "<EntityDescriptor/>")))
            .takes(by(provider(ProviderType::Oidc).client_id("1234").provider_detail("oidc_issuer", "https://login.example.com"))),
        rule("identity_provider::twice")
            .refuses(&at("identityProviders[1]"), of(pool().identity_providers([google(), google()])))
            .saying(
                "found the provider `Google` a second time, expected each name once",
                "remove one of the two, or give it a name of its own, of OIDC or SAML: `.provider_name(\"acme\")`",
            )
            .refuses(&at("identityProviders[1]"), of(pool().identity_providers([called("acme"), called("acme")])))
            .takes(of(pool().identity_providers([google(), called("acme"), called("partner"), saml()]))),
        rule("identity_provider::name")
            .refuses(&at("identityProviders[0].providerName"), by(called("ab")))
            .saying(
                "found the name `ab`, expected 3 to 32 characters without spaces, and `_` at most as the second one",
                "write a name such as `acme`",
            )
            .refuses(&at("identityProviders[0].providerName"), by(called("ac_me")))
            .refuses(&at("identityProviders[0].providerName"), by(called(&"a".repeat(33))))
            .takes(by(called("a_b")))
            .takes(by(called(&"a".repeat(32)))),
        rule("identity_provider::fixed_name")
            .refuses(&at("identityProviders[0].providerName"), by(google().provider_name("acme")))
            .saying(
                "found a name of the provider `Google`, expected none, since Cognito wants it called as its type",
                "leave `.provider_name(..)` out",
            )
            .takes(by(called("acme"))),
        rule("reference::secret_written_out")
            .refuses("stackConfig.outputs[0].value", shown(secretive().client_secret()))
            .saying(
                "found the `clientSecret` of `users`, which is a secret, expected it as the value of a variable only",
                "write it as it is into the environment of a program: `.env(\"SECRET\", users.client_secret())`, or connect the program",
            )
            .refuses("stackConfig.outputs[0].value", shown(Text::joined(["secret: ".into(), secretive().client_secret()])))
            .takes(shown(secretive().client_id()))
            .takes(told()),
    ]
}
