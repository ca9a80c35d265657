import * as v from 'valibot';
import type { Books } from '../bookkeeper/books.ts';
import type { JournalEntry } from '../bookkeeper/journal-entry.ts';
import { auditStanding, type StandingAudit } from '../bookkeeper/standing/audit.ts';
import {
  agreementRow,
  documentOf,
  type KnownTables,
  readConnectWise,
} from '../bookkeeper/standing/connectwise-journal.ts';
import type { HeldBook } from '../bookkeeper/standing/held.ts';
import { booksOf } from './books.ts';
import { askConnectWise, type ConnectWiseDoor, connectWiseDoor } from './connectwise-rows.ts';
import type { Ready } from './ready-road.ts';
import type { Visitor } from './visitor.ts';

const idOf = v.object({ id: v.number() });
const referenceSchema = v.nullish(idOf, null);
const agreementSchema = v.looseObject({
  company: idOf,
  currency: referenceSchema,
  billingCycle: referenceSchema,
});
const companySchema = v.object({ id: v.number(), currency: referenceSchema });
const currencySchema = v.object({ id: v.number(), currencyIdentifier: v.string() });
const cycleSchema = v.object({ id: v.number(), identifier: v.string() });
const months: Readonly<Record<string, number>> = { M: 1, Q: 3, A: 12 };

/** The bookkeeper's judgement of what the app put on ConnectWise's agreements; `more` is what people decided meanwhile. */
export async function auditOfAgreements(
  ready: Ready,
  more: Partial<Books> = {},
): Promise<StandingAudit> {
  return auditStanding({
    marketplace: ready.road.world.marketplace.journal(),
    held: await heldAgreements(ready.road),
    books: { ...(await booksOf(ready)), ...more },
  });
}

/** What the app put on the agreements of a world in this process. */
export const heldAgreements = (road: Pick<Visitor, 'world'>): Promise<HeldBook> =>
  heldInConnectWise(connectWiseDoor(road), road.world.systems.connectwise.journal());

/** What stands on ConnectWise's agreements, from its journal and what its own lists tell. */
export async function heldInConnectWise(
  door: ConnectWiseDoor,
  journal: readonly JournalEntry[],
): Promise<HeldBook> {
  const rows = <S extends v.GenericSchema>(path: string, schema: S) =>
    askConnectWise(door, path).then((found) => v.parse(v.array(schema), found));
  const currencies = await rows('finance/currencies', currencySchema);
  const codeOf = (id: number | undefined): string =>
    currencies.find((one) => one.id === id)?.currencyIdentifier ?? '';
  const tables: KnownTables = {
    currencyCodes: Object.fromEntries(currencies.map(({ id }) => [String(id), codeOf(id)])),
    cycleMonths: Object.fromEntries(
      (await rows('finance/billingCycles', cycleSchema)).flatMap(({ id, identifier }) => {
        const length = months[identifier];
        return length === undefined ? [] : [[String(id), length]];
      }),
    ),
    currencies: Object.fromEntries(
      (await rows('company/companies', companySchema)).map(({ id, currency }) => [
        String(id),
        codeOf(currency?.id),
      ]),
    ),
    documents: [],
  };
  const documents = (await rows('finance/agreements', agreementSchema)).map((row) =>
    documentOf(
      agreementRow({
        ...row,
        company: row.company.id,
        currency: row.currency?.id ?? null,
        billingCycle: row.billingCycle?.id ?? null,
      }),
      tables,
    ),
  );
  return readConnectWise(journal, { ...tables, documents });
}
