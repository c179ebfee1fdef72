
# ---- Before anything changes ------------------------------------------------

function Assert-PlanConfirmed {
    param([hashtable]$Step)
    Write-Note -Message "  poolpair $($Plan.ToolVersion), notation $($Plan.Notation) ($($Plan.NotationEvidence)), published by $($Plan.PublishRoute)"
    Write-Note -Message "  input topology $($Plan.InputSha256)"
    foreach ($pool in $Pools) {
        $partners = 'backup pool {0} -> {1}' -f (Get-Shown -Text $pool.PartnerBefore), (Get-Shown -Text $pool.PartnerAfter)
        Write-Note -Message ('  {0} ({1}, {2}, {3}): {4}' -f $pool.Fqdn, $pool.Site, $pool.Edition, $pool.Product, $partners)
        Write-Note -Message ('    Front Ends: {0}; set up: {1}' -f ($pool.Machines -join ', '), $pool.Deployed)
    }
    foreach ($breach in $Allowed) {
        Write-Warning -Message ('allowed rule break {0}: {1} Reason: {2}' -f $breach.Rule, $breach.Message, $breach.Reason)
    }
    foreach ($note in $Notes) {
        Write-Note -Message "  note: $note"
    }
    Assert-Yes -Caption 'Confirm the plan' -Question 'Is this the reviewed plan, inside its maintenance window, with no pool failed over?'
    foreach ($question in $Questions) {
        Assert-Yes -Caption 'Not checked offline' -Question $question
    }
}

function Get-Shown {
    param([string]$Text)
    if ($Text) {
        return $Text
    }
    return 'none'
}

function Assert-Privilege {
    param([hashtable]$Step)
    if ($null -eq (Get-Command -Name 'Get-CsTopology' -ErrorAction SilentlyContinue)) {
        throw 'Get-CsTopology is not there: open the Management Shell of the product'
    }
    if ($null -eq (Get-Command -Name 'whoami.exe' -ErrorAction SilentlyContinue)) {
        Write-Warning -Message 'whoami.exe is not there, so that the rights of this shell cannot be read'
        Assert-Yes -Caption 'Rights' -Question "Is this shell elevated, and its account in $ServerAdminGroup and Domain Admins?"
        return
    }
    $groups = @(whoami.exe /groups) -join "`n"
    if (-not $groups.Contains($HighIntegritySid)) {
        throw 'this shell is not elevated'
    }
    if ($groups.IndexOf($ServerAdminGroup, [System.StringComparison]::OrdinalIgnoreCase) -lt 0) {
        throw "this account is not in $ServerAdminGroup"
    }
    if ($groups -notmatch $DomainAdminSidPattern) {
        Assert-SetupPermission
    }
}

# Without Domain Admins, the permission counts that was delegated on the containers of the servers.
function Assert-SetupPermission {
    $containers = @(foreach ($pool in $Pools) { foreach ($machine in $pool.Machines) { Get-Container -Machine $machine } })
    if ($containers.Count -eq 0) {
        Assert-Yes -Caption 'Rights' -Question 'This account is no domain administrator. Was setup permission delegated to it, as Test-CsSetupPermission shows?'
        return
    }
    foreach ($container in @($containers | Sort-Object -Unique)) {
        $allowed = @(Test-CsSetupPermission -ComputerOU $container)
        if ($allowed.Count -eq 0 -or [string]$allowed[-1] -ne 'True') {
            throw "this account is no domain administrator, and has no setup permission on $container"
        }
    }
}

# The directory container of a server; nothing where the directory cannot be asked.
function Get-Container {
    param([string]$Machine)
    try {
        $found = ([adsisearcher]"(&(objectCategory=computer)(dNSHostName=$Machine))").FindOne()
        if ($null -ne $found) {
            $name = [string]$found.Properties['distinguishedname'][0]
            $name.Substring($name.IndexOf(',') + 1)
        }
    }
    catch {
        Write-Verbose -Message $_.Exception.Message
    }
}

