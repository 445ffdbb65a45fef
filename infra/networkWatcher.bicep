// The Network Watcher of one region: Azure takes one in a region of a subscription.

@description('The region.')
param location string

resource watcher 'Microsoft.Network/networkWatchers@2024-05-01' = {
  name: 'NetworkWatcher_${location}'
  location: location
  properties: {}
}
