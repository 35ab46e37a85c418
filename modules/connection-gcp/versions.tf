terraform {
  required_version = ">= 1.9, < 2.0"

  # No resource: the provider's functions write and check the document.
  required_providers {
    kestra = {
      source  = "flowsmith/kestra"
      version = ">= 0.1, < 1.0"
    }
  }
}
