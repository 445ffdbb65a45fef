// Everything but the alert: the function app with its identity, plan, storage and logs, storage
// accounts for the captures, and the roles. docs/guide.md leads through it.
targetScope = 'resourceGroup'

import { agentTarget, texts } from 'types.bicep'

@description('Name of the function app, unique in all of Azure; also in the names of its roles.')
@minLength(4)
@maxLength(40)
param appName string = 'alert-capture-${uniqueString(resourceGroup().id)}'

@description('Region of the function app. Captures may be in others.')
param location string = resourceGroup().location

@description('Tags of everything that can have some.')
param tags texts = {}

@description('Who the app is to Azure. userAssigned: an identity of its own, made first, so that its roles are there before the app starts. systemAssigned: for who deployed that earlier and must keep it.')
@allowed(['userAssigned', 'systemAssigned'])
param identityType string = 'userAssigned'

@description('Plan of the function app. ElasticPremium where Flex Consumption is not to be had, as in some sovereign clouds.')
@allowed(['FlexConsumption', 'ElasticPremium'])
param plan string = 'FlexConsumption'

@description('Version of Java. Azure supports 17 until September 2027 and 21 until September 2028.')
@allowed(['17', '21'])
param javaVersion string = '17'

@description('Memory of an instance on Flex Consumption, in MB: what a second of work costs goes by it.')
@allowed([512, 2048, 4096])
param instanceMemory int = 2048

@description('Instances at most: what a flood of alerts, forged ones included, can cost goes by it.')
@minValue(1)
@maxValue(100)
param maximumInstances int = 5

@description('Instances on Flex Consumption that wait for alerts and are paid for all hours, so that no alert meets a cold start: Azure Monitor gives up after 10 seconds.')
@minValue(0)
@maxValue(5)
param alwaysReadyHttp int = 0

@description('Gigabytes of logs a day after which none are taken until the next day; -1 for no cap. While none are taken, the alarm of alert.bicep rings.')
@minValue(-1)
param logsDailyCapGb int = 1

@description('Id of a subnet that the app\'s calls leave from, for who must; delegated to Microsoft.App/environments on Flex Consumption, to Microsoft.Web/serverFarms on Elastic Premium.')
param appSubnetId string = ''

@description('Ids of subnets that may reach the storage accounts, each with the service endpoint Microsoft.Storage. The app\'s own is added. Where no subnet and no address is named, the accounts are open to all networks; roles and keys guard them all the same.')
param storageSubnetIds string[] = []

@description('Public addresses or ranges that may reach the storage accounts too, as in 203.0.113.7 or 203.0.113.0/24.')
param storageAddresses string[] = []

@description('Regions of the machines, as in westeurope: each gets a storage account for its captures.')
@minLength(1)
param captureRegions string[] = [location]

@description('After so many days a captured file is deleted.')
@minValue(1)
@maxValue(3650)
param captureRetentionDays int = 30

@description('Whether the person who deploys this may read the captured files.')
param deployerReads bool = true

@description('Ids (GUIDs) of the subscriptions whose machines may be captured. The app gets its role at each.')
@minLength(1)
param targetSubscriptionIds string[] = [subscription().subscriptionId]

@description('Whether the capture role may also write machines, scale sets and their extensions. Microsoft lists these actions; whether Network Watcher asks for them is unproven, and they are as good as root on every machine.')
param allowMachineWrites bool = false

@description('Regions whose Network Watcher is to be made, in this subscription. A region that has one must not be named.')
param networkWatcherRegions string[] = []

@description('Resource group of these Network Watchers. It must exist.')
param networkWatcherGroup string = 'NetworkWatcherRG'

@description('Machines and scale sets that are to get the Network Watcher agent. Not those that have one under another name than AzureNetworkWatcherExtension.')
param agents agentTarget[] = []

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

@description('AZURE_CLOUD: the cloud that this is deployed to.')
param cloud string = environment().name

@description('AZURE_RESOURCE_MANAGER_ENDPOINT: for private clouds; empty for the cloud\'s own.')
param armEndpoint string = ''

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

@description('Whether the app has an identity of its own.')
var ownIdentity = identityType == 'userAssigned'

@description('Its client id; empty for the system-assigned one.')
var identityClientId = ownIdentity ? identity!.properties.clientId : ''

@description('Names of the storage accounts for captures.')
var captureAccountNames = [for region in captureRegions: 'pcap${uniqueString(resourceGroup().id, appName, region)}']

@description('The same with their regions, as the app wants them.')
var captureAccountIds = [
  for (region, i) in captureRegions: '${region}=${resourceId('Microsoft.Storage/storageAccounts', captureAccountNames[i])}'
]

@description('Name of the host\'s own account: keys, locks, the table of captures, the deployed package.')
var hostAccountName = 'host${uniqueString(resourceGroup().id, appName)}'

@description('Container of that account for the deployed package.')
var packageContainer = 'packages'

@description('Ids as Azure compares them.')
var subscriptionIds = map(targetSubscriptionIds, id => toLower(id))

@description('Who may reach the storage accounts.')
var accountRules = {
  subnetIds: empty(appSubnetId) ? storageSubnetIds : union([appSubnetId], storageSubnetIds)
  addresses: storageAddresses
}

@description('In the names of deployments at a subscription. Those are tied to the place of their first time: another group of the same name in another region must not meet them.')
#disable-next-line no-loc-expr-outside-params // The group's own region is meant, wherever the app is.
var deploymentSuffix = uniqueString(resourceGroup().id, appName, resourceGroup().location)

