output "content" {
  description = "The copy of the flow, as YAML, as it is executed."
  value       = local._copy
}

output "execution_id" {
  description = "Id of the execution."
  value       = kestra_execution.this.id
}

output "namespace" {
  description = "Namespace of the copy."
  value       = local._namespace
}

output "outputs" {
  description = "Outputs of the flow, by their names."
  value       = jsondecode(kestra_execution.this.outputs)
}

output "state" {
  description = "State in which the execution has ended, such as `SUCCESS`, `WARNING` or `FAILED`."
  value       = kestra_execution.this.state
}

output "task_attempts" {
  description = "How often the runs of each task were tried, by its id: a list, as a task in a loop has several runs."
  value       = { for run in local._task_runs : run.task_id => run.attempts... }
}

output "task_outputs" {
  description = "Outputs of the runs of each task, by its id: a list, as a task in a loop has several runs."
  value       = { for run in local._task_runs : run.task_id => jsondecode(run.outputs)... }
}

output "task_states" {
  description = "States of the runs of each task, by its id: a list, as a task in a loop has several runs. A task that was not reached is not there."
  value       = { for run in local._task_runs : run.task_id => run.state... }
}
