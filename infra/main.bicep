// Everything but the alert: the function app with its plan, storage and logs, storage accounts for
// the captures, and the roles. docs/guide.md leads through it.
targetScope = 'resourceGroup'

@description('Name of the function app, unique in all of Azure; also in the names of its roles.')
@minLength(4)
@maxLength(40)
param appName string = 'alert-capture-${uniqueString(resourceGroup().id)}'

@description('Region of the function app. Captures may be in others.')
param location string = resourceGroup().location

@description('Plan of the function app. ElasticPremium where Flex Consumption is not to be had, as in some sovereign clouds.')
@allowed(['FlexConsumption', 'ElasticPremium'])
param plan string = 'FlexConsumption'

@description('Memory of an instance on Flex Consumption, in MB: what a second of work costs goes by it.')
@allowed([512, 2048, 4096])
param instanceMemory int = 2048

@description('Regions of the machines, as in westeurope: each gets a storage account for its captures.')
@minLength(1)
param captureRegions array = [location]

@description('After so many days a captured file is deleted.')
@minValue(1)
@maxValue(3650)
param captureRetentionDays int = 30

@description('Ids (GUIDs) of the subscriptions whose machines may be captured. The app gets its role at each.')
@minLength(1)
param targetSubscriptionIds array = [subscription().subscriptionId]

@description('Whether the capture role may also write machines, scale sets and their extensions. Microsoft lists these actions; whether Network Watcher asks for them is unproven, and they are as good as root on every machine.')
param allowMachineWrites bool = false

@description('Regions whose Network Watcher is to be made, in this subscription. A region that has one must not be named.')
param networkWatcherRegions array = []

@description('Resource group of these Network Watchers. It must exist.')
param networkWatcherGroup string = 'NetworkWatcherRG'

@description('Machines that are to get the Network Watcher agent: [{ id: ARM id, location: region, windows: bool }]. Not those that have one.')
param agents array = []

@description('Client id of the app registration that secure webhooks ask a token for. Switches App Service Authentication on.')
param alertApiClientId string = ''

// The app settings, in the order of the README. What is empty is not set, and has its default.

@description('CAPTURE_STORAGE_PATH: container/folder of the captures.')
param captureStoragePath string = ''

@description('CAPTURE_LOCAL_PATH: folder on the machines that keeps captures too; on Linux /var/captures or below it.')
param captureLocalPath string = ''

@description('CAPTURE_TIME_LIMIT: ISO 8601, 1 second to 5 hours.')
param captureTimeLimit string = 'PT10S'

@description('CAPTURE_BYTES_PER_PACKET: 0 for all.')
param captureBytesPerPacket int = 0

@description('CAPTURE_BYTES_PER_SESSION: bytes after which a capture ends.')
param captureBytesPerSession int = 1073741824

@description('CAPTURE_FILTERS: JSON list of filters, as in [{"protocol":"TCP","remotePort":"443"}].')
param captureFilters string = ''

@description('CAPTURE_LIMIT: sessions per subscription and region.')
param captureLimit int = 10

@description('CAPTURE_QUEUE_TIMEOUT: how long a capture waits for a slot.')
param captureQueueTimeout string = 'PT2M'

@description('CAPTURE_COOLDOWN: how long a machine is left alone after a completed capture.')
param captureCooldown string = 'PT5M'

@description('CAPTURE_SESSION_RETENTION: how long a completed session stays in the portal.')
param captureSessionRetention string = 'PT5M'

@description('CAPTURE_HISTORY_RETENTION: how long a capture stays on record.')
param captureHistoryRetention string = 'P30D'

@description('CAPTURE_NAME_PREFIX: starts each session\'s name.')
param captureNamePrefix string = 'alert-'

@description('CAPTURE_STOP_ON_RESOLVED: whether a capture ends early when its alerts are resolved.')
param captureStopOnResolved bool = false

