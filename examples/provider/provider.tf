terraform {
  required_providers {
    kestra = {
      source  = "flowsmith/kestra"
      version = "~> 0.1"
    }
  }
}

provider "kestra" {
  url      = "https://kestra.example.com"
  username = "terraform@example.com"
  # The password comes from the environment variable KESTRA_PASSWORD.
}
