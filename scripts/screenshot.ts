/**
 * Draws docs/images/summary.png: annotations and job summary of a real run, laid out as a pull request and a job's page would show them.
 *
 * `node scripts/screenshot.ts [path.png]`; needs `chromium` on the PATH. Two servers are replayed, so that the page shows what several clusters look like.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { marked } from 'marked';
import { readRecording } from '../__tests__/helpers/recording.ts';
import { startReplayServer } from '../__tests__/helpers/replay-server.ts';
import { runAction } from '../__tests__/helpers/runner.ts';

const root = resolve(import.meta.dirname, '..');
const target = resolve(process.argv[2] ?? join(root, 'docs', 'images', 'summary.png'));
const WIDTH = 1180;

const FILES: Readonly<Record<string, string>> = {
  'deploy/budget.yaml': `# At least two of three stay up while nodes are drained.
apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata:
  name: web
  namespace: shop
spec:
  minAvailable: 2
`,
  'deploy/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
---
apiVersion: autoscaling/v2beta2
kind: HorizontalPodAutoscaler
metadata:
  name: web
  namespace: shop
`,
  'deploy/legacy/slices.yaml': `apiVersion: discovery.k8s.io/v1beta1
kind: EndpointSlice
metadata:
  name: db
  namespace: shop
`,
  'gate/exemptions.yaml': `- requirement: discovery.k8s.io/v1beta1/EndpointSlice
  files: deploy/legacy/**
  reason: Goes with the old database.
  owner: team-data
  expires: 2099-12-31
`,
};

interface NamedCluster {
  readonly name: string;
  readonly kubeconfig: string;
}

/** One kubeconfig with a context for each cluster. */
function joined(clusters: readonly NamedCluster[]): string {
  const parts = clusters.map(({ name, kubeconfig }) => {
    const { clusters: servers, users } = JSON.parse(kubeconfig) as {
      clusters: readonly { readonly cluster: object }[];
      users: readonly { readonly user: object }[];
    };
    return {
      cluster: { name, cluster: servers[0]?.cluster },
      user: { name, user: users[0]?.user },
      context: { name, context: { cluster: name, user: name } },
    };
  });
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: parts.map(({ cluster }) => cluster),
    users: parts.map(({ user }) => user),
    contexts: parts.map(({ context }) => context),
    'current-context': clusters[0]?.name,
  });
}

interface Mark {
  readonly level: 'error' | 'warning';
  readonly title: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}

function unescaped(text: string): string {
  return text
    .replaceAll('%0A', '\n')
    .replaceAll('%0D', '\r')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
}

function marksOf(log: string): readonly Mark[] {
  return [...log.matchAll(/^::(error|warning) ([^\n]*?)::(.*)$/gm)].map(([, level, properties = '', message = '']) => {
    const values = new Map(properties.split(',').map((pair) => pair.split('=', 2) as [string, string]));
    const [file, line] = [values.get('file'), values.get('line')];
    return {
      level: level === 'error' ? 'error' : 'warning',
      title: unescaped(values.get('title') ?? ''),
      message: unescaped(message),
      ...(file === undefined ? {} : { file: unescaped(file), line: Number(line) }),
    };
  });
}

