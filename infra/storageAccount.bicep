// One storage account: the Functions host's own, or that of one region's captures.
import { accountRules, texts } from 'types.bicep'

@description('Name of the account.')
param name string

@description('Region of the account: the function app\'s, or that of the machines.')
param location string

@description('Tags of the account.')
param tags texts

@description('Whether the account takes its keys. Network Watcher\'s agent writes with a SAS, which a key signs; the host\'s account is opened by roles alone.')
param takesKeys bool

@description('Who may reach the account.')
param rules accountRules

@description('Name of a container to make; empty for none.')
param container string = ''

@description('After so many days a file is deleted; 0 for never.')
param retentionDays int = 0

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    // Packet capture does not take Premium accounts.
    name: 'Standard_LRS'
  }
  properties: {
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: takesKeys
    defaultToOAuthAuthentication: true
    isLocalUserEnabled: false
    isSftpEnabled: false
    minimumTlsVersion: 'TLS1_2'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: empty(rules.subnetIds) && empty(rules.addresses) ? 'Allow' : 'Deny'
      ipRules: [for address in rules.addresses: { value: address, action: 'Allow' }]
      #disable-next-line use-resource-id-functions // Whoever deploys names these.
      virtualNetworkRules: [for id in rules.subnetIds: { id: id, action: 'Allow' }]
    }
    supportsHttpsTrafficOnly: true
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' = if (!empty(container)) {
  parent: account
  name: 'default'
}

resource packages 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = if (!empty(container)) {
  parent: blobs
  name: empty(container) ? 'none' : container
  properties: {
    publicAccess: 'None'
  }
}

resource retention 'Microsoft.Storage/storageAccounts/managementPolicies@2025-06-01' = if (retentionDays > 0) {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'delete-captures'
          enabled: true
          type: 'Lifecycle'
          definition: {
            actions: {
              baseBlob: {
                delete: {
                  daysAfterModificationGreaterThan: retentionDays
                }
              }
            }
            filters: {
              blobTypes: ['blockBlob', 'appendBlob']
            }
          }
        }
      ]
    }
  }
}
