# The mail service fills in the customer's name; the number of the order comes from Kestra.
output "message" {
  value = "${provider::kestra::literal("{{ customer.name }}, your order is ")}${provider::kestra::expr("inputs.order")}"
}
