/** Whether a variable or a flag of this name holds a secret, and not where one is or whose it is. */
export function isSecretName(name: string): boolean {
  return (
    /secret|token|passw|credential|private[_-]?key|api[_-]?key|access[_-]?key/i.test(name) &&
    !/(?:^|[_-])(?:file|path|dir|url|uri|endpoint|id|name|type|cache|duration|ttl)$/i.test(name)
  );
}

/** What among a program's arguments is a secret: `--client-secret=...`, or what follows `--client-secret`. */
export function secretArguments(args: readonly string[]): readonly string[] {
  return args.flatMap((arg, index) => {
    const [, flag, value] = /^--?([\w-]+)=(.+)$/s.exec(arg) ?? [];
    if (flag !== undefined && value !== undefined) return isSecretName(flag) ? [value] : [];
    const [, before] = /^--?([\w-]+)$/.exec(args[index - 1] ?? '') ?? [];
    return before !== undefined && isSecretName(before) && !arg.startsWith('-') ? [arg] : [];
  });
}
