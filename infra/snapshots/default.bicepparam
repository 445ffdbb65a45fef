// What the guide deploys, on a machine that has the agent.
using '../main.bicep'

param cloud = 'AzureCloud'
