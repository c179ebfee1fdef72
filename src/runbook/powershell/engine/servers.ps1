
# ---- On the Front Ends ------------------------------------------------------

# What runs on a server. Each block is complete in itself, because it may run there without the rest of this script.
$BootstrapperBlock = {
    param([string]$ProgramFolder)
    $path = [System.IO.Path]::Combine($env:ProgramFiles, $ProgramFolder, 'Deployment', 'Bootstrapper.exe')
    try {
        $process = Start-Process -FilePath $path -Wait -PassThru
    }
    catch {
        throw "$path cannot be started: $($_.Exception.Message)"
    }
    return $process.ExitCode
}

$InstallerBlock = {
    param([string]$Installer, [string]$Folder)
    try {
        $process = Start-Process -FilePath $Installer -ArgumentList '/silentmode' -WorkingDirectory $Folder -Wait -PassThru
    }
    catch {
        throw "$Installer cannot be started: $($_.Exception.Message)"
    }
    return $process.ExitCode
}

$BuildBlock = {
    if ($null -ne (Get-Command -Name 'Get-CsServerPatchVersion' -ErrorAction SilentlyContinue)) {
        return (@(Get-CsServerPatchVersion) | Format-List -Property * | Out-String -Width 4096).Trim()
    }
    return ''
}

$ReadinessBlock = {
    Get-CsPoolUpgradeReadinessState
}

$LocalRelationBlock = {
    param([string]$PoolFqdn)
    Get-CsPoolBackupRelationship -PoolFqdn $PoolFqdn -LocalStore
}

$DrainBlock = {
    param([string]$Drain, [string]$Machine)
    if ($Drain -eq 'Computer') {
        $null = Invoke-CsComputerFailOver -ComputerName $Machine
    }
    elseif ($Drain -eq 'Graceful') {
        $null = Stop-CsWindowsService -Graceful
    }
    else {
        $null = Stop-CsWindowsService
        Stop-Service -Name 'W3SVC'
    }
}

$ReturnBlock = {
    param([string]$Drain, [string]$Machine)
    if ($Drain -eq 'Computer') {
        $null = Invoke-CsComputerFailBack -ComputerName $Machine
    }
    elseif ($Drain -eq 'Graceful') {
        $null = Start-CsWindowsService
    }
    else {
        Start-Service -Name 'W3SVC'
        $null = Start-CsWindowsService
    }
}

# Whether this script can run something on the server: it is this server, or remoting was chosen.
function Test-Reachable {
    param([string]$Machine)
    return ($Remoting -eq 'CredSSP' -or (Test-Local -Machine $Machine))
}

# A session that the operator opened before is used first: the script itself never asks for a password.
function Invoke-OnServer {
    param([string]$Machine, [scriptblock]$Block, [object[]]$Values = @())
    if (Test-Local -Machine $Machine) {
        return (& $Block @Values)
    }
    $session = @(Get-PSSession | Where-Object { $_.ComputerName -eq $Machine -and [string]$_.State -eq 'Opened' })
    if ($session.Count -gt 0) {
        return (Invoke-Command -Session $session[0] -ScriptBlock $Block -ArgumentList $Values)
    }
    return (Invoke-Command -ComputerName $Machine -Authentication CredSSP -ScriptBlock $Block -ArgumentList $Values)
}

function Show-Instruction {
    param([string]$Machine, [string]$Command)
    Write-Note -Message "  Run this on $Machine, in an elevated Management Shell:"
    Write-Note -Message "    $Command"
}

# Whether the copy of the topology on a server knows the change. An error is the answer for a pool without a partner too.
function Test-LocalReplica {
    param([string]$Machine, [hashtable]$Pool)
    try {
        $relation = @(Invoke-OnServer -Machine $Machine -Block $LocalRelationBlock -Values @($Pool.Fqdn))
    }
    catch {
        return (New-Answer -Good (-not $Pool.PartnerAfter) -Text $_.Exception.Message)
    }
    $text = ConvertTo-RelationText -Relation $relation
    if ($Pool.PartnerAfter) {
        return (New-Answer -Good (Test-Mention -Text $text -Name $Pool.PartnerAfter) -Text "the copy there does not name $($Pool.PartnerAfter)")
    }
    return (New-Answer -Good (-not (Test-Mention -Text $text -Name $Pool.PartnerBefore)) -Text "the copy there still names $($Pool.PartnerBefore)")
}

