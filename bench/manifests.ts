/** The whole action over folders of manifests, against kubeconform without schemas on the same folder. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchPeakMemory } from '../__tests__/helpers/peak-memory.ts';
import { run } from '../__tests__/helpers/processes.ts';
import { readRecording } from '../__tests__/helpers/recording.ts';
import { startReplayServer } from '../__tests__/helpers/replay-server.ts';
import { runAction } from '../__tests__/helpers/runner.ts';
import { enginePath } from '../engines/paths.ts';
import { type Contestant, type Measured, milliseconds, race, ratio } from './measure.ts';

const FILES = 10_000;

export async function measureManifests(): Promise<readonly Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kube-api-gate-bench-'));
  const recording = readRecording('1.37');
  const server = await startReplayServer({ recording });
  const gate =
    (pattern: string, env: Readonly<Record<string, string>> = {}): Contestant =>
    async () => {
      const inputs = { manifests: pattern, kubeconfig: server.kubeconfig(), cache: 'off', fields: 'off' };
      const { exitCode, log } = await runAction({ inputs, env, timeoutMs: 120_000 });
      if (exitCode !== 0) throw new Error(`the gate exited ${exitCode}: ${log.slice(0, 2_000)}`);
    };
  const against = async (what: string, path: string): Promise<Measured> => {
    const times = await race({ gate: gate(`${path}/**/*.yaml`), kubeconform: kubeconform(path) }, 10);
    return {
      what,
      ours: milliseconds(times.gate),
      against: `\`kubeconform\` without schemas: ${milliseconds(times.kubeconform)}`,
      result: ratio(times.gate, times.kubeconform),
      aim: 'at most 0.7, goal 0.5',
    };
  };
  const memory = async (what: string, pattern: string): Promise<Measured> => {
    const peak = watchPeakMemory();
    try {
      await gate(pattern, peak.env)();
      return {
        what,
        ours: `${peak.read()} MB`,
        against: 'a limit',
        result: `${peak.read()} MB`,
        aim: 'at most 300 MB',
      };
    } finally {
      peak.remove();
    }
  };

  try {
    const small = writeObjects(join(folder, 'small'), FILES);
    const mixed = writeObjects(join(folder, 'mixed'), FILES);
    writeDefinitions(join(mixed, 'crds'), 300, 120_000);
    const large = writeObjects(join(folder, 'large'), FILES);
    writeDefinitions(join(large, 'crds'), 760, 120_000);
    const single = join(folder, 'single.yaml');
    writeFileSync(single, Array.from({ length: 840 }, (_, index) => definition(index, 120_000)).join('---\n'));
    return [
      await against('10,000 manifests of one object each, 9 MB, whole process', small),
      await against('the same with 300 CRDs of 120 kB among them, 45 MB', mixed),
      await memory('100 MB of YAML in 10,760 files: peak memory', `${large}/**/*.yaml`),
      await memory('100 MB of YAML in one file: peak memory', single),
    ];
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** kubeconform with a place for schemas in which there is none, so that it reads and does nothing else. */
function kubeconform(path: string): Contestant {
  return async () => {
    const schemas = join(path, 'no-schemas', '{{.ResourceKind}}.json');
    const { code, stdout, stderr } = await run(
      enginePath('kubeconform'),
      ['-schema-location', schemas, '-ignore-missing-schemas', '-summary', path],
      { env: { PATH: process.env['PATH'] }, timeoutMs: 120_000 },
    );
    if (code !== 0) throw new Error(`kubeconform exited ${code}: ${stderr}${stdout}`);
  };
}

export function writeObjects(folder: string, count: number): string {
  for (let index = 0; index < count; index += 1) {
    const team = join(folder, `team-${index % 100}`);
    if (index < 100) mkdirSync(team, { recursive: true });
    writeFileSync(join(team, `app-${index}.yaml`), object(index));
  }
  return folder;
}

export function writeDefinitions(folder: string, count: number, bytes: number): void {
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < count; index += 1)
    writeFileSync(join(folder, `crd-${index}.yaml`), definition(index, bytes));
}

