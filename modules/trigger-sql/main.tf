locals {
  _line = try(regex("^\\d+\\.\\d+", var.kestra_version), null)

  # Kestra 2.0 has one expression where 1.3 has a list of conditions, all of which must hold.
  _conditions = {
    conditions = local._line == "1.3" && length(var.conditions) > 0 ? [
      for condition in var.conditions : { type = "io.kestra.plugin.core.condition.Expression", expression = provider::kestra::expr(condition) }
    ] : null
    when = local._line == "2.0" && length(var.conditions) > 0 ? provider::kestra::expr(join(" and ", length(var.conditions) == 1 ? var.conditions : formatlist("(%s)", var.conditions))) : null
  }

  # What is null stays out, so the stored flow shows only what its author wrote.
  _trigger = provider::kestra::trigger(var.id, "io.kestra.plugin.jdbc.postgresql.Trigger", merge(local._conditions, {
    afterSQL  = var.after_sql
    disabled  = var.disabled ? true : null
    fetchType = var.fetch_type
    interval  = var.interval
    password  = provider::kestra::secret_ref(var.connection.password_secret)
    sql       = var.sql
    sslMode   = upper(replace(var.connection.ssl_mode, "-", "_"))
    url       = format("jdbc:postgresql://%s:%d/%s", var.connection.host, var.connection.port, var.connection.database)
    username  = var.connection.username
  }))
}
