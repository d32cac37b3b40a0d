package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// versionFolder matches the packages whose types are served, such as core/v1, as opposed to internal ones.
var versionFolder = regexp.MustCompile(`^v[0-9]+((alpha|beta)[0-9]+)?$`)

// typesFolders tells where each module has the types that are served; elsewhere it may have some for tests.
var typesFolders = map[string]string{
	"k8s.io/api":                     "",
	"k8s.io/apiextensions-apiserver": "pkg/apis",
	"k8s.io/apimachinery":            "pkg/apis/meta",
	"k8s.io/kube-aggregator":         "pkg/apis",
}

// A component is a struct as OpenAPI documents name it: `io.k8s.api.core.v1.ServiceSpec`.
type component string

// An objectType is a struct with an apiVersion and a kind.
type objectType struct {
	groupVersionKind
	component component
}

// fieldsOfRelease holds the JSON names of each component's fields, those of inlined structs included, and the component
// that a field leads to, which may be in a list or a map; "" where it leads to none.
type fieldsOfRelease map[component]map[string]component

// A fieldSpan tells in which releases a component has a field, where it is not in all that have the component.
type fieldSpan struct {
	Component component `json:"component"`
	// Field is a JSON name, or two with a dot between them: what stands below a field whose type changed.
	Field string `json:"field"`
	span
}

// A span is unset on the side on which it is open.
type span struct {
	Since   string `json:"since,omitempty"`
	Removed string `json:"removed,omitempty"`
}

// compareFields finds the fields that came or went while their component stayed, of all that it counts. A component that is
// new has all its fields since then, and so has every field that leads to it: nothing needs to be said about those.
func compareFields(history []fieldsOfRelease) (spans []fieldSpan, known int, err error) {
	ever := fieldsOfRelease{}
	for _, release := range history {
		for name, fields := range release {
			if ever[name] == nil {
				ever[name] = map[string]component{}
			}
			maps.Copy(ever[name], fields)
		}
	}
	found := map[component]map[string]span{}
	for name, fields := range ever {
		found[name] = map[string]span{}
		for field := range fields {
			known++
			found[name][field], err = spanIn(history, func(release fieldsOfRelease) (bool, bool) {
				_, has := release[name][field]
				return release[name] != nil, has
			})
			if err != nil {
				return nil, 0, fmt.Errorf("%s.%s %w", name, field, err)
			}
		}
	}
	for name, fields := range ever {
		for field := range fields {
			below, err := spansBelow(history, found, name, field)
			if err != nil {
				return nil, 0, err
			}
			maps.Copy(found[name], below)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(found)) {
		for _, field := range slices.Sorted(maps.Keys(found[name])) {
			if each := found[name][field]; each != (span{}) {
				spans = append(spans, fieldSpan{name, field, each})
			}
		}
	}
	return spans, known, nil
}

// spansBelow finds what the components below a field do not tell, because it led to another one once: in 1.26
// PersistentVolumeClaimSpec.dataSourceRef went from TypedLocalObjectReference, which has no namespace and still is
// in use elsewhere, to TypedObjectReference, which always had one. So `dataSourceRef.namespace` is since 1.26.
func spansBelow(history []fieldsOfRelease, found map[component]map[string]span, name component, field string) (map[string]span, error) {
	below := map[string]span{}
	ledTo := map[component]bool{}
	names := map[string]bool{}
	for _, release := range history {
		if next := release[name][field]; next != "" {
			ledTo[next] = true
			for each := range release[next] {
				names[each] = true
			}
		}
	}
	if len(ledTo) < 2 {
		return below, nil
	}
	for each := range names {
		actual, err := spanIn(history, func(release fieldsOfRelease) (bool, bool) {
			next, stands := release[name][field]
			_, has := release[next][each]
			return stands, has
		})
		if err != nil {
			return nil, fmt.Errorf("%s.%s.%s %w", name, field, each, err)
		}
		for next := range ledTo {
			if found[next][each] != actual {
				below[field+"."+each] = actual
			}
		}
	}
	return below, nil
}

// spanIn goes through all releases, of which each tells whether the owner of a field stands in it, and whether it has the field.
func spanIn(history []fieldsOfRelease, look func(fieldsOfRelease) (stands, has bool)) (span, error) {
	var found span
	stood, had, hadEver := false, false, false
	for index, release := range history {
		stands, has := look(release)
		if !stands {
			continue
		}
		switch {
		case has && hadEver && !had:
			return span{}, fmt.Errorf("comes back in %s", releases[index])
		case has && !hadEver && stood:
			found.Since = minorOf(releases[index])
		case !has && had:
			found.Removed = minorOf(releases[index])
		}
		stood, had, hadEver = true, has, hadEver || has
	}
	return found, nil
}

// minorOf tells the release of Kubernetes that a module's version belongs to.
func minorOf(version string) string {
	return "1." + strings.Split(version, ".")[1]
}

// goSource resolves the types of one release of the modules, package by package as they are needed.
type goSource struct {
	folders  map[string]string // of each module
	packages map[string]*goPackage
}

type goPackage struct {
	path  string
	types map[string]goType
	// opaque are the types that say themselves what they look like in JSON.
	opaque map[string]bool
}

type goType struct {
	spec *ast.TypeSpec
	file *ast.File
	in   *goPackage
}

// typesOfRelease holds all objects of a release, served or not, and all that those lead to.
type typesOfRelease struct {
	objects []objectType
	fields  fieldsOfRelease
}

// served leaves what the objects lead to that the release serves. Kubernetes keeps the Go types of versions that it
// serves no more, and adds fields to them that no server has ever known.
func (t typesOfRelease) served(release string, lifecycles map[groupVersionKind]*lifecycle) fieldsOfRelease {
	reached := fieldsOfRelease{}
	var reach func(component)
	reach = func(name component) {
		if name == "" || reached[name] != nil {
			return
		}
		reached[name] = t.fields[name]
		for _, next := range t.fields[name] {
			reach(next)
		}
	}
	for _, object := range t.objects {
		if !lifecycles[object.groupVersionKind].removedBy(release) {
			reach(object.component)
		}
	}
	return reached
}

func readTypesOfRelease(folders map[string]string) (typesOfRelease, error) {
	source := &goSource{folders, map[string]*goPackage{}}
	found := typesOfRelease{fields: fieldsOfRelease{}}
	for module, types := range typesFolders {
		err := filepath.WalkDir(filepath.Join(folders[module], types), func(folder string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.IsDir() || !versionFolder.MatchString(entry.Name()) {
				return err
			}
			relative, err := filepath.Rel(folders[module], folder)
			if err != nil {
				return err
			}
			return found.add(source, path.Join(module, filepath.ToSlash(relative)), filepath.Join(folder, "register.go"))
		})
		if err != nil {
			return typesOfRelease{}, err
		}
	}
	return found, nil
}

// add takes all objects of a package, and what they lead to.
func (t *typesOfRelease) add(source *goSource, importPath, registerFile string) error {
	in, err := source.load(importPath)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(in.types)) {
		each := in.types[name]
		if !each.isObject() {
			continue
		}
		group, version, err := readGroupVersion(registerFile)
		if err != nil {
			return err
		}
		t.objects = append(t.objects, objectType{groupVersionKind{group, version, name}, each.component()})
		if err := source.collect(each, t.fields); err != nil {
			return err
		}
	}
	return nil
}

