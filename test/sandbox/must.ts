/** The value, or an error that says what was missing; for look-ups that cannot fail unless the sandbox is wrong. */
export function must<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new Error(`sandbox: ${what} is missing`);
  return value;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
