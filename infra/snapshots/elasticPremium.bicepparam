// The other plan.
using '../main.bicep'

param cloud = 'AzureCloud'
param plan = 'ElasticPremium'
