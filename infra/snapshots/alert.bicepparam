// What the guide deploys.
using '../alert.bicep'

param functionAppName = 'captures-test'
param machineIds = [
  '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/Web/providers/Microsoft.Compute/virtualMachines/Web-01'
]
param machineRegion = 'westeurope'
