import * as v from 'valibot';
import type { JournalEntry } from '../../bookkeeper/journal-entry.ts';
import type { World } from '../../sandbox/world.ts';
import type { StandingBooks, StandingLine } from './books.ts';

const id = v.pipe(v.number(), v.transform(String));
const text = v.nullish(v.string(), null);
const number = v.pipe(v.nullish(v.union([v.string(), v.number()]), 0), v.transform(Number));
const day = v.pipe(
  v.nullish(v.string(), null),
  v.transform((moment) => moment?.slice(0, 10) ?? null),
);
const additionSchema = v.object({
  id,
  agreementId: id,
  product: id,
  quantity: number,
  unitPrice: number,
  effectiveDate: day,
  cancelledDate: day,
  description: text,
  invoiceDescription: text,
});
const invoiceSchema = v.object({
  row: v.object({ id }),
  lines: v.array(v.object({ additionId: v.nullable(id) })),
});
const agreementSchema = v.object({
  row: v.object({ id, cancelledFlag: v.nullish(v.boolean(), false) }),
});
const droppedSchema = v.object({ row: v.object({ id }) });
const additionIn = (data: unknown) => v.parse(v.object({ row: additionSchema }), data).row;

const marked = /\[(LP[0-9A-HJKMNP-TV-Z]{16})( once)?\]/;

/** Additions, each by itself: those of one mark and one after the other are one line of ours. */
export function readConnectWiseLines(world: World): StandingBooks {
  const lines = new Map<string, StandingLine>();
  /** The additions on each invoice that stands. */
  const invoiced = new Map<string, { atMs: number; keys: string[] }>();
  const trespasses: string[] = [];
  /** Agreements that somebody cancelled: nothing on them is billed any more, and their lines go on elsewhere. */
  const cancelledAgreements = new Set<string>();
  /** Lines that a person wants back as they were: a write whose answer got lost does not tell the app that they are. */
  const wantedBack = new Set<string>();
  let seen = 0;
  const journal = () => world.systems.connectwise.journal();

  function follow(): void {
    const entries = journal();
    for (const entry of entries.slice(seen)) note(entry);
    seen = entries.length;
  }
  function note({ kind, actor, atMs, data }: JournalEntry): void {
    if (kind === 'invoice.created') {
      const { row, lines: on } = v.parse(invoiceSchema, data);
      const keys = on.flatMap(({ additionId }) =>
        additionId === null ? [] : [`addition ${additionId}`],
      );
      invoiced.set(row.id, { atMs, keys });
      bill(keys);
      return;
    }
    if (kind === 'invoice.deleted') {
      const { row } = v.parse(droppedSchema, data);
      const keys = invoiced.get(row.id)?.keys ?? [];
      invoiced.delete(row.id);
      bill(keys);
      return;
    }
    if (kind === 'agreement.changed') {
      const { row } = v.parse(agreementSchema, data);
      if (row.cancelledFlag) cancelledAgreements.add(row.id);
      else cancelledAgreements.delete(row.id);
      return;
    }
    const verb = /^addition\.(created|changed|deleted)$/.exec(kind)?.[1];
    if (verb === undefined) return;
    const addition = additionIn(data);
    const key = `addition ${addition.id}`;
    const byApp = actor.startsWith('api:');
    const before = lines.get(key);
    if (byApp && verb !== 'created' && before?.byApp !== true)
      trespasses.push(`${kind} of ${key} by the app`);
    const editedMs = wantedBack.has(key) ? null : atMs;
    const mark = marked.exec(addition.description ?? '');
    lines.set(key, {
      byApp,
      billedMs: null,
      editedMs: null,
      ...before,
      ...(before === undefined || byApp ? {} : { editedMs }),
      key,
      id: addition.id,
      documentId: addition.agreementId,
      mark: mark?.[1] ?? null,
      item: addition.product,
      isOnce: mark?.[2] !== undefined,
      text: addition.invoiceDescription ?? '',
      quantity: addition.quantity,
      unitPrice: addition.unitPrice,
      first: before?.first ?? { quantity: addition.quantity, unitPrice: addition.unitPrice },
      from: addition.effectiveDate,
      until: addition.cancelledDate,
      isGone: verb === 'deleted',
    });
  }
  function bill(keys: readonly string[]): void {
    for (const key of keys) {
      const line = lines.get(key);
      const first = [...invoiced.values()].find((one) => one.keys.includes(key));
      if (line !== undefined) lines.set(key, { ...line, billedMs: first?.atMs ?? null });
    }
  }
  return {
    system: 'connectwise',
    hasChanged: () => journal().length > seen,
    lines: () => {
      follow();
      return [...lines.values()];
    },
    line: (key) => {
      follow();
      return lines.get(key);
    },
    trespasses: () => {
      follow();
      return trespasses;
    },
    answered: (documentId, answer) => {
      follow();
      for (const [key, line] of lines) {
        if (line.documentId !== documentId) continue;
        if (answer === 'again' && line.editedMs !== null) wantedBack.add(key);
        lines.set(key, { ...line, editedMs: null });
      }
    },
    twice: () => {
      follow();
      const standing = [...lines.values()].filter(
        ({ mark, isGone, quantity, documentId }) =>
          mark !== null && !isGone && quantity !== 0 && !cancelledAgreements.has(documentId),
      );
      return [...Map.groupBy(standing, ({ mark }) => mark)].flatMap(([mark, same]) => {
        // A person who reopens an addition of the chain makes two of one; that is theirs.
        const isTheirs = same.some(({ editedMs }) => editedMs !== null);
        return isTheirs ? [] : overlaps(same).map((found) => `${mark}: ${found} of ConnectWise`);
      });
    },
  };
}

function overlaps(same: readonly StandingLine[]): string[] {
  const inOrder = same.toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1));
  return inOrder.slice(1).flatMap((line, index) => {
    const before = inOrder[index];
    const goesOn = before?.until != null && before.until < (line.from ?? '');
    return goesOn ? [] : [`${before?.key} is open while ${line.key} is`];
  });
}
