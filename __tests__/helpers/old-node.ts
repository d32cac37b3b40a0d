import { execFileSync } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** Node versions before 24 that are installed on this machine, each as its path. */
export function oldNodes(): readonly string[] {
  const folders = new Set([...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin']);
  return [...folders].flatMap((folder) => {
    const path = join(folder, 'node');
    try {
      const version = execFileSync(path, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
      return Number.parseInt(version.slice(1), 10) < 24 ? [path] : [];
    } catch {
      return [];
    }
  });
}
