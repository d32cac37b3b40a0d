/**
 * The action's entry. It must be readable to Node versions that cannot read the rest, which is why it imports nothing at once: a runner that knows no `node24` starts it with what
 * it has.
 */

// Red until a verdict says otherwise: a promise that never settles must not pass for success.
process.exitCode = 1;

const OLDEST_NODE = 24;

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  console.log(
    `::error title=kube-api-gate::kube-api-gate needs Node ${OLDEST_NODE} (\`runs.using: node24\`), and this runner starts actions with Node ${process.versions.node}. Update the runner: actions/runner 2.327.1 or newer, Gitea act_runner or nektos/act with an image that has Node ${OLDEST_NODE}.`,
  );
} else {
  import('./action.ts').then(
    ({ run }) => run(),
    (thrown: unknown) => {
      console.log(`::error title=kube-api-gate::kube-api-gate cannot be loaded: ${String(thrown).split('\n', 1)[0]}`);
    },
  );
}
