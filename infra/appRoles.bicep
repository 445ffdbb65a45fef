// All that the app's identity is allowed: at its own account and logs, at the capture accounts, and at
// the subscriptions that have machines.

@description('Object id of the app\'s identity.')
param principalId string

@description('The host\'s account, in this resource group.')
param hostAccountName string

@description('The Application Insights component, in this resource group.')
param logsName string

@description('The capture accounts, in this resource group.')
param captureAccountNames string[]

@description('Name (GUID) of the storage role, for the capture accounts.')
param storageRole string

@description('Name (GUID) of the capture role.')
param captureRole string

@description('Ids of the subscriptions that have machines.')
param targetSubscriptionIds string[]

@description('In the names of the deployments at these subscriptions.')
param deploymentSuffix string

@description('Storage Blob Data Owner: the host keeps its locks and keys in blobs.')
var blobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'

@description('Storage Blob Data Contributor. The Maven plugin looks for this one at every deployment to Flex Consumption, and would give it itself.')
var blobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'

@description('Storage Blob Data Reader: is the file there?')
var blobDataReader = '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'

@description('Storage Queue Data Contributor, for the host.')
var queueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'

@description('Storage Table Data Contributor: the table of captures.')
var tableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'

@description('Monitoring Metrics Publisher: sends logs of all kinds, its name notwithstanding.')
var metricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

module hostRoles 'accountRoles.bicep' = {
  params: {
    accountName: hostAccountName
    principalId: principalId
    roles: [blobDataOwner, blobDataContributor, queueDataContributor, tableDataContributor]
  }
}

resource logs 'Microsoft.Insights/components@2020-02-02' existing = {
  name: logsName
}

resource publisher 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(logs.id, principalId, metricsPublisher)
  scope: logs
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', metricsPublisher)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

// The storage role reads keys, so it is at these accounts and nowhere else.
module captureRoles 'accountRoles.bicep' = [
  for name in captureAccountNames: {
    params: {
      accountName: name
      principalId: principalId
      roles: [blobDataReader, storageRole]
    }
  }
]

module targetRoles 'targetRole.bicep' = [
  for id in targetSubscriptionIds: {
    #disable-next-line no-module-name // It must differ between the groups of a subscription.
    name: 'targetRole-${deploymentSuffix}'
    scope: subscription(id)
    params: {
      role: captureRole
      principalId: principalId
    }
  }
]
