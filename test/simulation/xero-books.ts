import { type Document, type Line, readChanges } from '../bookkeeper/xero-journal.ts';
import type { World } from '../sandbox/world.ts';

/** What stands in Xero now, followed through its journal. */
export interface XeroBooks {
  documents(): readonly Document[];
  /** Lines with one of our marks on documents that are neither deleted nor voided. */
  markedLines(): readonly MarkedLine[];
}
export interface MarkedLine {
  marker: string;
  document: Document;
  line: Line;
}

const markPattern = /\[(LP[0-9A-HJKMNP-TV-Z]{16})\]\s*$/;

export function readXero(world: World, organisation: string): XeroBooks {
  const latest = new Map<string, Document>();
  let seen = 0;
  const documents = (): Document[] => {
    const journal = world.systems.xero.journal();
    for (const { after } of readChanges(journal.slice(seen), organisation))
      latest.set(after.id, after);
    seen = journal.length;
    return [...latest.values()];
  };
  return {
    documents,
    markedLines: () =>
      documents().flatMap((document) =>
        isGone(document)
          ? []
          : document.lines.flatMap((line) => {
              const marker = markPattern.exec(line.description ?? '')?.[1];
              return marker === undefined ? [] : [{ marker, document, line }];
            }),
      ),
  };
}

export const isGone = ({ status }: Document): boolean =>
  status === 'DELETED' || status === 'VOIDED';