function html(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function box({ level, title, message }: Mark): string {
  const sign = level === 'error' ? '✖' : '▲';
  return `<div class="mark ${level}"><b><i>${sign}</i> ${level === 'error' ? 'Check failure' : 'Check warning'} on ${html('kube-api-gate')}</b><h4>${html(title)}</h4><p>${html(message).replaceAll('\n', '<br>')}</p></div>`;
}

/** A file as a pull request shows it, each mark below its line. */
function diff(path: string, marks: readonly Mark[]): string {
  const lines = (FILES[path] ?? '').trimEnd().split('\n');
  const rows = lines.map((text, index) => {
    const below = marks.filter(({ line }) => line === index + 1).map(box);
    const row = `<tr><td class="number">${index + 1}</td><td class="code">+ ${html(text)}</td></tr>`;
    return [row, ...below.map((mark) => `<tr><td colspan="2" class="below">${mark}</td></tr>`)].join('');
  });
  return `<div class="file"><header>${html(path)}</header><table>${rows.join('')}</table></div>`;
}

function page(marks: readonly Mark[], summary: string): string {
  const marked_ = [...new Set(marks.flatMap(({ file }) => file ?? []))].filter((file) => file in FILES);
  const unplaced = marks.filter(({ file }) => file === undefined || !(file in FILES));
  return `<!doctype html><meta charset="utf-8"><title>0</title><style>
    body { font: 14px/1.5 "Liberation Sans", "DejaVu Sans", sans-serif; color: #1f2328; margin: 0; padding: 24px; background: #fff; }
    h1 { font-size: 13px; letter-spacing: .04em; text-transform: uppercase; color: #59636e; margin: 0 0 10px; font-weight: 600; }
    section + section { margin-top: 28px; }
    .file { border: 1px solid #d1d9e0; border-radius: 6px; overflow: hidden; margin-bottom: 14px; }
    .file header { background: #f6f8fa; border-bottom: 1px solid #d1d9e0; padding: 7px 12px; font: 12px "Liberation Mono", monospace; }
    .file table { border-collapse: collapse; width: 100%; font: 12px/20px "Liberation Mono", monospace; }
    .number { width: 40px; text-align: right; padding: 0 10px; color: #59636e; background: #d1f8d9; }
    .code { white-space: pre; background: #e6ffec; padding: 0 10px; }
    .below { padding: 10px 12px; background: #fff; border-top: 1px solid #d1d9e0; border-bottom: 1px solid #d1d9e0; }
    .mark { border: 1px solid #d1d9e0; border-left-width: 4px; border-radius: 6px; padding: 10px 14px; font: 13px/1.5 "Liberation Sans", sans-serif; margin-bottom: 8px; }
    .mark:last-child { margin-bottom: 0; }
    .mark b { font-weight: 600; color: #59636e; font-size: 12px; } .mark i { font-style: normal; }
    .mark h4 { margin: 4px 0 2px; font-size: 13px; } .mark p { margin: 0; }
    .error { border-left-color: #cf222e; } .error i { color: #cf222e; }
    .warning { border-left-color: #bf8700; } .warning i { color: #bf8700; }
    .summary { border: 1px solid #d1d9e0; border-radius: 6px; padding: 18px 24px; }
    .summary h2 { font-size: 21px; border-bottom: 1px solid #d1d9e0; padding-bottom: 8px; margin: 0 0 14px; }
    .summary h3 { font-size: 16px; margin: 20px 0 10px; }
    .summary table { border-collapse: collapse; display: block; }
    .summary th, .summary td { border: 1px solid #d1d9e0; padding: 5px 12px; text-align: left; vertical-align: top; }
    .summary th { background: #fff; white-space: nowrap; } .summary tbody tr:nth-child(2n) { background: #f6f8fa; }
    .summary code { background: #eff1f3; border-radius: 5px; padding: 2px 5px; font: 12px "Liberation Mono", monospace; }
    .summary details { margin: 10px 0; } .summary a { color: #0969da; text-decoration: none; }
  </style>
  <section><h1>Pull request: files changed</h1>${marked_
    .map((file) =>
      diff(
        file,
        marks.filter((mark) => mark.file === file),
      ),
    )
    .join('')}${unplaced.map(box).join('')}</section>
  <section><h1>Job summary</h1><div class="summary">${marked.parse(summary, { async: false, gfm: true })}</div></section>
  <script>document.title = String(document.documentElement.scrollHeight)</script>`;
}

function chromium(args: readonly string[], profile: string): string {
  const { stdout, stderr, status, error } = spawnSync(
    'chromium',
    [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--hide-scrollbars'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      ...[`--user-data-dir=${profile}`, '--force-device-scale-factor=1.5', ...args],
    ],
    { encoding: 'utf8', timeout: 60_000 },
  );
  if (status !== 0) throw new Error(`chromium failed: ${error?.message ?? stderr}`);
  return stdout;
}

const [newest, oldest] = await Promise.all([
  startReplayServer({ recording: readRecording('1.37') }),
  startReplayServer({ recording: readRecording('1.25') }),
]);
const folder = mkdtempSync(join(tmpdir(), 'kube-api-gate-screenshot-'));
try {
  const run = await runAction({
    inputs: {
      require: 'metrics.k8s.io/v1beta1\nbatch/v1/CronJob\n!extensions/v1beta1',
      manifests: 'deploy/**/*.yaml',
      exemptions: 'gate/exemptions.yaml',
      context: 'production\nstaging',
      kubeconfig: joined([
        { name: 'production', kubeconfig: newest.kubeconfig() },
        { name: 'staging', kubeconfig: oldest.kubeconfig() },
      ]),
    },
    files: FILES,
    env: {
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'example/shop',
      GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
    },
    entry: join(root, 'src', 'index.ts'),
  });
  if (run.summary === '') throw new Error(`the run left no summary:\n${run.log}`);
  const file = join(folder, 'page.html');
  writeFileSync(file, page(marksOf(run.log), run.summary));
  const address = `file://${file}`;
  const dom = chromium(['--dump-dom', `--window-size=${WIDTH},800`, address], join(folder, 'profile'));
  const height = Number(/<title>(\d+)<\/title>/.exec(dom)?.[1] ?? 1600);
  mkdirSync(dirname(target), { recursive: true });
  chromium([`--screenshot=${target}`, `--window-size=${WIDTH},${height + 8}`, address], join(folder, 'profile'));
  console.log(`${target}: ${WIDTH}x${height}`);
} finally {
  await Promise.all([newest.stop(), oldest.stop()]);
  rmSync(folder, { recursive: true, force: true });
}
