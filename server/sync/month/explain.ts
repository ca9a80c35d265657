import { type Money, opposite } from '../../domain/money.ts';
import type { Charged } from './charged.ts';
import { between, type Difference, type DifferenceName } from './differences.ts';
import type { ReadBack } from './lines.ts';

/** From what the marketplace charges to what stands in the system for it: every cent by its name. */
export function explained(one: Charged): Difference[] {
  const { amount, links, standing, reason } = one;
  switch (standing) {
    case 'left':
      // What is billed month by month, or in one line with others, stands by another order.
      return [
        differ(one, isBilledElsewhere(reason) ? 'timing' : 'on-purpose', opposite(amount), reason),
      ];
    case 'open':
      return [differ(one, 'waiting', opposite(amount), reason)];
    case 'lost':
      return [differ(one, 'missing', opposite(amount), null)];
    case 'asks':
    case 'billed':
      return [...toLedger(one), ...links.flatMap((link) => toSystem(one, link))];
    default:
      return standing satisfies never;
  }
}

const isBilledElsewhere = (reason: string | null): boolean =>
  reason === 'in-parts' || reason === 'blended';

/** From the charge to our ledger: another currency, another price, the tax inside the line, a coin, or an open question. */
function toLedger(one: Charged): Difference[] {
  const { amount, links } = one;
  const perCurrency = new Map<string, bigint>([[amount.currency, 0n]]);
  for (const { billed } of links)
    perCurrency.set(billed.currency, (perCurrency.get(billed.currency) ?? 0n) + billed.amountMinor);
  return [...perCurrency]
    .flatMap(([currency, amountMinor]) =>
      between(currency === amount.currency ? amount : { amountMinor: 0n, currency }, {
        amountMinor,
        currency,
      }),
    )
    .map((part) => differ(one, ledgerName(one, part), part, one.reason));
}

function ledgerName(
  { charge, links, standing, reason }: Charged,
  { amountMinor, currency }: Money,
): DifferenceName {
  if (standing === 'asks') return 'waiting';
  if (reason === 'kept' || reason === 'kept-refund') return 'on-purpose';
  if (links.some(({ billed }) => billed.currency !== charge.amount.currency)) return 'converted';
  if (charge.tax?.currency === currency && charge.tax.amountMinor === amountMinor) return 'tax';
  const size = amountMinor < 0n ? -amountMinor : amountMinor;
  return size <= BigInt(links.length) && currency === charge.amount.currency ? 'rounding' : 'price';
}

/** From our ledger to the line as read back. */
const toSystem = (one: Charged, at: ReadBack): Difference[] =>
  between(at.billed, at.standing).map((part) => ({
    ...differ(one, at.gone === null ? 'edit' : 'missing', part, at.gone),
    documentId: at.documentId,
  }));

const differ = (
  { charge, order, links }: Charged,
  name: DifferenceName,
  amount: Money,
  reason: string | null,
): Difference => ({
  name,
  amount,
  reason,
  chargeKey: charge.key,
  orderId: order.id,
  customerId: order.customerId,
  documentId: links.at(-1)?.documentId ?? null,
  text: charge.description,
});
