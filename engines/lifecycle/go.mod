module kube-api-gate/engines/lifecycle

go 1.26.0
