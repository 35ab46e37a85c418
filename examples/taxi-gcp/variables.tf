variable "bucket" {
  description = "Name of the bucket; names are unique in all of Google Cloud."
  type        = string
  default     = "company-taxi-files"
}

variable "dataset" {
  description = "Name of the BigQuery dataset."
  type        = string
  default     = "taxi"
}

variable "project_id" {
  description = "Id of the Google Cloud project."
  type        = string
  default     = "company-data"
}
