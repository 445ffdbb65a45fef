// Where the captures of one region go.

@description('Name of the account.')
param name string

@description('Region of the account: that of the machines.')
param location string

@description('After so many days a captured file is deleted.')
param retentionDays int

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  kind: 'StorageV2'
  sku: {
    // Packet capture does not take Premium accounts.
    name: 'Standard_LRS'
  }
  properties: {
    allowBlobPublicAccess: false
    // Network Watcher's agent writes with a SAS, which an account key signs.
    allowSharedKeyAccess: true
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource retention 'Microsoft.Storage/storageAccounts/managementPolicies@2023-05-01' = {
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

output name string = account.name
