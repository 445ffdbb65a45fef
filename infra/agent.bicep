// The Network Watcher agent on one machine, which runs.

@description('The machine, in this resource group.')
param machineName string

@description('Its region.')
param location string

@description('Whether it runs Windows; else Linux.')
param windows bool

resource machine 'Microsoft.Compute/virtualMachines@2024-07-01' existing = {
  name: machineName
}

resource agent 'Microsoft.Compute/virtualMachines/extensions@2024-07-01' = {
  parent: machine
  // As the portal calls it.
  name: 'AzureNetworkWatcherExtension'
  location: location
  properties: {
    publisher: 'Microsoft.Azure.NetworkWatcher'
    type: windows ? 'NetworkWatcherAgentWindows' : 'NetworkWatcherAgentLinux'
    typeHandlerVersion: '1.4'
    autoUpgradeMinorVersion: true
  }
}
