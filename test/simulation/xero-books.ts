import { type Document, type Line, readChanges } from '../bookkeeper/xero-journal.ts';
import type { World } from '../sandbox/world.ts';

/** What stands in Xero now, followed through its journal. */
export interface XeroBooks {
  /** Something happened there since anybody looked. */
  hasChanged(): boolean;
  documents(): readonly Document[];
  /** Lines with one of our marks on documents that are neither deleted nor voided. */
  markedLines(): readonly MarkedLine[];
  /** Every marked line that the app brought in, also where it is gone by now. */
  written(): readonly MarkedLine[];
  /** Marks of lines that people took off, themselves or with their document. */
  takenOffByPeople(): ReadonlySet<string>;
  /** The changes by which the app brought them in, oldest first. */
  additions(): readonly Addition[];
}
/** One change of one document by the app, with the marked lines that were not there before it. */
export interface Addition {
  document: Document;
  lines: readonly MarkedLine[];
  /** The document was not there before. */
  isNew: boolean;
}
export interface MarkedLine {
  marker: string;
  document: Document;
  line: Line;
}

const markPattern = /\[(LP[0-9A-HJKMNP-TV-Z]{16})\]\s*$/;

export function readXero(world: World, organisation: string): XeroBooks {
  const latest = new Map<string, Document>();
  const additions: Addition[] = [];
  const takenOff = new Set<string>();
  let seen = 0;
  let lastMs = 0;
  const follow = (): void => {
    const journal = world.systems.xero.journal();
    const madeMs = new Map(journal.slice(seen).map(({ seq, atMs }) => [seq, atMs]));
    for (const { seq, byApp, before, after } of readChanges(journal.slice(seen), organisation)) {
      const atMs = madeMs.get(seq) ?? 0;
      // Made and approved in one call is told as two changes, the second without a `before`.
      const known = new Set(latest.get(after.id)?.lines.map(({ lineItemId }) => lineItemId));
      if (!byApp) {
        const left = new Set(isGone(after) ? [] : marked(after).map(({ marker }) => marker));
        for (const { marker } of before === null || isGone(before) ? [] : marked(before))
          if (!left.has(marker)) takenOff.add(marker);
      }
      latest.set(after.id, after);
      if (!byApp) continue;
      const lines = marked(after).filter(({ line }) => !known.has(line.lineItemId));
      const last = additions.at(-1);
      if (lines.length === 0) {
        if (last?.document.id === after.id && atMs === lastMs) last.document = after;
        continue;
      }
      additions.push({ document: after, lines, isNew: before === null });
      lastMs = atMs;
    }
    seen = journal.length;
  };
  const documents = (): Document[] => {
    follow();
    return [...latest.values()];
  };
  return {
    hasChanged: () => world.systems.xero.journal().length > seen,
    documents,
    markedLines: () =>
      documents().flatMap((document) => (isGone(document) ? [] : marked(document))),
    written: () => {
      follow();
      return additions.flatMap(({ lines }) => lines);
    },
    takenOffByPeople: () => {
      follow();
      return takenOff;
    },
    additions: () => {
      follow();
      return additions;
    },
  };
}

const marked = (document: Document): MarkedLine[] =>
  document.lines.flatMap((line) => {
    const marker = markPattern.exec(line.description ?? '')?.[1];
    return marker === undefined ? [] : [{ marker, document, line }];
  });

export const isGone = ({ status }: Document): boolean =>
  status === 'DELETED' || status === 'VOIDED';
