import { instant } from '../../domain/dates.ts';
import type { Document } from '../../domain/document.ts';
import { rawNumber } from '../../domain/json.ts';
import type { Clock } from '../../domain/ports/machine.ts';
import type { Read, Unreadable } from '../../domain/ports/read.ts';
import { anyOf, type Client, type Condition, equals, everything } from './client.ts';
import { valuesPerQuery } from './limits.ts';
import { currencyOf, documentOf } from './map.ts';
import {
  type Charge,
  type Contract,
  type ContractService,
  type Currency,
  chargeSchema,
  companySchema,
  contractSchema,
  contractServiceSchema,
  currencySchema,
  inEffect,
  recurringService,
  type Unit,
  unitSchema,
} from './schema.ts';

export interface Reader {
  /** Recurring contracts in effect, whole. They carry no time of change, so all are read. */
  running(): Promise<Read<Document>>;
  byId(ids: readonly string[]): Promise<Read<Document>>;
  /** Contracts whose number holds the mark, in effect or not. */
  byMark(mark: string): Promise<Contract[]>;
  currencies(): Promise<Currency[]>;
}

/** Contracts with their services and charges, in as few queries as ids allow. */
export function createReader({ client, clock }: { client: Client; clock: Clock }): Reader {
  // Once a session, which lives as long as a piece of work; a reading that failed is made again.
  let known: Promise<Currency[]> | null = null;
  const currencies = (): Promise<Currency[]> => {
    known ??= client
      .query('Currencies', currencySchema, [everything])
      .then(({ records }) => records)
      .catch((error: unknown) => {
        known = null;
        throw error;
      });
    return known;
  };

  async function whole(found: Read<Contract>): Promise<Read<Document>> {
    const contracts = found.records;
    if (contracts.length === 0) return { records: [], unreadable: found.unreadable };
    const unreadable: Unreadable[] = [...found.unreadable];
    const readAt = instant(clock.nowMs());
    const ids = contracts.map(({ id }) => id);
    const services = await below(ids, (part) =>
      client.query('ContractServices', contractServiceSchema, [anyOf('contractID', part)]),
    );
    const units = await below(ids, (part) =>
      client.query('ContractServiceUnits', unitSchema, [anyOf('contractID', part)]),
    );
    const charges = await below(ids, (part) =>
      client.query('ContractCharges', chargeSchema, [anyOf('contractID', part), ownOrOpen]),
    );
    const companies = await below(
      contracts.map(({ companyID }) => companyID),
      (part) => client.query('Companies', companySchema, [anyOf('id', part)]),
    );
    const named = await currencies();
    unreadable.push(...services.unreadable, ...units.unreadable, ...charges.unreadable);
    const currencyBy = new Map(
      companies.records.map((company) => [company.id, currencyOf(company, named)]),
    );
    // A contract of which a part could not be read is not whole, and nothing is concluded from it.
    const damaged = unreadable.length > found.unreadable.length;
    const [servicesBy, unitsBy, chargesBy] = [
      byKey<ContractService>(services.records, ({ contractID }) => contractID),
      byKey<Unit>(units.records, ({ contractServiceID }) => contractServiceID),
      byKey<Charge>(charges.records, ({ contractID }) => contractID),
    ];
    const records = contracts.flatMap((contract) => {
      const currency = currencyBy.get(contract.companyID);
      if (currency === undefined) return [];
      const own = servicesBy.get(contract.id) ?? [];
      const document = documentOf(
        {
          contract,
          services: own,
          units: own.flatMap(({ id }) => unitsBy.get(id) ?? []),
          charges: chargesBy.get(contract.id) ?? [],
        },
        { currency, readAt },
      );
      return [damaged ? { ...document, whole: false } : document];
    });
    return { records, unreadable };
  }

  const contractsWhere = (filter: readonly Condition[]) =>
    client.query('Contracts', contractSchema, filter);

  return {
    currencies,
    running: async () =>
      whole(
        await contractsWhere([
          equals('contractType', rawNumber(recurringService)),
          equals('status', rawNumber(inEffect)),
        ]),
      ),
    byId: async (ids) => whole(await below(ids, (part) => contractsWhere([anyOf('id', part)]))),
    byMark: async (mark) =>
      (await contractsWhere([{ op: 'contains', field: 'contractNumber', value: mark }])).records,
  };
}

/** Unbilled charges can be changed; billed ones matter only where they are ours. */
const ownOrOpen: Condition = {
  op: 'or',
  items: [
    { op: 'eq', field: 'isBilled', value: false },
    { op: 'beginsWith', field: 'internalPurchaseOrderNumber', value: 'LP' },
  ],
};

/** All that a list of ids names, in as few queries as one of them takes. */
export async function below<T>(
  ids: readonly string[],
  query: (part: readonly string[]) => Promise<Read<T>>,
): Promise<Read<T>> {
  const all: Read<T> = { records: [], unreadable: [] };
  const each = [...new Set(ids)];
  for (let at = 0; at < each.length; at += valuesPerQuery) {
    const { records, unreadable } = await query(each.slice(at, at + valuesPerQuery));
    all.records.push(...records);
    all.unreadable.push(...unreadable);
  }
  return all;
}

function byKey<T>(records: readonly T[], key: (record: T) => string): Map<string, T[]> {
  const grouped = new Map<string, T[]>();
  for (const record of records) {
    const list = grouped.get(key(record)) ?? [];
    list.push(record);
    grouped.set(key(record), list);
  }
  return grouped;
}