function Assert-BackupSpace {
    param([hashtable]$Step)
    $directory = $BackupDirectory
    while ($directory -and -not (Test-Path -LiteralPath $directory)) {
        $directory = Split-Path -Path $directory -Parent
    }
    if (-not $directory) {
        throw "the back-up directory $BackupDirectory is on no drive of this computer"
    }
    $drive = Get-PropertyValue -InputObject (Get-Item -LiteralPath $directory) -Name 'PSDrive'
    $free = Get-PropertyValue -InputObject $drive -Name 'Free'
    if ($null -ne $free -and $free -lt $MinFreeBytes) {
        throw "the back-up directory has less than $($MinFreeBytes / 1MB) MB left"
    }
}

function Get-BackupPath {
    param([string]$Name)
    return (Join-Path -Path $BackupDirectory -ChildPath ($Plan.FilePrefix + $Name))
}

function Assert-BackupFile {
    param([string]$Name)
    $path = Get-BackupPath -Name $Name
    if (-not (Test-Path -LiteralPath $path) -or (Get-Item -LiteralPath $path).Length -eq 0) {
        throw "the back-up file $path is missing or empty"
    }
}

function Get-PartPath {
    param([string]$Name)
    return (Join-Path -Path $BackupDirectory -ChildPath ('part-' + $Name))
}

# Where a file grows until it is complete: a half-written one must not be taken for a back-up later. What an
# interrupted run left there goes first, so that no cmdlet meets a file that is there.
function New-PartPath {
    param([string]$Name)
    $path = Get-PartPath -Name $Name
    if (Test-Path -LiteralPath $path) {
        Remove-Item -LiteralPath $path
    }
    return $path
}

function Save-BackupFile {
    param([string]$Name)
    $path = Get-PartPath -Name $Name
    if (-not (Test-Path -LiteralPath $path)) {
        throw "the export of $Name ended without an error, but wrote no file"
    }
    Move-Item -LiteralPath $path -Destination (Get-BackupPath -Name $Name) -Force
}

# A file that is there is the state before the change, and is kept.
function Test-BackupNeeded {
    param([string]$Name)
    $path = Get-BackupPath -Name $Name
    if ((Test-Path -LiteralPath $path) -and (Get-Item -LiteralPath $path).Length -gt 0) {
        Write-Note -Message "  kept: $path"
        return $false
    }
    return $true
}

function Initialize-Directory {
    param([string]$Path)
    if ($Path -and -not (Test-Path -LiteralPath $Path)) {
        $null = New-Item -Path $Path -ItemType Directory
    }
}

function Export-Deployment {
    param([hashtable]$Step)
    Initialize-Directory -Path $BackupDirectory
    if (Test-BackupNeeded -Name 'topology.xml') {
        [System.IO.File]::WriteAllText((New-PartPath -Name 'topology.xml'), (Get-LiveTopology), [System.Text.Encoding]::Unicode)
        Save-BackupFile -Name 'topology.xml'
    }
    if (Test-BackupNeeded -Name 'configuration.zip') {
        $null = Export-CsConfiguration -FileName (New-PartPath -Name 'configuration.zip')
        Save-BackupFile -Name 'configuration.zip'
    }
    if (Test-BackupNeeded -Name 'locations.zip') {
        $null = Export-CsLisConfiguration -FileName (New-PartPath -Name 'locations.zip')
        Save-BackupFile -Name 'locations.zip'
    }
    if (Test-BackupNeeded -Name 'simple-urls.xml') {
        @(Get-CsSimpleUrlConfiguration) | Export-Clixml -LiteralPath (New-PartPath -Name 'simple-urls.xml') -Depth 6
        Save-BackupFile -Name 'simple-urls.xml'
    }
}

