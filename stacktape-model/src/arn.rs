//! What ARNs tell.

/// What the service calls the thing, where it is the ARN of something in a region and an account:
/// `arn:partition:service:region:account:` and that.
pub(crate) fn resource<'a>(service: &str, arn: &'a str) -> Option<&'a str> {
    let parts: Vec<_> = arn.splitn(6, ':').collect();
    match parts.as_slice() {
        ["arn", partition, of, region, account, resource]
            if *of == service && ![partition, region, account].iter().any(|part| part.is_empty()) =>
        {
            Some(resource)
        }
        _ => None,
    }
}

/// Whether it is the ARN of something of this service that has a name of its own.
pub(crate) fn is_of(service: &str, arn: &str) -> bool {
    resource(service, arn).is_some_and(|name| !name.is_empty() && !name.contains(':'))
}

/// Whether a queue or topic is FIFO.
pub(crate) fn is_fifo(arn: &str) -> bool {
    // In small letters alone.
    arn.strip_suffix(".fifo").is_some()
}

/// Whether it is the ARN of a bucket, and not of its objects.
pub(crate) fn is_bucket(arn: &str) -> bool {
    let parts: Vec<_> = arn.split(':').collect();
    matches!(parts.as_slice(), ["arn", _, "s3", "", "", name] if !name.is_empty() && !name.contains(['/', '*']))
}
