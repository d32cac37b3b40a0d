import { execFileSync } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** Node versions before 24 that are installed on this machine, each as its path. */
export function oldNodes(): readonly string[] {
  const folders = new Set((process.env['PATH'] ?? '').split(delimiter));
  return [...folders, '/usr/bin', '/usr/local/bin'].flatMap((folder) => {
    const path = join(folder, 'node');
    try {
      const version = execFileSync(path, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
      return Number.parseInt(version.slice(1), 10) < 24 ? [path] : [];
    } catch {
      return [];
    }
  });
}

/** What makes a process of this Node look like one of another version; for NODE_OPTIONS. */
export function pretendVersion(version: string): string {
  return `--import=data:text/javascript,Object.defineProperty(process.versions,'node',{value:'${version}'})`;
}
