// Each parameter is set, and to something else than its default. No value here is a secret.
using '../main.bicep'

param appName = 'captures-test'
param location = 'northeurope'
param tags = { team: 'network', cost: '4711' }
param identityType = 'userAssigned'
param plan = 'FlexConsumption'
param javaVersion = '21'
param instanceMemory = 512
param maximumInstances = 3
param alwaysReadyHttp = 1
param logsDailyCapGb = -1
param appSubnetId = '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/main/subnets/captures'
param storageSubnetIds = [
  '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/main/subnets/machines'
]
param storageAddresses = ['203.0.113.7']
param captureRegions = ['northeurope', 'uksouth']
param captureRetentionDays = 7
param deployerReads = false
param targetSubscriptionIds = ['11111111-1111-1111-1111-111111111111', '2222222A-2222-2222-2222-222222222222']
param allowMachineWrites = true
param networkWatcherRegions = ['uksouth']
param networkWatcherGroup = 'Watchers'
param agents = [
  {
    id: '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/Web/providers/Microsoft.Compute/virtualMachines/Web-01'
    location: 'northeurope'
    windows: false
  }
]
param alertApiClientId = '33333333-3333-3333-3333-333333333333'
param captureStoragePath = 'packets/alerts'
param captureLocalPath = '/var/captures'
param captureTimeLimit = 'PT1M'
param captureBytesPerPacket = 96
param captureBytesPerSession = 104857600
param captureFilters = '[{"protocol":"TCP","remotePort":"443"}]'
param captureLimit = 20
param captureQueueTimeout = 'PT4M'
param captureCooldown = 'PT10M'
param captureSessionRetention = 'PT1H'
param captureHistoryRetention = 'P90D'
param captureNamePrefix = 'test-'
param captureStopOnResolved = true
param captureAlertKinds = 'Metric'
param captureAllowedScopes = '/subscriptions/11111111-1111-1111-1111-111111111111'
param cloud = 'AzureCloud'
param armEndpoint = 'https://management.example.com'
param servicePrincipalTenant = 'example.com'
param servicePrincipalClientId = '44444444-4444-4444-4444-444444444444'
param servicePrincipalPassword = 'no password'
param servicePrincipalKey = 'no key'
param servicePrincipalKeyFile = 'keys/Other.key'
param alertCallerId = '461e8683-5575-4561-ac7f-899cc907d62a'
param alertCallerRole = 'PostAlerts'
param notifyWebhookUrl = 'https://example.com/hook'
param notifyTeamsUrl = 'https://example.com/teams'
param notifySlackUrl = 'https://example.com/slack'
param notifyOn = 'started,completed,failed,rejected'
