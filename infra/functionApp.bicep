// The function app on its plan.
import { texts } from 'types.bicep'

@description('Name of the app.')
param name string

@description('Region of the app.')
param location string

@description('Tags of the app and its plan.')
param tags texts

@description('The plan.')
@allowed(['FlexConsumption', 'ElasticPremium'])
param plan string

@description('Version of Java.')
param javaVersion string

@description('Memory of an instance on Flex Consumption, in MB.')
param instanceMemory int

@description('Instances at most.')
param maximumInstances int

@description('Instances on Flex Consumption that wait for HTTP calls.')
param alwaysReadyHttp int

@description('Id of the subnet that the app\'s calls leave from; empty for none.')
param subnetId string

@description('ARM id of the app\'s user-assigned identity; empty for a system-assigned one.')
param identityId string

@description('Client id of the app\'s user-assigned identity; empty for a system-assigned one.')
param identityClientId string

@description('The cloud\'s name.')
param cloud string

@description('The host\'s storage account.')
param hostAccountName string

@description('Container of that account for the deployed package.')
param packageContainer string

@description('Name of the Application Insights component, in this resource group.')
param logsName string

@description('Client id of the app registration for secure webhooks; empty for none.')
param alertApiClientId string

@description('Client id of the one application whose tokens are taken.')
param alertCallerId string

@description('App settings that are no secrets; empty ones are left away.')
param settings texts

@description('Secret of a service principal.')
@secure()
param servicePrincipalPassword string

@description('Key of an encrypted secret.')
@secure()
param servicePrincipalKey string

@description('Where events are posted.')
@secure()
param notifyWebhookUrl string

@description('Where messages for Teams are posted.')
@secure()
param notifyTeamsUrl string

@description('Where messages for Slack are posted.')
@secure()
param notifySlackUrl string

@description('Whether the plan is Flex Consumption.')
var flex = plan == 'FlexConsumption'

@description('Whether the identity is user-assigned.')
var userAssigned = !empty(identityId)

@description('Where the package goes.')
var packages = 'https://${hostAccountName}.blob.${environment().suffixes.storage}/${packageContainer}'

@description('Those that are set.')
var given = toObject(filter(items(settings), each => !empty(each.value)), each => each.key, each => each.value)

@description('The secrets. To the app blank means absent, so they are set in any case: a snapshot does not show what a secret is, nor what depends on one.')
var secrets = {
  AzureCredPassword: servicePrincipalPassword
  AZURE_CRED_KEY: servicePrincipalKey
  NOTIFY_WEBHOOK_URL: notifyWebhookUrl
  NOTIFY_TEAMS_URL: notifyTeamsUrl
  NOTIFY_SLACK_URL: notifySlackUrl
}

resource logs 'Microsoft.Insights/components@2020-02-02' existing = {
  name: logsName
}

resource servers 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: name
  location: location
  tags: tags
  kind: flex ? 'functionapp' : 'elastic'
  sku: flex ? { name: 'FC1', tier: 'FlexConsumption' } : { name: 'EP1', tier: 'ElasticPremium' }
  properties: {
    reserved: true
    maximumElasticWorkerCount: flex ? null : maximumInstances
  }
}

resource site 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: userAssigned
    ? {
        type: 'UserAssigned'
        userAssignedIdentities: { '${identityId}': {} }
      }
    : { type: 'SystemAssigned' }
  properties: {
    serverFarmId: servers.id
    httpsOnly: true
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    outboundVnetRouting: empty(subnetId) ? null : { allTraffic: true }
    functionAppConfig: flex
      ? {
          deployment: {
            storage: {
              type: 'blobContainer'
              value: packages
              authentication: userAssigned
                ? { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
                : { type: 'SystemAssignedIdentity' }
            }
          }
          runtime: {
            name: 'java'
            version: javaVersion
          }
          scaleAndConcurrency: {
            instanceMemoryMB: instanceMemory
            maximumInstanceCount: maximumInstances
            alwaysReady: alwaysReadyHttp > 0 ? [{ name: 'http', instanceCount: alwaysReadyHttp }] : []
          }
        }
      : null
    siteConfig: {
      linuxFxVersion: flex ? null : 'Java|${javaVersion}'
      ftpsState: flex ? null : 'Disabled'
      minTlsVersion: '1.2'
    }
  }
}

@description('How the host comes to its account. By the URLs alone the host was seen to fail at its start and to answer alerts 401 (azure-functions-host 11787, 11782); its authors name the account\'s name as the way around, which always means the public cloud.')
var hostStorage = cloud == 'AzureCloud'
  ? {
      AzureWebJobsStorage__accountName: hostAccountName
    }
  : {
      AzureWebJobsStorage__blobServiceUri: 'https://${hostAccountName}.blob.${environment().suffixes.storage}'
      AzureWebJobsStorage__queueServiceUri: 'https://${hostAccountName}.queue.${environment().suffixes.storage}'
      AzureWebJobsStorage__tableServiceUri: 'https://${hostAccountName}.table.${environment().suffixes.storage}'
    }

@description('As whom. A user-assigned identity must be named to the host, beside the credential (azure-functions-host 10904), and to the app, unless a service principal takes its place there.')
var identities = union(
  { AzureWebJobsStorage__credential: 'managedidentity' },
  userAssigned ? { AzureWebJobsStorage__clientId: identityClientId } : {},
  userAssigned && !contains(given, 'AzureClientID') ? { AZURE_CLIENT_ID: identityClientId } : {}
)

@description('Where logs go, and as whom. Microsoft documents logs by role for the public cloud only.')
var logSettings = union(
  { APPLICATIONINSIGHTS_CONNECTION_STRING: logs.properties.ConnectionString },
  cloud != 'AzureCloud'
    ? {}
    : {
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: userAssigned
          ? 'ClientId=${identityClientId};Authorization=AAD'
          : 'Authorization=AAD'
      }
)

@description('What Flex Consumption has in functionAppConfig. The package\'s URL spares Azure Files and its key.')
var premiumSettings = union(
  {
    FUNCTIONS_EXTENSION_VERSION: '~4'
    FUNCTIONS_WORKER_RUNTIME: 'java'
    WEBSITE_RUN_FROM_PACKAGE: '${packages}/app.zip'
  },
  userAssigned ? { WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID: identityId } : {}
)

// These are all settings that the app has: whatever else is there, a plain AzureWebJobsStorage above
// all, goes. Changes of one site's configuration get into each other's way, so one waits for the other.
// The authentication comes first: without it the app refuses ALERT_CALLER_ID, and with it all calls.
resource appSettings 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: site
  name: 'appsettings'
  properties: union(given, secrets, hostStorage, identities, logSettings, flex ? {} : premiumSettings)
  dependsOn: [authentication]
}

// Deployments sign in to Entra ID; nobody needs a publishing password.
resource noPasswords 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: site
  name: 'scm'
  properties: {
    allow: false
  }
  dependsOn: [appSettings]
}

resource noFtpPasswords 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: site
  name: 'ftp'
  properties: {
    allow: false
  }
  dependsOn: [noPasswords]
}

// Checks tokens where there are some, and lets calls without one through: a function key is needed
// all the same. Who may post alerts is then the app's to judge.
resource authentication 'Microsoft.Web/sites/config@2025-03-01' = if (!empty(alertApiClientId)) {
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

@description('Object id of a system-assigned identity; empty for a user-assigned one.')
output principalId string = site.identity.?principalId ?? ''

@description('Host name of the app.')
output hostName string = site.properties.defaultHostName
