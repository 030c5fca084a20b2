//! Hashes as text.

use std::fmt::Write;

/// The first `length` hexadecimal digits of a text's SHA-256.
pub(crate) fn short(text: &str, length: usize) -> String {
    hex(&hmac_sha256::Hash::hash(text.as_bytes()), length)
}

/// The first `length` hexadecimal digits of bytes.
pub(crate) fn hex(bytes: &[u8], length: usize) -> String {
    let mut out = String::with_capacity(length + 1);
    for byte in bytes {
        if out.len() >= length {
            break;
        }
        // Writing to a `String` cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    out.truncate(length);
    out
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
