const secretName =
  /pass(word|wd|phrase)?|secret|token|login|credential|authori[sz]ation|cookie|api.?key|parameter/i;

/** A foreign value without the members whose name says that they hold a secret (DESIGN.md 5.7). */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !secretName.test(name))
      .map(([name, member]) => [name, withoutSecrets(member)]),
  );
}
