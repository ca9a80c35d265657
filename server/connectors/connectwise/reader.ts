import { dateAt, type Instant, instant, millisecondsOf } from '../../domain/dates.ts';
import type { Document } from '../../domain/document.ts';
import { AppError, retryLater } from '../../domain/errors.ts';
import type { Clock } from '../../domain/ports/machine.ts';
import type { Delta, Read, Unreadable } from '../../domain/ports/read.ts';
import type { Client } from './client.ts';
import { anyId, changedSince, holds, isId } from './conditions.ts';
import {
  changesOverlapMs,
  idsPerQuery,
  readBeforeWriteMaxMs,
  readsAtOnce,
  wholeReadEveryMs,
} from './limits.ts';
import { type Around, documentOf, isRunning } from './map.ts';
import {
  type Addition,
  type Agreement,
  additionSchema,
  agreementSchema,
  billingCycleSchema,
  catalogItemSchema,
  currencySchema,
} from './schema.ts';

/** An agreement with all that a write of it must look at. */
export interface Whole {
  agreement: Agreement;
  parent: Agreement | null;
  additions: readonly Addition[];
}

export interface Reader {
  /** Where it goes on is two times: of the last read of every addition, and of this one. */
  changed(position: string | null, how: { sparing: boolean }): Promise<Delta<Document>>;
  byId(ids: readonly string[]): Promise<Read<Document>>;
  /** Agreements whose name holds the mark, running or not. */
  byMark(mark: string): Promise<Agreement[]>;
  /** Null where it is gone. What was read in the last half minute is not read again. */
  whole(agreementId: string): Promise<Whole | null>;
  /** What our own answer said an addition is now; null drops what is known, to be read anew. */
  learn(agreementId: string, addition: Addition | null): void;
  forget(agreementId: string, additionId: string): void;
  documentOf(whole: Whole): Promise<Document>;
  around(): Promise<Around>;
  /** Whether the role may: below “Can’t Read Costs” they come empty, and are not taken. */
  seesCosts(itemId: string | null): Promise<boolean>;
}