// collect adds a struct and all that it leads to.
func (s *goSource) collect(of goType, found fieldsOfRelease) error {
	name := of.component()
	if found[name] != nil {
		return nil
	}
	fields := map[string]goType{}
	if err := s.fieldsOf(of, fields); err != nil {
		return err
	}
	found[name] = map[string]component{}
	for field, leadsTo := range fields {
		found[name][field] = ""
		if leadsTo.spec == nil {
			continue
		}
		found[name][field] = leadsTo.component()
		if err := s.collect(leadsTo, found); err != nil {
			return err
		}
	}
	return nil
}

// fieldsOf adds a struct's fields by their JSON names, with the struct that each leads to, if it does. As in encoding/json,
// what a struct has itself hides what it inlines.
func (s *goSource) fieldsOf(of goType, into map[string]goType) error {
	structure, declared, err := s.structOf(of)
	if err != nil || structure == nil {
		return err
	}
	own := map[string]goType{}
	for _, field := range structure.Fields.List {
		leadsTo, err := s.resolve(field.Type, declared)
		if err != nil {
			return err
		}
		name, hasTag, err := jsonName(field)
		switch {
		case err != nil:
			return fmt.Errorf("%s: %w", of.component(), err)
		case name == "-":
		case name != "":
			own[name] = leadsTo
		case len(field.Names) == 0:
			if err := s.fieldsOf(leadsTo, into); err != nil {
				return err
			}
		case hasTag && field.Names[0].IsExported():
			return fmt.Errorf("%s: %s has no JSON name", of.component(), field.Names[0].Name)
		}
	}
	maps.Copy(into, own)
	return nil
}

// resolve finds the struct that a type is, points to, or holds as a list or a map; the zero goType where there is none.
func (s *goSource) resolve(expression ast.Expr, where goType) (goType, error) {
	switch expression := expression.(type) {
	case *ast.StarExpr:
		return s.resolve(expression.X, where)
	case *ast.ArrayType:
		return s.resolve(expression.Elt, where)
	case *ast.MapType:
		return s.resolve(expression.Value, where)
	case *ast.Ident:
		return s.resolveNamed(where.in, expression.Name)
	case *ast.SelectorExpr:
		imported := where.importPath(expression.X.(*ast.Ident).Name)
		in, err := s.load(imported)
		if err != nil {
			return goType{}, err
		}
		return s.resolveNamed(in, expression.Sel.Name)
	}
	return goType{}, nil
}

