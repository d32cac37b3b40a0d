#!/usr/bin/env node

// src/cli.ts
var OLDEST_NODE = 24;
process.exitCode = 70;
var { node } = process.versions;
if (Number.parseInt(node, 10) < OLDEST_NODE) {
  process.stderr.write(
    `kube-api-gate needs Node.js ${OLDEST_NODE} or newer; this is ${node}. In a clone, \`npm run gate -- \u2026\` finds the right one.
`
  );
} else {
  const { runTerminal } = await import("./terminal.js");
  await runTerminal();
}
