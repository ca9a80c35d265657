import type { Need } from '../../domain/task.ts';
import { answeredPrice } from './answered-price.ts';
import { convert, type InCurrency, inCurrency } from './currency.ts';
import { takePart, wholeOf } from './in-parts.ts';
import { need } from './needs.ts';
import { isTyped, type Priced, priceOf } from './price.ts';
import { taxBasisOf } from './tax.ts';
import type { WantedLine } from './wanted-line.ts';
import type { PlanWorld } from './world.ts';

/** What the line costs the customer in the document's currency, or the question that stands before it. */
export function linePrice(
  world: PlanWorld,
  line: WantedLine,
): { ok: true; priced: Priced } | { ok: false; need: Need } {
  const { charge, order, fee, item, edit } = line;
  const into = inCurrency(world, order, charge);
  if (into.kind === 'asks') return { ok: false, need: into.need };
  const result = priceOf({
    charge: wholeOf(charge),
    orderNumber: charge.part?.orderNumber ?? order.number,
    fee,
    edit: isAsTold(world, line) ? { ...edit, priceFrom: 'marketplace' } : edit,
    settings: world.settings,
    item,
    baseCurrency: world.connection.account.baseCurrency,
    taxBasis: taxBasisOf(world),
    inBaseCurrency: into.kind === 'system',
    adjust: (source) => takePart(converted(compared(world, line, source), into), charge),
  });
  if (result.ok) return result;
  const facts = {
    currency: charge.amount.currency,
    item: item?.code ?? '',
    seen: charge.revision,
  };
  return { ok: false, need: need(result.need, charge.key, facts) };
}

/**
 * What a person typed has no other source, and of a line that is given whole none is asked; or they saw
 * that the system has no price in this currency, and took the marketplace's.
 */
const isAsTold = (world: PlanWorld, { charge, order, stands }: WantedLine): boolean =>
  order.type === 'own' ||
  stands?.as !== undefined ||
  world.decisions.accepted('currency-differs', charge.key).length > 0;

/** The source's price beside the one that was billed last; one that is given or typed is not compared. */
const compared = (
  world: PlanWorld,
  { charge, order, subscriptionId, stands, edit }: WantedLine,
  priced: Priced,
): Priced =>
  stands?.as === undefined && !isTyped(edit)
    ? answeredPrice(world, { charge: wholeOf(charge), order, subscriptionId, priced })
    : priced;

const converted = (priced: Priced, into: InCurrency): Priced =>
  into.kind === 'convert' ? convert(priced, into.conversion) : priced;
