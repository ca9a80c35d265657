import * as v from 'valibot';
import type { Books } from '../bookkeeper/books.ts';
import type { JournalEntry } from '../bookkeeper/journal-entry.ts';
import { auditStanding, type StandingAudit } from '../bookkeeper/standing/audit.ts';
import { readAutotask } from '../bookkeeper/standing/autotask-journal.ts';
import type { HeldBook, HeldDocument } from '../bookkeeper/standing/held.ts';
import { type AutotaskDoor, askAutotask, autotaskDoor } from './autotask-rows.ts';
import { booksOf } from './books.ts';
import type { Ready } from './ready-road.ts';
import type { Visitor } from './visitor.ts';

const companySchema = v.object({ id: v.number(), currencyID: v.nullable(v.number()) });
const currencySchema = v.object({
  id: v.number(),
  name: v.string(),
  isInternalCurrency: v.boolean(),
});
const contractSchema = v.object({
  id: v.number(),
  companyID: v.number(),
  contractPeriodType: v.nullable(v.number()),
  startDate: v.string(),
  endDate: v.string(),
  status: v.number(),
});
const months: Readonly<Record<number, number>> = { 2: 1, 3: 3, 4: 6, 5: 12 };

/** The bookkeeper's judgement of what the app put on Autotask's contracts; `more` is what people decided meanwhile. */
export async function auditOfContracts(
  ready: Ready,
  more: Partial<Books> = {},
): Promise<StandingAudit> {
  return auditStanding({
    marketplace: ready.road.world.marketplace.journal(),
    held: await heldContracts(ready.road),
    books: { ...byService(await booksOf(ready)), ...more },
  });
}

/** The app's own word for a service's id is the kind and the vendor's id. */
export const byService = (books: Books): Books => ({
  ...books,
  products: books.products.map(({ item, ...product }) =>
    item === undefined ? product : { ...product, item: item.replace(/^\w+:/, '') },
  ),
});

/** What the app put on the contracts of a world in this process. */
export const heldContracts = (road: Pick<Visitor, 'world'>): Promise<HeldBook> =>
  heldInAutotask(autotaskDoor(road), road.world.systems.autotask.journal());

/** What stands on Autotask's contracts, from its journal and what its own queries tell. */
export async function heldInAutotask(
  door: AutotaskDoor,
  journal: readonly JournalEntry[],
): Promise<HeldBook> {
  const currencies = v.parse(v.array(currencySchema), await askAutotask(door, 'Currencies'));
  const own = currencies.find(({ isInternalCurrency }) => isInternalCurrency)?.name ?? '';
  const currencyOf = new Map(
    v
      .parse(v.array(companySchema), await askAutotask(door, 'Companies'))
      .map(({ id, currencyID }) => [
        String(id),
        currencies.find((one) => one.id === currencyID)?.name ?? own,
      ]),
  );
  const documents = v
    .parse(v.array(contractSchema), await askAutotask(door, 'Contracts'))
    .map((row): HeldDocument => {
      const contact = String(row.companyID);
      return {
        id: String(row.id),
        contact,
        currency: currencyOf.get(contact) ?? '',
        months: row.contractPeriodType === null ? null : (months[row.contractPeriodType] ?? null),
        from: row.startDate.slice(0, 10),
        until: row.endDate.slice(0, 10),
        isOpen: row.status === 1,
      };
    });
  return readAutotask(journal, { currencies: Object.fromEntries(currencyOf), documents });
}
