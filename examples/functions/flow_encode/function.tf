output "flow" {
  value = provider::kestra::flow_encode({
    tasks = [
      {
        type    = "io.kestra.plugin.core.log.Log"
        id      = "greet"
        message = "Hello\nand good morning\n"
        level   = "INFO"
      },
    ]
    namespace = "company.team"
    id        = "hello"
    labels    = { answer = "yes" }
  })
}
