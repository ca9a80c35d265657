import { instant } from '../../server/domain/dates.ts';
import type { TenantId } from '../../server/domain/ids.ts';
import type { LogEntry, NewLogEntry } from '../../server/domain/log-entry.ts';
import type { Clock } from '../../server/domain/ports/machine.ts';
import type {
  LogPage,
  LogQuery,
  Reader,
  Store,
  Transaction,
} from '../../server/domain/ports/store.ts';
import type { Collection, RecordOf } from '../../server/domain/records.ts';

interface Entry {
  collection: Collection;
  record: { id: string };
}
interface State {
  entries: ReadonlyMap<string, Entry>;
  log: readonly LogEntry[];
}
const nothing: State = { entries: new Map(), log: [] };

export interface MemoryStore extends Store {
  /** How many transactions resolved. */
  commits(): number;
  /** Called before a transaction starts and before it commits; a throw is a crash there. */
  onStep(hook: (step: 'begin' | 'commit') => void): void;
}

/**
 * A store that only remembers: transactions of a tenant one after the other, undone whole on a throw.
 * For tests of the engine; the durable stores have their own battery.
 */
export function createMemoryStore(clock: Pick<Clock, 'nowMs'>): MemoryStore {
  const states = new Map<TenantId, State>();
  let queue: Promise<unknown> = Promise.resolve();
  let commits = 0;
  let hook: (step: 'begin' | 'commit') => void = () => {};

  async function commit<T>(
    tenant: TenantId,
    work: (tx: Transaction) => T | Promise<T>,
  ): Promise<T> {
    hook('begin');
    const before = states.get(tenant) ?? nothing;
    const entries = new Map(before.entries);
    const news: NewLogEntry[] = [];
    const answer = await work({
      ...readerOf(entries),
      put: (collection, record) => {
        entries.set(nameOf(collection, record.id), { collection, record });
      },
      remove: (collection, id) => {
        entries.delete(nameOf(collection, id));
      },
      log: (entry) => {
        news.push(entry);
      },
    });
    hook('commit');
    const at = instant(clock.nowMs());
    const log = news.map((entry, index) => ({ ...entry, at, seq: before.log.length + index + 1 }));
    states.set(tenant, { entries, log: [...before.log, ...log] });
    commits += 1;
    return answer;
  }

  return {
    transact: (tenant, work) => {
      const mine = queue.then(() => commit(tenant, work));
      queue = mine.catch(() => {});
      return mine;
    },
    read: async (tenant) => readerOf((states.get(tenant) ?? nothing).entries),
    log: async (tenant, query) => pageOf((states.get(tenant) ?? nothing).log, query),
    logParts: async () => [],
    readLogPart: async () => null,
    tenants: async () => [...states.keys()],
    redact: async (tenant) => {
      states.set(tenant, nothing);
    },
    health: () => ({ commitMsP95: 0, hotRecords: 0, hotBytes: 0, advice: null, refuses: null }),
    close: async () => {},
    commits: () => commits,
    onStep: (next) => {
      hook = next;
    },
  };
}

const nameOf = (collection: Collection, id: string): string => `${collection}\n${id}`;
const isOf = <C extends Collection>(
  entry: Entry,
  collection: C,
): entry is Entry & { record: RecordOf<C> } => entry.collection === collection;

function readerOf(entries: ReadonlyMap<string, Entry>): Reader {
  return {
    get: (collection, id) => {
      const entry = entries.get(nameOf(collection, id));
      return entry !== undefined && isOf(entry, collection) ? entry.record : null;
    },
    list: (collection) =>
      [...entries.values()].flatMap((entry) => (isOf(entry, collection) ? [entry.record] : [])),
  };
}

function pageOf(log: readonly LogEntry[], query: LogQuery): LogPage {
  const found = log
    .filter(({ seq }) => query.before === null || seq < query.before)
    .filter(({ action }) => query.action === undefined || action === query.action)
    .filter(({ result }) => query.result === undefined || result === query.result)
    .filter(({ result }) => query.level !== 'errors-and-action' || result !== 'ok')
    .filter(({ customerId }) => query.customerId === undefined || customerId === query.customerId)
    .reverse();
  const entries = found.slice(0, query.limit);
  const last = entries.at(-1);
  const next = found.length > entries.length && last !== undefined ? last.seq : null;
  return { entries, next, scanned: log.length, complete: true };
}
