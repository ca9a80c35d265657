import * as v from 'valibot';
import type { Books } from '../bookkeeper/books.ts';
import { auditStanding, type StandingAudit } from '../bookkeeper/standing/audit.ts';
import { readAutotask } from '../bookkeeper/standing/autotask-journal.ts';
import type { HeldBook, HeldDocument } from '../bookkeeper/standing/held.ts';
import { autotaskRows } from './autotask-rows.ts';
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
  const books = await booksOf(ready);
  return auditStanding({
    marketplace: ready.road.world.marketplace.journal(),
    held: await heldContracts(ready.road),
    books: {
      ...books,
      // The app's own word for a service's id is the kind and the vendor's id.
      products: books.products.map(({ item, ...product }) =>
        item === undefined ? product : { ...product, item: item.replace(/^\w+:/, '') },
      ),
      ...more,
    },
  });
}

/** What the app put on the contracts of a world, as its journal and its own tables tell. */
export async function heldContracts(road: Pick<Visitor, 'world'>): Promise<HeldBook> {
  const currencies = v.parse(v.array(currencySchema), await autotaskRows(road, 'Currencies'));
  const own = currencies.find(({ isInternalCurrency }) => isInternalCurrency)?.name ?? '';
  const currencyOf = new Map(
    v
      .parse(v.array(companySchema), await autotaskRows(road, 'Companies'))
      .map(({ id, currencyID }) => [
        String(id),
        currencies.find((one) => one.id === currencyID)?.name ?? own,
      ]),
  );
  const documents = v
    .parse(v.array(contractSchema), await autotaskRows(road, 'Contracts'))
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
  const known = { currencies: Object.fromEntries(currencyOf), documents };
  return readAutotask(road.world.systems.autotask.journal(), known);
}
