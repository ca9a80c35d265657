import { addMonths, dateOf } from '../calendar.ts';
import { FIRST_TENANT_ID } from '../marketplace/config.ts';
import { ActionRefused } from '../marketplace/scene.ts';
import type { World } from '../world.ts';

/** What the reseller bills customers beside the marketplace, as they have written it so far. */
export interface SupportByHand {
  description: string;
  /** Each with how many hours a month, at which price. */
  customers: { customerId: string; name: string; quantity: string; unitAmount: string }[];
  invoices: number;
}

const description = 'Managed support';
const accountCode = '200';
const unitAmount = '18.50';
const customersMax = 3;
const monthsBefore = [3, 2, 1];

/**
 * Some customers have a support contract that no marketplace knows. A person at the reseller writes it an
 * invoice of its own each month, beside the one for the licences; from now on it is to stand on the same.
 */
export function billSupport(world: World, organisation: string): SupportByHand {
  const { person } = world.systems.xero;
  const { customers, subscriptions } = world.marketplace.market.account(FIRST_TENANT_ID);
  const buying = new Set(
    [...subscriptions.values()].flatMap(({ customerId, status }) =>
      status === 'active' ? [customerId] : [],
    ),
  );
  const held = [...customers.values()]
    .filter(({ id, currency }) => buying.has(id) && currency === 'AUD')
    .flatMap(({ id: customerId, name }) => {
      const contactId = person.findContact(organisation, name);
      return contactId === null ? [] : [{ customerId, name, contactId }];
    })
    .slice(0, customersMax)
    .map((one, index) => ({ ...one, quantity: String(2 * (index + 1)), unitAmount }));
  if (held.length === 0) throw new ActionRefused('no customer is in these books');
  const firstOfMonth = `${dateOf(world.clock.nowMs()).slice(0, 7)}-01`;
  for (const { contactId, quantity } of held)
    for (const months of monthsBefore)
      person.approve(
        person.createInvoice(organisation, {
          contactId,
          date: addMonths(firstOfMonth, -months),
          lines: [{ description, quantity, unitAmount, accountCode }],
        }),
      );
  return {
    description,
    customers: held.map(({ contactId: _, ...one }) => one),
    invoices: held.length * monthsBefore.length,
  };
}
