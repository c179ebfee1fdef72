[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param(
    [string]$TopologyPath,
    [string]$BackupDirectory,
    [string]$StatePath,
    [switch]$Resume,
    [string]$StartAt,
    [string]$StopAfter,
    [string[]]$Only = @(),
    [switch]$List,
    [string]$UpdateInstaller,
    [switch]$NoCumulativeUpdate,
    [ValidateSet('None', 'CredSSP')]
    [string]$Remoting = 'None',
    [ValidateRange(0.0, 1440.0)]
    [double]$TimeoutMinutes = 60.0,
    [ValidateRange(0, 3600)]
    [int]$PollSeconds = 15,
    [ValidateRange(0, 3600)]
    [int]$SyncIntervalSeconds = 120,
    [switch]$Force
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
