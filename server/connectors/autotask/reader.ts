import * as v from 'valibot';
import { instant } from '../../domain/dates.ts';
import type { Document } from '../../domain/document.ts';
import { rawNumber } from '../../domain/json.ts';
import type { Clock } from '../../domain/ports/machine.ts';
import type { Read, Unreadable } from '../../domain/ports/read.ts';
import { anyOf, type Client, type Condition, equals, everything } from './client.ts';
import { valuesPerQuery } from './limits.ts';
import { type ContractState, currencyOf, documentOf } from './map.ts';
import {
  type Contract,
  type Currency,
  chargeSchema,
  companySchema,
  contractSchema,
  contractServiceSchema,
  currencySchema,
  inEffect,
  recurringService,
  unitSchema,
} from './schema.ts';

export interface Reader {
  /** Recurring contracts in effect, whole. They carry no time of change, so all are read. */
  running(): Promise<Read<Document>>;
  byId(ids: readonly string[]): Promise<Read<Document>>;
  /** The same contracts as Autotask has them, by their ids. */
  inFull(ids: readonly string[]): Promise<ReadonlyMap<string, ContractState>>;
  /** Contracts whose number holds one of the marks, in effect or not. */
  byMarks(marks: readonly string[]): Promise<Contract[]>;
  currencies(): Promise<Currency[]>;
  /** What companies are billed in, by their ids. */
  currenciesOf(companyIds: readonly string[]): Promise<ReadonlyMap<string, Currency>>;
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

  // A company's currency is not changed any more: once a session.
  const billedIn = new Map<string, Currency>();
  async function currenciesOf(companyIds: readonly string[]): Promise<typeof billedIn> {
    const unknown = companyIds.filter((id) => !billedIn.has(id));
    if (unknown.length === 0) return billedIn;
    const { records } = await below(unknown, (part) =>
      client.query('Companies', companySchema, [anyOf('id', part)]),
    );
    const named = await currencies();
    for (const company of records) {
      const currency = currencyOf(company, named);
      if (currency !== undefined) billedIn.set(company.id, currency);
    }
    return billedIn;
  }

  async function whole(found: Read<Contract>): Promise<Read<ContractState>> {
    const contracts = found.records;
    if (contracts.length === 0) return { records: [], unreadable: found.unreadable };
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
    const currencyBy = await currenciesOf(contracts.map(({ companyID }) => companyID));
    const lost = [...services.unreadable, ...units.unreadable, ...charges.unreadable];
    const damaged = new Set(lost.map(contractIn));
    const [servicesBy, unitsBy, chargesBy] = [
      Map.groupBy(services.records, ({ contractID }) => contractID),
      Map.groupBy(units.records, ({ contractServiceID }) => contractServiceID),
      Map.groupBy(charges.records, ({ contractID }) => contractID),
    ];
    const records = contracts.flatMap((contract): ContractState[] => {
      const currency = currencyBy.get(contract.companyID);
      if (currency === undefined) return [];
      const own = servicesBy.get(contract.id) ?? [];
      return [
        {
          contract,
          services: own,
          units: own.flatMap(({ id }) => unitsBy.get(id) ?? []),
          charges: chargesBy.get(contract.id) ?? [],
          currency,
          readAt,
          whole: !damaged.has(contract.id) && !damaged.has(null),
        },
      ];
    });
    return { records, unreadable: [...found.unreadable, ...lost] };
  }

  const contractsWhere = (filter: readonly Condition[]) =>
    client.query('Contracts', contractSchema, filter);
  const withIds = async (ids: readonly string[]) =>
    whole(await below(ids, (part) => contractsWhere([anyOf('id', part)])));

  return {
    currencies,
    currenciesOf,
    running: async () =>
      documentsOf(
        await whole(
          await contractsWhere([
            equals('contractType', rawNumber(recurringService)),
            equals('status', rawNumber(inEffect)),
          ]),
        ),
      ),
    byId: async (ids) => documentsOf(await withIds(ids)),
    inFull: async (ids) =>
      new Map((await withIds(ids)).records.map((state) => [state.contract.id, state])),
    byMarks: async (marks) =>
      (
        await below(marks, (part) =>
          contractsWhere([
            {
              op: 'or',
              items: part.map((value) => ({ op: 'contains', field: 'contractNumber', value })),
            },
          ]),
        )
      ).records,
  };
}

const documentsOf = ({ records, unreadable }: Read<ContractState>): Read<Document> => ({
  records: records.map(documentOf),
  unreadable,
});

const belowContract = v.object({ contractID: v.union([v.string(), v.number()]) });

/** The contract of a record that does not fit; null where not even that can be told. */
function contractIn({ body }: Unreadable): string | null {
  const told = v.safeParse(belowContract, JSON.parse(body));
  return told.success ? String(told.output.contractID) : null;
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
