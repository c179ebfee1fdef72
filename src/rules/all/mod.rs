//! The table of all rules.

use super::Rule;
use super::check::Check;

macro_rules! rules {
    ($($chapter:literal { $($module:ident :: $name:ident,)* })*) => {
        $($(pub mod $module;)*)*

        /// Every rule, in the order of the chapters.
        pub static RULES: &[&Rule] = &[$($(&$module::$name),*),*];

        /// Every rule with its check.
        pub(super) static CHECKS: &[(&Rule, &Check)] = &[$($((&$module::$name, &$module::CHECK)),*),*];

        /// The chapters: a heading and its rules.
        pub static CHAPTERS: &[(&str, &[&Rule])] = &[$(($chapter, &[$(&$module::$name),*])),*];
    };
}

// A chapter has a comma after its last rule, so that adding a rule adds one line.
rules! {
    "Which pools" {
        pool_not_found::POOL_NOT_FOUND,
        self_pairing::SELF_PAIRING,
        already_paired::ALREADY_PAIRED,
        not_one_to_one::NOT_ONE_TO_ONE,
        not_a_front_end_pool::NOT_A_FRONT_END_POOL,
        survivable_branch::SURVIVABLE_BRANCH,
        branch_site_pool::BRANCH_SITE_POOL,
        version_without_pairing::VERSION_WITHOUT_PAIRING,
        edition_mismatch::EDITION_MISMATCH,
        version_mismatch::VERSION_MISMATCH,
        product_version_unknown::PRODUCT_VERSION_UNKNOWN,
        subscription_edition_mix::SUBSCRIPTION_EDITION_MIX,
        cumulative_update_mismatch::CUMULATIVE_UPDATE_MISMATCH,
        operating_system_mismatch::OPERATING_SYSTEM_MISMATCH,
        operating_system_unsupported::OPERATING_SYSTEM_UNSUPPORTED,
        hosting_mismatch::HOSTING_MISMATCH,
        capacity_exceeded::CAPACITY_EXCEEDED,
        same_site::SAME_SITE,
        too_few_front_ends::TOO_FEW_FRONT_ENDS,
        two_front_ends_2019::TWO_FRONT_ENDS_2019,
        too_many_front_ends::TOO_MANY_FRONT_ENDS,
        front_end_count_ratio::FRONT_END_COUNT_RATIO,
        sql_resilience_mismatch::SQL_RESILIENCE_MISMATCH,
        sql_mirroring_2019::SQL_MIRRORING_2019,
        shared_sql_instance::SHARED_SQL_INSTANCE,
        shared_sql_server::SHARED_SQL_SERVER,
        shared_file_store::SHARED_FILE_STORE,
        no_file_store::NO_FILE_STORE,
        role_parity::ROLE_PARITY,
        collocated_archiving_monitoring::COLLOCATED_ARCHIVING_MONITORING,
        archiving_on_partner::ARCHIVING_ON_PARTNER,
        edge_next_hop::EDGE_NEXT_HOP,
        edge_media_parity::EDGE_MEDIA_PARITY,
        trusted_application_next_hop::TRUSTED_APPLICATION_NEXT_HOP,
        trunk_parity::TRUNK_PARITY,
        branch_survivability::BRANCH_SURVIVABILITY,
        unencrypted_replication::UNENCRYPTED_REPLICATION,
        out_of_support::OUT_OF_SUPPORT,
    }
    "Backup registrar and voice failover" {
        asymmetric_backup_registrar::ASYMMETRIC_BACKUP_REGISTRAR,
        legacy_backup_registrar::LEGACY_BACKUP_REGISTRAR,
        interval_without_backup::INTERVAL_WITHOUT_BACKUP,
        interval_missing::INTERVAL_MISSING,
        interval_out_of_range::INTERVAL_OUT_OF_RANGE,
        interval_below_effective_minimum::INTERVAL_BELOW_EFFECTIVE_MINIMUM,
        failback_not_after_failover::FAILBACK_NOT_AFTER_FAILOVER,
        voice_settings_differ::VOICE_SETTINGS_DIFFER,
        voice_failover_disabled::VOICE_FAILOVER_DISABLED,
        pool_failover_is_manual::POOL_FAILOVER_IS_MANUAL,
    }
    "Central Management store" {
        central_management_in_pair::CENTRAL_MANAGEMENT_IN_PAIR,
        central_management_ambiguous::CENTRAL_MANAGEMENT_AMBIGUOUS,
        central_management_stranded::CENTRAL_MANAGEMENT_STRANDED,
        central_management_without_standby::CENTRAL_MANAGEMENT_WITHOUT_STANDBY,
        central_management_unpaired::CENTRAL_MANAGEMENT_UNPAIRED,
    }
    "The document" {
        dangling_reference::DANGLING_REFERENCE,
        duplicate_identity::DUPLICATE_IDENTITY,
        machine_in_two_pools::MACHINE_IN_TWO_POOLS,
        unknown_notation::UNKNOWN_NOTATION,
        unverified_notation::UNVERIFIED_NOTATION,
        incomplete_pairing::INCOMPLETE_PAIRING,
        invalid_host_name::INVALID_HOST_NAME,
    }
    "What a request allows" {
        allow_unknown_rule::ALLOW_UNKNOWN_RULE,
        allow_forbidden::ALLOW_FORBIDDEN,
        allow_unused::ALLOW_UNUSED,
    }
}

/// Finds a rule by its id.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}
