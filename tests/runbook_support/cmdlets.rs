//! The cmdlets that a script may call, each with the parameters that its page documents.

/// What the product brings. Source: the cmdlets' pages; no parameter that a runbook must never use stands here.
pub(crate) const PRODUCT: [(&str, &[&str]); 31] = [
    (
        "Enable-CsTopology",
        &["SkipPrepareCheck", "Report", "Force", "WhatIf", "Confirm"],
    ),
    (
        "Export-CsConfiguration",
        &["FileName", "Force", "LocalStore"],
    ),
    (
        "Export-CsLisConfiguration",
        &["FileName", "Force", "LocalStore"],
    ),
    (
        "Export-CsRgsConfiguration",
        &["FileName", "Source", "Force", "Owner"],
    ),
    ("Export-CsUserData", &["PoolFqdn", "FileName", "UserFilter"]),
    (
        "Get-CsBackupServiceStatus",
        &["PoolFqdn", "Category", "Force"],
    ),
    (
        "Get-CsManagementStoreReplicationStatus",
        &["ReplicaFqdn", "CentralManagementStoreStatus"],
    ),
    (
        "Get-CsPoolBackupRelationship",
        &["PoolFqdn", "Force", "LocalStore"],
    ),
    ("Get-CsPoolFabricState", &["PoolFqdn", "Force", "Type"]),
    (
        "Get-CsPoolUpgradeReadinessState",
        &["Force", "SkipIdleSecondaryVerification"],
    ),
    ("Get-CsServerPatchVersion", &["Report"]),
    ("Get-CsService", &["PoolFqdn", "Registrar"]),
    (
        "Get-CsSimpleUrlConfiguration",
        &["Identity", "Filter", "LocalStore"],
    ),
    ("Get-CsTopology", &["AsXml", "LocalStore"]),
    (
        "Get-CsWindowsService",
        &["Name", "ComputerName", "ExcludeActivityLevel"],
    ),
    (
        "Install-CsDatabase",
        &[
            "CentralManagementDatabase",
            "SqlServerFqdn",
            "SqlInstanceName",
            "Report",
        ],
    ),
    (
        "Invoke-CsBackupServiceSync",
        &["PoolFqdn", "BackupModule", "Force"],
    ),
    (
        "Invoke-CsComputerFailBack",
        &["ComputerName", "Report", "WaitTime", "WhatIf", "Confirm"],
    ),
    (
        "Invoke-CsComputerFailOver",
        &["ComputerName", "Report", "WaitTime", "WhatIf", "Confirm"],
    ),
    (
        "New-CsSimpleUrl",
        &["Component", "Domain", "SimpleUrlEntry", "ActiveUrl"],
    ),
    ("New-CsSimpleUrlEntry", &["Url"]),
    (
        "Publish-CsTopology",
        &[
            "FileName",
            "BackupFileName",
            "Force",
            "Report",
            "WhatIf",
            "Confirm",
        ],
    ),
    (
        "Remove-CsUserStoreBackupData",
        &["PoolFqdn", "Force", "WhatIf", "Confirm"],
    ),
    (
        "Set-CsSimpleUrlConfiguration",
        &["Identity", "SimpleUrl", "Force", "WhatIf", "Confirm"],
    ),
    (
        "Start-CsWindowsService",
        &[
            "Name",
            "ComputerName",
            "NoWait",
            "Force",
            "Report",
            "WhatIf",
            "Confirm",
        ],
    ),
    (
        "Stop-CsWindowsService",
        &[
            "Name",
            "ComputerName",
            "NoWait",
            "Graceful",
            "Report",
            "WhatIf",
            "Confirm",
        ],
    ),
    (
        "Test-CsDatabase",
        &[
            "CentralManagementDatabase",
            "SqlServerFqdn",
            "SqlInstanceName",
        ],
    ),
    (
        "Test-CsSetupPermission",
        &["ComputerOU", "Domain", "Report"],
    ),
    ("Test-CsTopology", &["GlobalCatalog", "Report", "Service"]),
    ("whoami.exe", &[]),
    (
        "Set-CsBackupServiceConfiguration",
        &["AuthorizedUniversalGroups"],
    ),
];

