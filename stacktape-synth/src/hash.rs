//! Hashes as text.

/// The first `length` hexadecimal digits of a text's SHA-256.
pub(crate) fn short(text: &str, length: usize) -> String {
    hex(&hmac_sha256::Hash::hash(text.as_bytes()), length)
}

/// The first `length` hexadecimal digits of bytes.
pub(crate) fn hex(bytes: &[u8], length: usize) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    halves.take(length).map(|half| char::from(DIGITS[usize::from(half)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_the_beginning_of_sha_256() {
        assert_eq!(short("abc", 8), "ba7816bf");
        assert_eq!(short("abc", 3), "ba7");
    }
}
