locals {
  _auth = var.kestra_login == null ? null : {
    apiToken = var.kestra_login.token_secret == null ? null : provider::kestra::secret_ref(var.kestra_login.token_secret)
    username = var.kestra_login.username
    password = var.kestra_login.password_secret == null ? null : provider::kestra::secret_ref(var.kestra_login.password_secret)
  }

  _commit = {
    authorEmail   = try(var.push.author_email, null)
    authorName    = try(var.push.author_name, null)
    commitMessage = try(var.push.message, null)
  }

  _flows = [
    for flows in [var.sync_flows] :
    var.push == null ? provider::kestra::task("flows", "io.kestra.plugin.git.SyncFlows", merge(module.repository.properties, {
      auth                   = local._auth
      delete                 = flows.delete
      gitDirectory           = flows.directory
      includeChildNamespaces = flows.include_namespaces
      targetNamespace        = flows.namespace
      })) : provider::kestra::task("flows", "io.kestra.plugin.git.PushFlows", merge(module.repository.properties, local._commit, {
      auth                   = local._auth
      delete                 = flows.delete
      gitDirectory           = flows.directory
      includeChildNamespaces = flows.include_namespaces
      sourceNamespace        = flows.namespace
    })) if flows != null
  ]

  _files = [
    for files in [var.sync_files] :
    var.push == null ? provider::kestra::task("files", "io.kestra.plugin.git.SyncNamespaceFiles", merge(module.repository.properties, {
      auth         = local._auth
      delete       = files.delete
      gitDirectory = files.directory
      namespace    = files.namespace
      })) : provider::kestra::task("files", "io.kestra.plugin.git.PushNamespaceFiles", merge(module.repository.properties, local._commit, {
      auth         = local._auth
      delete       = files.delete
      gitDirectory = files.directory
      namespace    = files.namespace
    })) if files != null
  ]
}

module "repository" {
  source = "../connection-git"

  repository = var.repository
}

module "flow" {
  source = "../flow"

  id        = var.id
  namespace = var.namespace
  alert     = var.alert
  # Two of them would write over each other.
  concurrency = { limit = 1 }
  description = var.description
  disabled    = var.disabled
  labels      = var.labels
  tasks       = concat(local._flows, local._files)
  triggers    = var.triggers
}
