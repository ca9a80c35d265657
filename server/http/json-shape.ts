/** What a page of ours never sends more of: the deepest body has 8 levels, the widest 8,000 parts. */
export const jsonLimits = { depthMax: 32, partsMax: 20_000 } as const;

const [quote, backslash, comma, openBracket, closeBracket, openBrace, closeBrace] = [
  ...new TextEncoder().encode('"\\,[]{}'),
];

/**
 * False where JSON text is deeper than 32 levels, or has more than 20,000 members and elements. It is
 * looked at before it is parsed, in one pass over its bytes: what goes through a value part by part
 * afterwards (a schema, a comparison) can then neither run out of stack nor take long. Whether it is
 * JSON at all is for the parser to say.
 */
export function isModestJson(bytes: Uint8Array): boolean {
  let depth = 0;
  let parts = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (inText) {
      if (byte === backslash) at += 1;
      else if (byte === quote) inText = false;
      continue;
    }
    if (byte === quote) inText = true;
    else if (byte === comma) parts += 1;
    else if (byte === openBracket || byte === openBrace) {
      depth += 1;
      parts += 1;
    } else if (byte === closeBracket || byte === closeBrace) depth -= 1;
    if (depth > jsonLimits.depthMax || parts > jsonLimits.partsMax) return false;
  }
  return true;
}
