// Command lifecycle prints, as JSON, when each built-in type of Kubernetes was introduced, deprecated and removed, what
// replaces it, and which of its fields came or went since.
//
// The facts about types are methods that Kubernetes generates on its own types. A release carries them only for the types that it
// still has, so no single one is enough: this reads a late patch of every minor release since they were first
// published, and of each type keeps what the newest release that has it says. A release that has a type no more has
// removed it, whatever was said.
//
// The facts about fields come from comparing the types themselves, release by release.
//
// See k8s.io/code-generator/cmd/prerelease-lifecycle-gen.
package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// releases holds a late patch of each minor release, oldest first: a later one overwrites what an earlier one said.
// v0.31.10 stands for its release because later patches of kube-aggregator are not to be had everywhere.
var releases = []string{
	"v0.19.16", "v0.20.15", "v0.21.14", "v0.22.17", "v0.23.17", "v0.24.17", "v0.25.16", "v0.26.15", "v0.27.16", "v0.28.15",
	"v0.29.15", "v0.30.14", "v0.31.10", "v0.32.13", "v0.33.13", "v0.34.13", "v0.35.10", "v0.36.6", "v0.37.2",
}

// modules are those that hold types of the API server's own.
var modules = []string{"k8s.io/api", "k8s.io/kube-aggregator", "k8s.io/apiextensions-apiserver"}

// fieldModules are those, and the one that holds what their types share.
var fieldModules = append(slices.Clone(modules), "k8s.io/apimachinery")

const methodsFile = "zz_generated.prerelease-lifecycle.go"

type groupVersionKind struct {
	Group   string `json:"group"`
	Version string `json:"version"`
	Kind    string `json:"kind"`
}