function Assert-DeploymentExported {
    param([hashtable]$Step)
    Assert-BackupFile -Name 'topology.xml'
    Assert-BackupFile -Name 'configuration.zip'
    Assert-BackupFile -Name 'locations.zip'
    Assert-BackupFile -Name 'simple-urls.xml'
}

# A pool without the Response Group application has nothing to export, and the cmdlet says so with an error.
function Export-PoolData {
    param([hashtable]$Step)
    Initialize-Directory -Path $BackupDirectory
    $users = 'users-{0}.zip' -f $Step.Pool
    if (Test-BackupNeeded -Name $users) {
        $null = Export-CsUserData -PoolFqdn $Step.Pool -FileName (New-PartPath -Name $users)
        Save-BackupFile -Name $users
    }
    $groups = 'response-groups-{0}.zip' -f $Step.Pool
    if (Test-BackupNeeded -Name $groups) {
        try {
            $null = Export-CsRgsConfiguration -Source ('service:ApplicationServer:{0}' -f $Step.Pool) -FileName (New-PartPath -Name $groups)
            Save-BackupFile -Name $groups
        }
        catch {
            Write-Warning -Message "the Response Groups of $($Step.Pool) are not saved: $($_.Exception.Message)"
            Assert-Yes -Caption 'Back-up' -Question "Go on without the Response Groups of $($Step.Pool)?"
        }
    }
}

function Assert-PoolDataExported {
    param([hashtable]$Step)
    Assert-BackupFile -Name ('users-{0}.zip' -f $Step.Pool)
}

function Assert-NoDrift {
    param([hashtable]$Step)
    $position = Get-TopologyPosition
    if ($position -eq 'After') {
        Write-Note -Message '  the live topology is already the one after the change'
        if (-not (Test-SavedTopology)) {
            Write-Warning -Message 'the back-up directory does not hold the topology before the change: no way back from there'
        }
        return
    }
    if ($position -eq 'Before') {
        if (-not (Test-SavedTopology)) {
            throw "the saved topology $(Get-BackupPath -Name 'topology.xml') is missing or older: give another -BackupDirectory, and run the steps of the back-up again with -Only"
        }
        return
    }
    if (-not $Plan.BeforeTextSha256) {
        Assert-Yes -Caption 'Drift' -Question 'The plan cannot tell the live topology by its text. Has nobody changed the topology since it was exported, but for this change?'
        return
    }
    if ($Plan.PublishRoute -eq 'topology-builder') {
        $published = Test-PublishedByHand -Step $Step
        if ($published.Good) {
            Write-Note -Message '  the live backup relationships are already those of the plan'
            return
        }
        # On the way again, the change may be published although the cmdlets do not show it.
        if ($Resume -and (Test-NoContradiction).Good) {
            Assert-Yes -Caption 'Drift' -Question 'The live topology is not the one before the change, and the cmdlets do not show all of it. Is the change published, and nothing else changed?'
            return
        }
    }
    throw 'the live topology is neither the planned baseline nor the planned result: export it again and plan again'
}

# Whether the saved topology is the one before the change: an older file of that name is no way back.
function Test-SavedTopology {
    $path = Get-BackupPath -Name 'topology.xml'
    return ((Test-Path -LiteralPath $path) -and (Get-TextPosition -Text ([System.IO.File]::ReadAllText($path))) -eq 'Before')
}

function Assert-PoolHealthy {
    param([hashtable]$Step)
    $pool = Get-PoolEntry -Fqdn $Step.Pool
    $faults = New-Object -TypeName System.Collections.Generic.List[string]
    $replica = Test-Replica -PoolFqdn $pool.Fqdn
    if (-not $replica.Good) {
        $faults.Add($replica.Text)
    }
    foreach ($machine in $pool.Machines) {
        $server = Test-ServerInService -Machine $machine
        if (-not $server.Good) {
            $faults.Add($server.Text)
        }
    }
    if ($pool.Edition -eq 'Enterprise') {
        Show-Object -InputObject @(Get-CsPoolFabricState -PoolFqdn $pool.Fqdn)
    }
    foreach ($fault in @(Get-RelationFault -Pool $pool) + @(Get-PortFault -Pool $pool) + @(Get-BuildFault -Pool $pool) + @(Get-StoreFault)) {
        $faults.Add($fault)
    }
    if ($faults.Count -gt 0) {
        throw ('{0} is not ready: {1}' -f $pool.Fqdn, ($faults -join '; '))
    }
}

