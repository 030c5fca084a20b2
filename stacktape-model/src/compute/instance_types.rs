//! What is known of types of EC2 instances.

use crate::compute::Architecture;

/// One type a line, sorted, so that a type is found in the text itself: a list in memory would cost every user build time.
const TABLE: &str = include_str!("instance_types.csv");

/// A type of EC2 instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct InstanceType {
    pub(crate) vcpus: u32,
    pub(crate) mib: u32,
    pub(crate) gpus: u32,
}

impl InstanceType {
    /// The type with this name, where it is known.
    pub(crate) fn find(name: &str) -> Option<Self> {
        let mut columns = line(name)?.split(',').skip(1);
        let vcpus = columns.next()?.parse().ok()?;
        let mib = columns.next()?.parse().ok()?;
        let _architecture = columns.next()?;
        Some(Self { vcpus, mib, gpus: columns.next()?.parse().ok()? })
    }

    /// What a task may take: the rest is the system's and the ECS agent's.
    pub(crate) fn available_mib(self) -> u32 {
        const LEAST: u64 = 128;
        let mib = u64::from(self.mib);
        let percent = match self.mib {
            ..=16_384 => 15,
            16_385..=131_072 => 10,
            _ => 5,
        };
        let available = if mib * percent <= LEAST * 100 { mib.saturating_sub(LEAST) } else { mib * (100 - percent) / 100 };
        u32::try_from(available).unwrap_or(u32::MAX)
    }
}

/// The line of a type, by halving.
fn line(name: &str) -> Option<&'static str> {
    let (mut low, mut high) = (0, TABLE.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = TABLE[..middle].rfind('\n').map_or(0, |end| end + 1).max(low);
        let end = TABLE[start..].find('\n').map_or(TABLE.len(), |length| start + length);
        let line = &TABLE[start..end];
        match name_of(line).cmp(name) {
            std::cmp::Ordering::Equal => return Some(line),
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

fn name_of(line: &str) -> &str {
    line.split_once(',').map_or(line, |(name, _)| name)
}

/// Every type that is known.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter(|line| !line.starts_with('#')).map(name_of)
}

/// Whether a text is spelt as a type is: a family, a dot, a size.
pub(crate) fn is_spelt(name: &str) -> bool {
    let part =
        |part: &str| !part.is_empty() && part.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-');
    name.split_once('.').is_some_and(|(family, size)| part(family) && part(size))
}

/// The letters of a series, and those that stand behind the number of its generation: `("m", "gd")` for `m7gd.large`.
fn family(name: &str) -> (&str, &str) {
    let family = name.split(['.', '-']).next().unwrap_or_default();
    let begin = family.find(|letter: char| letter.is_ascii_digit()).unwrap_or(family.len());
    let rest = family[begin..].trim_start_matches(|letter: char| letter.is_ascii_digit());
    (&family[..begin], rest)
}

/// The processors of a type. Its name says it, so types that came later are known as well.
/// <https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html>
pub(crate) fn architecture(name: &str) -> Architecture {
    let (series, attributes) = family(name);
    if attributes.contains('g') || (series == "a" && attributes.is_empty()) { Architecture::Arm64 } else { Architecture::X86_64 }
}

/// Whether a type has whole GPUs of NVIDIA, by its name.
pub(crate) fn has_gpus(name: &str) -> bool {
    let (series, attributes) = family(name);
    // Types with `f` share a GPU, and those with `ad` have one of AMD: ECS has no image with drivers for either.
    matches!(series, "g" | "gr" | "p") && !attributes.contains('f') && !attributes.starts_with("ad")
}

/// Whether the type is too old for Amazon Linux 2023, which needs hardware virtualization, and on arm64 a Graviton2 or later.
/// <https://docs.aws.amazon.com/linux/al2023/ug/system-requirements.html>
pub(crate) fn is_too_old(name: &str) -> bool {
    let family = name.split_once('.').map_or(name, |(family, _)| family);
    matches!(family, "a1" | "c1" | "m1" | "m2" | "t1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_of_the_table_is_found() {
        assert!(TABLE.is_ascii());
        let lines: Vec<_> = TABLE.lines().collect();
        assert!(lines.is_sorted(), "the table is not sorted");
        assert_eq!(names().count(), 1386);
        for name in names() {
            assert!(is_spelt(name), "{name}");
            let found = InstanceType::find(name).unwrap_or_else(|| panic!("{name} is not found"));
            assert!(found.vcpus >= 1 && found.mib >= 512 && found.available_mib() >= 4, "{name}: {found:?}");
        }
        for name in ["", "#", "a", "m5.large,", "m5.largf", "zzz", "\n", lines[0]] {
            assert_eq!(InstanceType::find(name), None, "{name}");
        }
    }

    #[test]
    fn names_say_what_the_table_says() {
        for line in TABLE.lines().skip(1) {
            let columns: Vec<_> = line.split(',').collect();
            let [name, _, _, arm, gpus] = columns.as_slice() else { panic!("{line}") };
            assert_eq!(architecture(name).as_str(), *arm, "{name}");
            assert_eq!(has_gpus(name), *gpus != "0", "{name}");
        }
        for (later, expected) in
            [("m9g.large", Architecture::Arm64), ("c9i.large", Architecture::X86_64), ("u7inh-32tb.480xlarge", Architecture::X86_64)]
        {
            assert_eq!(architecture(later), expected, "{later}");
        }
        assert!(has_gpus("p9.48xlarge") && has_gpus("g9e.xlarge") && !has_gpus("g4ad.xlarge") && !has_gpus("m9g.large"));
    }

    #[test]
    fn a_share_of_the_memory_is_kept_back() {
        for (name, available) in [
            ("t3.nano", 384),
            ("t4g.nano", 384),
            ("t3.micro", 870),
            ("c5.large", 3481),
            ("m5.large", 6963),
            ("m5.xlarge", 13926),
            ("m5.2xlarge", 29491),
            ("m5.8xlarge", 117_964),
            ("m5.12xlarge", 186_777),
        ] {
            assert_eq!(InstanceType::find(name).map(InstanceType::available_mib), Some(available), "{name}");
        }
        let of = |mib| InstanceType { vcpus: 1, mib, gpus: 0 }.available_mib();
        assert_eq!(
            [of(0), of(853), of(854), of(16_384), of(16_385), of(131_072), of(131_073)],
            [0, 725, 725, 13_926, 14_746, 117_964, 124_519]
        );
        assert_eq!(of(u32::MAX), 4_080_218_930);
    }
}
