terraform import kestra_namespace.team company.team
