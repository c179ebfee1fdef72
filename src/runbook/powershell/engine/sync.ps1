
# ---- The backup service -----------------------------------------------------

function Start-BackupService {
    param([hashtable]$Step)
    $null = Start-CsWindowsService -Name $ServiceName -ComputerName $Step.Machine
}

# A service that ran for another partner reads the new one only when it starts.
function Restart-BackupService {
    param([hashtable]$Step)
    $null = Stop-CsWindowsService -Name $ServiceName -ComputerName $Step.Machine
    $null = Start-CsWindowsService -Name $ServiceName -ComputerName $Step.Machine
}

function Sync-PoolData {
    param([hashtable]$Step)
    $null = Invoke-CsBackupServiceSync -PoolFqdn $Step.Pool
}

# The modules that count for a pool, and the export states that are good. The standby side of Central Management has
# nothing to export.
function Get-ExpectedModule {
    param([hashtable]$Pool)
    foreach ($module in $DataModules) {
        @{ Name = $module; ExportStates = $GoodExportStates }
    }
    $partner = Get-PoolEntry -Fqdn $Pool.PartnerAfter
    if ($Pool.CentralManagement -eq 'Active') {
        @{ Name = $CentralManagementModule; ExportStates = $GoodExportStates }
    }
    elseif ($partner.CentralManagement -eq 'Active') {
        @{ Name = $CentralManagementModule; ExportStates = $GoodExportStates + @('NotInitialized') }
    }
}

# Reads the status once. Failed: a module is in ErrorState. An error of the cmdlet itself says nothing about the modules.
function Get-SyncAnswer {
    param([hashtable]$Pool)
    try {
        $statuses = @(Get-CsBackupServiceStatus -PoolFqdn $Pool.Fqdn)
    }
    catch {
        return @{ Good = $false; Failed = $false; Text = $_.Exception.Message; Seen = @() }
    }
    $rows = @($statuses | ForEach-Object { Get-PropertyValue -InputObject $_ -Name 'BackupModules' })
    $good = $true
    $failed = $false
    $states = @(foreach ($module in @(Get-ExpectedModule -Pool $Pool)) {
            $row = $rows | Where-Object { [string](Get-PropertyValue -InputObject $_ -Name 'Identity') -like "*$($module.Name)" } | Select-Object -First 1
            $export = [string](Get-PropertyValue -InputObject $row -Name 'ExportStatus' -Default 'no row')
            $import = [string](Get-PropertyValue -InputObject $row -Name 'ImportStatus' -Default 'no row')
            $good = $good -and $module.ExportStates -contains $export -and $GoodImportStates -contains $import
            $failed = $failed -or $export -eq 'ErrorState' -or $import -eq 'ErrorState'
            '{0}: export {1}, import {2}' -f $module.Name, $export, $import
        })
    return @{ Good = $good; Failed = $failed; Text = ($states -join '; '); Seen = ($statuses + $rows) }
}

# Two good answers in a row, a sync interval apart: one may be from before the sync.
function Wait-SteadyState {
    param([hashtable]$Step)
    $pool = Get-PoolEntry -Fqdn $Step.Pool
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $limit = Get-PollLimit
    $goodAnswers = 0
    $failures = 0
    $lastText = ''
    for ($poll = 1; $poll -le $limit + 1; $poll++) {
        $answer = Get-SyncAnswer -Pool $pool
        if ($answer.Text -ne $lastText) {
            Write-Note -Message "  $($answer.Text)"
            $lastText = $answer.Text
        }
        $goodAnswers = $(if ($answer.Good) { $goodAnswers + 1 } else { 0 })
        $failures = $(if ($answer.Failed) { $failures + 1 } else { 0 })
        if ($goodAnswers -ge 2) {
            return
        }
        if ($goodAnswers -eq 1) {
            Start-Sleep -Seconds ([Math]::Max($PollSeconds, $SyncIntervalSeconds))
            continue
        }
        if ($failures -ge $MaxErrorStates -or $watch.Elapsed.TotalMinutes -ge $TimeoutMinutes) {
            break
        }
        Start-Sleep -Seconds $PollSeconds
    }
    Show-Object -InputObject $answer.Seen
    throw ('the backup service of {0} is not steady after {1:0} minutes, the last {2} answers in ErrorState: {3}' -f $pool.Fqdn, $watch.Elapsed.TotalMinutes, $failures, $lastText)
}

# ---- Afterwards -------------------------------------------------------------

function Assert-Separated {
    param([hashtable]$Step)
    $pool = Get-PoolEntry -Fqdn $Step.Pool
    try {
        $relation = Get-RelationText -PoolFqdn $pool.Fqdn
    }
    catch {
        Write-Note -Message "  $($pool.Fqdn) shows no backup relationship: $($_.Exception.Message)"
        return
    }
    if (Test-Mention -Text $relation -Name $pool.PartnerBefore) {
        throw "$($pool.Fqdn) still has the backup pool $($pool.PartnerBefore)"
    }
}

function Remove-FormerPartnerData {
    param([hashtable]$Step)
    $null = Remove-CsUserStoreBackupData -PoolFqdn $Step.Pool
}

function Assert-PoolAsPlanned {
    param([hashtable]$Step)
    $pool = Get-PoolEntry -Fqdn $Step.Pool
    $relation = Compare-Relation -Pool $pool
    $voice = Compare-Voice -Pool $pool
    foreach ($compared in @($relation, $voice)) {
        if (-not $compared.Good) {
            throw $compared.Text
        }
    }
    if (-not $voice.Known) {
        Write-Warning -Message "the cmdlets do not show all voice settings of $($pool.Fqdn): compare them in Topology Builder. $($voice.Text)"
    }
}

function Assert-DeploymentAsPlanned {
    param([hashtable]$Step)
    # Topology Builder writes the document anew: there the pools were compared one by one.
    if ($Plan.PublishRoute -eq 'cmdlet') {
        Assert-Published -Step $Step
    }
    $fault = Get-StoreFault
    if ($fault) {
        throw $fault
    }
    try {
        Show-Object -InputObject @(Test-CsTopology -Report (Get-ReportPath -Name 'topology-test.html'))
    }
    catch {
        Write-Warning -Message "the topology test reports: $($_.Exception.Message)"
    }
}
