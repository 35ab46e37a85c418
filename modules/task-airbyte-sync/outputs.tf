output "task" {
  description = "The task as a JSON document, for the inputs `tasks`, `errors` and `finally` of the module `flow` and for the tasks of other tasks."
  value       = local._task
}
