//! Product versions.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The `ServiceVersion` of a service: the generation of the product that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct ServiceVersion(pub u32);

impl ServiceVersion {
    /// Lync Server 2010, the last version without pool pairing.
    pub const LYNC_2010: Self = Self(5);
    /// Lync Server 2013, the first version with pool pairing.
    pub const LYNC_2013: Self = Self(6);
    /// Skype for Business Server 2015.
    pub const SFB_2015: Self = Self(7);
    /// Skype for Business Server 2019.
    pub const SFB_2019: Self = Self(8);

    /// Whether this is one of the versions above.
    pub fn is_known(self) -> bool {
        (Self::LYNC_2010..=Self::SFB_2019).contains(&self)
    }

    /// The product's name; an undocumented version is named by its number.
    pub fn product(self) -> String {
        match self {
            Self::LYNC_2010 => "Lync Server 2010".into(),
            Self::LYNC_2013 => "Lync Server 2013".into(),
            Self::SFB_2015 => "Skype for Business Server 2015".into(),
            Self::SFB_2019 => "Skype for Business Server 2019".into(),
            Self(number) => format!("service version {number}"),
        }
    }

    /// The product's folder below `Program Files`, if known.
    ///
    /// Source: "Deploy paired Front End pools for disaster recovery", the path of Bootstrapper.
    pub fn program_folder(self) -> Option<&'static str> {
        match self {
            Self::LYNC_2013 => Some("Microsoft Lync Server 2013"),
            Self::SFB_2015 => Some("Skype for Business Server 2015"),
            Self::SFB_2019 => Some("Skype for Business Server 2019"),
            _ => None,
        }
    }
}

impl fmt::Display for ServiceVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.product())
    }
}
