var e="kube-api-gate-snapshot";export{e as a};
