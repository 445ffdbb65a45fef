// The Network Watcher of one region: Azure takes one in a region of a subscription.
import { texts } from 'types.bicep'

@description('The region.')
param location string

@description('Its tags.')
param tags texts

resource watcher 'Microsoft.Network/networkWatchers@2025-05-01' = {
  name: 'NetworkWatcher_${location}'
  location: location
  tags: tags
  properties: {}
}
