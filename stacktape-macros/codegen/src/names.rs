//! From AWS's spelling to Rust's: the one converter.

use proc_macro2::{Ident, Span};

/// Words that AWS spells in ways which the rules below would take apart.
const SPECIAL: [(&str, &str); 6] =
    [("IoT", "Iot"), ("IPv4", "Ipv4"), ("IPv6", "Ipv6"), ("WAFv2", "WafV2"), ("OpenID", "OpenId"), ("OAuth", "Oauth")];

/// The words of a name, in lower case.
fn words(name: &str) -> Vec<String> {
    let name = SPECIAL.iter().fold(name.to_owned(), |name, (from, to)| name.replace(from, to));
    let letters: Vec<char> = name.chars().collect();
    let mut words = vec![String::new()];
    for (index, &letter) in letters.iter().enumerate() {
        if !letter.is_ascii_alphanumeric() {
            words.push(String::new());
            continue;
        }
        let before = index.checked_sub(1).map(|before| letters[before]);
        let after = letters.get(index + 1).copied();
        let begins = letter.is_ascii_uppercase() && before.is_some_and(|before| before.is_ascii_lowercase() || before.is_ascii_digit());
        // An acronym ends before its last capital, unless what follows is only the `s` of a plural: `TargetGroupARNs`.
        let ends_acronym = letter.is_ascii_uppercase()
            && before.is_some_and(|before| before.is_ascii_uppercase())
            && after.is_some_and(|after| after.is_ascii_lowercase())
            && !is_plural(&letters, index + 1);
        if begins || ends_acronym {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(letter.to_ascii_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether the letter is an `s` at the end of an acronym.
fn is_plural(letters: &[char], index: usize) -> bool {
    letters.get(index) == Some(&'s') && letters.get(index + 1).is_none_or(|after| !after.is_ascii_lowercase())
}

/// `EnableECSManagedTags` -> `enable_ecs_managed_tags`.
pub(crate) fn snake(name: &str) -> String {
    words(name).join("_")
}

/// `EFSVolumeConfiguration` -> `EfsVolumeConfiguration`.
pub(crate) fn pascal(name: &str) -> String {
    words(name).into_iter().map(|word| word[..1].to_ascii_uppercase() + &word[1..]).collect()
}

/// An identifier for a variant of an enum: never empty, never beginning with a digit.
pub(crate) fn variant(value: &str) -> String {
    let name = pascal(value);
    match name.chars().next() {
        None => "Any".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("V{name}"),
        Some(_) if name == "Self" => "Itself".to_owned(),
        Some(_) => name,
    }
}

/// An identifier, raw where the word is one of Rust's own.
pub(crate) fn ident(name: &str) -> Ident {
    syn::parse_str(name).unwrap_or_else(|_| match name {
        // These cannot be raw.
        "self" | "super" | "crate" => Ident::new(&format!("{name}_"), Span::call_site()),
        _ => Ident::new_raw(name, Span::call_site()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn awkward_names_are_pinned() {
        for (name, expected) in [
            ("EnableECSManagedTags", "enable_ecs_managed_tags"),
            ("TargetGroupARNs", "target_group_arns"),
            ("VPCSecurityGroups", "vpc_security_groups"),
            ("CACertificateIdentifier", "ca_certificate_identifier"),
            ("Ipv6CidrBlock", "ipv6_cidr_block"),
            ("AssignIPv6AddressOnCreation", "assign_ipv6_address_on_creation"),
            ("S3Bucket", "s3_bucket"),
            ("ElasticLoadBalancingV2", "elastic_load_balancing_v2"),
            ("ApiGatewayV2", "api_gateway_v2"),
            ("DynamoDB", "dynamo_db"),
            ("WAFv2", "waf_v2"),
            ("IoT", "iot"),
            ("EC2", "ec2"),
            ("Type", "type"),
        ] {
            assert_eq!(snake(name), expected, "{name}");
        }
        assert_eq!(pascal("VPCGatewayAttachment"), "VpcGatewayAttachment");
        assert_eq!(pascal("EIP"), "Eip");
        assert_eq!(ident("type").to_string(), "r#type");
    }

    #[test]
    fn variants_are_identifiers() {
        for (value, expected) in [
            ("FARGATE", "Fargate"),
            ("BLUE_GREEN", "BlueGreen"),
            ("aws:kms:dsse", "AwsKmsDsse"),
            ("BucketOwnerEnforced", "BucketOwnerEnforced"),
            ("1.0", "V10"),
            ("*", "Any"),
        ] {
            assert_eq!(variant(value), expected);
        }
    }
}
