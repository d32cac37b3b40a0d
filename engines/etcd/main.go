// Package main is etcd itself: the module that holds its entry point publishes no command that Go can build by name.
package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() {
	etcdmain.Main(os.Args)
}
