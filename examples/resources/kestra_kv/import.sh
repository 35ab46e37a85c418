terraform import kestra_kv.limits company.team/limits
