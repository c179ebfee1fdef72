# ---- The engine: the same in every runbook ----------------------------------

# A cmdlet that reports an error without stopping must stop the step too; and the step has asked already.
$PSDefaultParameterValues = @{ '*-Cs*:ErrorAction' = 'Stop'; '*-Cs*:Confirm' = $false }

$RunbookCmdlet = $PSCmdlet
$ServiceName = 'LYNCBACKUP'
$ServerAdminGroup = 'RTCUniversalServerAdmins'
$HighIntegritySid = 'S-1-16-12288'
$DomainAdminSidPattern = 'S-1-5-21-[0-9]+-[0-9]+-[0-9]+-512(?![0-9])'
$DataModules = @('UserServices.PresenceFocus', 'ConfServices.DataConf')
$CentralManagementModule = 'CentralMgmt.CMSMaster'
$GoodExportStates = @('SteadyState', 'FinalState')
$GoodImportStates = @('NormalState')
# With the default pause this is longer than one sync interval: one failed sync is no verdict.
$MaxErrorStates = 10
$PartnerPorts = @(5061, 135, 9001)
$FileSharePort = 445
$MinFreeBytes = 1GB
$RebootExitCodes = @(2, 3010)
$SettingLabels = @{
    EnableAutomaticFailover   = 'Automatic failover and failback for Voice'
    FailureDetectionInterval  = 'Voice failure detection interval (s)'
    FailbackDetectionInterval = 'Voice failback interval (s)'
}

# Which functions carry out a task. Ready stops the run when it must not go on, Done tells that nothing is left to do,
# Change is the one thing that needs a yes, Verify waits until the result is visible. Always: again in every run.
$Handlers = @{
    'confirm'                    = @{ Always = $true;  Ready = 'Assert-PlanConfirmed'; Done = ''; Change = ''; Verify = '' }
    'check-rights'               = @{ Always = $true;  Ready = 'Assert-Privilege'; Done = ''; Change = ''; Verify = '' }
    'back-up'                    = @{ Always = $false; Ready = 'Assert-BackupSpace'; Done = ''; Change = 'Export-Deployment'; Verify = 'Assert-DeploymentExported' }
    'back-up-pool'               = @{ Always = $false; Ready = 'Assert-BackupSpace'; Done = ''; Change = 'Export-PoolData'; Verify = 'Assert-PoolDataExported' }
    'check-drift'                = @{ Always = $true;  Ready = 'Assert-NoDrift'; Done = ''; Change = ''; Verify = '' }
    'pre-check'                  = @{ Always = $false; Ready = 'Assert-PoolHealthy'; Done = ''; Change = ''; Verify = '' }
    'install-central-management' = @{ Always = $false; Ready = ''; Done = ''; Change = 'Install-StandbyStore'; Verify = '' }
    'publish'                    = @{ Always = $false; Ready = 'Assert-Publishable'; Done = 'Test-Published'; Change = 'Publish-Plan'; Verify = 'Assert-Published' }
    'publish-by-hand'            = @{ Always = $false; Ready = ''; Done = 'Test-PublishedByHand'; Change = 'Show-ManualChange'; Verify = 'Wait-PublishedByHand' }
    'enable-topology'            = @{ Always = $false; Ready = 'Assert-Published'; Done = ''; Change = 'Enable-Plan'; Verify = '' }
    'restore-simple-urls'        = @{ Always = $false; Ready = ''; Done = 'Test-SimpleUrl'; Change = 'Restore-SimpleUrl'; Verify = 'Assert-SimpleUrl' }
    'replicate'                  = @{ Always = $false; Ready = ''; Done = ''; Change = ''; Verify = 'Wait-Replica' }
    'deploy'                     = @{ Always = $false; Ready = ''; Done = 'Test-PoolDeployed'; Change = 'Show-Deployment'; Verify = 'Wait-PoolDeployed' }
    'bootstrap'                  = @{ Always = $false; Ready = 'Wait-LocalReplica'; Done = ''; Change = 'Invoke-Bootstrapper'; Verify = 'Wait-BackupServicePresent' }
    'bootstrap-removal'          = @{ Always = $false; Ready = 'Wait-LocalReplica'; Done = ''; Change = 'Invoke-Bootstrapper'; Verify = 'Wait-BackupServiceAbsent' }
    'apply-update'               = @{ Always = $false; Ready = 'Assert-PoolInService'; Done = 'Test-UpdateDeclined'; Change = 'Install-CumulativeUpdate'; Verify = 'Wait-ServerInService' }
    'start-backup-service'       = @{ Always = $false; Ready = ''; Done = 'Test-BackupServiceStarted'; Change = 'Start-BackupService'; Verify = 'Wait-BackupServiceRunning' }
    'restart-backup-service'     = @{ Always = $false; Ready = ''; Done = ''; Change = 'Restart-BackupService'; Verify = 'Wait-BackupServiceRunning' }
    'synchronise'                = @{ Always = $false; Ready = ''; Done = ''; Change = 'Sync-PoolData'; Verify = '' }
    'await-steady-state'         = @{ Always = $false; Ready = ''; Done = ''; Change = ''; Verify = 'Wait-SteadyState' }
    'remove-backup-data'         = @{ Always = $false; Ready = 'Assert-Separated'; Done = ''; Change = 'Remove-FormerPartnerData'; Verify = '' }
    'verify-pool'                = @{ Always = $false; Ready = ''; Done = ''; Change = ''; Verify = 'Assert-PoolAsPlanned' }
    'verify'                     = @{ Always = $false; Ready = ''; Done = ''; Change = ''; Verify = 'Assert-DeploymentAsPlanned' }
}
