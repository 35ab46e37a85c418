# The braces belong to Kestra; without the function Terraform's templates and Kestra's expressions are easily confused.
output "greeting" {
  value = "Hello ${provider::kestra::expr("inputs.name | upper")}"
}
