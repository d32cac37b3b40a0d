// Command client-go-discovery prints, as JSON, what client-go's DiscoveryClient makes of the servers whose URLs are its arguments.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/rest"
)

type groupsAnswer struct {
	Groups []metav1.APIGroup `json:"groups"`
	Error  string            `json:"error"`
}

type resourcesAnswer struct {
	Lists []*metav1.APIResourceList `json:"lists"`
	// Group-versions that failed, and why.
	Failed map[string]string `json:"failed"`
	// Why the whole failed.
	Error string `json:"error"`
}

type answer struct {
	ServerGroups             groupsAnswer    `json:"serverGroups"`
	ServerGroupsAndResources resourcesAnswer `json:"serverGroupsAndResources"`
}

func main() {
	answers := []answer{}
	for _, server := range os.Args[1:] {
		client, err := discovery.NewDiscoveryClientForConfig(&rest.Config{Host: server})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		answers = append(answers, answer{serverGroups(client), serverGroupsAndResources(client)})
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serverGroups(client *discovery.DiscoveryClient) groupsAnswer {
	list, err := client.ServerGroups()
	if err != nil {
		return groupsAnswer{Groups: []metav1.APIGroup{}, Error: err.Error()}
	}
	return groupsAnswer{Groups: list.Groups}
}

func serverGroupsAndResources(client *discovery.DiscoveryClient) resourcesAnswer {
	_, lists, err := client.ServerGroupsAndResources()
	answer := resourcesAnswer{Lists: lists, Failed: map[string]string{}}
	// Aggregated lists come out of a map, in an order that means nothing.
	sort.SliceStable(answer.Lists, func(i, j int) bool {
		return answer.Lists[i].GroupVersion < answer.Lists[j].GroupVersion
	})
	if failed, ok := discovery.GroupDiscoveryFailedErrorGroups(err); ok {
		for groupVersion, cause := range failed {
			answer.Failed[groupVersion.String()] = cause.Error()
		}
	} else if err != nil {
		answer.Error = err.Error()
	}
	return answer
}
