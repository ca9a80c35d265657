import { dateOf } from '../../calendar.ts';
import { decimal, isLess, negated, plus } from '../../decimal.ts';
import { NumberText } from '../../json.ts';
import { amount, amountOf, dateValue, type Row, textOf, type Value, wholeOf } from '../row.ts';
import type { World } from '../world.ts';
import { balanceOf } from './invoice.ts';
import { type FieldError, invalid, type Rules } from './work.ts';

const NONE = decimal('0');

export const paymentRules: Rules = {
  create: ({ world, memberId }, { values }) => {
    const member = world.tables.get('Member', memberId);
    values.paymentDate ??= dateValue(dateOf(world.nowMs()));
    values.appliedBy ??= member ? textOf(member, 'identifier') : null;
    values.type ??= 'Payment';
    return amountErrors(world, values, NONE);
  },
  created: ({ world }, row) => close(world, row),
  change: ({ world }, { values, row, changed }) =>
    'amount' in changed ? amountErrors(world, values, amountOf(row, 'amount') ?? NONE) : [],
  changed: ({ world }, row) => close(world, row),
  removed: ({ world }, row) => close(world, row),
  derive: (world, row) => {
    const invoice = world.tables.get('Invoice', wholeOf(row, 'invoice'));
    return invoice
      ? {
          invoiceTotal: amount(amountOf(invoice, 'total') ?? NONE),
          invoiceBalance: amount(balanceOf(world, invoice)),
          balance: amount(NONE),
        }
      : {};
  },
};

/** A payment is more than nothing and not more than what is open. */
function amountErrors(
  world: World,
  values: Record<string, Value>,
  before: ReturnType<typeof decimal>,
): FieldError[] {
  const invoice = world.tables.get(
    'Invoice',
    typeof values.invoice === 'number' ? values.invoice : undefined,
  );
  const paid = values.amount instanceof NumberText ? decimal(values.amount.text) : NONE;
  if (!isLess(NONE, paid)) return [invalid('amount', 'amount must be greater than 0.')];
  const open = invoice ? plus(balanceOf(world, invoice), before) : NONE;
  return isLess(plus(open, negated(paid)), NONE)
    ? [invalid('amount', 'amount must not be greater than the balance of the invoice.')]
    : [];
}

/** An invoice without balance gets the closed status, and leaves it when a payment goes. */
function close(world: World, payment: Row): void {
  const { tables } = world;
  const invoice = tables.get('Invoice', wholeOf(payment, 'invoice'));
  if (!invoice) return;
  const isPaid = balanceOf(world, invoice).units === 0n;
  const status = tables
    .all('BillingStatus')
    .find(({ values }) => values[isPaid ? 'closedFlag' : 'defaultFlag'] === true);
  if (status) invoice.values.status = status.id;
}
