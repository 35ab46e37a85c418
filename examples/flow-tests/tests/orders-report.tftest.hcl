# Each run executes a copy of the flow, in a namespace of its own, and removes it afterwards. Nobody asks the shop.
provider "kestra" {}

run "orders_are_counted" {
  module {
    source = "../../modules/flow-test"
  }

  variables {
    name   = "counted"
    flow   = file("flows/orders-report.yaml")
    inputs = { day = "2030-01-31" }
    fixtures = {
      download = { outputs = jsonencode({ code = 200, body = jsonencode([{ id = 1 }, { id = 2 }]) }) }
    }
  }

  assert {
    condition     = output.state == "SUCCESS" && output.outputs.orders == 2
    error_message = "Two orders must be counted: ${output.state}, ${jsonencode(output.outputs)}"
  }
  assert {
    condition     = contains(keys(output.task_states), "announce")
    error_message = "The orders must be announced: ${jsonencode(output.task_states)}"
  }
}

run "a_day_without_orders_is_not_announced" {
  module {
    source = "../../modules/flow-test"
  }

  variables {
    name   = "none"
    flow   = file("flows/orders-report.yaml")
    inputs = { day = "2030-01-31" }
    fixtures = {
      download = { outputs = jsonencode({ code = 200, body = "[]" }) }
    }
  }

  assert {
    condition     = output.state == "SUCCESS" && output.outputs.orders == 0
    error_message = "No order must be counted: ${output.state}, ${jsonencode(output.outputs)}"
  }
  assert {
    condition     = !contains(keys(output.task_states), "announce")
    error_message = "There is nothing to announce: ${jsonencode(output.task_states)}"
  }
}

run "somebody_is_told_when_the_shop_does_not_answer" {
  module {
    source = "../../modules/flow-test"
  }

  variables {
    name   = "failed"
    flow   = file("flows/orders-report.yaml")
    inputs = { day = "2030-01-31" }
    fixtures = {
      download   = { state = "FAILED", description = "the shop is closed" }
      tell_sales = {}
    }
  }

  assert {
    condition     = output.state == "FAILED" && output.task_states.tell_sales[0] == "SUCCESS"
    error_message = "Sales must be told: ${output.state}, ${jsonencode(output.task_states)}"
  }
  assert {
    condition     = output.task_attempts.download[0] == 3
    error_message = "The shop must be asked three times: ${jsonencode(output.task_attempts)}"
  }
}
