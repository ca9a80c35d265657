import type { Mutant } from './mutant.ts';

/** What people wrote themselves, or told the app not to do. */
export const theirMutants: readonly Mutant[] = [
  {
    name: 'foreign-lines-dropped',
    hurts: 'lines that people added by hand vanish with the next write',
    file: 'server/connectors/xero/prepare.ts',
    find: '.filter(({ id }) => !removed.has(id))',
    replace: '.filter(({ id, marker }) => marker !== null && !removed.has(id))',
  },
  {
    name: 'edit-overwritten',
    hurts: 'a line that somebody changed by hand goes back to what it was',
    file: 'server/sync/apply.ts',
    find: 'let freshAtMs = await freshDocuments(job);',
    replace: 'let freshAtMs = context.clock.nowMs();',
  },
  {
    name: 'undo-deletes-foreign',
    hurts: 'an undo deletes the invoice with what people added to it',
    file: 'server/sync/undo/take-back.ts',
    find: 'const isAll = lines.length === document.lines.length;',
    replace: 'const isAll = lines.length > 0;',
  },
  {
    name: 'closed-document-written',
    hurts: 'an approved invoice grows',
    file: 'server/sync/plan/destination.ts',
    find: `document.kind === 'invoice' && isOpen(document.state) && document.locked === null;`,
    replace: `document.kind === 'invoice' && document.state !== 'deleted';`,
  },
  {
    name: 'fingerprint-ignored',
    hurts: 'something else is written than a person confirmed',
    file: 'server/sync/apply.ts',
    find: 'byRef.get(ref)?.fingerprint !== seen',
    replace: `byRef.get(ref)?.fingerprint.length !== seen.length`,
  },
  {
    name: 'taken-off-line-comes-back',
    hurts: 'a line that somebody deleted stands on the next invoice',
    file: 'server/sync/check/documents.ts',
    find: "  tx.put('snapshot', snapshot);",
    replace: `  tx.put('snapshot', snapshot);
  const there = new Set(document.lines.map(({ marker }) => marker));
  for (const link of links)
    if (!there.has(link.marker)) tx.put('link', { ...link, state: 'freed' });`,
  },
];
