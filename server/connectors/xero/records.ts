import * as v from 'valibot';
import type { Instant } from '../../domain/dates.ts';
import { AppError, retryLater } from '../../domain/errors.ts';
import type { Unreadable } from '../../domain/ports/read.ts';
import { withoutSecrets } from '../../domain/secret-names.ts';
import { pageSize } from './limits.ts';
import { envelopeSchema } from './schema.ts';

export type Query = Readonly<Record<string, string | undefined>>;

/** Records of one kind, with what could not be read kept beside them. */
export interface Listed<T> {
  records: T[];
  unreadable: Unreadable[];
  /** Xero's own time when the read began. */
  readAt: Instant | null;
}
export interface ListRequest<S extends v.GenericSchema> {
  /** The collection: path of the call and name of the array, such as `Invoices`. */
  name: string;
  schema: S;
  /** Names the record for a person, and the member that holds its id. */
  what: string;
  idName: string;
  query?: Query;
  since?: string | null;
  /** Where the path is not the collection's own. */
  path?: string;
}
/** `pageCount` is null where a full page does not tell how many there are. */
export type Page<T> = Listed<T> & { pageCount: number | null };

/** The records of one answer. Throws `system.answer` when it has no such list at all. */
export function recordsOf<S extends v.GenericSchema>(
  answer: unknown,
  { name, schema, what, idName }: ListRequest<S>,
): Page<v.InferOutput<S>> {
  const envelope = v.safeParse(envelopeSchema, answer);
  const held = envelope.success ? (envelope.output[name] ?? []) : null;
  if (!envelope.success || !Array.isArray(held))
    throw new AppError('system.answer', { retry: retryLater() });
  const page: Page<v.InferOutput<S>> = {
    records: [],
    unreadable: [],
    readAt: envelope.output.DateTimeUTC ?? null,
    pageCount: pageCountOf(envelope.output.pagination?.pageCount, held.length),
  };
  for (const [index, record] of held.entries()) {
    const known = v.safeParse(schema, record);
    if (known.success) page.records.push(known.output);
    else
      page.unreadable.push(
        unreadableOf(record, what, memberOf(record, idName) || `${index + 1}`, known.issues),
      );
  }
  return page;
}

const unreadableOf = (
  record: unknown,
  what: string,
  id: string,
  issues: readonly v.BaseIssue<unknown>[],
): Unreadable => ({
  what,
  id,
  problem: issues.map((issue) => `${v.getDotPath(issue) ?? '?'}: ${issue.type}`).join(', '),
  body: JSON.stringify(withoutSecrets(record)),
});

const memberSchema = v.record(v.string(), v.unknown());
/** A text member of a record, or nothing. */
export function memberOf(record: unknown, name: string): string {
  const known = v.safeParse(memberSchema, record);
  const member = known.success ? known.output[name] : null;
  return typeof member === 'string' ? member : '';
}

function pageCountOf(told: string | null | undefined, held: number): number | null {
  if (told != null) return Number(told);
  return held < pageSize ? 1 : null;
}
