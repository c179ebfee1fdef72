.PARAMETER TopologyPath
    The topology file to publish. Default: the file of the bundle, beside this script.
.PARAMETER BackupDirectory
    Where the back-ups and reports go. Default: the folder backup, beside this script.
.PARAMETER StatePath
    The file that records which steps are done. Default: beside this script.
.PARAMETER Resume
    Goes on after an earlier run: skips what is done, but confirms the plan and looks at rights and drift again.
.PARAMETER StartAt
    The id of the first step to run. The steps that it needs must be done.
.PARAMETER StopAfter
    The id of the last step to run.
.PARAMETER Only
    The ids of the steps to run, and no others.
.PARAMETER List
    Prints the selected steps and does nothing.
.PARAMETER UpdateInstaller
    The path of the cumulative update's installer, as the Front Ends see it.
.PARAMETER NoCumulativeUpdate
    States that no cumulative update was ever installed on the servers.
.PARAMETER Remoting
    None: for a step on another server, prints the command to run there and waits for its result.
    CredSSP: runs it there. This hands your password to the server; use it only where policy allows that, and
    open the sessions before, with New-PSSession -Authentication CredSSP.
.PARAMETER TimeoutMinutes
    The longest wait for one result.
.PARAMETER PollSeconds
    The pause between two looks at a result.
.PARAMETER SyncIntervalSeconds
    The pause between two good answers of the backup service.
.PARAMETER Force
    Asks nothing: every question counts as answered with yes. For rehearsals.
