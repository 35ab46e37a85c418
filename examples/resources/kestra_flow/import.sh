terraform import kestra_flow.hello company.team/hello
