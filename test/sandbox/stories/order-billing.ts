import { dateOf } from '../calendar.ts';
import { type Decimal, decimal, decimalText, isLess, negated, plus, sum } from '../decimal.ts';
import { FIRST_TENANT_ID } from '../marketplace/config.ts';
import type { Order, OrderDetail, ResellerAccount } from '../marketplace/model.ts';
import { productOf } from '../marketplace/scene.ts';
import type { World } from '../world.ts';
import type { LineChange } from '../xero/index.ts';

/** What the person got wrong for a customer, and what should have been billed more; decimal text. */
export interface Mistake {
  customerId: string;
  slip: 'line-forgotten' | 'amount-mistyped' | 'invoice-forgotten';
  missing: string;
}
export interface OrderBilling {
  /** The month that was billed: `YYYY-MM`. */
  month: string;
  invoices: number;
  /** Customers who were billed to the cent. */
  right: string[];
  mistakes: Mistake[];
}

const cycle: readonly (Mistake['slip'] | null)[] = [
  null,
  'line-forgotten',
  'invoice-forgotten',
  'amount-mistyped',
  null,
];
const mistyped = decimal('-9.00');
const nothing = decimal('0');
/** Money that moves without being charged for anything. */
const movements = new Set(['payment', 'refund', 'deposit', 'resellerPayment']);

/**
 * A reseller who bills by hand and knows their marketplace well: on today's date one approved invoice
 * a customer, a line for each charge of this month's orders, with a mistake for some customers.
 * Besides, a line of their own work stands on every invoice.
 */
export function billOrdersByHand(world: World, organisation: string): OrderBilling {
  const { person } = world.systems.xero;
  const account = world.marketplace.market.account(FIRST_TENANT_ID);
  const today = dateOf(world.clock.nowMs());
  const month = today.slice(0, 7);
  const result: OrderBilling = { month, invoices: 0, right: [], mistakes: [] };
  let turn = 0;
  for (const customer of account.customers.values()) {
    const contactId = person.findContact(organisation, customer.name);
    const charges = account.orders
      .map(({ order }) => order)
      .filter((order) => order.customerId === customer.id && isOf(order, month))
      .flatMap(({ details }) => details.filter(isCharged));
    const amounts = charges.map(({ extendedPrice }) => decimal(extendedPrice.amount));
    // Whoever is owed money gets a credit note some day; nobody has written one yet.
    if (contactId === null || amounts.length === 0 || isLess(sum(amounts), nothing)) continue;
    const slip = cycle[turn % cycle.length] ?? null;
    turn += 1;
    const billed = withSlip(amounts, slip);
    const missing = plus(sum(amounts), negated(sum(billed.filter((one) => one !== null))));
    if (slip === null || isNothing(missing)) result.right.push(customer.id);
    else result.mistakes.push({ customerId: customer.id, slip, missing: decimalText(missing) });
    if (slip === 'invoice-forgotten') continue;
    const lines = charges.flatMap((detail, index): LineChange[] => {
      const amount = billed[index] ?? null;
      return amount === null ? [] : [lineOf(account, detail, amount)];
    });
    lines.push({
      description: 'On-site visit',
      quantity: '2',
      unitAmount: '90',
      accountCode: '200',
    });
    const { currency } = customer;
    person.approve(person.createInvoice(organisation, { contactId, currency, date: today, lines }));
    result.invoices += 1;
  }
  return result;
}

const isOf = ({ status, creationDate }: Order, month: string): boolean =>
  status === 'completed' && creationDate.slice(0, 7) === month;
const isCharged = ({ type, extendedPrice }: OrderDetail): boolean =>
  !movements.has(type) && !isNothing(decimal(extendedPrice.amount));
const isNothing = (amount: Decimal): boolean => amount.units === 0n;

/** The amounts as they are typed; null is a line that was forgotten. */
function withSlip(amounts: readonly Decimal[], slip: Mistake['slip'] | null): (Decimal | null)[] {
  switch (slip) {
    case 'line-forgotten':
      return amounts.map((amount, index) => (index === 0 ? null : amount));
    case 'amount-mistyped':
      return amounts.map((amount, index) => (index === 0 ? plus(amount, mistyped) : amount));
    case 'invoice-forgotten':
      return amounts.map(() => null);
    case null:
      return [...amounts];
    default:
      return slip satisfies never;
  }
}

const lineOf = (
  account: ResellerAccount,
  { productId, description }: OrderDetail,
  amount: Decimal,
): LineChange => ({
  description: productId === undefined ? description : productOf(account, productId).name,
  quantity: '1',
  unitAmount: decimalText(amount),
  accountCode: '200',
});
