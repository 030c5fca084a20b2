//! Quantities that AWS takes only certain values of.

use serde::ser::{Serialize, Serializer};

use crate::document::{Decode, Reader, Tree, word};

/// vCPUs of a task. YAML: `cpu`.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cpu {
    /// 0.25 vCPU.
    Quarter,
    /// 0.5 vCPU.
    Half,
    /// 1 vCPU.
    One,
    /// 2 vCPU.
    Two,
    /// 4 vCPU.
    Four,
    /// 8 vCPU.
    Eight,
    /// 16 vCPU.
    Sixteen,
    /// 32 vCPU; not in every region.
    ThirtyTwo,
}

impl Cpu {
    /// Every size, smallest first.
    pub const ALL: [Self; 8] = [Self::Quarter, Self::Half, Self::One, Self::Two, Self::Four, Self::Eight, Self::Sixteen, Self::ThirtyTwo];

    /// The size in ECS's CPU units, 1024 to a vCPU.
    pub const fn units(self) -> u32 {
        match self {
            Self::Quarter => 256,
            Self::Half => 512,
            Self::One => 1024,
            Self::Two => 2048,
            Self::Four => 4096,
            Self::Eight => 8192,
            Self::Sixteen => 16384,
            Self::ThirtyTwo => 32768,
        }
    }

    /// The size as YAML spells it, in vCPUs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Quarter => "0.25",
            Self::Half => "0.5",
            Self::One => "1",
            Self::Two => "2",
            Self::Four => "4",
            Self::Eight => "8",
            Self::Sixteen => "16",
            Self::ThirtyTwo => "32",
        }
    }
}

#[cfg(feature = "yaml")]
impl Decode for Cpu {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let found = word(tree, &Self::ALL.map(Self::as_str), at)?;
        Self::ALL.into_iter().find(|cpu| cpu.as_str() == found)
    }
}

/// A number, as the original writes it.
impl Serialize for Cpu {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Quarter => serializer.serialize_f64(0.25),
            Self::Half => serializer.serialize_f64(0.5),
            cpu => serializer.serialize_u32(cpu.units() / 1024),
        }
    }
}

/// Memory in MiB. YAML: `memory`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Memory {
    mib: u32,
}

/// What ECS gives a container at the least.
const LEAST_MIB: u32 = 4;

#[cfg(feature = "yaml")]
impl Decode for Memory {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let mib = u32::decode(tree, at)?;
        Self::checked(mib).or_else(|| at.wrong(tree, "a whole number of MiB from 4"))
    }
}

impl Serialize for Memory {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.mib)
    }
}

impl Memory {
    /// Memory in MiB.
    ///
    /// # Panics
    /// Below 4 MiB, which ECS gives no container; in a `const`, that is a compile error.
    ///
    /// ```
    /// use stacktape_model::units::Memory;
    /// const SMALL: Memory = Memory::mib(512);
    /// assert_eq!(SMALL.as_mib(), 512);
    /// ```
    /// ```compile_fail
    /// use stacktape_model::units::Memory;
    /// const NOTHING: Memory = Memory::mib(3);
    /// ```
    pub const fn mib(mib: u32) -> Self {
        assert!(mib >= LEAST_MIB, "ECS gives no container less than 4 MiB of memory");
        Self { mib }
    }

    /// Memory in MiB, where it is enough for a container.
    pub(crate) const fn checked(mib: u32) -> Option<Self> {
        if mib < LEAST_MIB { None } else { Some(Self { mib }) }
    }

    /// Memory in GiB.
    ///
    /// # Panics
    /// At 0, and where the MiB would not fit 32 bits; in a `const`, that is a compile error.
    pub const fn gib(gib: u32) -> Self {
        assert!(gib <= u32::MAX / 1024, "no machine has so much memory");
        Self::mib(gib * 1024)
    }

    /// The number of MiB.
    pub const fn as_mib(self) -> u32 {
        self.mib
    }
}
