import type * as v from 'valibot';
import { canonical } from '../../domain/json.ts';
import type { Crypto } from '../../domain/ports/machine.ts';
import type { Unreadable } from '../../domain/ports/read.ts';
import { withoutSecrets } from '../../domain/secret-names.ts';

const bodyMax = 20_000;
const problemsMax = 5;
/** A record that failed its schema, kept so that nothing is dropped: without secrets, bounded. */
export function unreadable(options: {
  what: string;
  record: unknown;
  issues: readonly v.BaseIssue<unknown>[];
  crypto: Crypto;
}): Unreadable {
  const { what, record, issues, crypto } = options;
  const body = canonical(withoutSecrets(record));
  return {
    what,
    id: idOf(record) ?? crypto.hash(body).slice(0, 32),
    problem: problemOf(issues),
    body: body.slice(0, bodyMax),
  };
}

/** Where and what was expected; never what was found, which could be anything. */
function problemOf(issues: readonly v.BaseIssue<unknown>[]): string {
  const places = issues.slice(0, problemsMax).map((issue) => {
    const path = issue.path?.map(({ key }) => String(key)).join('.') ?? '';
    return `${path || 'record'}: ${issue.expected ?? issue.type}`;
  });
  return places.join('; ').slice(0, 500) || 'record: nothing to know it by';
}

export function idOf(record: unknown): string | null {
  if (typeof record !== 'object' || record === null) return null;
  const id: unknown = Reflect.get(record, 'id');
  return typeof id === 'string' && id !== '' ? id.slice(0, 200) : null;
}
