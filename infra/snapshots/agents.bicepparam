// Machines and a scale set without the agent, in a region without a Network Watcher.
using '../main.bicep'

param cloud = 'AzureCloud'
param captureRegions = ['westeurope']
param networkWatcherRegions = ['westeurope']
param agents = [
  {
    id: '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/Web/providers/Microsoft.Compute/virtualMachines/web-01'
    location: 'westeurope'
    windows: false
  }
  {
    id: '/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/sql/providers/Microsoft.Compute/virtualMachines/sql-01'
    location: 'westeurope'
    windows: true
  }
  {
    id: '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/Web/providers/Microsoft.Compute/virtualMachineScaleSets/web-set'
    location: 'westeurope'
    windows: false
  }
]