# A server whose local copy of the topology is old would be set up from the old topology.
function Wait-LocalReplica {
    param([hashtable]$Step)
    $pool = Get-PoolEntry -Fqdn $Step.Pool
    if (-not (Test-Reachable -Machine $Step.Machine)) {
        Write-Note -Message "  on $($Step.Machine), look first at its copy of the topology: Get-CsPoolBackupRelationship -PoolFqdn $(ConvertTo-Literal -Text $pool.Fqdn) -LocalStore"
        return
    }
    Wait-Until -What "the topology on $($Step.Machine)" -Test 'Test-LocalReplica' -Arguments @{ Machine = $Step.Machine; Pool = $pool }
}

# Bootstrapper may run again, so that no trace of an earlier run keeps it from running: it may have ended half-way.
function Invoke-Bootstrapper {
    param([hashtable]$Step)
    $pool = Get-PoolEntry -Fqdn $Step.Pool
    if (Test-Reachable -Machine $Step.Machine) {
        $codes = @(Invoke-OnServer -Machine $Step.Machine -Block $BootstrapperBlock -Values @($pool.ProgramFolder))
        if ($codes.Count -eq 0 -or $codes[-1] -ne 0) {
            throw "Bootstrapper on $($Step.Machine) ended with code $($codes -join ' ')"
        }
        return
    }
    # Where the service is already what it is to be, nothing will show from here that Bootstrapper has run.
    $willShow = (Test-BackupServicePresent -Machine $Step.Machine).Good -ne [bool]$pool.PartnerAfter
    Show-Instruction -Machine $Step.Machine -Command "& `"`$env:ProgramFiles\$($pool.ProgramFolder)\Deployment\Bootstrapper.exe`""
    if (-not $willShow) {
        Assert-Yes -Caption 'Bootstrapper' -Question "Has Bootstrapper finished on $($Step.Machine) without an error?"
    }
}

function Show-Deployment {
    param([hashtable]$Step)
    $pool = Get-PoolEntry -Fqdn $Step.Pool
    Write-Note -Message "  Set up with the Deployment Wizard, and with the current cumulative update: $($pool.Machines -join ', ')"
    if ($pool.CentralManagement -eq 'Standby') {
        $command = "Install-CsDatabase -CentralManagementDatabase -SqlServerFqdn $(ConvertTo-Literal -Text $pool.SqlServer)"
        if ($pool.SqlInstance) {
            $command = "$command -SqlInstanceName $(ConvertTo-Literal -Text $pool.SqlInstance)"
        }
        Write-Note -Message "  Before that, once its SQL instance is there: $command"
    }
    Assert-Yes -Caption 'Set-up' -Question "Is $($pool.Fqdn) set up?"
}

function Test-PoolSetUp {
    param([string]$PoolFqdn)
    $pool = Get-PoolEntry -Fqdn $PoolFqdn
    $replica = Test-Replica -PoolFqdn $PoolFqdn
    if (-not $replica.Good) {
        return $replica
    }
    foreach ($machine in $pool.Machines) {
        $service = Test-BackupServicePresent -Machine $machine
        if (-not $service.Good) {
            return $service
        }
    }
    return (New-Answer -Good $true -Text '')
}

function Test-PoolDeployed {
    param([hashtable]$Step)
    return (Test-PoolSetUp -PoolFqdn $Step.Pool)
}

function Wait-PoolDeployed {
    param([hashtable]$Step)
    Wait-Until -What "the set-up of $($Step.Pool)" -Test 'Test-PoolSetUp' -Arguments @{ PoolFqdn = $Step.Pool }
}

# ---- Cumulative update ------------------------------------------------------

# The component builds of a server as text; nothing where they cannot be read from here.
function Get-ComponentBuild {
    param([string]$Machine)
    if (-not (Test-Reachable -Machine $Machine)) {
        return ''
    }
    return (@(Invoke-OnServer -Machine $Machine -Block $BuildBlock) -join '')
}

function Get-Installer {
    param([hashtable]$Pool)
    if ($UpdateInstaller) {
        return $UpdateInstaller
    }
    return $Pool.UpdateInstaller
}

function Get-Folder {
    param([string]$Path)
    $end = $Path.LastIndexOfAny([char[]]'\/')
    if ($end -lt 0) {
        return '.'
    }
    return $Path.Substring(0, $end + 1)
}

