[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param(
    [string]$TopologyPath, [string]$BackupDirectory, [string]$StatePath,
    [string]$UpdateInstaller, [switch]$NoCumulativeUpdate, [ValidateSet('None', 'CredSSP')][string]$Remoting = 'None',
    [switch]$Resume, [switch]$List, [string]$StartAt, [string]$StopAfter, [string[]]$Only = @(), [switch]$Force,
    [ValidateRange(0.0, 1440.0)][double]$TimeoutMinutes = 60.0, [ValidateRange(0, 3600)][int]$PollSeconds = 15
)
