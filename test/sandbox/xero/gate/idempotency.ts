/** Xero keeps the first answer to a key for six minutes and replays it, errors too; keys belong to the app. */
export const KEY_LIFE_MS = 6 * 60_000;
export const KEY_LENGTH_MAX = 128;

export interface StoredAnswer {
  status: number;
  contentType: string | undefined;
  body: string | Uint8Array<ArrayBuffer> | undefined;
}

export interface Idempotency {
  look(
    call: KeyedCall,
  ): { status: 'new' } | { status: 'replay'; answer: StoredAnswer } | { status: 'conflict' };
  keep(call: KeyedCall, answer: StoredAnswer): void;
}

export interface KeyedCall {
  clientId: string;
  key: string;
  /** Method, address, organisation and body: the same key with another one of these is refused. */
  fingerprint: string;
  nowMs: number;
}

export function createIdempotency(): Idempotency {
  const kept = new Map<string, { fingerprint: string; answer: StoredAnswer; untilMs: number }>();
  return {
    look: ({ clientId, key, fingerprint, nowMs }) => {
      const known = kept.get(`${clientId} ${key}`);
      if (!known || known.untilMs <= nowMs) return { status: 'new' };
      return known.fingerprint === fingerprint
        ? { status: 'replay', answer: known.answer }
        : { status: 'conflict' };
    },
    keep: ({ clientId, key, fingerprint, nowMs }, answer) => {
      kept.set(`${clientId} ${key}`, { fingerprint, answer, untilMs: nowMs + KEY_LIFE_MS });
    },
  };
}

/** The header must be a text of 1 to 128 characters; the text `undefined` has broken the API (xero-node #649). */
export function isKey(text: string): boolean {
  return text.trim() !== '' && text !== 'undefined' && text.length <= KEY_LENGTH_MAX;
}
