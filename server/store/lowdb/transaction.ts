import * as v from 'valibot';
import { AppError } from '../../domain/errors.ts';
import { logEntrySchema, type NewLogEntry } from '../../domain/log-entry.ts';
import type { Transaction } from '../../domain/ports/store.ts';
import type { Batch } from './batch.ts';
import { checkedEntryOf } from './entry.ts';
import { Layer } from './table.ts';

const newLogEntrySchema = v.omit(logEntrySchema, ['seq', 'at']);

/**
 * One transaction over the batch so far. `finish` hands its changes to the batch; without it they
 * are forgotten. Afterwards every use throws, so that work that goes on by itself is noticed.
 */
export function openTransaction(batch: Batch) {
  const own = new Layer();
  const logs: NewLogEntry[] = [];
  const view = batch.view(own);
  let ended = false;
  const check = () => {
    if (ended) throw new AppError('internal', { facts: { problem: 'the transaction has ended' } });
  };
  const tx: Transaction = {
    get(collection, id) {
      check();
      return view.get(collection, id);
    },
    list(collection) {
      check();
      return view.list(collection);
    },
    put(collection, record) {
      check();
      const entry = checkedEntryOf(collection, record);
      // Reading the same thing again is the rule, and must cost nothing on disk.
      if (view.lookup(collection, entry.id)?.text === entry.text) return;
      own.set({ collection, id: entry.id, entry });
    },
    remove(collection, id) {
      check();
      if (view.lookup(collection, id) !== null) own.set({ collection, id, entry: null });
    },
    log(entry) {
      check();
      logs.push(checkedLog(entry));
    },
  };
  return {
    tx,
    finish(nowMs: number) {
      ended = true;
      batch.add({ own, logs, nowMs });
    },
    abandon() {
      ended = true;
    },
  };
}

function checkedLog(entry: NewLogEntry): NewLogEntry {
  try {
    return structuredClone(v.parse(newLogEntrySchema, entry));
  } catch (cause) {
    throw new AppError('internal', { facts: { collection: 'log' }, cause });
  }
}
