// The function app on its plan.

@description('Name of the app.')
param name string

@description('Region of the app.')
param location string

@description('FlexConsumption or ElasticPremium.')
param plan string

@description('Memory of an instance on Flex Consumption, in MB.')
param instanceMemory int

@description('The host\'s storage account, in this resource group.')
param hostAccountName string

@description('Container of that account for the deployed package.')
param packageContainer string

@description('Name of the Application Insights component, in this resource group.')
param logsName string

@description('Client id of the app registration for secure webhooks; empty for none.')
param alertApiClientId string

@description('Client id of the one application whose tokens are taken.')
param alertCallerId string

@description('App settings; empty ones are left away.')
@secure()
param settings object

var flex = plan == 'FlexConsumption'
var given = toObject(filter(items(settings), each => !empty(each.value)), each => each.key, each => each.value)

resource host 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: hostAccountName
}

resource logs 'Microsoft.Insights/components@2020-02-02' existing = {
  name: logsName
}

resource servers 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: name
  location: location
  kind: flex ? 'functionapp' : 'elastic'
  sku: flex ? { name: 'FC1', tier: 'FlexConsumption' } : { name: 'EP1', tier: 'ElasticPremium' }
  properties: flex ? { reserved: true } : { reserved: true, maximumElasticWorkerCount: 3 }
}

var flexSite = {
  functionAppConfig: {
    deployment: {
      storage: {
        type: 'blobContainer'
        value: '${host.properties.primaryEndpoints.blob}${packageContainer}'
        authentication: {
          type: 'SystemAssignedIdentity'
        }
      }
    }
    runtime: {
      name: 'java'
      version: '17'
    }
    scaleAndConcurrency: {
      instanceMemoryMB: instanceMemory
      // Once the least that Flex Consumption took; by now it takes fewer, down to 1.
      maximumInstanceCount: 40
    }
  }
  siteConfig: {
    minTlsVersion: '1.2'
  }
}
var premiumSite = {
  siteConfig: {
    linuxFxVersion: 'Java|17'
    ftpsState: 'Disabled'
    minTlsVersion: '1.2'
  }
}

resource site 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  kind: 'functionapp,linux'
  identity: {
    type: 'SystemAssigned'
  }
  properties: union(
    {
      serverFarmId: servers.id
      httpsOnly: true
    },
    flex ? flexSite : premiumSite
  )
}

var hostSettings = {
  AzureWebJobsStorage__blobServiceUri: host.properties.primaryEndpoints.blob
  AzureWebJobsStorage__queueServiceUri: host.properties.primaryEndpoints.queue
  AzureWebJobsStorage__tableServiceUri: host.properties.primaryEndpoints.table
  AzureWebJobsStorage__credential: 'managedidentity'
  APPLICATIONINSIGHTS_CONNECTION_STRING: logs.properties.ConnectionString
}
// Flex Consumption has these in functionAppConfig. The package's URL spares Azure Files and its key.
var premiumSettings = {
  FUNCTIONS_EXTENSION_VERSION: '~4'
  FUNCTIONS_WORKER_RUNTIME: 'java'
  WEBSITE_RUN_FROM_PACKAGE: '${host.properties.primaryEndpoints.blob}${packageContainer}/app.zip'
}

// Changes of one site's configuration get into each other's way, so one waits for the other. The
// authentication comes first: without it the app refuses ALERT_CALLER_ID, and with it all calls.
resource appSettings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: site
  name: 'appsettings'
  properties: union(given, hostSettings, flex ? {} : premiumSettings)
  dependsOn: [authentication]
}

// Deployments sign in to Entra ID; nobody needs a publishing password.
@batchSize(1)
resource noPasswords 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = [for door in ['scm', 'ftp']: {
  parent: site
  name: door
  properties: {
    allow: false
  }
  dependsOn: [appSettings]
}]

// Checks tokens where there are some, and lets calls without one through: a function key is needed
// all the same. Who may post alerts is then the app's to judge.
resource authentication 'Microsoft.Web/sites/config@2024-04-01' = if (!empty(alertApiClientId)) {
  parent: site
  name: 'authsettingsV2'
  properties: {
    platform: {
      enabled: true
    }
    globalValidation: {
      requireAuthentication: false
      unauthenticatedClientAction: 'AllowAnonymous'
    }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: alertApiClientId
          openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
        }
        validation: {
          allowedAudiences: [alertApiClientId, 'api://${alertApiClientId}']
          defaultAuthorizationPolicy: {
            allowedApplications: empty(alertCallerId) ? [] : [alertCallerId]
          }
        }
      }
    }
  }
}

output principalId string = site.identity.principalId
output hostName string = site.properties.defaultHostName
