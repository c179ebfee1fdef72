//! Where the elements and attributes of a pairing are inserted.
//!
//! The position has no meaning; it reproduces the output of the tool whose documents were learned from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{VoiceSetting, is_default};

/// Where the elements and attributes of a pairing are inserted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Placement {
    /// The position of the settings among the attributes of the Registrar's role element.
    #[serde(default, skip_serializing_if = "is_default")]
    pub settings: SettingsPosition,
    /// The order of the settings.
    #[serde(default = "all_settings", skip_serializing_if = "is_default_order")]
    pub settings_order: [VoiceSetting; 3],
    /// The position of added services in the list of services.
    #[serde(default, skip_serializing_if = "is_default")]
    pub services: ServicesPosition,
    /// The order of added services if both pools receive several.
    #[serde(default, skip_serializing_if = "is_default")]
    pub services_order: ServicesOrder,
    /// How added services are numbered in a published document.
    #[serde(default, skip_serializing_if = "is_default")]
    pub instance_numbers: InstanceNumbers,
}

/// The position of the settings among the attributes of the Registrar's role element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SettingsPosition {
    /// After all other settings; namespace declarations may follow.
    #[default]
    Last,
    /// Before all other settings; namespace declarations may come first.
    First,
    /// After everything, including namespace declarations.
    #[serde(rename = "very-last")]
    AfterNamespaces,
}

/// The position of added services in the list of services.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ServicesPosition {
    /// After all services of the document.
    #[default]
    End,
    /// After the last service of the same pool, including its databases.
    AfterPool,
}

/// The order of added services if both pools receive several.
///
/// The order of the pools is that of the document, not that of the request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ServicesOrder {
    /// All services of one pool, then all of the other.
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

fn is_default_order(order: &[VoiceSetting; 3]) -> bool {
    *order == VoiceSetting::ALL
}
