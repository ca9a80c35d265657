import { decimal, negated, plus, sum } from '../../decimal.ts';
import { amount, amountOf, type Row } from '../row.ts';
import type { World } from '../world.ts';
import type { Rules } from './work.ts';

const NONE = decimal('0.00');

/** "There is no paid flag": payments and balance are made of the payments below the invoice. */
export const invoiceRules: Rules = {
  derive: (world, row) => ({
    payments: amount(paidOf(world, row.id)),
    credits: amount(NONE),
    balance: amount(balanceOf(world, row)),
  }),
};

export const paymentsOf = ({ tables }: World, invoiceId: number): Row[] =>
  tables.all('InvoicePayment').filter(({ values }) => values.invoice === invoiceId);

export const paidOf = (world: World, invoiceId: number) =>
  sum([NONE, ...paymentsOf(world, invoiceId).map((one) => amountOf(one, 'amount') ?? NONE)]);

export const balanceOf = (world: World, invoice: Row) =>
  plus(amountOf(invoice, 'total') ?? NONE, negated(paidOf(world, invoice.id)));
