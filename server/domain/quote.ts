import * as v from 'valibot';
import { dateSchema } from './dates.ts';
import { foreignIdSchema } from './ids.ts';
import { moneySchema } from './money.ts';

/** An open opportunity of a mapped company, with the document that was sent where its field has one. */
export const quoteSchema = v.object({
  id: foreignIdSchema,
  companyId: foreignIdSchema,
  title: v.string(),
  stage: v.nullable(v.string()),
  /** Null where the system tells none. */
  amount: v.nullable(moneySchema),
  closesOn: v.nullable(dateSchema),
  document: v.variant('status', [
    v.object({ status: v.literal('none') }),
    v.object({ status: v.literal('link'), url: v.string() }),
    /** The field holds something that is no https address: it is never made a link. */
    v.object({ status: v.literal('refused') }),
  ]),
});
export type Quote = v.InferOutput<typeof quoteSchema>;

export const documentUrlMax = 2_000;

/**
 * What a user-defined field says of a document. Its text comes from people of the reseller: only an
 * https address without a login in it becomes a link.
 */
export function quoteDocument(field: unknown): Quote['document'] {
  if (field == null) return none;
  const text = typeof field === 'string' ? field.trim() : null;
  if (text === '') return none;
  if (text === null || text.length > documentUrlMax) return refused;
  const url = URL.parse(text);
  const isPlain = url?.protocol === 'https:' && url.username === '' && url.password === '';
  return isPlain ? { status: 'link', url: url.href } : refused;
}
const none = { status: 'none' } as const;
const refused = { status: 'refused' } as const;

/** Names of user-defined fields as people type them: case and spaces around them do not count. */
export const isField = (name: string, wanted: string): boolean =>
  name.trim().toLowerCase() === wanted.trim().toLowerCase();
