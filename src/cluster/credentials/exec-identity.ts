import { basename } from 'node:path';
import type { ExecConfig } from '../access.ts';
import { isSecretName } from './secret-name.ts';

/** What makes this plugin, with these arguments, another identity than the next; hashed, since arguments may hold what nobody should read. */
export function execIdentity({ command, args, env }: ExecConfig): string {
  const { createHash } = process.getBuiltinModule('node:crypto');
  // A secret changes where the identity that it stands for does not.
  const stable = env.map(({ name, value }) => (isSecretName(name) ? name : `${name}=${value}`));
  const digest = createHash('sha256')
    .update(JSON.stringify([command, args, stable]))
    .digest('hex');
  return `exec ${basename(command)} ${digest}`;
}
