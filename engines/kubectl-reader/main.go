// Command kubectl-reader says what kubectl makes of manifests, kubeconfigs and exec credentials: it reads them with kubectl's own packages,
// without a server.
//
// Its input is any number of texts, each after a line with what it is (manifest, kubeconfig or credential) and its length in bytes; its output
// one line of JSON for each.
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
	"k8s.io/apimachinery/pkg/runtime/serializer"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/client-go/pkg/apis/clientauthentication"
	"k8s.io/client-go/pkg/apis/clientauthentication/install"
	clientauthenticationv1 "k8s.io/client-go/pkg/apis/clientauthentication/v1"
	"k8s.io/client-go/tools/clientcmd"
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
	// Values holds each document, as kubectl sends it.
	Values []json.RawMessage `json:"values,omitempty"`
	// Value holds what was decoded of a kubeconfig or a credential.
	Value any `json:"value,omitempty"`
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
	encoder.SetEscapeHTML(false)
	for {
		line, err := input.ReadString('\n')
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		kind, length, _ := strings.Cut(strings.TrimSpace(line), " ")
		size, err := strconv.Atoi(length)
		if err != nil {
			return err
		}
		text := make([]byte, size)
		if _, err := io.ReadFull(input, text); err != nil {
			return err
		}
		if err := encoder.Encode(readers[kind](text)); err != nil {
			return err
		}
	}
}

var readers = map[string]func([]byte) outcome{
	"manifest":   readManifest,
	"kubeconfig": readKubeconfig,
	"credential": readCredential,
}

// readKubeconfig does what kubectl does with a file that KUBECONFIG names.
func readKubeconfig(text []byte) outcome {
	config, err := clientcmd.Load(text)
	if err != nil {
		return outcome{Error: err.Error()}
	}
	return outcome{Value: config}
}

var credentials = func() serializer.CodecFactory {
	scheme := runtime.NewScheme()
	install.Install(scheme)
	return serializer.NewCodecFactory(scheme)
}()

// readCredential does what client-go's plugin/pkg/client/auth/exec does with the output of a plugin.
func readCredential(text []byte) outcome {
	credential := &clientauthentication.ExecCredential{}
	_, kind, err := credentials.UniversalDecoder(clientauthenticationv1.SchemeGroupVersion).Decode(text, nil, credential)
	if err != nil {
		return outcome{Error: err.Error()}
	}
	return outcome{Value: map[string]any{"apiVersion": kind.GroupVersion().String(), "status": credential.Status}}
}

// readManifest does what the visitors of cli-runtime's pkg/resource do with a file.
func readManifest(text []byte) outcome {
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
		if value, err := sent(raw); err == nil {
			result.Values = append(result.Values, value)
		}
		objects, err := decode(raw)
		if err != nil {
			result.Refused = append(result.Refused, err.Error())
			continue
		}
		result.Objects = append(result.Objects, objects...)
	}
}

// sent is a document as it leaves kubectl, which decodes and encodes it once more.
func sent(raw []byte) (json.RawMessage, error) {
	var value any
	if err := utiljson.Unmarshal(raw, &value); err != nil {
		return nil, err
	}
	return json.Marshal(value)
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
