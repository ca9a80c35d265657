import type { Element } from '../domain/intent.ts';
import { parseForeign } from '../domain/json.ts';
import { withoutSecrets } from '../domain/secret-names.ts';

/** What was sent, as a person who mends it reads it: its fields, without secrets. */
export function bodyOf({ body }: Pick<Element, 'body'>): unknown {
  try {
    return withoutSecrets(parseForeign(body));
  } catch {
    return null;
  }
}
