import { addMonths, dateOf } from '../calendar.ts';
import { FIRST_TENANT_ID } from '../marketplace/config.ts';
import type { World } from '../world.ts';
import { onPaper, type Planted } from './paper.ts';

export interface HandBilling {
  invoices: number;
  planted: Planted[];
}

const monthsBack = 2;

/**
 * A reseller in the middle of billing by hand: on the first of this month and the two before, one
 * approved invoice a customer whose contact is in Xero, with the slips that such work has. Nothing
 * else changes.
 */
export function billByHand(world: World, organisation: string): HandBilling {
  const { person } = world.systems.xero;
  const account = world.marketplace.market.account(FIRST_TENANT_ID);
  const today = dateOf(world.clock.nowMs());
  const days = Array.from({ length: monthsBack + 1 }, (_, back) =>
    addMonths(`${today.slice(0, 7)}-01`, back - monthsBack, 1),
  );
  const [first = today] = days;
  const papers = onPaper(
    account,
    { first, newest: days.at(-1) ?? today },
    ({ name }) => person.findContact(organisation, name) !== null,
  );
  let invoices = 0;
  for (const { customer, lines: held } of papers) {
    const contactId = person.findContact(organisation, customer.name) ?? '';
    for (const day of days) {
      const lines = held
        .filter(({ isBilledOn }) => isBilledOn(day))
        .map(({ text, quantity, unitPrice }) => ({
          description: text,
          quantity,
          unitAmount: unitPrice,
          accountCode: '200',
        }));
      if (lines.length === 0) continue;
      const { currency } = customer;
      person.approve(person.createInvoice(organisation, { contactId, currency, date: day, lines }));
      invoices += 1;
    }
  }
  return {
    invoices,
    planted: papers.flatMap(({ lines }) => lines.flatMap(({ planted }) => planted ?? [])),
  };
}
