variable "expires" {
  description = "Day after which nobody needs the copy any more, such as `2030-01-31`."
  type        = string
  default     = "2030-01-31"
}

variable "name" {
  description = "Name of the copy, such as `pr-42`."
  type        = string
  default     = "mine"
}
