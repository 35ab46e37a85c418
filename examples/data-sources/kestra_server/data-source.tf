data "kestra_server" "this" {}

output "kestra" {
  description = "Version and edition of the server, such as `1.3.34 OSS`."
  value       = "${data.kestra_server.this.version} ${data.kestra_server.this.edition}"
}
