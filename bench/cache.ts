/** What the cache costs and saves: a real cluster, and the real `@actions/cache` over a cache service on loopback. */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type CacheService, startCacheService } from '../__tests__/helpers/cache-service.ts';
import { type ControlPlane, startControlPlane } from '../__tests__/helpers/control-plane.ts';
import { run } from '../__tests__/helpers/processes.ts';
import { ENTRY_FILE } from '../src/cache/toolkit-call.ts';
import { gate } from './contestants.ts';
import { type Contestant, type Measured, milliseconds, race } from './measure.ts';

export async function measureCache(): Promise<readonly Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kube-api-gate-bench-'));
  const [kept, emptied] = await Promise.all([startCacheService(), startCacheService()]);
  let plane: ControlPlane | undefined;
  try {
    plane = await startControlPlane({ generation: '1.37' });
    const judged = (inputs: Readonly<Record<string, string>>, service: CacheService, cache: string): Contestant =>
      gate(
        { require: 'apps/v1', kubeconfig: plane?.adminKubeconfig ?? '', ...inputs },
        { env: service.variables, cache },
      );

    await judged({ 'cache-ttl': '1h' }, kept, 'miss')();
    await judged({ 'cache-ttl': '0s' }, kept, 'miss')();
    const bare = await bareRestore(folder, kept);
    const times = await race(
      {
        hit: judged({ 'cache-ttl': '1h' }, kept, 'hit'),
        bare,
        revalidated: judged({ 'cache-ttl': '0s' }, kept, 'revalidated'),
        miss: () => {
          emptied.reset();
          return judged({}, emptied, 'miss')();
        },
        off: judged({ cache: 'off' }, kept, 'off'),
      },
      20,
    );
    const off = `\`cache: off\`, asking the cluster: ${milliseconds(times.off)}`;
    return [
      {
        what: 'verdict on a cache hit, whole process',
        ours: milliseconds(times.hit),
        against: `a bare \`restoreCache\` of the same entry: ${milliseconds(times.bare)}`,
        result: difference(times.hit, times.bare),
        aim: 'at most +40 ms',
      },
      ...(
        [
          ['the same hit', times.hit],
          ['an entry that the cluster confirms with 304', times.revalidated],
          ['a miss: the cluster is asked and the answer saved', times.miss],
        ] as const
      ).map(([what, ours]) => ({
        what,
        ours: milliseconds(ours),
        against: off,
        result: difference(ours, times.off),
        aim: 'none: the cluster is on the same machine, so this is what the cache costs',
      })),
    ];
  } finally {
    await plane?.stop();
    await Promise.all([kept.close(), emptied.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

function difference(ours: number, theirs: number): string {
  const ms = Math.round(ours - theirs);
  return `${ms < 0 ? '−' : '+'}${Math.abs(ms)} ms`;
}

/** A process that restores the entry of `service` with `@actions/cache`, bundled as an action ships it, and does nothing else. */
async function bareRestore(folder: string, { entries, variables }: CacheService): Promise<Contestant> {
  const key = entries[0]?.key;
  if (key === undefined) throw new Error('the first run saved no entry');
  const script = join(folder, 'restore.mjs');
  await build({
    stdin: {
      contents: `import { restoreCache } from '@actions/cache';
        const key = await restoreCache([${JSON.stringify(ENTRY_FILE)}], ${JSON.stringify(key)}, [], undefined, true);
        if (key === undefined) process.exit(1);`,
      resolveDir: import.meta.dirname,
    },
    outfile: script,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  let count = 0;
  return async () => {
    count += 1;
    const workspace = join(folder, String(count));
    mkdirSync(workspace);
    const env = { ...variables, PATH: process.env['PATH'], GITHUB_WORKSPACE: workspace, RUNNER_TEMP: workspace };
    const { code, stdout, stderr } = await run(process.execPath, [script], { env, cwd: workspace });
    if (code !== 0 || !existsSync(join(workspace, ENTRY_FILE))) {
      throw new Error(`the entry was not restored (${code}): ${stdout}${stderr}`);
    }
  };
}
