// The two custom roles. Their actions are those of ArmAction and DelegatedAction, where each has its
// source; a test compares them.
targetScope = 'subscription'

@description('Name of the function app, in the roles\' names: those are unique in a tenant.')
param appName string

@description('Ids of the subscriptions that have machines.')
param targetSubscriptionIds string[]

@description('Whether the capture role has machineWrites too.')
param allowMachineWrites bool

@description('What the app calls, and what Network Watcher checks on its behalf.')
var captureActions = [
  'Microsoft.Network/networkWatchers/read'
  'Microsoft.Network/networkWatchers/packetCaptures/read'
  'Microsoft.Network/networkWatchers/packetCaptures/write'
  'Microsoft.Network/networkWatchers/packetCaptures/delete'
  'Microsoft.Network/networkWatchers/packetCaptures/stop/action'
  'Microsoft.Network/networkWatchers/packetCaptures/queryStatus/action'
  'Microsoft.Network/networkWatchers/packetCaptures/queryStatus/read'
  'Microsoft.Compute/virtualMachines/read'
  'Microsoft.Compute/virtualMachines/extensions/read'
  'Microsoft.Compute/virtualMachineScaleSets/read'
  'Microsoft.Compute/virtualMachineScaleSets/extensions/read'
]

@description('What Microsoft lists besides. As good as root on every machine.')
var machineWrites = [
  'Microsoft.Compute/virtualMachines/write'
  'Microsoft.Compute/virtualMachines/extensions/write'
  'Microsoft.Compute/virtualMachineScaleSets/write'
  'Microsoft.Compute/virtualMachineScaleSets/extensions/write'
]

@description('What lets Network Watcher sign for the agent.')
var storageActions = [
  'Microsoft.Storage/storageAccounts/read'
  'Microsoft.Storage/storageAccounts/listServiceSas/action'
  'Microsoft.Storage/storageAccounts/listAccountSas/action'
  'Microsoft.Storage/storageAccounts/listKeys/action'
]

resource capture 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(subscription().id, appName, 'capture')
  properties: {
    roleName: 'Alert packet capture (${appName})'
    description: 'Starts, follows and ends packet captures on machines.'
    type: 'CustomRole'
    permissions: [
      {
        actions: allowMachineWrites ? concat(captureActions, machineWrites) : captureActions
        notActions: []
      }
    ]
    assignableScopes: union([subscription().id], map(targetSubscriptionIds, id => '/subscriptions/${id}'))
  }
}

resource storage 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(subscription().id, appName, 'storage')
  properties: {
    roleName: 'Alert packet capture storage (${appName})'
    description: 'Lets Network Watcher write captures to a storage account on the app\'s behalf.'
    type: 'CustomRole'
    permissions: [
      {
        actions: storageActions
        notActions: []
      }
    ]
    assignableScopes: [subscription().id]
  }
}

@description('Name (GUID) of the capture role.')
output captureRole string = capture.name

@description('Name (GUID) of the storage role.')
output storageRole string = storage.name
