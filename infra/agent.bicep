// The Network Watcher agent on one machine, which runs, or on a scale set.
import { texts } from 'types.bicep'

@description('ARM id of the machine or scale set, in this resource group and in lower case.')
param id string

@description('Its region.')
param location string

@description('Whether it runs Windows; else Linux.')
param windows bool

@description('Tags of a machine\'s extension. A scale set\'s has none.')
param tags texts

@description('Whether it is a scale set.')
var isSet = contains(id, '/virtualmachinescalesets/')

@description('As the portal and Microsoft\'s own command call it. Under another name it would be a second extension of one handler, which Azure refuses.')
var extensionName = 'AzureNetworkWatcherExtension'

@description('Its kind.')
var agentType = windows ? 'NetworkWatcherAgentWindows' : 'NetworkWatcherAgentLinux'

resource machine 'Microsoft.Compute/virtualMachines@2025-04-01' existing = if (!isSet) {
  name: last(split(id, '/'))
}

resource agent 'Microsoft.Compute/virtualMachines/extensions@2025-04-01' = if (!isSet) {
  parent: machine
  name: extensionName
  location: location
  tags: tags
  properties: {
    publisher: 'Microsoft.Azure.NetworkWatcher'
    type: agentType
    typeHandlerVersion: '1.4'
    autoUpgradeMinorVersion: true
    enableAutomaticUpgrade: true
  }
}

resource set 'Microsoft.Compute/virtualMachineScaleSets@2025-04-01' existing = if (isSet) {
  name: last(split(id, '/'))
}

resource agents 'Microsoft.Compute/virtualMachineScaleSets/extensions@2025-04-01' = if (isSet) {
  parent: set
  name: extensionName
  properties: {
    publisher: 'Microsoft.Azure.NetworkWatcher'
    type: agentType
    typeHandlerVersion: '1.4'
    autoUpgradeMinorVersion: true
    enableAutomaticUpgrade: true
  }
}
