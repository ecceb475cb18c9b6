// Loads Compose projects with compose-go and prints what it makes of them, one JSON line each: for the comparison in
// tests/end_to_end/compose_go_test.py. Usage: compose_go DIRECTORY ..., each with the files that its `files` names.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
)

type container struct {
	Privileged bool
	ReadOnly   bool
	Namespaces []string
	CapAdd     []string
	CapDrop    []string
	Options    []string
	Hosts      []string
	Sources    []string
	Mode       *string
}

type answer struct {
	Error      string
	Containers map[string]container
}

func read(spec types.ContainerSpec, ports []types.ServicePortConfig) container {
	read := container{Privileged: spec.Privileged, ReadOnly: spec.ReadOnly, CapAdd: spec.CapAdd, CapDrop: spec.CapDrop,
		Options: spec.SecurityOpt, Mode: spec.Environment["CARACAL_MODE"],
		Namespaces: []string{spec.Pid, spec.Ipc, spec.NetworkMode, spec.Uts, spec.Cgroup, spec.UserNSMode}}
	for _, port := range ports {
		read.Hosts = append(read.Hosts, port.HostIP)
	}
	for _, volume := range spec.Volumes {
		read.Sources = append(read.Sources, volume.Source)
	}
	return read
}

// A project that makes compose-go panic is one that it refuses.
func load(directory string) (result answer) {
	defer func() {
		if cause := recover(); cause != nil {
			result = answer{Error: fmt.Sprint(cause)}
		}
	}()
	list, err := os.ReadFile(filepath.Join(directory, "files"))
	if err != nil {
		return answer{Error: err.Error()}
	}
	var paths []string
	for _, name := range strings.Fields(string(list)) {
		paths = append(paths, filepath.Join(directory, name))
	}
	options, err := cli.NewProjectOptions(paths, cli.WithWorkingDirectory(directory), cli.WithProfiles([]string{"*"}))
	if err != nil {
		return answer{Error: err.Error()}
	}
	project, err := options.LoadProject(context.Background())
	if err == nil {
		project, err = project.WithServicesEnvironmentResolved(true)
	}
	if err != nil {
		return answer{Error: err.Error()}
	}
	result = answer{Containers: map[string]container{}}
	for name, service := range project.Services {
		result.Containers[name] = read(service.ContainerSpec, service.Ports)
		for index, step := range service.PreStart {
			result.Containers[fmt.Sprint(name, " pre_start ", index)] = read(step.ContainerSpec, nil)
		}
	}
	for name, job := range project.Jobs {
		result.Containers[name] = read(job.ContainerSpec, nil)
	}
	return result
}

func main() {
	encoder := json.NewEncoder(os.Stdout)
	for _, directory := range os.Args[1:] {
		_ = encoder.Encode(load(directory))
	}
}
