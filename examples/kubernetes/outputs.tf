output "flows" {
  description = "The flows of this project and the revisions that are deployed."
  value = {
    (module.deploy.id)    = module.deploy.revision
    (module.heartbeat.id) = module.heartbeat.revision
  }
}
