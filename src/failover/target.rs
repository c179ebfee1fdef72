//! The vendor's targets for the failover of a pool.

use std::ops::RangeInclusive;

use crate::topology::ServiceVersion;

/// How long the failover of a pool takes and what it loses, in minutes. Source: "Front End pool disaster recovery", of
/// 2013 and of 2015.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VendorTarget {
    /// From the start of the failover until the users can sign in.
    pub time: RangeInclusive<u32>,
    /// The changes of so many minutes may be lost.
    pub point: u32,
}

impl VendorTarget {
    /// The target of a product; of two pools the older one sets the pace.
    pub fn of(version: ServiceVersion) -> Self {
        if version <= ServiceVersion::LYNC_2013 {
            Self { time: 30..=30, point: 30 }
        } else {
            Self { time: 15..=20, point: 5 }
        }
    }
}
