// Each parameter is set, and to something else than its default.
using '../alert.bicep'

param functionAppName = 'captures-test'
param receiver = 'secureWebhook'
param machineIds = [
  '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/Web/providers/Microsoft.Compute/virtualMachines/Web-01'
]
param machineRegion = 'westeurope'
param name = 'capture-segments'
param keyName = 'next'
param metricNamespace = 'azure.vm.linux.guestmetrics'
param metricName = 'net/segments_sent'
param aggregation = 'Average'
param threshold = 1000
param window = 'PT15M'
param frequency = 'PT5M'
param severity = 1
param customProperties = { 'capture.timeLimit': 'PT1M' }
param alarmEmails = ['on-call@example.com']
param appAlarm = true
param location = 'northeurope'
param tags = { team: 'network' }
param alertApiObjectId = '55555555-5555-5555-5555-555555555555'
param alertApiIdUri = 'api://33333333-3333-3333-3333-333333333333'
