import { GateError } from '../../model/errors.ts';
import type { Credential, CredentialSource, ExecConfig, ServerAccess } from '../access.ts';
import { findCommand } from './exec-command.ts';
import { execInfo, readExecCredential } from './exec-credential.ts';
import { runProcess } from './exec-process.ts';
import { maskPrivateKey, maskSecret } from './mask.ts';
import { secretsIn, withoutTokens } from './plugin-words.ts';
import type { CredentialWorld } from './world.ts';

/** A credential is some kilobytes. */
const MOST_OUTPUT = 1024 * 1024;

/** What a plugin may write to the log. */
const MOST_ERROR_CHARACTERS = 64 * 1024;

interface Acquired {
  readonly credential: Credential;
  readonly expiresAt?: number | undefined;
}

/**
 * Credentials that a kubeconfig's exec plugin prints: it is run when first needed, again when they expire, and once more when the server refuses them.
 * @see client-go plugin/pkg/client/auth/exec/exec.go
 */
export function execCredentials(config: ExecConfig, server: ServerAccess, world: CredentialWorld): CredentialSource {
  let acquired: Acquired | undefined;
  let acquiring: Promise<Acquired> | undefined;

  // Requests go out together, and a plugin may ask a person or a service that counts: one run serves them all.
  const acquire = async (signal: AbortSignal): Promise<Credential> => {
    acquiring ??= runPlugin(config, server, world, signal).finally(() => {
      acquiring = undefined;
    });
    acquired = await acquiring;
    return acquired.credential;
  };

  return {
    current: async (signal) => {
      const valid =
        acquired !== undefined && (acquired.expiresAt === undefined || world.clock.now() <= acquired.expiresAt);
      return valid && acquired !== undefined ? acquired.credential : await acquire(signal);
    },
    refresh: async (signal) => {
      const before = acquired?.credential;
      const after = await acquire(signal);
      return before !== undefined && sameCredential(before, after) ? undefined : after;
    },
  };
}

function sameCredential(left: Credential, right: Credential): boolean {
  return (
    left.authorization === right.authorization &&
    left.certificate?.cert === right.certificate?.cert &&
    left.certificate?.key === right.certificate?.key
  );
}

async function runPlugin(
  config: ExecConfig,
  server: ServerAccess,
  world: CredentialWorld,
  signal: AbortSignal,
): Promise<Acquired> {
  const { environment, secrets } = world;
  const interactive = decideInteractive(config, environment.interactive);
  const path = locate(config, world);
  const errorLines = errorLog(config.command, world);
  const end = await runProcess({
    path,
    args: config.args,
    env: pluginEnvironment(config, server, world, interactive),
    interactive,
    windows: environment.platform === 'win32',
    workingDirectory: environment.workingDirectory,
    mostBytes: MOST_OUTPUT,
    onErrorLine: errorLines.add,
    signal,
  });
  const name = `The exec plugin \`${config.command}\``;
  // The output is read, and so masked, before a word of standard error is printed, which may repeat the token; of a plugin that failed as well.
  const answer =
    'output' in end
      ? readExecCredential(end.output, config.apiVersion, {
          token: (token) => maskSecret(token, secrets),
          key: (pem) => maskPrivateKey(pem, secrets),
        })
      : undefined;
  // What could not be read as a credential may be one all the same.
  const said = errorLines.print('output' in end ? end.output : '', answer?.kind === 'credential');

  switch (end.kind) {
    case 'exited':
      break;
    case 'aborted':
      throw new GateError('unreachable', 'exec-timeout', `${name} did not print credentials in time, and was ended`, {
        hint: 'It may be waiting for an answer from a person or from a service. Try it by hand without a terminal, or raise `timeout`.',
        cause: signal.reason,
      });
    case 'too-much-output':
      throw unusable(name, `printed more than ${MOST_OUTPUT} bytes, and was ended`);
    case 'killed':
      throw new GateError('invalid-input', 'exec-failed', `${name} was ended by ${end.by}`, { hint: failedHint(said) });
    case 'not-started':
      throw new GateError(
        'invalid-input',
        'exec-not-started',
        `${name} could not be started: ${startError(end.error)}`,
        {
          hint: 'Check that the file is a program for this runner, and that the interpreter in its first line exists.',
        },
      );
  }
  if (end.code !== 0) {
    throw new GateError('invalid-input', 'exec-failed', `${name} failed with exit code ${end.code}`, {
      hint: failedHint(said),
    });
  }
  if (answer === undefined || answer.kind === 'bad') throw unusable(name, answer?.reason ?? 'printed nothing');
  return answer;
}