type lifecycle struct {
	groupVersionKind
	Introduced  string            `json:"introduced,omitempty"`
	Deprecated  string            `json:"deprecated,omitempty"`
	Removed     string            `json:"removed,omitempty"`
	Replacement *groupVersionKind `json:"replacement,omitempty"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "lifecycle:", err)
		os.Exit(1)
	}
}

func run() error {
	union := map[groupVersionKind]*lifecycle{}
	lastSeen := map[groupVersionKind]int{}
	var types []typesOfRelease
	for index, release := range releases {
		folders, err := download(release)
		if err != nil {
			return err
		}
		inRelease, err := readTypesOfRelease(folders)
		if err != nil {
			return fmt.Errorf("reading the types of %s: %w", release, err)
		}
		types = append(types, inRelease)
		for _, module := range modules {
			found, err := readModule(folders[module])
			if err != nil {
				return err
			}
			for _, each := range found {
				union[each.groupVersionKind] = each
				lastSeen[each.groupVersionKind] = index
			}
		}
	}

	var lifecycles []*lifecycle
	for name, each := range union {
		item, isList := strings.CutSuffix(name.Kind, "List")
		if isList && (item == "" || union[groupVersionKind{name.Group, name.Version, item}] != nil) {
			continue // a list is an answer, never an object of its own
		}
		if next := lastSeen[name] + 1; next < len(releases) {
			each.goneIn(releases[next])
		}
		lifecycles = append(lifecycles, each)
	}
	slices.SortFunc(lifecycles, func(a, b *lifecycle) int {
		return cmp.Or(cmp.Compare(a.Group, b.Group), cmp.Compare(a.Version, b.Version), cmp.Compare(a.Kind, b.Kind))
	})

	var history []fieldsOfRelease
	for index, each := range types {
		history = append(history, each.served(releases[index], union))
	}
	fields, known, err := compareFields(history)
	if err != nil {
		return err
	}

	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", "  ")
	return encoder.Encode(map[string]any{
		"modules": modules, "fieldModules": fieldModules, "releases": releases,
		"types": lifecycles, "fields": fields, "knownFields": known,
	})
}

// download brings one release of all modules into the module cache and returns their folders there.
func download(release string) (map[string]string, error) {
	arguments := []string{"mod", "download", "-json"}
	for _, module := range fieldModules {
		arguments = append(arguments, module+"@"+release)
	}
	command := exec.Command("go", arguments...)
	command.Env = append(os.Environ(), "GOWORK=off")
	output, err := command.Output()
	folders := map[string]string{}
	for decoder := json.NewDecoder(bytes.NewReader(output)); decoder.More(); {
		var module struct{ Path, Dir, Error string }
		if err := decoder.Decode(&module); err != nil {
			return nil, fmt.Errorf("reading the answer of go mod download: %w", err)
		}
		if module.Error != "" {
			return nil, fmt.Errorf("downloading %s@%s: %s", module.Path, release, module.Error)
		}
		folders[module.Path] = module.Dir
	}
	if err != nil {
		return nil, fmt.Errorf("downloading %s of %s: %w", release, strings.Join(fieldModules, ", "), err)
	}
	return folders, nil
}

func readModule(folder string) ([]*lifecycle, error) {
	var found []*lifecycle
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.Name() != methodsFile {
			return err
		}
		inPackage, err := readPackage(path)
		found = append(found, inPackage...)
		return err
	})
	return found, err
}

// readPackage reads the methods of one package's types; the package's own register.go says which group and version they are.
func readPackage(path string) ([]*lifecycle, error) {
	group, version, err := readGroupVersion(filepath.Join(filepath.Dir(path), "register.go"))
	if err != nil {
		return nil, err
	}
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		return nil, err
	}
	byKind := map[string]*lifecycle{}
	for _, declaration := range file.Decls {
		method, isMethod := declaration.(*ast.FuncDecl)
		if !isMethod || method.Recv == nil {
			continue
		}
		kind := method.Recv.List[0].Type.(*ast.StarExpr).X.(*ast.Ident).Name
		if byKind[kind] == nil {
			byKind[kind] = &lifecycle{groupVersionKind: groupVersionKind{group, version, kind}}
		}
		if err := byKind[kind].take(method); err != nil {
			return nil, fmt.Errorf("%s: %s of %s: %w", path, method.Name.Name, kind, err)
		}
	}
	var found []*lifecycle
	for _, each := range byKind {
		found = append(found, each)
	}
	return found, nil
}

// take reads what one method returns: a release as two numbers, or the replacement as a composite literal.
func (l *lifecycle) take(method *ast.FuncDecl) error {
	statement, isReturn := method.Body.List[0].(*ast.ReturnStmt)
	if !isReturn {
		return errors.New("does not begin with a return")
	}
	switch method.Name.Name {
	case "APILifecycleIntroduced":
		return readRelease(statement.Results, &l.Introduced)
	case "APILifecycleDeprecated":
		return readRelease(statement.Results, &l.Deprecated)
	case "APILifecycleRemoved":
		return readRelease(statement.Results, &l.Removed)
	case "APILifecycleReplacement":
		fields, err := readFields(statement.Results[0])
		l.Replacement = &groupVersionKind{fields["Group"], fields["Version"], fields["Kind"]}
		return err
	}
	return errors.New("is a method that this program does not know")
}

// goneIn takes a release that does not have the type any more for the one that removed it, unless an earlier one is said to have: the
// methods tell when a type is to go at the latest, and one of an alpha version may go before.
func (l *lifecycle) goneIn(module string) {
	minor := strings.Split(module, ".")[1]
	if _, said, found := strings.Cut(l.Removed, "."); found && number(said) <= number(minor) {
		return
	}
	l.Removed = "1." + minor
	if _, said, found := strings.Cut(l.Deprecated, "."); found && number(said) > number(minor) {
		l.Deprecated = ""
	}
}

// removedBy tells whether a release does not serve the type any more; nobody said so of a type without a lifecycle.
func (l *lifecycle) removedBy(module string) bool {
	if l == nil {
		return false
	}
	_, said, found := strings.Cut(l.Removed, ".")
	return found && number(said) <= number(strings.Split(module, ".")[1])
}

// number reads a number that is known to be one.
func number(text string) int {
	value, err := strconv.Atoi(text)
	if err != nil {
		panic(err)
	}
	return value
}

func readRelease(results []ast.Expr, into *string) error {
	if len(results) != 2 {
		return fmt.Errorf("returns %d values", len(results))
	}
	major, isMajor := results[0].(*ast.BasicLit)
	minor, isMinor := results[1].(*ast.BasicLit)
	if !isMajor || !isMinor {
		return errors.New("does not return two literals")
	}
	*into = major.Value + "." + minor.Value
	return nil
}

func readFields(expression ast.Expr) (map[string]string, error) {
	literal, isLiteral := expression.(*ast.CompositeLit)
	if !isLiteral {
		return nil, errors.New("is no composite literal")
	}
	fields := map[string]string{}
	for _, element := range literal.Elts {
		pair, isPair := element.(*ast.KeyValueExpr)
		if !isPair {
			return nil, errors.New("has a field without a name")
		}
		if value, isText := pair.Value.(*ast.BasicLit); isText {
			text, err := strconv.Unquote(value.Value)
			if err != nil {
				return nil, err
			}
			fields[pair.Key.(*ast.Ident).Name] = text
		}
	}
	return fields, nil
}

// readGroupVersion reads `GroupName` and the version of `SchemeGroupVersion`.
func readGroupVersion(path string) (group, version string, err error) {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		return "", "", err
	}
	groupFound := false
	for _, declaration := range file.Decls {
		general, isGeneral := declaration.(*ast.GenDecl)
		if !isGeneral {
			continue
		}
		for _, spec := range general.Specs {
			value, isValue := spec.(*ast.ValueSpec)
			if !isValue || len(value.Values) != 1 {
				continue
			}
			switch value.Names[0].Name {
			case "GroupName":
				group, err = strconv.Unquote(value.Values[0].(*ast.BasicLit).Value)
				groupFound = err == nil
			case "SchemeGroupVersion":
				var fields map[string]string
				fields, err = readFields(value.Values[0])
				version = fields["Version"]
			}
			if err != nil {
				return "", "", fmt.Errorf("%s: %w", path, err)
			}
		}
	}
	if !groupFound || version == "" {
		return "", "", fmt.Errorf("%s does not say its group and version", path)
	}
	return group, version, nil
}
