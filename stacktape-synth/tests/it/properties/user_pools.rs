//! User pools: who may call what, who knows a secret, and what must be there before something else.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use stacktape_model::strategy::StackStrategy;
use stacktape_model::user_auth_pool::{IdentityProvider, UserAuthPool, UserAuthPoolParts};

use super::wiring::{properties, target};
use super::{cases, id_begins, items, of_type, resources, stacks, template, text, validated};

/// Stacks with user pools, and with what they call and who is connected to them.
fn users() -> StackStrategy {
    stacks().user_auth_pools(1..=2).functions(0..=2).workloads(0..=2).batch_jobs(0..=1)
}

/// What a permission lets a pool call, as the pool spells it.
fn callable(function: &Json, template: &Json) -> Json {
    match function["Fn::GetAtt"][0].as_str() {
        Some(id) => {
            let name = text(&properties(template, id)["FunctionName"]);
            json!({"Fn::Sub": format!("arn:${{AWS::Partition}}:lambda:${{AWS::Region}}:${{AWS::AccountId}}:function:{name}")})
        }
        None => function.clone(),
    }
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn a_pool_may_call_its_hooks_and_nothing_else(stack in users()) {
        let template = template(&validated(stack));
        let mut called = BTreeSet::new();
        for (id, pool) in of_type(&template, "AWS::Cognito::UserPool") {
            let hooks = pool["Properties"]["LambdaConfig"].as_object();
            called.extend(hooks.into_iter().flat_map(|hooks| hooks.values()).map(|function| (id.as_str(), function.to_string())));
        }
        let mut allowed = BTreeSet::new();
        for (id, permission) in of_type(&template, "AWS::Lambda::Permission") {
            let permission = &permission["Properties"];
            if permission["Principal"] == "cognito-idp.amazonaws.com" {
                let pool = target(&permission["SourceArn"], Some("Arn"));
                prop_assert_eq!(&permission["Action"], "lambda:InvokeFunction");
                prop_assert!(allowed.insert((pool, callable(&permission["FunctionName"], &template).to_string())), "{} is a second one", id);
            }
        }
        prop_assert_eq!(allowed, called);
    }

    #[test]
    fn a_pool_sends_to_phones_exactly_where_it_is_to_and_nobody_else_by_its_role(stack in users()) {
        let valid = validated(stack);
        let template = template(&valid);
        for pool in valid.all::<UserAuthPool>() {
            let id = id_begins(pool.name());
            let sms = &properties(&template, &format!("{id}UserPool"))["SmsConfiguration"];
            prop_assert_eq!(sms.is_object(), pool.sends_sms());
            prop_assert_eq!(resources(&template).contains_key(&format!("{id}UserPoolSmsRole")), pool.sends_sms());
            if !pool.sends_sms() {
                continue;
            }
            let role_id = target(&sms["SnsCallerArn"], Some("Arn"));
            let retained = |id: &str| resources(&template)[id]["DeletionPolicy"] == "Retain";
            prop_assert_eq!(retained(role_id), retained(&format!("{id}UserPool")), "a pool that is kept needs its role");
            let role = properties(&template, role_id);
            let trust = &role["AssumeRolePolicyDocument"]["Statement"];
            prop_assert_eq!(items(trust).count(), 1);
            prop_assert_eq!(&trust[0]["Principal"], &json!({"Service": "cognito-idp.amazonaws.com"}));
            let source = "arn:${AWS::Partition}:cognito-idp:${AWS::Region}:${AWS::AccountId}:userpool/*";
            let condition = json!({
                "ArnLike": {"aws:SourceArn": {"Fn::Sub": source}},
                "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}, "sts:ExternalId": sms["ExternalId"]},
            });
            prop_assert_eq!(&trust[0]["Condition"], &condition);
            let statements: Vec<_> = items(&role["Policies"]).flat_map(|policy| items(&policy["PolicyDocument"]["Statement"])).collect();
            prop_assert_eq!(statements, [&json!({"Effect": "Allow", "Action": ["sns:Publish"], "Resource": ["*"]})]);
        }
    }

    #[test]
    fn tokens_have_units_and_providers_are_there_before_the_client(stack in users()) {
        let valid = validated(stack);
        let template = template(&valid);
        for pool in valid.all::<UserAuthPool>() {
            let id = id_begins(pool.name());
            let resource = &template["Resources"][format!("{id}UserPoolClient")];
            let client = &resource["Properties"];
            prop_assert_eq!(&client["TokenValidityUnits"], &json!({"AccessToken": "seconds", "IdToken": "seconds", "RefreshToken": "days"}));
            prop_assert!((300..=86_400).contains(&client["AccessTokenValidity"].as_u64().expect("seconds")));
            let mut supported: BTreeSet<_> = items(&client["SupportedIdentityProviders"]).map(text).collect();
            let UserAuthPoolParts { allow_only_external_identity_providers: only, identity_providers, hosted_ui_css, .. } = pool.parts();
            prop_assert_eq!(supported.remove("COGNITO"), !only);
            prop_assert_eq!(supported, identity_providers.iter().map(IdentityProvider::name).collect());
            let of_pool: BTreeSet<_> = of_type(&template, "AWS::Cognito::UserPoolIdentityProvider")
                .filter(|(_, provider)| target(&provider["Properties"]["UserPoolId"], None) == format!("{id}UserPool"))
                .map(|(id, _)| id.as_str())
                .collect();
            prop_assert_eq!(of_pool.len(), identity_providers.len());
            prop_assert_eq!(&items(&resource["DependsOn"]).map(text).collect::<BTreeSet<_>>(), &of_pool);
            let domains: BTreeSet<_> = of_type(&template, "AWS::Cognito::UserPoolDomain")
                .filter(|(_, domain)| target(&domain["Properties"]["UserPoolId"], None) == format!("{id}UserPool"))
                .map(|(id, _)| id.as_str())
                .collect();
            prop_assert!(!domains.is_empty(), "a pool has a domain");
            if hosted_ui_css.is_some() {
                let style = &template["Resources"][format!("{id}UserPoolStyle")];
                prop_assert_eq!(items(&style["DependsOn"]).map(text).collect::<BTreeSet<_>>(), domains);
            }
        }
    }

    #[test]
    fn a_client_secret_reaches_containers_by_secrets_manager_alone(stack in users()) {
        let template = template(&validated(stack));
        for (id, resource) in resources(&template) {
            let kind = text(&resource["Type"]);
            // Functions have no other way, and a warning says so: the strategies do not let them know a secret.
            let keeps = kind == "AWS::SecretsManager::Secret";
            prop_assert!(keeps || !resource.to_string().contains("ClientSecret\"]"), "{} shows a secret", id);
        }
        prop_assert!(!template["Outputs"].to_string().contains("ClientSecret"));
        let roles: Vec<_> = of_type(&template, "AWS::IAM::Role").map(|(_, role)| role.to_string()).collect();
        for (id, task) in of_type(&template, "AWS::ECS::TaskDefinition") {
            for secret in items(&task["Properties"]["ContainerDefinitions"]).flat_map(|container| items(&container["Secrets"])) {
                let Some(kept) = secret["ValueFrom"]["Ref"].as_str() else { continue };
                prop_assert_eq!(&template["Resources"][kept]["Type"], "AWS::SecretsManager::Secret");
                let readers = roles.iter().filter(|role| role.contains("secretsmanager:GetSecretValue") && role.contains(&format!("{{\"Ref\":\"{kept}\"}}")));
                prop_assert_eq!(readers.count(), 1, "{} is read for {} by one role", kept, id);
            }
        }
    }
}

