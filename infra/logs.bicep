// Application Insights with its workspace.
import { texts } from 'types.bicep'

@description('Name of both.')
param name string

@description('Region of both.')
param location string

@description('Tags of both.')
param tags texts

@description('Gigabytes a day after which the workspace takes no more until the next day; -1 for no cap.')
param dailyCapGb int

@description('Whether logs are taken with a key as well as by role.')
param takesKeys bool

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    retentionInDays: 30
    sku: {
      name: 'PerGB2018'
    }
    workspaceCapping: {
      dailyQuotaGb: dailyCapGb
    }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: name
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    DisableLocalAuth: !takesKeys
    WorkspaceResourceId: workspace.id
  }
}
