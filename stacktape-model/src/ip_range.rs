//! Ranges of IP addresses, as rules and security groups take them.

use std::net::IpAddr;

/// A range of addresses in CIDR notation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IpRange {
    /// Such as `203.0.113.0/24`.
    V4(String),
    /// Such as `2001:db8::/32`.
    V6(String),
}

impl IpRange {
    /// Reads a range; an address alone is a range of one. `None` for what is no range.
    ///
    /// ```
    /// use stacktape_model::ip_range::IpRange;
    /// assert_eq!(IpRange::parse("203.0.113.7"), Some(IpRange::V4("203.0.113.7/32".into())));
    /// assert_eq!(IpRange::parse("10.0.0.0/33"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let longest: u8 = if address.is_ipv4() { 32 } else { 128 };
        let length = match length {
            Some(length) if length.bytes().all(|digit| digit.is_ascii_digit()) => {
                length.parse().ok().filter(|length| *length <= longest)?
            }
            Some(_) => return None,
            None => longest,
        };
        let range = format!("{address}/{length}");
        Some(if address.is_ipv4() { Self::V4(range) } else { Self::V6(range) })
    }

    /// The range in CIDR notation.
    pub fn as_str(&self) -> &str {
        match self {
            Self::V4(range) | Self::V6(range) => range,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_an_address_with_or_without_a_length() {
        let read = |text| IpRange::parse(text).map(|range| range.as_str().to_owned());
        for (text, range) in
            [("10.0.0.0/8", "10.0.0.0/8"), ("0.0.0.0/0", "0.0.0.0/0"), ("::1", "::1/128"), ("2001:DB8::/32", "2001:db8::/32")]
        {
            assert_eq!(read(text).as_deref(), Some(range));
        }
        for text in ["", "10.0.0", "10.0.0.256", "10.0.0.*", "10.0.0.0/", "10.0.0.0/+8", "::/129", "example.com"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
