// An alarm on the app itself: its timer carries all captures on, and tells people. Apps on Flex
// Consumption were seen to lose their timers after a deployment, while HTTP went on
// (azure-functions-host 11828).
import { texts } from 'types.bicep'

@description('Name of the rule.')
param name string

@description('Region of the logs: the function app\'s.')
param location string

@description('Its tags.')
param tags texts

@description('Name of the Application Insights component, in this resource group.')
param logsName string

@description('ARM ids of the action groups that are told.')
param actionGroupIds string[]

@description('The ticks that did their work. One that could not, as where the settings are wrong or the store does not answer, says so in a line of its own.')
var ticks = '''
requests
| where name == 'Poll'
| join kind=leftanti (traces | where message startswith 'nothing carried on') on operation_Id
'''

resource logs 'Microsoft.Insights/components@2020-02-02' existing = {
  name: logsName
}

resource alarm 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = {
  name: name
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'No heartbeat of ${logsName}'
    description: 'For 5 minutes the timer has carried nothing on: captures stay where they are, and nobody is told. See docs/troubleshooting.md, "The alarm rings".'
    enabled: true
    severity: 1
    scopes: [logs.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: ticks
          timeAggregation: 'Count'
          operator: 'LessThan'
          threshold: 1
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: {
      actionGroups: actionGroupIds
    }
  }
}