/** Of about 900 bytes: what charts and people write, in turns. */
function object(index: number): string {
  const name = `app-${index}`;
  const metadata = `metadata:\n  name: ${name}\n  namespace: team-${index % 100}\n  labels:\n    app.kubernetes.io/name: ${name}\n    app.kubernetes.io/managed-by: "Helm"\n`;
  switch (index % 4) {
    case 0:
    case 1:
      return `# ${name}, the first of its kind\napiVersion: apps/v1\nkind: Deployment\n${metadata}spec:
  replicas: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
    spec:
      securityContext: {runAsNonRoot: true, runAsUser: 1000}
      containers:
      - name: main
        image: registry.example.com/shop/${name}:1.${index}.3
        args: ["--port=8080", "--log-level=info"]
        env:
        - name: GREETING
          value: 'it''s a service'
        ports:
        - containerPort: 8080
          name: http
        resources:
          limits:
            memory: 256Mi
          requests:
            cpu: 100m
            memory: 128Mi
        livenessProbe:
          httpGet:
            path: /live
            port: http
          periodSeconds: 10
        readinessProbe:
          httpGet:
            path: /ready
            port: http
`;
    case 2:
      return `apiVersion: v1\nkind: ConfigMap\n${metadata}data:
  application.properties: |
${Array.from({ length: 18 }, (_, line) => `    shop.setting.${line} = value-${index}-${line}\n`).join('')}  LOG_LEVEL: "info"
`;
    default:
      return `apiVersion: networking.k8s.io/v1\nkind: Ingress\n${metadata}  annotations:
    nginx.ingress.kubernetes.io/proxy-body-size: "8m"
spec:
  ingressClassName: nginx
  tls:
  - hosts:
    - ${name}.example.com
    secretName: ${name}-tls
  rules:
${Array.from({ length: 3 }, (_, rule) => `  - host: ${name}-${rule}.example.com\n    http:\n      paths:\n      - path: /\n        pathType: Prefix\n        backend:\n          service:\n            name: ${name}\n            port:\n              number: 80\n`).join('')}`;
  }
}

/** A CustomResourceDefinition as generators write them, with descriptions in all the ways that YAML has for them. */
export function definition(index: number, bytes: number): string {
  const group = `group${index}.example.com`;
  const head = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  annotations:
    controller-gen.kubebuilder.io/version: v0.16.1
  name: widgets.${group}
spec:
  group: ${group}
  names:
    kind: Widget
    listKind: WidgetList
    plural: widgets
    singular: widget
  scope: Namespaced
  versions:
  - name: v1
    schema:
      openAPIV3Schema:
        description: Widget is the Schema for the widgets API
        type: object
        properties:
`;
  const properties: string[] = [];
  for (let size = head.length, number = 0; size < bytes; number += 1) {
    const text = property(number);
    properties.push(text);
    size += text.length;
  }
  return `${head}${properties.join('')}    served: true\n    storage: true\n    subresources:\n      status: {}\n`;
}

function property(number: number): string {
  return `          field${number}:
            description: |-
              Field ${number} is a list of things that the widget needs before it can begin.

              More than one of them is an error.
            items:
              description: 'Thing ${number}: named as in the catalogue, "quoted" where it must be, over
                more lines than one.'
              properties:
                name:
                  description: Name must be unique within a namespace. It is required when
                    creating resources, although some may allow a client to request one.
                  maxLength: 253
                  minLength: 1
                  pattern: ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$
                  type: string
                mode:
                  default: Automatic
                  enum:
                  - Automatic
                  - Manual
                  type: string
              required:
              - name
              type: object
              x-kubernetes-map-type: atomic
            type: array
            x-kubernetes-list-type: map
`;
}

if (import.meta.main) {
  for (const { what, ours, against, result, aim } of await measureManifests()) {
    console.log(`${what}\n  ours ${ours}, ${against}: ${result} (aim: ${aim})`);
  }
}