function Test-UpdateDeclined {
    param([hashtable]$Step)
    if ($NoCumulativeUpdate) {
        Write-Warning -Message "no cumulative update on $($Step.Machine), because of -NoCumulativeUpdate"
    }
    return (New-Answer -Good ([bool]$NoCumulativeUpdate) -Text 'an update is to be applied')
}

# One server at a time: the others of the pool serve its users meanwhile.
function Assert-PoolInService {
    param([hashtable]$Step)
    foreach ($machine in (Get-PoolEntry -Fqdn $Step.Pool).Machines) {
        if ($machine -ne $Step.Machine) {
            Wait-Until -What "the services of $machine" -Test 'Test-ServerInService' -Arguments @{ Machine = $machine }
        }
    }
}

function Test-UpgradeReady {
    param([string]$Machine)
    $text = ConvertTo-PlainText -InputObject @(Invoke-OnServer -Machine $Machine -Block $ReadinessBlock)
    return (New-Answer -Good ($text -match '(?m)(^|[:=])\s*Ready\s*([;}]|$)') -Text $text)
}

function Install-CumulativeUpdate {
    param([hashtable]$Step)
    $pool = Get-PoolEntry -Fqdn $Step.Pool
    $installer = Get-Installer -Pool $pool
    if (-not (Test-Reachable -Machine $Step.Machine)) {
        Show-Instruction -Machine $Step.Machine -Command (Get-UpdateCommand -Pool $pool -Machine $Step.Machine -Installer $installer)
        Assert-Yes -Caption 'Cumulative update' -Question "Is the cumulative update on $($Step.Machine), the backup service component included, and the server back in service?"
        return
    }
    if ($pool.Drain -eq 'Graceful') {
        Wait-Until -What "the upgrade readiness of $($pool.Fqdn)" -Test 'Test-UpgradeReady' -Arguments @{ Machine = $Step.Machine }
    }
    $place = @($pool.Drain, $Step.Machine)
    $null = Invoke-OnServer -Machine $Step.Machine -Block $DrainBlock -Values $place
    $codes = @(Invoke-OnServer -Machine $Step.Machine -Block $InstallerBlock -Values @($installer, (Get-Folder -Path $installer)))
    $code = -1
    if ($codes.Count -gt 0) {
        $code = $codes[-1]
    }
    if ($RebootExitCodes -contains $code) {
        throw "the installer asks for a restart of $($Step.Machine): restart it, then run this script again with -Resume"
    }
    if ($code -ne 0) {
        throw "the installer on $($Step.Machine) ended with code $code; the server is out of service"
    }
    $null = Invoke-OnServer -Machine $Step.Machine -Block $ReturnBlock -Values $place
    Show-Build -Pool $pool -Machine $Step.Machine
}

function Show-Build {
    param([hashtable]$Pool, [string]$Machine)
    $build = Get-ComponentBuild -Machine $Machine
    Write-Note -Message "  component builds of ${Machine}: $build"
    if ($Pool.UpdateBuild -and $build -and -not $build.Contains($Pool.UpdateBuild)) {
        Write-Warning -Message "no component of $Machine has the declared build $($Pool.UpdateBuild)"
    }
}

function Get-UpdateCommand {
    param([hashtable]$Pool, [string]$Machine, [string]$Installer)
    $path = ConvertTo-Literal -Text $Installer
    $folder = ConvertTo-Literal -Text (Get-Folder -Path $Installer)
    $name = ConvertTo-Literal -Text $Machine
    $install = "Start-Process -FilePath $path -ArgumentList '/silentmode' -WorkingDirectory $folder -Wait"
    if ($Pool.Drain -eq 'Computer') {
        return "Invoke-CsComputerFailOver -ComputerName $name; $install; Invoke-CsComputerFailBack -ComputerName $name; Get-CsServerPatchVersion"
    }
    if ($Pool.Drain -eq 'Graceful') {
        return "Get-CsPoolUpgradeReadinessState; Stop-CsWindowsService -Graceful; $install; Start-CsWindowsService"
    }
    return "Stop-CsWindowsService; Stop-Service -Name 'W3SVC'; $install; Start-Service -Name 'W3SVC'; Start-CsWindowsService"
}

function Wait-ServerInService {
    param([hashtable]$Step)
    Wait-Until -What "the services of $($Step.Machine)" -Test 'Test-ServerInService' -Arguments @{ Machine = $Step.Machine }
}
