import { JOURNAL_ENTRIES_MAX } from './limits.ts';
import type { JournalEntry } from './player.ts';

export interface Journal {
  /** Keeps a deep copy, so that a later change of the object does not rewrite what happened. */
  record(entry: Omit<JournalEntry, 'seq'>): void;
  entries(): readonly JournalEntry[];
  clear(): void;
}

export function createJournal(): Journal {
  const entries: JournalEntry[] = [];
  return {
    record: (entry) => {
      if (entries.length >= JOURNAL_ENTRIES_MAX)
        throw new RangeError('the sandbox journal is full');
      entries.push({ seq: entries.length + 1, ...entry, data: structuredClone(entry.data) });
    },
    entries: () => entries,
    clear: () => {
      entries.length = 0;
    },
  };
}
