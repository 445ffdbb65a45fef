// The types of what the other files are given.

@export()
@description('A machine, or a scale set, that is to get the Network Watcher agent.')
type agentTarget = {
  @description('Its ARM id.')
  id: string

  @description('Its region, as in westeurope.')
  location: string

  @description('Whether it runs Windows; else Linux.')
  windows: bool
}

@export()
@description('Who may reach a storage account. Where both are empty, the account is open to all networks; keys and roles guard it all the same.')
type accountRules = {
  @description('Ids of subnets, each with the service endpoint Microsoft.Storage.')
  subnetIds: string[]

  @description('Public addresses or ranges, as in 203.0.113.7 or 203.0.113.0/24.')
  addresses: string[]
}

@export()
@description('Texts by name: tags, custom properties.')
type texts = {
  @description('A text.')
  *: string
}