@description('CAPTURE_ALERT_KINDS: kinds of alert that start a capture, separated by commas.')
param captureAlertKinds string = 'Metric,Log'

@description('CAPTURE_ALLOWED_SCOPES: ids of subscriptions and resource groups, separated by commas; empty for all that the role allows.')
param captureAllowedScopes string = ''

@description('AZURE_RESOURCE_MANAGER_ENDPOINT: for private clouds; empty for the cloud\'s own.')
param armEndpoint string = ''

@description('AZURE_CLIENT_ID: client id of a user-assigned identity that you attach to the app; empty for the system-assigned one, which has the roles.')
param identityClientId string = ''

// A service principal in place of the identity, for who moves from the PowerShell function and must
// keep it. It needs the roles itself: give them to it by hand.

@description('AzureTenant: tenant of the service principal.')
param servicePrincipalTenant string = ''

@description('AzureClientID: its client id.')
param servicePrincipalClientId string = ''

@description('AzureCredPassword: its secret, plain or as ConvertFrom-SecureString encrypted it.')
@secure()
param servicePrincipalPassword string = ''

@description('AZURE_CRED_KEY: text of the key file, for an encrypted secret.')
@secure()
param servicePrincipalKey string = ''

@description('AZURE_CRED_KEY_FILE: or its path in the app.')
param servicePrincipalKeyFile string = ''

@description('ALERT_CALLER_ID: client id of the one application that may post alerts. Needs alertApiClientId.')
param alertCallerId string = ''

@description('ALERT_CALLER_ROLE: the app role that it must have.')
param alertCallerRole string = 'ActionGroupsSecureWebhook'

@description('NOTIFY_WEBHOOK_URL: where events are posted.')
@secure()
param notifyWebhookUrl string = ''

@description('NOTIFY_TEAMS_URL: where messages for Teams are posted.')
@secure()
param notifyTeamsUrl string = ''

@description('NOTIFY_SLACK_URL: where messages for Slack are posted.')
@secure()
param notifySlackUrl string = ''

@description('NOTIFY_ON: what is told, separated by commas.')
param notifyOn string = 'completed,failed,rejected'

var captureAccounts = [for region in captureRegions: 'pcap${uniqueString(resourceGroup().id, appName, region)}']
var captureAccountIds = [for (region, i) in captureRegions: '${region}=${resourceId('Microsoft.Storage/storageAccounts', captureAccounts[i])}']

// What Azure or the app itself knows (AzureWebJobsStorage__*) stands in functionApp.bicep.
var settings = {
  CAPTURE_STORAGE_ACCOUNT_ID: join(captureAccountIds, ',')
  CAPTURE_STORAGE_PATH: captureStoragePath
  CAPTURE_LOCAL_PATH: captureLocalPath
  CAPTURE_TIME_LIMIT: captureTimeLimit
  CAPTURE_BYTES_PER_PACKET: string(captureBytesPerPacket)
  CAPTURE_BYTES_PER_SESSION: string(captureBytesPerSession)
  CAPTURE_FILTERS: captureFilters
  CAPTURE_LIMIT: string(captureLimit)
  CAPTURE_QUEUE_TIMEOUT: captureQueueTimeout
  CAPTURE_COOLDOWN: captureCooldown
  CAPTURE_SESSION_RETENTION: captureSessionRetention
  CAPTURE_HISTORY_RETENTION: captureHistoryRetention
  CAPTURE_NAME_PREFIX: captureNamePrefix
  CAPTURE_STOP_ON_RESOLVED: captureStopOnResolved ? 'true' : 'false'
  CAPTURE_ALERT_KINDS: captureAlertKinds
  CAPTURE_ALLOWED_SCOPES: captureAllowedScopes
  CAPTURE_STORE: 'table'
  AZURE_CLOUD: environment().name
  AZURE_RESOURCE_MANAGER_ENDPOINT: armEndpoint
  AZURE_CLIENT_ID: identityClientId
  AzureTenant: servicePrincipalTenant
  AzureClientID: servicePrincipalClientId
  AzureCredPassword: servicePrincipalPassword
  AZURE_CRED_KEY: servicePrincipalKey
  AZURE_CRED_KEY_FILE: servicePrincipalKeyFile
  ALERT_CALLER_ID: alertCallerId
  ALERT_CALLER_ROLE: alertCallerRole
  NOTIFY_WEBHOOK_URL: notifyWebhookUrl
  NOTIFY_TEAMS_URL: notifyTeamsUrl
  NOTIFY_SLACK_URL: notifySlackUrl
  NOTIFY_ON: notifyOn
}

var blobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
// The Maven plugin looks for this one at every deployment to Flex Consumption, and would give it itself.
var blobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
var blobDataReader = '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
var queueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
var tableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'

// Deployments at a subscription are tied to the place of their first time: another group of the same
// name in another region must not meet them.
var subscriptionDeployment = uniqueString(resourceGroup().id, appName, resourceGroup().location)

module logs 'logs.bicep' = {
  name: 'logs'
  params: {
    name: appName
    location: location
  }
}

module host 'hostStorage.bicep' = {
  name: 'hostStorage'
  params: {
    name: 'host${uniqueString(resourceGroup().id, appName)}'
    location: location
  }
}

module app 'functionApp.bicep' = {
  name: 'functionApp'
  params: {
    name: appName
    location: location
    plan: plan
    instanceMemory: instanceMemory
    hostAccountName: host.outputs.name
    packageContainer: host.outputs.container
    logsName: logs.outputs.name
    alertApiClientId: alertApiClientId
    alertCallerId: alertCallerId
    settings: settings
  }
}

module hostRoles 'accountRoles.bicep' = {
  name: 'hostRoles'
  params: {
    accountName: host.outputs.name
    principalId: app.outputs.principalId
    roles: [blobDataOwner, blobDataContributor, queueDataContributor, tableDataContributor]
  }
}

module captures 'captureAccount.bicep' = [for (region, i) in captureRegions: {
  name: 'captures-${region}'
  params: {
    name: captureAccounts[i]
    location: region
    retentionDays: captureRetentionDays
  }
}]

module roles 'roles.bicep' = {
  name: 'roles-${subscriptionDeployment}'
  scope: subscription()
  params: {
    appName: appName
    targetSubscriptionIds: targetSubscriptionIds
    allowMachineWrites: allowMachineWrites
  }
}

// The storage role reads keys, so it is at these accounts and nowhere else.
module captureRoles 'accountRoles.bicep' = [for (region, i) in captureRegions: {
  name: 'captureRoles-${region}'
  params: {
    accountName: captures[i].outputs.name
    principalId: app.outputs.principalId
    roles: [blobDataReader, roles.outputs.storageRole]
  }
}]

module targetRole 'targetRole.bicep' = [for id in targetSubscriptionIds: {
  name: 'targetRole-${subscriptionDeployment}'
  scope: subscription(id)
  params: {
    role: roles.outputs.captureRole
    principalId: app.outputs.principalId
  }
}]

module watchers 'networkWatcher.bicep' = [for region in networkWatcherRegions: {
  name: 'networkWatcher-${region}'
  scope: resourceGroup(networkWatcherGroup)
  params: {
    location: region
  }
}]

module agent 'agent.bicep' = [for (machine, i) in agents: {
  name: 'agent-${i}-${uniqueString(machine.id)}'
  scope: resourceGroup(split(machine.id, '/')[2], split(machine.id, '/')[4])
  params: {
    machineName: last(split(machine.id, '/'))
    location: machine.location
    windows: machine.windows
  }
}]

output functionAppName string = appName
output hostName string = app.outputs.hostName
output plan string = plan
output hostAccountName string = host.outputs.name
output packageContainer string = host.outputs.container
output captureAccountNames array = captureAccounts
output principalId string = app.outputs.principalId
