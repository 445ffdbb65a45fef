// An action group that calls the app, a metric alert rule on machines that uses it, and an alarm on the
// app itself. To be deployed after the code: the function's key comes with it.
//
// TCP segments sent, which Microsoft's walk-through of 2017 alerted on, is no metric of the machine
// but of the system that runs in it: an agent there must be told to send it to Azure Monitor's
// metrics. Then set metricNamespace and metricName as the portal shows them; such a rule is for one
// machine.
targetScope = 'resourceGroup'

import { texts } from 'types.bicep'

@description('Name of the function app, in this resource group.')
param functionAppName string

@description('How the action group calls the app. secureWebhook sends a token too: docs/guide.md, Secure webhook.')
@allowed(['function', 'webhook', 'secureWebhook'])
param receiver string = 'function'

@description('ARM ids of the machines, all in one subscription and region.')
@minLength(1)
param machineIds string[]

@description('Region of the machines.')
param machineRegion string

@description('Name of the rule and of the action group.')
param name string = 'capture-packets'

@description('Which key of the function Alerts the action group sends: another one while keys are changed.')
param keyName string = 'default'

@description('Namespace of the metric.')
param metricNamespace string = 'Microsoft.Compute/virtualMachines'

@description('The metric. Network Out Total counts bytes.')
param metricName string = 'Network Out Total'

@description('How the metric is put together over the window.')
@allowed(['Average', 'Count', 'Maximum', 'Minimum', 'Total'])
param aggregation string = 'Total'

@description('Above this the alert fires.')
param threshold int = 100000000

@description('The window, ISO 8601.')
@allowed(['PT1M', 'PT5M', 'PT15M', 'PT30M', 'PT1H', 'PT6H', 'PT12H', 'P1D'])
param window string = 'PT5M'

@description('How often the rule looks, ISO 8601.')
@allowed(['PT1M', 'PT5M', 'PT15M', 'PT30M', 'PT1H'])
param frequency string = 'PT1M'

@description('0 (critical) to 4 (verbose).')
@minValue(0)
@maxValue(4)
param severity int = 3

@description('Custom properties, as in { \'capture.timeLimit\': \'PT1M\' }: they override the app\'s options for this rule.')
param customProperties texts = {}

@description('Addresses of who gets a mail from Azure Monitor when the app\'s own timer is silent: the app can\'t tell them then.')
param alarmEmails string[] = []

@description('Whether there is an alarm on the app itself.')
param appAlarm bool = true

@description('Region of the function app, for that alarm.')
param location string = resourceGroup().location

@description('Tags of everything that can have some.')
param tags texts = {}

@description('For secureWebhook: object id of the app registration (the application\'s, not the service principal\'s).')
param alertApiObjectId string = ''

@description('For secureWebhook: its application id URI.')
param alertApiIdUri string = ''

@description('Whether the metric comes from inside the machine. Rules on several machines are for the platform\'s own metrics only.')
var guestMetric = toLower(metricNamespace) != 'microsoft.compute/virtualmachines'

@description('Whether the action group sends a token too.')
var secure = receiver == 'secureWebhook'

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: functionAppName
}

resource alerts 'Microsoft.Web/sites/functions@2025-03-01' existing = {
  parent: app
  name: 'Alerts'
}

@description('Where alerts go. The key in it opens POST /api/alerts and nothing else.')
var url = 'https://${app.properties.defaultHostName}/api/alerts?code=${alerts.listKeys()[keyName]}'

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: name
  location: 'Global'
  tags: tags
  properties: {
    groupShortName: take(name, 12)
    enabled: true
    azureFunctionReceivers: receiver != 'function'
      ? []
      : [
          {
            name: 'capture'
            functionAppResourceId: app.id
            functionName: 'Alerts'
            httpTriggerUrl: url
            useCommonAlertSchema: true
          }
        ]
    webhookReceivers: receiver == 'function'
      ? []
      : [
          {
            name: 'capture'
            serviceUri: url
            useCommonAlertSchema: true
            useAadAuth: secure
            objectId: secure ? alertApiObjectId : null
            identifierUri: secure ? alertApiIdUri : null
            tenantId: secure ? tenant().tenantId : null
          }
        ]
  }
}

resource rule 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    description: 'Captures packets when ${metricName} passes ${threshold}.'
    enabled: true
    severity: severity
    scopes: map(machineIds, id => toLower(id))
    targetResourceType: 'Microsoft.Compute/virtualMachines'
    targetResourceRegion: machineRegion
    evaluationFrequency: frequency
    windowSize: window
    autoMitigate: true
    criteria: guestMetric
      ? {
          'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
          allOf: [
            {
              criterionType: 'StaticThresholdCriterion'
              name: 'threshold'
              metricNamespace: metricNamespace
              metricName: metricName
              timeAggregation: aggregation
              operator: 'GreaterThan'
              threshold: threshold
              skipMetricValidation: true
            }
          ]
        }
      : {
          'odata.type': 'Microsoft.Azure.Monitor.MultipleResourceMultipleMetricCriteria'
          allOf: [
            {
              criterionType: 'StaticThresholdCriterion'
              name: 'threshold'
              metricNamespace: metricNamespace
              metricName: metricName
              timeAggregation: aggregation
              operator: 'GreaterThan'
              threshold: threshold
            }
          ]
        }
    actions: [
      {
        actionGroupId: group.id
        webHookProperties: customProperties
      }
    ]
  }
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(alarmEmails)) {
  name: '${name}-alarm'
  location: 'Global'
  tags: tags
  properties: {
    groupShortName: take('${take(name, 6)}-alarm', 12)
    enabled: true
    emailReceivers: [
      for (address, i) in alarmEmails: { name: 'mail-${i}', emailAddress: address, useCommonAlertSchema: true }
    ]
  }
}

module alarm 'appAlarm.bicep' = if (appAlarm) {
  params: {
    name: '${name}-heartbeat'
    location: location
    tags: tags
    logsName: functionAppName
    actionGroupIds: empty(alarmEmails) ? [group.id] : [group.id, people.id]
  }
}