/** Agreements with their additions: one list of agreements, one page of additions for each. */
export function createReader(options: {
  client: Client;
  clock: Clock;
  account: { baseCurrency: string; timeZone: string };
}): Reader {
  const { client, clock, account } = options;
  const known = new Map<string, { agreement: Agreement; additions: Addition[]; atMs: number }>();
  let costsSeen: boolean | null = null;
  let lookups: Promise<Pick<Around, 'cycles' | 'currencies'>> | null = null;

  const around = async (): Promise<Around> => {
    lookups ??= (async () => ({
      cycles: (await client.list('finance/billingCycles', billingCycleSchema)).records,
      currencies: (await client.list('finance/currencies', currencySchema)).records,
    }))().catch((error: unknown) => {
      lookups = null;
      throw error;
    });
    return {
      ...(await lookups),
      baseCurrency: account.baseCurrency,
      today: dateAt(clock.nowMs(), account.timeZone),
      readAt: instant(clock.nowMs()),
    };
  };

  const agreements = (conditions?: string) =>
    client.list('finance/agreements', agreementSchema, {
      ...(conditions === undefined ? {} : { conditions }),
    });

  async function agreementsById(ids: readonly string[]): Promise<Read<Agreement>> {
    const all: Read<Agreement> = { records: [], unreadable: [] };
    const each = [...new Set(ids)];
    for (let at = 0; at < each.length; at += idsPerQuery) {
      const read = await agreements(anyId('id', each.slice(at, at + idsPerQuery)));
      all.records.push(...read.records);
      all.unreadable.push(...read.unreadable);
    }
    return all;
  }

  async function additionsOf(agreement: Agreement): Promise<Read<Addition>> {
    const startedMs = clock.nowMs();
    const read = await client.list(`finance/agreements/${agreement.id}/additions`, additionSchema);
    // With one that cannot be read nothing may be concluded about those that can.
    if (read.unreadable.length === 0)
      known.set(agreement.id, { agreement, additions: [...read.records], atMs: startedMs });
    return read;
  }

  async function documents(
    wanted: readonly Agreement[],
    others: readonly Agreement[],
  ): Promise<Read<Document>> {
    const all: Read<Document> = { records: [], unreadable: [] };
    const parents = await parentsOf(wanted, others);
    for (let at = 0; at < wanted.length; at += readsAtOnce) {
      const part = wanted.slice(at, at + readsAtOnce);
      const read = await Promise.all(part.map(additionsOf));
      const context = await around();
      for (const [index, agreement] of part.entries()) {
        const own = read[index] ?? { records: [], unreadable: [] };
        const parent = parents.get(agreement.parentAgreement?.id ?? '') ?? null;
        const document = documentOf({ agreement, parent, additions: own.records }, context);
        all.unreadable.push(...own.unreadable);
        all.records.push(own.unreadable.length > 0 ? { ...document, whole: false } : document);
      }
    }
    return all;
  }

  /** Parents stand in the same list mostly; those that do not are read by their ids. */
  async function parentsOf(
    wanted: readonly Agreement[],
    others: readonly Agreement[],
  ): Promise<ReadonlyMap<string, Agreement>> {
    const byId = new Map(others.map((agreement) => [agreement.id, agreement]));
    const lacking = wanted.flatMap(({ parentAgreement }) =>
      parentAgreement === null || byId.has(parentAgreement.id) ? [] : [parentAgreement.id],
    );
    if (lacking.length > 0)
      for (const parent of (await agreementsById(lacking)).records) byId.set(parent.id, parent);
    return byId;
  }

  return {
    around,
    changed: async (position, { sparing }) => {
      const { wholeAt, since } = placesOf(position);
      const nowMs = clock.nowMs();
      const readAt = instant(nowMs);
      const isWhole =
        !sparing || wholeAt === null || nowMs - millisecondsOf(wholeAt) >= wholeReadEveryMs;
      const listed = await agreements(isWhole || since === null ? undefined : changedSince(since));
      const { today } = await around();
      const wanted = listed.records.filter(
        (agreement) =>
          isRunning(agreement, today) ||
          (since !== null && changedAtMs(agreement) >= millisecondsOf(since) - changesOverlapMs),
      );
      const { records, unreadable } = await documents(wanted, listed.records);
      return {
        records,
        unreadable: [...listed.unreadable, ...unreadable] satisfies Unreadable[],
        position: `${isWhole ? readAt : wholeAt} ${readAt}`,
        isAll: isWhole,
      };
    },
    byId: async (ids) => {
      const listed = await agreementsById(ids);
      const { records, unreadable } = await documents(listed.records, listed.records);
      return { records, unreadable: [...listed.unreadable, ...unreadable] };
    },
    byMark: async (mark) => {
      const { records } = await agreements(holds('name', mark));
      return records.filter(({ name }) => name.includes(mark));
    },
    whole: async (agreementId) => {
      const held = known.get(agreementId);
      const isFresh = held !== undefined && clock.nowMs() - held.atMs <= readBeforeWriteMaxMs;
      const agreement =
        (isFresh ? held.agreement : undefined) ??
        (await agreements(isId('id', agreementId))).records[0];
      if (agreement === undefined) return null;
      if (!isFresh) await requireReadable(additionsOf(agreement));
      const parents = await parentsOf([agreement], [agreement]);
      return {
        agreement,
        parent: parents.get(agreement.parentAgreement?.id ?? '') ?? null,
        additions: known.get(agreementId)?.additions ?? [],
      };
    },
    learn: (agreementId, addition) => {
      const own = known.get(agreementId);
      if (own === undefined) return;
      if (addition === null) {
        known.delete(agreementId);
        return;
      }
      const others = own.additions.filter(({ id }) => id !== addition.id);
      known.set(agreementId, { ...own, additions: [...others, addition] });
    },
    forget: (agreementId, additionId) => {
      const own = known.get(agreementId);
      if (own !== undefined)
        known.set(agreementId, {
          ...own,
          additions: own.additions.filter(({ id }) => id !== additionId),
        });
    },
    seesCosts: async (itemId) => {
      const read = [...known.values()].flatMap(({ additions }) => additions);
      if (read.length > 0) costsSeen = read.some(({ unitCost }) => unitCost !== null);
      if (costsSeen !== null || itemId === null) return costsSeen === true;
      const conditions = isId('id', itemId);
      const [item] = (await client.list('procurement/catalog', catalogItemSchema, { conditions }))
        .records;
      costsSeen = item !== undefined && item.cost !== null;
      return costsSeen;
    },
    documentOf: async (whole) => documentOf(whole, await around()),
  };
}

/** Nothing is written beside an addition that cannot be read: it may be the very one. */
async function requireReadable(reading: Promise<Read<Addition>>): Promise<void> {
  const { unreadable } = await reading;
  if (unreadable.length > 0) throw new AppError('system.answer', { retry: retryLater() });
}

function placesOf(position: string | null): { wholeAt: Instant | null; since: Instant | null } {
  const [wholeAt, since] = (position ?? '').split(' ').map(asInstant);
  return { wholeAt: wholeAt ?? null, since: since ?? null };
}
const asInstant = (text: string): Instant | null => {
  const ms = Date.parse(text);
  return Number.isFinite(ms) ? instant(ms) : null;
};

/** Their form of a time has whole seconds. NaN where they tell none, which is never since anything. */
const changedAtMs = ({ _info }: Agreement): number => Date.parse(_info?.lastUpdated ?? '') + 999;
