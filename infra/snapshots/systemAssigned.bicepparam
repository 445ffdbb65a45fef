// An app of another cloud whose identity is made with it.
using '../main.bicep'

param cloud = 'AzureUSGovernment'
param identityType = 'systemAssigned'
param location = 'usgovvirginia'
param plan = 'ElasticPremium'
