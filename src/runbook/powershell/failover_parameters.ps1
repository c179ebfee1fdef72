[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param(
    [string]$BackupDirectory, [string]$StatePath, [switch]$Resume, [switch]$List,
    [string]$StartAt, [string]$StopAfter, [string[]]$Only = @(), [switch]$Force,
    [ValidateRange(0.0, 1440.0)][double]$TimeoutMinutes = 60.0, [ValidateRange(0, 3600)][int]$PollSeconds = 15
)
