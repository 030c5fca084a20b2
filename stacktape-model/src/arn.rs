//! What ARNs tell.

/// Whether it is the ARN of something of this service that has a name of its own: `arn:partition:service:region:account:name`.
pub(crate) fn is_of(service: &str, arn: &str) -> bool {
    let parts: Vec<_> = arn.split(':').collect();
    matches!(parts.as_slice(), ["arn", _, of, region, account, name]
        if *of == service && ![region, account, name].iter().any(|part| part.is_empty()))
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
