terraform {
  required_version = ">= 1.9, < 2.0"

  required_providers {
    kestra = {
      source  = "flowsmith/kestra"
      version = ">= 0.1, < 1.0"
    }
  }
}
