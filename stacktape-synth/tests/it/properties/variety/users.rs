//! What is met of user pools.

use stacktape_model::user_auth_pool::{
    EmailConfigurationParts, IdentityProviderParts, InviteMessages, InviteMessagesParts, MfaParts, PasswordPolicy, PasswordPolicyParts,
    ProviderDetail, SchemaAttributeParts, UserAuthPool, UserAuthPoolParts, VerificationMessages, VerificationMessagesParts,
};

use super::Met;

// No `..` below: a new field of the model must not compile until the strategies reach it.

impl Met {
    pub(super) fn pool(&mut self, pool: &UserAuthPool) {
        let UserAuthPoolParts {
            name: _,
            allow_only_admins_to_create_account,
            unused_account_validity_days,
            allow_email_as_user_name,
            allow_phone_number_as_user_name,
            user_verification_type,
            user_verification_message_config,
            invite_message_config,
            email_configuration,
            password_policy,
            mfa_configuration,
            schema,
            access_token_validity_seconds,
            id_token_validity_seconds,
            refresh_token_validity_days,
            allowed_oauth_flows,
            allowed_oauth_scopes,
            callback_urls,
            logout_urls,
            generate_client_secret,
            allow_only_external_identity_providers,
            enable_hosted_ui,
            hosted_ui_domain_prefix,
            hosted_ui_css,
            custom_domain,
            identity_providers,
            hooks,
            removal_policy,
            overrides,
        } = pool.parts();
        self.note("pool of admins", *allow_only_admins_to_create_account);
        self.note("pool unused", unused_account_validity_days.is_some());
        self.note("pool without addresses", *allow_email_as_user_name == Some(false));
        self.note("pool without numbers", *allow_phone_number_as_user_name == Some(false));
        self.variant("pool proves by", user_verification_type);
        self.messages(user_verification_message_config.as_ref(), invite_message_config.as_ref());
        if let Some(email) = email_configuration {
            let EmailConfigurationParts { ses_address_arn, from, reply_to_email_address } = email.parts();
            self.note("pool mails", ses_address_arn.is_some() && from.is_some() && reply_to_email_address.is_some());
        }
        self.passwords(password_policy.as_ref());
        if let Some(mfa) = mfa_configuration {
            let MfaParts { status, enabled_types } = mfa.parts();
            self.variant("pool second", status);
            for kind in enabled_types {
                self.variant("pool second by", kind);
            }
        }
        for attribute in schema {
            let SchemaAttributeParts { name: _, attribute_type, developer_only_attribute, mutable, required } = attribute.parts();
            self.variant("attribute", attribute_type);
            self.note("attribute of developers", *developer_only_attribute);
            self.note("attribute fixed", *mutable == Some(false));
            self.note("attribute required", *required);
        }
        let tokens =
            access_token_validity_seconds.is_some() && id_token_validity_seconds.is_some() && refresh_token_validity_days.is_some();
        self.note("pool tokens", tokens);
        for flow in allowed_oauth_flows {
            self.variant("pool flow", flow);
        }
        self.note("pool scopes", !allowed_oauth_scopes.is_empty());
        self.note("pool urls", !callback_urls.is_empty() && !logout_urls.is_empty());
        self.note("pool secret", *generate_client_secret);
        self.note("pool others", *allow_only_external_identity_providers);
        self.note("pool pages", *enable_hosted_ui);
        self.note("pool prefix", hosted_ui_domain_prefix.is_some());
        self.note("pool styled", hosted_ui_css.is_some());
        if let Some(domain) = custom_domain {
            self.domains("pool's domain", std::slice::from_ref(domain));
        }
        for provider in identity_providers {
            let IdentityProviderParts {
                kind,
                provider_name,
                client_id,
                client_secret,
                attribute_mapping,
                authorize_scopes,
                provider_details,
            } = provider.parts();
            self.variant("provider", kind);
            self.note("provider named", provider_name.is_some());
            self.note("provider known", client_id.is_some() && client_secret.is_some());
            self.note("provider mapped", !attribute_mapping.is_empty());
            self.note("provider scopes", !authorize_scopes.is_empty());
            self.note("provider secret", provider_details.iter().any(|(_, detail)| matches!(detail, ProviderDetail::Secret(_))));
        }
        for (key, function) in hooks.iter().flat_map(|hooks| hooks.functions()) {
            self.note(&format!("hook {key}"), true);
            self.variant("hook to", function);
        }
        self.variant("pool removal", removal_policy);
        self.note("overrides of a pool", !overrides.is_empty());
    }

    fn messages(&mut self, verification: Option<&VerificationMessages>, invite: Option<&InviteMessages>) {
        if let Some(messages) = verification {
            let VerificationMessagesParts {
                email_message_using_code,
                email_message_using_link,
                email_subject_using_code,
                email_subject_using_link,
                sms_message,
            } = messages.parts();
            let all = [email_message_using_code, email_message_using_link, email_subject_using_code, email_subject_using_link, sms_message];
            self.note("pool messages", all.iter().all(|message| message.is_some()));
        }
        if let Some(messages) = invite {
            let InviteMessagesParts { email_message, email_subject, sms_message } = messages.parts();
            self.note("pool invites", email_message.is_some() && email_subject.is_some() && sms_message.is_some());
        }
    }

    fn passwords(&mut self, policy: Option<&PasswordPolicy>) {
        if let Some(policy) = policy {
            let PasswordPolicyParts {
                minimum_length,
                require_lowercase,
                require_numbers,
                require_symbols,
                require_uppercase,
                temporary_password_validity_days,
            } = policy.parts();
            self.note("pool passwords", minimum_length.is_some() && temporary_password_validity_days.is_some());
            let required = [require_lowercase, require_numbers, require_symbols, require_uppercase];
            self.note("pool requires", required.iter().any(|required| **required) && required.iter().any(|required| !**required));
        }
    }
}
