// Judges Kubernetes objects (a JSON array on stdin) by the schemas that npm packages carry: of the
// API server and of the Prometheus Operator. Prints a JSON array of what is wrong.
// usage: node validate_manifests.mjs NODE_MODULES
//
// The schemas let unknown keys pass, as the API server does in silence; they are found all the same,
// since a schema reads each key that it knows.
import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {pathToFileURL} from "node:url";

const modules = process.argv[2];
const packages = ["kubernetes-models", "@kubernetes-models/prometheus-operator"];

// `value` that notes which keys are read, by place.
function watched(value, place, read) {
  if (value === null || typeof value !== "object") return value;
  const keys = new Set();
  read.push({place, value, keys});
  const below = new Map();
  return new Proxy(value, {
    get(target, key) {
      if (typeof key === "string") keys.add(key);
      if (typeof key !== "string" || typeof target[key] === "function") return target[key];
      if (!below.has(key)) below.set(key, watched(target[key], `${place}/${key}`, read));
      return below.get(key);
    },
  });
}

// Objects of which no key was read are free in form, such as those of a custom resource.
function unknownKeys({place, value, keys}) {
  if (Array.isArray(value) || keys.size === 0) return [];
  return Object.keys(value).filter((key) => !keys.has(key)).map((key) => `${place}/${key}: unknown key`);
}

async function problemsOf(object) {
  const name = `${object.kind} ${object.metadata?.name}`;
  const file = packages.map((one) => join(modules, one, object.apiVersion, `${object.kind}.js`)).find(existsSync);
  if (!file) return [`${name}: no schema of ${object.apiVersion}`];
  const Model = (await import(pathToFileURL(file)))[object.kind];
  const read = [];
  try {
    Model.prototype.validate.call(watched(new Model(object), name, read));
  } catch (error) {
    return [`${name}: ${error.message}`];
  }
  return read.flatMap(unknownKeys);
}

const objects = JSON.parse(readFileSync(0, "utf8"));
const problems = await Promise.all(objects.map(problemsOf));
process.stdout.write(JSON.stringify(problems.flat()));
