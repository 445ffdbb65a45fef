// Roles of somebody at one storage account.

@description('The account, in this resource group.')
param accountName string

@description('Object id of who gets them.')
param principalId string

@description('What that is.')
@allowed(['ServicePrincipal', 'User'])
param principalType string = 'ServicePrincipal'

@description('Names (GUIDs) of the roles.')
param roles string[]

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: accountName
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in roles: {
    name: guid(account.id, principalId, role)
    scope: account
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
      principalId: principalId
      principalType: principalType
    }
  }
]
