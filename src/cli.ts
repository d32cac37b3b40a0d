#!/usr/bin/env node
/**
 * The command's entry: an old Node gets one clear line.
 *
 * It imports nothing before that, because an old Node cannot even read what follows: syntax that it does not know, or a builtin that it does not have, would
 * be the first that its user hears of.
 */
const OLDEST_NODE = 24;

// Red until a verdict says otherwise, as in the action: 70 is `internal-error`.
process.exitCode = 70;

const { node } = process.versions;
if (Number.parseInt(node, 10) < OLDEST_NODE) {
  process.stderr.write(
    `kube-api-gate needs Node.js ${OLDEST_NODE} or newer; this is ${node}. In a clone, \`npm run gate -- …\` finds the right one.\n`,
  );
} else {
  const { runTerminal } = await import('./terminal/terminal.ts');
  await runTerminal();
}
