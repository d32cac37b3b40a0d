import { readdirSync, readFileSync } from 'node:fs';

/** One process, as the kernel tells of it. */
interface Kin {
  readonly pid: number;
  readonly parent: number;
  readonly session: number;
}

/**
 * A process and whatever it started, on Linux: its descendants, and all that is of its session, which those keep whose parent has ended. A process group is not enough, since a
 * shell with job control, and many a program, gives its children groups of their own.
 *
 * @returns without `pid` itself; nothing on other systems
 * @see proc_pid_stat(5)
 */
export function familyOf(pid: number): readonly number[] {
  const all = processes();
  const family = new Set([pid]);
  for (let grown = -1; grown !== family.size; ) {
    grown = family.size;
    for (const kin of all) if (family.has(kin.parent) || kin.session === pid) family.add(kin.pid);
  }
  family.delete(pid);
  return [...family];
}

function processes(): readonly Kin[] {
  let names: readonly string[];
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return names.flatMap((name): readonly Kin[] => {
    try {
      // The name in parentheses may hold anything; what follows the last one are numbers.
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      return [{ pid: Number(name), parent: Number(fields[1]), session: Number(fields[3]) }];
    } catch {
      return [];
    }
  });
}