#[test]
fn a_function_may_know_the_pool_that_calls_it() {
    use stacktape_model::function::{Function, Package, Runtime};
    use stacktape_model::stack::Stack;
    use stacktape_model::text::Text;
    use stacktape_model::user_auth_pool::UserPoolHooks;

    let function = || Function::builder("welcome", Package::artifact("dist", "index:handler")).runtime(Runtime::NodeJs24);
    let (arn, alias) = (function().build().arn(), Text::joined([function().build().arn(), ":live".into()]));
    let users = UserAuthPool::builder("users")
        .hooks(UserPoolHooks::builder().pre_sign_up(arn.clone()).post_confirmation(arn).custom_message(alias));
    let users = users.build();
    let mut stack = Stack::new("shop", "dev");
    stack.add(function().env("POOL", users.id()).connect_to(&users)).add(users);
    // A circle would be found.
    let template = template(&validated(stack));
    let own = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:shop-dev-welcome";
    let config = &properties(&template, "UsersUserPool")["LambdaConfig"];
    assert_eq!(config["PreSignUp"], json!({"Fn::Sub": own}));
    assert_eq!(config["PostConfirmation"], config["PreSignUp"]);
    assert_eq!(config["CustomMessage"], json!({"Fn::Join": ["", [{"Fn::Sub": own}, ":live"]]}));
    assert_eq!(of_type(&template, "AWS::Lambda::Permission").count(), 2);
}
