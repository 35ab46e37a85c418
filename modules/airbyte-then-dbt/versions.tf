terraform {
  required_version = ">= 1.9, < 2.0"

  # The module `flow` owns the resource; the provider is named here for the callers and tests of this module.
  required_providers {
    kestra = {
      source  = "flowsmith/kestra"
      version = ">= 0.1, < 1.0"
    }
  }
}
