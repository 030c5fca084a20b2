//! ARNs of certificates.

/// `arn:partition:acm:region:account:certificate/id`, or, of IAM, `arn:partition:iam::account:server-certificate/name`.
pub(crate) fn is_arn(arn: &str, of_iam: bool) -> bool {
    let parts: Vec<_> = arn.splitn(6, ':').collect();
    match parts.as_slice() {
        ["arn", _, "acm", region, _, name] => !region.is_empty() && name.strip_prefix("certificate/").is_some_and(|id| !id.is_empty()),
        ["arn", _, "iam", "", _, name] => of_iam && name.strip_prefix("server-certificate/").is_some_and(|id| !id.is_empty()),
        _ => false,
    }
}
