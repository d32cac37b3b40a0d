/** Whether a variable of this name is one that holds a secret. */
export function isSecretName(name: string): boolean {
  return /secret|token|passw|credential|private|api_?key|access_key$/i.test(name);
}