/// What Windows PowerShell 5.1 brings, with the parameters in use.
pub(crate) const SHELL: [(&str, &[&str]); 37] = [
    ("ConvertFrom-Json", &[]),
    ("ConvertTo-Json", &["InputObject", "Depth", "Compress"]),
    ("Export-Clixml", &["LiteralPath", "Depth"]),
    ("ForEach-Object", &[]),
    ("Format-List", &["Property"]),
    ("Get-Command", &["Name", "ErrorAction"]),
    ("Get-Content", &["LiteralPath", "Raw", "Encoding"]),
    ("Get-Date", &["Format"]),
    ("Get-FileHash", &["LiteralPath", "Algorithm"]),
    ("Get-Item", &["LiteralPath"]),
    ("Get-Location", &[]),
    ("Get-PSSession", &[]),
    ("Import-Clixml", &["LiteralPath"]),
    (
        "Invoke-Command",
        &[
            "Session",
            "ComputerName",
            "Authentication",
            "ScriptBlock",
            "ArgumentList",
        ],
    ),
    ("Join-Path", &["Path", "ChildPath"]),
    ("Move-Item", &["LiteralPath", "Destination", "Force"]),
    ("New-Item", &["Path", "ItemType"]),
    ("New-Object", &["TypeName", "ArgumentList"]),
    ("Out-String", &["Width"]),
    ("Select-Object", &["First"]),
    ("Set-Content", &["LiteralPath", "Value", "Encoding"]),
    ("Set-StrictMode", &["Version"]),
    ("Sort-Object", &["Unique"]),
    ("Split-Path", &["Path", "Parent"]),
    (
        "Start-Process",
        &[
            "FilePath",
            "ArgumentList",
            "WorkingDirectory",
            "Wait",
            "PassThru",
        ],
    ),
    ("Start-Service", &["Name"]),
    ("Start-Sleep", &["Seconds"]),
    ("Start-Transcript", &["LiteralPath"]),
    ("Stop-Service", &["Name"]),
    ("Stop-Transcript", &[]),
    (
        "Test-NetConnection",
        &["ComputerName", "Port", "InformationLevel", "WarningAction"],
    ),
    ("Test-Path", &["LiteralPath"]),
    ("Where-Object", &[]),
    ("Write-Information", &["MessageData", "InformationAction"]),
    ("Write-Verbose", &["Message"]),
    ("Write-Warning", &["Message"]),
    ("Write-Output", &["InputObject"]),
];

/// What changes the deployment or a server, and therefore runs only after a yes.
pub(crate) const CHANGING: [&str; 15] = [
    "Enable-CsTopology",
    "Export-CsConfiguration",
    "Export-CsUserData",
    "Install-CsDatabase",
    "Invoke-CsBackupServiceSync",
    "Invoke-CsComputerFailBack",
    "Invoke-CsComputerFailOver",
    "Publish-CsTopology",
    "Remove-CsUserStoreBackupData",
    "Set-CsSimpleUrlConfiguration",
    "Start-CsWindowsService",
    "Stop-CsWindowsService",
    "Start-Process",
    "Stop-Service",
    "Start-Service",
];

/// The verbs that `Get-Verb` of Windows PowerShell 5.1 prints and the scripts use.
pub(crate) const VERBS: [&str; 26] = [
    "Assert",
    "Compare",
    "Convert",
    "ConvertFrom",
    "ConvertTo",
    "Enable",
    "Export",
    "Find",
    "Get",
    "Initialize",
    "Install",
    "Invoke",
    "New",
    "Publish",
    "Read",
    "Remove",
    "Resolve",
    "Restart",
    "Restore",
    "Save",
    "Select",
    "Show",
    "Start",
    "Sync",
    "Test",
    "Wait",
];

/// The variables that the shell itself sets.
pub(crate) const AUTOMATIC: [&str; 10] = [
    "_",
    "true",
    "false",
    "null",
    "pscmdlet",
    "psscriptroot",
    "psboundparameters",
    "whatifpreference",
    "confirmpreference",
    "erroractionpreference",
];

/// Cmdlets of the shell whose names a function is tempted to take.
pub(crate) const TEMPTING: [&str; 8] = [
    "Show-Command",
    "Compare-Object",
    "Select-String",
    "Test-Connection",
    "Wait-Event",
    "Wait-Process",
    "Restart-Service",
    "Get-Service",
];