func (s *goSource) resolveNamed(in *goPackage, name string) (goType, error) {
	named, isHere := in.types[name]
	if !isHere || in.opaque[name] {
		return goType{}, nil
	}
	if _, isStruct := named.spec.Type.(*ast.StructType); isStruct {
		return named, nil
	}
	underlying, err := s.resolve(named.spec.Type, named)
	if err != nil || underlying.spec == nil || named.spec.Assign.IsValid() {
		return underlying, err
	}
	switch named.spec.Type.(type) {
	case *ast.Ident, *ast.SelectorExpr:
		return named, nil // `type A B` is a component of its own, with B's fields
	}
	return underlying, nil
}

// structOf tells what a struct consists of, and where that is written, which is elsewhere for `type A B`.
func (s *goSource) structOf(of goType) (*ast.StructType, goType, error) {
	if of.spec == nil {
		return nil, of, nil
	}
	if structure, isStruct := of.spec.Type.(*ast.StructType); isStruct {
		return structure, of, nil
	}
	underlying, err := s.resolve(of.spec.Type, of)
	if err != nil {
		return nil, of, err
	}
	return s.structOf(underlying)
}

// load parses a package; one that is in none of the modules has no types.
func (s *goSource) load(importPath string) (*goPackage, error) {
	if loaded := s.packages[importPath]; loaded != nil {
		return loaded, nil
	}
	loaded := &goPackage{importPath, map[string]goType{}, map[string]bool{}}
	s.packages[importPath] = loaded
	for module, folder := range s.folders {
		inModule, isIn := strings.CutPrefix(importPath, module+"/")
		if !isIn {
			continue
		}
		files, err := filepath.Glob(filepath.Join(folder, filepath.FromSlash(inModule), "*.go"))
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			if name := filepath.Base(file); strings.HasSuffix(name, "_test.go") || strings.Contains(name, "generated") {
				continue
			}
			if err := loaded.parse(file); err != nil {
				return nil, err
			}
		}
	}
	return loaded, nil
}

func (p *goPackage) parse(path string) error {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	for _, declaration := range file.Decls {
		switch declaration := declaration.(type) {
		case *ast.GenDecl:
			for _, spec := range declaration.Specs {
				if spec, isType := spec.(*ast.TypeSpec); isType {
					p.types[spec.Name.Name] = goType{spec, file, p}
				}
			}
		case *ast.FuncDecl:
			if declaration.Recv == nil || declaration.Name.Name != "OpenAPISchemaType" {
				continue
			}
			if receiver, isName := declaration.Recv.List[0].Type.(*ast.Ident); isName {
				p.opaque[receiver.Name] = true
			}
		}
	}
	return nil
}

// isObject tells whether a struct has an apiVersion and a kind.
func (t goType) isObject() bool {
	structure, isStruct := t.spec.Type.(*ast.StructType)
	return isStruct && slices.ContainsFunc(structure.Fields.List, func(field *ast.Field) bool {
		if len(field.Names) > 0 {
			return false
		}
		switch embedded := field.Type.(type) {
		case *ast.Ident:
			return embedded.Name == "TypeMeta"
		case *ast.SelectorExpr:
			return embedded.Sel.Name == "TypeMeta"
		}
		return false
	})
}

// component follows kube-openapi's naming: the domain is turned around, and slashes become dots.
func (t goType) component() component {
	domain, rest, _ := strings.Cut(t.in.path, "/")
	labels := strings.Split(domain, ".")
	slices.Reverse(labels)
	return component(strings.Join(labels, ".") + "." + strings.ReplaceAll(rest, "/", ".") + "." + t.spec.Name.Name)
}

// importPath finds the package that a name stands for in a file.
func (t goType) importPath(name string) string {
	for _, each := range t.file.Imports {
		imported, err := strconv.Unquote(each.Path.Value)
		if err == nil && (each.Name != nil && each.Name.Name == name || each.Name == nil && path.Base(imported) == name) {
			return imported
		}
	}
	return ""
}

// jsonName reads a field's tag: "-" for a field that JSON does not have, "" for one that is inlined.
func jsonName(field *ast.Field) (name string, hasTag bool, err error) {
	if field.Tag == nil {
		return "", false, nil
	}
	tag, err := strconv.Unquote(field.Tag.Value)
	if err != nil {
		return "", false, err
	}
	value, hasTag := reflect.StructTag(tag).Lookup("json")
	name, _, _ = strings.Cut(value, ",")
	return name, hasTag, nil
}
