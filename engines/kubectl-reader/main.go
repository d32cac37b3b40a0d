// Command kubectl-reader says what kubectl makes of manifests: it reads them with kubectl's own packages, without a server.
//
// Its input is any number of texts, each after its length in bytes on a line of its own; its output one line of JSON for each.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/yaml"
)

type object struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Name       string `json:"name"`
	Namespace  string `json:"namespace"`
}

// outcome is what came of a text: the objects up to the first error, which is where kubectl stops reading.
type outcome struct {
	Objects []object `json:"objects"`
	// Refused holds what kubectl says of single documents that it reads on after.
	Refused []string `json:"refused"`
	Error   string   `json:"error,omitempty"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "kubectl-reader:", err)
		os.Exit(1)
	}
}

func run() error {
	input := bufio.NewReader(os.Stdin)
	output := bufio.NewWriter(os.Stdout)
	defer output.Flush()
	encoder := json.NewEncoder(output)
	for {
		line, err := input.ReadString('\n')
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		size, err := strconv.Atoi(strings.TrimSpace(line))
		if err != nil {
			return err
		}
		text := make([]byte, size)
		if _, err := io.ReadFull(input, text); err != nil {
			return err
		}
		if err := encoder.Encode(read(text)); err != nil {
			return err
		}
	}
}

// read does what the visitors of cli-runtime's pkg/resource do with a file.
func read(text []byte) outcome {
	result := outcome{Objects: []object{}, Refused: []string{}}
	decoded := transform.NewReader(bytes.NewReader(text), unicode.BOMOverride(unicode.UTF8.NewDecoder()))
	decoder := yaml.NewYAMLOrJSONDecoder(decoded, 4096)
	for {
		extension := runtime.RawExtension{}
		if err := decoder.Decode(&extension); errors.Is(err, io.EOF) {
			return result
		} else if err != nil {
			result.Error = err.Error()
			return result
		}
		raw := bytes.TrimSpace(extension.Raw)
		if len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
			continue
		}
		objects, err := decode(raw)
		if err != nil {
			result.Refused = append(result.Refused, err.Error())
			continue
		}
		result.Objects = append(result.Objects, objects...)
	}
}

func decode(raw []byte) ([]object, error) {
	decoded, kind, err := unstructured.UnstructuredJSONScheme.Decode(raw, nil, nil)
	if err != nil {
		return nil, err
	}
	if kind.Version == "" {
		return nil, errors.New("apiVersion is missing: kubectl would guess one, and the server refuse the object")
	}
	var metadata struct {
		metav1.TypeMeta   `json:""`
		metav1.ObjectMeta `json:"metadata,omitempty"`
	}
	if err := utiljson.Unmarshal(raw, &metadata); err != nil {
		return nil, err
	}
	var objects []object
	pending := []runtime.Object{decoded}
	for len(pending) > 0 {
		next := pending[0]
		pending = pending[1:]
		if meta.IsListType(next) {
			items, err := meta.ExtractList(next)
			if err != nil {
				return nil, err
			}
			pending = append(pending, items...)
			continue
		}
		item, isUnstructured := next.(*unstructured.Unstructured)
		if !isUnstructured {
			return nil, fmt.Errorf("an item is a %T", next)
		}
		objects = append(objects, object{item.GetAPIVersion(), item.GetKind(), item.GetName(), item.GetNamespace()})
	}
	return objects, nil
}