# An error is the normal answer for a pool without a backup pool: not yet, or, when un-pairing again, not any more.
function Get-RelationFault {
    param([hashtable]$Pool)
    try {
        $text = Get-RelationText -PoolFqdn $Pool.Fqdn
    }
    catch {
        if ($Pool.PartnerBefore -and $Pool.PartnerAfter) {
            return "the backup relationship cannot be read: $($_.Exception.Message)"
        }
        Write-Note -Message "  $($Pool.Fqdn) shows no backup relationship: $($_.Exception.Message)"
        return
    }
    $expected = @(@($Pool.PartnerBefore, $Pool.PartnerAfter) | Where-Object { $_ })
    $mentioned = @($expected | Where-Object { Test-Mention -Text $text -Name $_ })
    $others = @($Pools | Where-Object { $_.Fqdn -ne $Pool.Fqdn -and $expected -notcontains $_.Fqdn -and (Test-Mention -Text $text -Name $_.Fqdn) })
    if ($Pool.PartnerBefore -and $Pool.PartnerAfter -and $mentioned.Count -eq 0) {
        "the backup pool is not $($Pool.PartnerBefore)"
    }
    foreach ($other in $others) {
        "the backup pool is $($other.Fqdn), which the plan does not expect"
    }
}

# Tried from this computer only; the other direction has to be tried on the partner's Front Ends.
function Get-PortFault {
    param([hashtable]$Pool)
    if (-not $Pool.PartnerAfter) {
        return
    }
    foreach ($machine in $Pool.Machines) {
        foreach ($port in $PartnerPorts) {
            if (-not (Test-Port -ComputerName $machine -Port $port)) {
                "TCP $port of $machine does not answer"
            }
        }
    }
    if ($Pool.FileServer -and -not (Test-Port -ComputerName $Pool.FileServer -Port $FileSharePort)) {
        "TCP $FileSharePort of the file server $($Pool.FileServer) does not answer"
    }
    Write-Note -Message "  on each Front End of $($Pool.PartnerAfter), open \\$($Pool.FileServer)\$($Pool.FileShare): the backup service copies there"
}

function Test-Port {
    param([string]$ComputerName, [int]$Port)
    if ($null -ne (Get-Command -Name 'Test-NetConnection' -ErrorAction SilentlyContinue)) {
        $answer = Test-NetConnection -ComputerName $ComputerName -Port $Port -InformationLevel Quiet
        return ([string](Get-PropertyValue -InputObject $answer -Name 'TcpTestSucceeded' -Default $answer) -eq 'True')
    }
    $client = New-Object -TypeName System.Net.Sockets.TcpClient
    try {
        return $client.ConnectAsync($ComputerName, $Port).Wait(5000)
    }
    catch {
        Write-Verbose -Message $_.Exception.Message
        return $false
    }
    finally {
        $client.Close()
    }
}

# The Front Ends of a pool have the same build; those that cannot be read from here are compared by hand.
function Get-BuildFault {
    param([hashtable]$Pool)
    $seen = @{}
    foreach ($machine in $Pool.Machines) {
        $build = Get-ComponentBuild -Machine $machine
        if ($build) {
            $seen[$build] = $machine
        }
        else {
            Write-Note -Message "  compare the component builds by hand, on ${machine}: Get-CsServerPatchVersion"
        }
    }
    if ($seen.Count -gt 1) {
        "the Front Ends have different component builds: $(@($seen.Values | Sort-Object) -join ', ')"
    }
}
