variable "flow" {
  description = "The flow to test, as YAML: a file, or the output `content` of a module. It stays as it is; a copy is executed."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9._-]*$", provider::kestra::flow_decode(var.flow).namespace)) && can(provider::kestra::flow_decode(var.flow).id)
    error_message = "A flow is YAML with an id and a namespace; got ${substr(var.flow, 0, 200)}."
  }
}

variable "fixtures" {
  description = <<-EOT
    What tasks end with instead of doing anything, by the ids of the tasks:

    - `outputs`     - The outputs as a JSON document, such as `jsonencode({ size = 3 })`. No expression in them is rendered.
    - `state`       - `SUCCESS`, `WARNING`, `FAILED` or `SKIPPED`.
    - `description` - What the fixture is about.
  EOT
  type = map(object({
    outputs     = optional(string, "{}")
    state       = optional(string, "SUCCESS")
    description = optional(string)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for fixture in values(var.fixtures) : can(keys(jsondecode(fixture.outputs)))])
    error_message = "The outputs of a fixture are a JSON document of a map; got ${join(", ", [for id, fixture in var.fixtures : "${id}: ${fixture.outputs}" if !can(keys(jsondecode(fixture.outputs)))])}."
  }
  validation {
    condition     = alltrue([for fixture in values(var.fixtures) : contains(["SUCCESS", "WARNING", "FAILED", "SKIPPED"], fixture.state)])
    error_message = "A task ends as SUCCESS, WARNING, FAILED or SKIPPED; got ${join(", ", [for id, fixture in var.fixtures : "${id}: ${fixture.state}"])}."
  }
}

variable "inputs" {
  description = "Values of the flow's inputs by their names, as texts. Inputs of the type `FILE` cannot be given."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "labels" {
  description = "Labels of the execution, beside those that the flow has."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "name" {
  description = "Name of the test: the copy is in the namespace of this name, below that of the flow. Tests that run at the same time have different names."
  type        = string
  default     = "test"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9_-]*$", var.name))
    error_message = "A name has lowercase letters, digits, underscores and dashes, and begins with a letter or digit; got \"${var.name}\"."
  }
}

variable "timeout" {
  description = "How long the execution may take, as an ISO 8601 duration."
  type        = string
  default     = "PT5M"
  nullable    = false

  validation {
    condition     = can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+S)?)?$", var.timeout)) && !can(regex("(P|T)$", var.timeout))
    error_message = "timeout is an ISO 8601 duration of days, hours, minutes and seconds, such as PT1M; got \"${var.timeout}\"."
  }
}
