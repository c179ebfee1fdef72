
# ---- The backup service and the replicas ------------------------------------

# An error of the named query may mean "no such service" or "no such server": only the whole list tells them apart.
function Get-BackupService {
    param([string]$Machine)
    $service = @{ Reached = $false; Present = $false; Running = $false; Text = '' }
    $found = @()
    try {
        $found = @(Get-CsWindowsService -Name $ServiceName -ComputerName $Machine | Where-Object { $null -ne $_ })
    }
    catch {
        $service.Text = $_.Exception.Message
    }
    if ($found.Count -eq 0) {
        try {
            $all = @(Get-CsWindowsService -ComputerName $Machine | Where-Object { $null -ne $_ })
            $service.Reached = $true
            $service.Text = "$Machine has no service $ServiceName"
            $found = @($all | Where-Object { (Get-PropertyValue -InputObject $_ -Name 'Name') -eq $ServiceName })
        }
        catch {
            $service.Text = "$Machine does not answer: $($_.Exception.Message)"
        }
    }
    if ($found.Count -gt 0) {
        $status = [string](Get-PropertyValue -InputObject $found[0] -Name 'Status')
        $service.Reached = $true
        $service.Present = $true
        $service.Running = $status -eq 'Running'
        $service.Text = "$ServiceName on $Machine is $status"
    }
    return $service
}

function Test-BackupServicePresent {
    param([string]$Machine)
    $service = Get-BackupService -Machine $Machine
    return (New-Answer -Good $service.Present -Text $service.Text)
}

function Test-BackupServiceAbsent {
    param([string]$Machine)
    $service = Get-BackupService -Machine $Machine
    return (New-Answer -Good ($service.Reached -and -not $service.Present) -Text $service.Text)
}

function Test-BackupServiceRunning {
    param([string]$Machine)
    $service = Get-BackupService -Machine $Machine
    return (New-Answer -Good $service.Running -Text $service.Text)
}

function Test-BackupServiceStarted {
    param([hashtable]$Step)
    return (Test-BackupServiceRunning -Machine $Step.Machine)
}

function Wait-BackupServicePresent {
    param([hashtable]$Step)
    Wait-Until -What "the service $ServiceName on $($Step.Machine)" -Test 'Test-BackupServicePresent' -Arguments @{ Machine = $Step.Machine }
}

function Wait-BackupServiceAbsent {
    param([hashtable]$Step)
    Wait-Until -What "the removal of the service $ServiceName on $($Step.Machine)" -Test 'Test-BackupServiceAbsent' -Arguments @{ Machine = $Step.Machine }
}

function Wait-BackupServiceRunning {
    param([hashtable]$Step)
    Wait-Until -What "the service $ServiceName on $($Step.Machine) to run" -Test 'Test-BackupServiceRunning' -Arguments @{ Machine = $Step.Machine }
}

# Every service of a server but the backup service, which has steps of its own.
function Test-ServerInService {
    param([string]$Machine)
    try {
        $services = @(Get-CsWindowsService -ComputerName $Machine | Where-Object { $null -ne $_ })
    }
    catch {
        return (New-Answer -Good $false -Text "$Machine does not answer: $($_.Exception.Message)")
    }
    $stopped = @(foreach ($service in $services) {
            $name = [string](Get-PropertyValue -InputObject $service -Name 'Name')
            $status = [string](Get-PropertyValue -InputObject $service -Name 'Status')
            if ($name -ne $ServiceName -and $status -ne 'Running') {
                "$name is $status"
            }
        })
    return (New-Answer -Good ($stopped.Count -eq 0) -Text "${Machine}: $($stopped -join ', ')")
}

function Test-Replica {
    param([string]$PoolFqdn)
    $pool = Get-PoolEntry -Fqdn $PoolFqdn
    try {
        $rows = @(Get-CsManagementStoreReplicationStatus)
    }
    catch {
        return (New-Answer -Good $false -Text $_.Exception.Message)
    }
    $late = @(foreach ($machine in $pool.Machines) {
            $current = @($rows | Where-Object {
                    [string](Get-PropertyValue -InputObject $_ -Name 'ReplicaFqdn') -eq $machine -and
                    [string](Get-PropertyValue -InputObject $_ -Name 'UpToDate') -eq 'True'
                })
            if ($current.Count -eq 0) {
                $machine
            }
        })
    return (New-Answer -Good ($late.Count -eq 0) -Text "not up to date: $($late -join ', ')")
}

function Wait-Replica {
    param([hashtable]$Step)
    Wait-Until -What "replication to $($Step.Pool)" -Test 'Test-Replica' -Arguments @{ PoolFqdn = $Step.Pool }
}