@description('Storage Blob Data Reader.')
var blobDataReader = '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'

@description('The app settings but for secrets, and for what Azure knows (the identity, AzureWebJobsStorage__*): those stand in functionApp.bicep.')
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
  AZURE_CLOUD: cloud
  AZURE_RESOURCE_MANAGER_ENDPOINT: armEndpoint
  AzureTenant: servicePrincipalTenant
  AzureClientID: servicePrincipalClientId
  AZURE_CRED_KEY_FILE: servicePrincipalKeyFile
  ALERT_CALLER_ID: alertCallerId
  ALERT_CALLER_ROLE: alertCallerRole
  NOTIFY_ON: notifyOn
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = if (ownIdentity) {
  name: appName
  location: location
  tags: tags
}

module logs 'logs.bicep' = {
  params: {
    name: appName
    location: location
    tags: tags
    dailyCapGb: logsDailyCapGb
    takesKeys: cloud != 'AzureCloud'
  }
}

module host 'storageAccount.bicep' = {
  params: {
    name: hostAccountName
    location: location
    tags: tags
    takesKeys: false
    rules: accountRules
    container: packageContainer
  }
}

module captures 'storageAccount.bicep' = [
  for (region, i) in captureRegions: {
    params: {
      name: captureAccountNames[i]
      location: region
      tags: tags
      takesKeys: true
      rules: accountRules
      retentionDays: captureRetentionDays
    }
  }
]

module roles 'roles.bicep' = {
  #disable-next-line no-module-name // It must differ between the groups of a subscription.
  name: 'roles-${deploymentSuffix}'
  scope: subscription()
  params: {
    appName: appName
    targetSubscriptionIds: subscriptionIds
    allowMachineWrites: allowMachineWrites
  }
}

module rolesFirst 'appRoles.bicep' = if (ownIdentity) {
  params: {
    principalId: identity!.properties.principalId
    hostAccountName: hostAccountName
    logsName: appName
    captureAccountNames: captureAccountNames
    storageRole: roles.outputs.storageRole
    captureRole: roles.outputs.captureRole
    targetSubscriptionIds: subscriptionIds
    deploymentSuffix: deploymentSuffix
  }
  dependsOn: [logs, host, captures]
}

module app 'functionApp.bicep' = {
  params: {
    name: appName
    location: location
    tags: tags
    plan: plan
    javaVersion: javaVersion
    instanceMemory: instanceMemory
    maximumInstances: maximumInstances
    alwaysReadyHttp: alwaysReadyHttp
    subnetId: appSubnetId
    identityId: ownIdentity ? identity.id : ''
    identityClientId: identityClientId
    cloud: cloud
    hostAccountName: hostAccountName
    packageContainer: packageContainer
    logsName: appName
    alertApiClientId: alertApiClientId
    alertCallerId: alertCallerId
    settings: settings
    servicePrincipalPassword: servicePrincipalPassword
    servicePrincipalKey: servicePrincipalKey
    notifyWebhookUrl: notifyWebhookUrl
    notifyTeamsUrl: notifyTeamsUrl
    notifySlackUrl: notifySlackUrl
  }
  dependsOn: [rolesFirst, logs, host]
}

// A system-assigned identity is made with the app. Until its roles count, some ten minutes, the app
// can't read its own storage, and deployments, keys and health may fail.
module rolesAfter 'appRoles.bicep' = if (!ownIdentity) {
  params: {
    principalId: app.outputs.principalId
    hostAccountName: hostAccountName
    logsName: appName
    captureAccountNames: captureAccountNames
    storageRole: roles.outputs.storageRole
    captureRole: roles.outputs.captureRole
    targetSubscriptionIds: subscriptionIds
    deploymentSuffix: deploymentSuffix
  }
  dependsOn: [captures]
}

// A pipeline that deploys has no name of a person.
module readers 'accountRoles.bicep' = [
  for (region, i) in captureRegions: if (deployerReads && !empty(deployer().?userPrincipalName)) {
    params: {
      accountName: captureAccountNames[i]
      principalId: deployer().objectId
      principalType: 'User'
      roles: [blobDataReader]
    }
    dependsOn: [captures]
  }
]

module watchers 'networkWatcher.bicep' = [
  for region in networkWatcherRegions: {
    scope: resourceGroup(networkWatcherGroup)
    params: {
      location: region
      tags: tags
    }
  }
]

module agent 'agent.bicep' = [
  for machine in agents: {
    #disable-next-line no-module-name // It must differ between the machines of a group.
    name: 'agent-${uniqueString(toLower(machine.id))}'
    scope: resourceGroup(split(machine.id, '/')[2], split(machine.id, '/')[4])
    params: {
      id: toLower(machine.id)
      location: machine.location
      windows: machine.windows
      tags: tags
    }
  }
]

@description('Name of the function app.')
output functionAppName string = appName

@description('Its host name.')
output hostName string = app.outputs.hostName

@description('Its plan.')
output plan string = plan

@description('Name of its own storage account.')
output hostAccountName string = hostAccountName

@description('Container of that account for the deployed package.')
output packageContainer string = packageContainer

@description('Names of the storage accounts for captures.')
output captureAccountNames string[] = captureAccountNames

@description('Object id of the app\'s identity.')
output principalId string = ownIdentity ? identity!.properties.principalId : app.outputs.principalId
