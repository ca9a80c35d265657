import {
  type Exact,
  equals,
  exact,
  isBelowZero,
  minus,
  one,
  plus,
  quotient,
  rounded,
  times,
  total,
  written,
  zero,
} from './exact.ts';
import type { Document, Line } from './xero-journal.ts';

/** What is wrong with a document by itself: sums that are not the sums of its lines, a total below zero. */
export function faultsOf(document: Document): { what: string; expected: string; found: string }[] {
  if (document.status === 'DELETED' || document.status === 'VOIDED') return [];
  const faults: { what: string; expected: string; found: string }[] = [];
  const check = (what: string, expected: Exact, found: string): void => {
    if (!equals(expected, exact(found))) faults.push({ what, expected: written(expected), found });
  };
  for (const line of document.lines)
    check(`line ${line.description ?? line.lineItemId}`, lineAmount(line), line.lineAmount);
  const sum = total(document.lines.map(({ lineAmount: amount }) => exact(amount)));
  const tax = total(document.lines.map(({ taxAmount }) => exact(taxAmount)));
  const net = document.lineAmountTypes === 'Inclusive' ? minus(sum, tax) : sum;
  check('tax', tax, document.totalTax);
  check('sum without tax', net, document.subTotal);
  check('total', plus(net, tax), document.total);
  if (isBelowZero(exact(document.total)))
    faults.push({ what: 'total below zero', expected: '0 or more', found: document.total });
  return faults;
}

/** Quantity times price less discount, rounded once to hundredths (developer.xero.com, rounding in Xero). */
function lineAmount({ quantity, unitAmount, discountRate, discountAmount }: Line): Exact {
  const gross = times(
    quantity === null ? one : exact(quantity),
    unitAmount === null ? zero : exact(unitAmount),
  );
  if (discountAmount !== null) return minus(rounded(gross, 2), exact(discountAmount));
  const left = minus(exact('100'), exact(discountRate ?? '0'));
  return rounded(times(gross, quotient(left, exact('100'), 6)), 2);
}
