//! What pairing does not do, and what its faults look like.

pub(super) const NOT_REPLICATED: &str = "\
## What pairing does not replicate

- location information (LIS)
- Response Groups (2019 can since its first cumulative update, with steps of its own)
- Call Park settings: an orbit range in both pools
- Group Call Pickup ranges
- announcements
- archiving and monitoring data
- Persistent Chat
- Exchange Unified Messaging

";

/// The table of signs.
pub(super) fn table() -> String {
    let rows = SIGNS.iter().map(|[sign, cause, remedy]| format!("| {sign} | {cause} | {remedy} |\n"));
    format!("## Troubleshooting\n\n| sign | cause | what to do |\n| --- | --- | --- |\n{}", rows.collect::<String>())
}

const SIGNS: [[&str; 3]; 9] = [
    [
        "the backup service crashes after pairing",
        "the cumulative update was not applied again",
        "compare the component builds, apply it again; go on with `-Resume -StartAt` and the id of the update step of that server",
    ],
    [
        "there is no service LYNCBACKUP",
        "Bootstrapper did not run, or the topology had not arrived there",
        "`Get-CsPoolBackupRelationship -LocalStore` on that server, then Bootstrapper again",
    ],
    [
        "the first sync of an Enterprise pool never ends",
        "fewer than three Front Ends were up since the pairing",
        "bring three up together",
    ],
    [
        "ConfServices.DataConf is in ErrorState",
        "TCP 445 or the rights on the share",
        "open the partner's share from each Front End; publishing again refreshes the rights, but not on DFS",
    ],
    [
        "access denied when reading the status",
        "the account is not in RTCUniversalServerAdmins",
        "join the group, or `Set-CsBackupServiceConfiguration -AuthorizedUniversalGroups`",
    ],
    [
        "CentralMgmt.CMSMaster exports NotInitialized",
        "the pool does not host the active store",
        "nothing: this is normal",
    ],
    [
        "event 4069 on the backup side (field report)",
        "the Central Management database is inconsistent there",
        "un-pair, install that database again, pair again",
    ],
    ["a DCOM error on failover (field report)", "TCP 9001 is blocked between the pools", "open it"],
    [
        "the simple URLs are gone after publishing",
        "a side effect of Publish-CsTopology",
        "put them back from the saved file",
    ],
];
