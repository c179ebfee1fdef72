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

/// A sign, its cause, and what to do.
type Sign = [&'static str; 3];

/// The table of signs.
pub(super) fn table(signs: &[Sign]) -> String {
    let rows = signs.iter().map(|[sign, cause, remedy]| format!("| {sign} | {cause} | {remedy} |\n"));
    format!("## Troubleshooting\n\n| symptom | cause | what to do |\n| --- | --- | --- |\n{}", rows.collect::<String>())
}

/// The signs of a pairing.
pub(super) const PAIRING: &[Sign] = &[
    [
        "the backup service crashes after pairing",
        "the cumulative update was not applied again",
        "compare the component builds, apply it again; continue with `-Resume -StartAt` and the id of the update step of that server",
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
        "access denied when reading the status, or the backup pool of a pool",
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
        "restore them from the saved file",
    ],
];

/// The signs of a failover.
pub(super) const FAILOVER: &[Sign] = &[
    [
        "`This Front-end pool ... is specified in topology as the next hop for the Edge server`",
        "an Edge pool still forwards to the pool: one that step 3 does not name, or whose change is not there yet",
        "change the next hop as in step 3, then `-Resume`",
    ],
    [
        "`Invoke-CsPoolFailOver` complains about the Central Management store",
        "the store is not failed over as a whole",
        "repair what the message names, then `-Resume`: the cmdlet may be run again",
    ],
    [
        "`ActiveMasterFQDN` and `ActiveFileTransferAgents` are empty",
        "the store does not answer",
        "step 2; for a store of another pair, on a server of the pool that step 2 names",
    ],
    [
        "the failed pool's Front Ends are up, but its SQL services are down",
        "the back end failed alone",
        "this counts as a disaster: `failover.ps1`",
    ],
    ["a DCOM error on failover (field report)", "TCP 9001 is blocked between the pools", "open it"],
    [
        "users stay in resiliency mode",
        "the failover is not complete, or the back end of the backup pool is down",
        "look at the end of step 4 in the transcript, and at the services of the backup pool",
    ],
];
