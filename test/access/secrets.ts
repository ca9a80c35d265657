/** Forms that are a secret wherever they stand. */
const forms: readonly [name: string, pattern: RegExp][] = [
  ['a private key', /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/],
  ['a private JSON web key', /"kty"\s*:\s*"[^"]+"[^{}]*"d"\s*:\s*"[A-Za-z0-9_-]{40,}"/],
  ['a key of a cloud', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['a key of a cloud', /\bAIza[A-Za-z0-9_-]{35}\b/],
  [
    'a token of a code host',
    /\b(?:gh[pousr]_[A-Za-z0-9]{34,}|github_pat_\w{40,}|glpat-[\w-]{20,})/,
  ],
  ['a token of a package registry', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['a token of a chat', /\bxox[abprs]-[\w-]{10,}/],
  ['a live key of a payment service', /\b[sr]k_live_[A-Za-z0-9]{16,}/],
  [
    'a password in an address',
    /\b[a-z][a-z0-9+]*:\/\/[^\s:/@'"`${}<>]+:(?!password@)[^\s:/@'"`${}<>]{8,}@[^\s'"`]+/,
  ],
];
/** A value behind a name that tells what it is, in code or in an environment file. */
const named =
  /(?:secret|password|passwd|token|api_?key|master_?keys?|private_?key)["']?\s*[:=]\s*["'`]?(?:\d+:)?([A-Za-z0-9+/_-]{24,})={0,2}["'`]?/gi;
/** Bits for each letter: words have fewer, random base64 and hexadecimal have more. */
const randomFrom = 4.3;

/** The kinds of secret that stand in a text; the secrets themselves are never repeated. */
export function secretsIn(text: string): string[] {
  const found = forms.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);
  const random = [...text.matchAll(named)].some(
    ([, value = '']) => /\d/.test(value) && bitsOf(value) >= randomFrom,
  );
  return random ? [...found, 'a random value behind a telling name'] : found;
}

/** Shannon's entropy of the letters, in bits for each. */
function bitsOf(value: string): number {
  const counts = new Map<string, number>();
  for (const letter of value) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => {
    const share = count / value.length;
    return bits - share * Math.log2(share);
  }, 0);
}
