import { amountText } from '../../domain/money.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { Need } from '../../domain/task.ts';
import { priceQuestion } from '../../sync/plan/price-questions.ts';
import type { PlanWorld } from '../../sync/plan/world.ts';
import type { NeedView } from '../views/tasks.ts';

/** A question with the name of what it is about: its subject is an id that nobody reads. */
export function needView(reader: Reader, world: PlanWorld, need: Need): NeedView {
  const name = nameOfSubject(reader, world, need);
  const facts = {
    ...need.facts,
    ...(need.code === 'price-changed' ? priceFacts(world, need) : {}),
  };
  return { ...need, facts: name === null ? facts : { name, ...facts } };
}

/** The question as a whole: every line that waits for the same answer. */
function priceFacts(world: PlanWorld, { subject }: Need): Record<string, string> {
  const question = priceQuestion(world, subject);
  if (question === null) return {};
  return {
    lines: String(question.lines),
    customers: String(question.customers),
    more: question.more.map((one) => `${amountText(one)} ${one.currency}`).join(', '),
    seen: question.moves.join('; '),
  };
}

function nameOfSubject(reader: Reader, world: PlanWorld, { code, subject }: Need): string | null {
  switch (code) {
    case 'map-product':
    case 'item-recurring':
    case 'products-not-exported':
    case 'shared-item':
    case 'price-changed':
      return world.product(subject)?.name ?? null;
    case 'opening':
    case 'cycle-differs':
    case 'no-cycle':
    case 'line-removed':
      return world.subscription(subject)?.name ?? null;
    case 'map-customer':
    case 'month-off':
    case 'straddle':
    case 'company-archived':
    case 'company-currency':
    case 'company-scheduled':
    case 'currency-disabled':
    case 'document-closed':
    case 'customer-closed':
      return world.customer(subject)?.name ?? null;
    case 'total-differs':
    case 'unknown-order':
    case 'currency-differs':
    case 'no-rate':
    case 'late-charge':
    case 'earlier-waits':
      return world.order(subject)?.number ?? chargeName(reader, subject);
    case 'subscription-of-charge':
    case 'unknown-charge':
    case 'below-cost':
    case 'below-margin':
    case 'proration-differs':
    case 'line-changed':
    case 'period-invoiced':
    case 'before-billing-start':
    case 'no-share':
    case 'no-price':
    case 'revision-changed':
    case 'undone':
    case 'edit-outdated':
    case 'duplicate-marks':
    case 'missing-charge':
      return chargeName(reader, subject);
    case 'bill-from':
    case 'period-locked':
    case 'no-account':
    case 'write-rejected':
    case 'outcome-unclear':
    case 'who-bills':
    case 'not-plannable':
      return null;
    default:
      return code satisfies never;
  }
}

const chargeName = (reader: Reader, key: string): string | null =>
  reader.get('charge', key)?.description ?? null;
