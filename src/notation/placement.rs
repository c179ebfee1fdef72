//! Where the new parts of a pairing stand among the old ones.
//!
//! None of this has a meaning; it lets a document come out as the tool that was learned from would have written it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{VoiceSetting, is_default};

/// Where new parts stand among the old ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Placement {
    /// Where the settings stand among the attributes of the Registrar's role element.
    #[serde(default, skip_serializing_if = "is_default")]
    pub settings: SettingsPosition,
    /// The order of the settings among themselves.
    #[serde(default = "all_settings", skip_serializing_if = "is_usual")]
    pub settings_order: [VoiceSetting; 3],
    /// Where added services stand among the services of the document.
    #[serde(default, skip_serializing_if = "is_default")]
    pub services: ServicesPosition,
    /// The order of added services when both pools gain several.
    #[serde(default, skip_serializing_if = "is_default")]
    pub services_order: ServicesOrder,
    /// How added services are numbered in a published document.
    #[serde(default, skip_serializing_if = "is_default")]
    pub instance_numbers: InstanceNumbers,
}

/// Where the settings stand among the attributes of the Registrar's role element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SettingsPosition {
    /// After all other settings; declarations of namespaces may follow.
    #[default]
    Last,
    /// Before all other settings; declarations of namespaces may come first.
    First,
    /// After everything, declarations of namespaces included.
    #[serde(rename = "very-last")]
    AfterNamespaces,
}

/// Where added services stand among the services of the document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ServicesPosition {
    /// After all services of the document.
    #[default]
    End,
    /// After the last service of the same pool, its databases included.
    AfterPool,
}

/// The order of added services when both pools gain several.
///
/// The pools come in the order of the document either way, whichever the request names first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ServicesOrder {
    /// All services of the one pool, then all of the other.
    #[default]
    ByPool,
    /// The first service of both pools, then the second of both.
    ByService,
}

/// How added services are numbered in a published document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum InstanceNumbers {
    /// One more than the largest number of that role in the site.
    #[default]
    ByRole,
    /// One more than the largest number of any role in the site.
    BySite,
}

impl Default for Placement {
    fn default() -> Self {
        Self {
            settings: SettingsPosition::default(),
            settings_order: VoiceSetting::ALL,
            services: ServicesPosition::default(),
            services_order: ServicesOrder::default(),
            instance_numbers: InstanceNumbers::default(),
        }
    }
}

fn all_settings() -> [VoiceSetting; 3] {
    VoiceSetting::ALL
}

fn is_usual(order: &[VoiceSetting; 3]) -> bool {
    *order == VoiceSetting::ALL
}
