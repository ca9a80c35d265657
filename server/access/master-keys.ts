import * as v from 'valibot';

/** One version of the operator's master key. */
export interface MasterKey {
  id: string;
  key: Uint8Array;
}

const keyBytes = 32;
const entryPattern = /^(\d{1,6}):([A-Za-z0-9_-]{43})$/;

/**
 * The operator's keyring, `2:<base64url>,1:<base64url>`: 32 random bytes each. The highest version
 * wraps; older ones only open what they wrapped before. It never appears in a message.
 */
export const masterKeysSchema = v.pipe(
  v.string(),
  v.transform((text) => text.split(',').map((entry) => readEntry(entry.trim()))),
  v.check(
    (keys) => keys.every((key) => key !== null),
    'must be version:base64url of 32 bytes, comma separated',
  ),
  v.transform((keys) =>
    keys.filter((key) => key !== null).sort((a, b) => Number(b.id) - Number(a.id)),
  ),
  v.check(
    (keys) => new Set(keys.map((key) => key.id)).size === keys.length,
    'must name each version once',
  ),
  v.check((keys) => keys.every(({ key }) => new Set(key).size > 8), 'must be random'),
);

function readEntry(text: string): MasterKey | null {
  const [, id, encoded] = entryPattern.exec(text) ?? [];
  if (id === undefined || encoded === undefined) return null;
  const key = new Uint8Array(Buffer.from(encoded, 'base64url'));
  return key.length === keyBytes ? { id, key } : null;
}
