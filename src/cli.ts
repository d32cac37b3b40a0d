#!/usr/bin/env node
/** The command line's entry. Like `index.ts` it imports nothing at once: older versions of Node cannot read the rest, and are told so. */

// Red until a verdict says otherwise, as in the action: the exit code of an internal error.
process.exitCode = 70;

const OLDEST_NODE = 24;

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  console.error(
    `kube-api-gate needs Node ${OLDEST_NODE} or newer, and this is ${process.versions.node}. In a clone, npm run gate -- … finds the right one.`,
  );
} else {
  import('./command-line.ts').then(
    ({ run }) => run(),
    (thrown: unknown) => {
      console.error(`kube-api-gate cannot be loaded: ${String(thrown).split('\n', 1)[0]}`);
    },
  );
}
