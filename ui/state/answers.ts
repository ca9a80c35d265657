import type { DecisionValue, NeedCode, Scope } from '../api.ts';
import { needTexts } from '../texts/en-needs.ts';
import type { Asked, Work } from './wizard.ts';

/** What a button under a question does. */
export type Answer =
  | { do: 'decide'; label: string; value: DecisionValue; scope: Scope }
  | { do: 'ignore' | 'exclude' | 'edit' | 'check' | 'settings'; label: string }
  | { do: 'wait' | 'bill-from' | 'openings' | 'map-customer' | 'map-product'; label: string }
  | { do: 'schedule' | 'bills'; label: string }
  /** The lines' product, and the changes that were seen. */
  | { do: 'keep-price'; label: string; scope: Scope; moves: string[] }
  | { do: 'release'; label: string; decisionId: string };

type Words = Partial<
  Record<
    | 'accept'
    | 'correct'
    | 'keep'
    | 'release'
    | 'bill'
    | 'billed'
    | 'marketplace'
    | 'edit'
    | 'exclude'
    | 'ignore'
    | 'map'
    | 'again'
    | 'settings'
    | 'set'
    | 'go'
    | 'schedule'
    | 'bills'
    | 'wait'
    | 'passOn'
    | 'keepUntil'
    | 'hold',
    string
  >
>;
const words: Readonly<Record<NeedCode, Words & { ask: string }>> = needTexts;

/** The answers a question has, in the order of its texts; each text becomes one button. */
export function answersOf(asked: Asked, work: Work): Answer[] {
  const { need, task } = asked;
  const texts = words[need.code];
  const customer: Scope = { kind: 'customer', customerId: task.customerId };
  const charge = scopeOf(asked, work);
  const seen = need.facts.seen ?? '';
  const found: Answer[] = [];
  const decide = (label: string | undefined, scope: Scope, value: DecisionValue) => {
    if (label) found.push({ do: 'decide', label, scope, value });
  };
  decide(texts.bill, customer, { kind: 'straddle', answer: 'bill' });
  decide(texts.billed, customer, { kind: 'straddle', answer: 'already-billed' });
  // What nobody knows the amount of cannot be billed as it stands.
  const hasAmount = need.code !== 'missing-charge' || need.facts.amount !== undefined;
  decide(hasAmount ? texts.accept : undefined, charge, { kind: 'accept', need: need.code, seen });
  decide(texts.correct, charge, { kind: 'accept', need: need.code, seen: `correct ${seen}` });
  decide(texts.keep, charge, { kind: 'accept', need: need.code, seen: `keep ${seen}` });
  const held = need.facts.decision;
  if (texts.release && held) found.push({ do: 'release', label: texts.release, decisionId: held });
  const moves = seen.split('; ');
  const product: Scope = { kind: 'product', productKey: need.subject };
  decide(texts.passOn, product, { kind: 'price-change', answer: 'pass-on', moves });
  if (texts.keepUntil)
    found.push({ do: 'keep-price', label: texts.keepUntil, scope: product, moves });
  decide(need.facts.by === undefined ? texts.hold : undefined, product, {
    kind: 'price-change',
    answer: 'hold',
    moves,
  });
  decide(texts.marketplace, charge, { kind: 'edit', edit: { priceFrom: 'marketplace' } });
  if (need.code === 'subscription-of-charge')
    for (const { id, name } of candidatesOf(asked))
      decide(name, charge, { kind: 'subscription', subscriptionId: id });

  const plain = (
    label: string | undefined,
    action: Exclude<Answer['do'], 'decide' | 'release' | 'keep-price'>,
  ) => {
    if (label) found.push({ do: action, label });
  };
  plain(texts.wait, 'wait');
  plain(texts.edit, 'edit');
  plain(texts.schedule, 'schedule');
  plain(texts.bills, 'bills');
  plain(texts.set, 'bill-from');
  plain(texts.go, goOf(need.code));
  plain(texts.map, need.code === 'shared-item' ? 'map-product' : 'map-customer');
  plain(texts.settings, 'settings');
  plain(texts.again, 'check');
  plain(texts.exclude, 'exclude');
  plain(texts.ignore, 'ignore');
  return found;
}

const goOf = (code: NeedCode) =>
  code === 'opening'
    ? 'openings'
    : code === 'map-product' || code === 'item-recurring'
      ? 'map-product'
      : 'map-customer';

/**
 * A question's subject is the id it is about; the answer's scope has to be the kind that holds this
 * id, since question and acceptance find each other by it.
 */
export function scopeOf({ need, task }: Asked, { preview }: Work): Scope {
  const { subject, facts } = need;
  const lines = preview.plans.flatMap((plan) => plan.lines);
  const line = lines.find(({ chargeKey }) => chargeKey === subject);
  const isCharge = task.groups.some(({ charges }) => charges.some(({ key }) => key === subject));
  if (line || isCharge)
    return {
      kind: 'charge',
      key: subject,
      revision: facts.revision ?? line?.revision ?? facts.seen ?? '',
    };
  if (subject === task.customerId) return { kind: 'customer', customerId: subject };
  if (task.groups.some(({ subscriptionId }) => subscriptionId === subject))
    return { kind: 'subscription', subscriptionId: subject, productKey: facts.productKey || null };
  if (task.products.some(({ productKey }) => productKey === subject))
    return { kind: 'product', productKey: subject };
  return { kind: 'order', orderId: subject };
}

function candidatesOf({ need, task }: Asked): { id: string; name: string }[] {
  const charges = task.groups.flatMap((group) => group.charges);
  const named = charges.find(({ key }) => key === need.subject);
  return (named ?? charges.find(({ candidates }) => candidates.length > 1))?.candidates ?? [];
}