function failedHint(said: boolean): string {
  const why = said ? 'What it wrote to standard error stands above.' : 'It wrote nothing to standard error.';
  return `${why} A step that signs in to the provider (for example aws-actions/configure-aws-credentials, google-github-actions/auth or azure/login) must come before this one.`;
}

function unusable(name: string, reason: string): GateError {
  return new GateError('invalid-input', 'exec-output', `${name} ${reason}`, {
    hint: 'The apiVersion in the kubeconfig and the version of the plugin must fit together; updating the plugin and writing the kubeconfig again usually fixes it.',
  });
}

/** @see client-go exec.go isInteractive */
function decideInteractive(config: ExecConfig, terminal: boolean): boolean {
  switch (config.interactiveMode) {
    case 'Never':
      return false;
    case 'Always':
      if (terminal) return true;
      throw new GateError(
        'invalid-input',
        'exec-interactive',
        `The exec plugin \`${config.command}\` wants to ask a person (interactiveMode: Always), and there is no terminal`,
        {
          hint: 'Use a way to sign in that needs nobody: a service account, workload identity, or the input `oidc-audience`.',
        },
      );
    default:
      return terminal;
  }
}

function locate(config: ExecConfig, { environment }: CredentialWorld): string {
  const found = findCommand(config.command, environment);
  const name = `The exec plugin \`${config.command}\``;
  switch (found.kind) {
    case 'found':
      return found.path;
    case 'missing': {
      const asked = printable(config.installHint).replace(/\s+/g, ' ').trim();
      const told = asked === '' ? '' : ` The kubeconfig says: ${asked}`;
      const bare = config.command.split(/[/\\]/).at(-1) ?? '';
      const isPath = bare !== config.command;
      throw new GateError(
        'invalid-input',
        'exec-not-found',
        `${name} ${isPath ? 'does not exist on this runner' : 'was not found in PATH'}`,
        {
          hint: isPath
            ? `The kubeconfig names the plugin by a path of the machine that wrote it. Install it in an earlier step and write \`command: ${bare}\`, which is looked up in PATH, or write the kubeconfig on the runner.${told}`
            : `Install it in an earlier step, so that it is in PATH.${told}`,
        },
      );
    }
    case 'not-executable':
      throw new GateError('invalid-input', 'exec-not-executable', `${name} is not executable (${found.path})`, {
        hint: 'Make the file executable with `chmod +x`, or name the program itself.',
      });
    case 'script':
      throw new GateError(
        'invalid-input',
        'exec-script',
        `${name} is a Windows script (${found.path}), which only a shell can run`,
        {
          hint: 'Name an .exe: scripts are not run, because a shell would read the arguments as commands.',
        },
      );
  }
}

function pluginEnvironment(
  config: ExecConfig,
  server: ServerAccess,
  { environment }: CredentialWorld,
  interactive: boolean,
): Readonly<Record<string, string | undefined>> {
  const added = Object.fromEntries(config.env.map(({ name, value }) => [name, value]));
  // What the runner hands to an action and to no other step is not for plugins: kubectl in a step of its own has none of it either.
  const inherited = Object.entries(environment.variables).filter(
    ([name]) => !/^(?:INPUT_.*|ACTIONS_RUNTIME_TOKEN)$/i.test(name),
  );
  return { ...Object.fromEntries(inherited), ...added, KUBERNETES_EXEC_INFO: execInfo(config, server, interactive) };
}

/** What a plugin writes to standard error, held back until its secrets are known. */
function errorLog(command: string, { log, secrets }: CredentialWorld) {
  const name = process.getBuiltinModule('node:path').basename(command);
  const held: string[] = [];
  let characters = 0;
  let dropped = 0;
  // The name before it keeps a line from being taken for a command to the runner.
  const print = (line: string) => log.line(`${name}: ${printable(line).trimEnd()}`);
  return {
    add: (line: string) => {
      characters += line.length + 1;
      if (characters > MOST_ERROR_CHARACTERS) dropped += 1;
      else held.push(line);
    },
    /**
     * Prints it without what `output` holds; where that could not be read, without whatever looks like a token either.
     *
     * @returns whether there was anything to print
     */
    print: (output: string, isRead: boolean): boolean => {
      const hidden = secretsIn(output).toSorted((left, right) => right.length - left.length);
      for (const line of held) {
        // Before the line is made printable, as a secret may hold what is not.
        const clean = hidden.reduce((text, secret) => text.replaceAll(secret, '***'), secrets.redact(line));
        print(isRead ? clean : withoutTokens(clean));
      }
      if (dropped > 0) log.line(`${name}: (${dropped} more lines left out)`);
      return held.length + dropped > 0;
    },
  };
}

/** Control characters as their code points, so that nothing a plugin or a kubeconfig says can steer a terminal or a log. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, (character) => {
    if (/\s/.test(character)) return character;
    return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  });
}

function startError(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
