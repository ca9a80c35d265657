import { cycleOf, isSameCycle } from '../../domain/cycle.ts';
import { multiply } from '../../domain/decimal.ts';
import type { OpeningLink } from '../../domain/decision.ts';
import { type Document, type DocumentLine, isStanding } from '../../domain/document.ts';
import { AppError } from '../../domain/errors.ts';
import { productKeyOf } from '../../domain/mapping.ts';
import { type Money, money } from '../../domain/money.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { Subscription } from '../../domain/subscription.ts';
import { likenessOf } from '../look/likeness.ts';
import { pastDocuments } from '../look/past-documents.ts';
import { billFromOf, openingLinkTo } from './opening.ts';
import type { PlanWorld } from './world.ts';

/** A product of the subscription as the marketplace sells it for a whole period. */
export interface Held {
  name: string;
  itemCode: string | null;
  quantity: string;
  unitPrice: string | null;
  amount: Money | null;
}

/** A line written by hand, beside the product of the subscription that it is most like. */
export interface LinkableLine {
  document: Document;
  line: DocumentLine;
  held: Held | null;
}

interface Asked {
  reader: Reader;
  world: PlanWorld;
  subscription: Subscription;
}

/**
 * The lines a subscription may have been billed on by hand, the likeliest first: on invoices, or on what
 * stays open, of the customer's company, in its currency, without our mark and not linked to another subscription.
 */
export function linkableLines(asked: Asked): LinkableLine[] {
  const { reader, world, subscription } = asked;
  const held = heldOf(world, subscription);
  const taken = takenLines(asked);
  return pastDocuments(reader, world.connection.id)
    .flatMap((document) =>
      document.lines
        .filter((line) => refusalOf(asked, taken, document, line) === null)
        .map((line) => ({ document, line, ...mostAlike(line, held) })),
    )
    .sort((a, b) => b.likeness - a.likeness || newestFirst(a.document, b.document))
    .map(({ document, line, held: nearest }) => ({ document, line, held: nearest }));
}

const newestFirst = (a: Document, b: Document): number => {
  const [left, right] = [a.date ?? '', b.date ?? ''];
  return left === right ? 0 : left < right ? 1 : -1;
};

/**
 * The line a person chose, as it stands now. Throws `request.conflict` where it is gone or another
 * subscription has it, `request.invalid` where it is another company's of another currency or billing cycle.
 */
export function chosenLine(
  asked: Asked,
  choice: Pick<OpeningLink, 'documentId' | 'lineId'>,
): { link: OpeningLink; document: Document } {
  const { reader, world } = asked;
  const document =
    pastDocuments(reader, world.connection.id).find(({ id }) => id === choice.documentId) ?? null;
  const line = document?.lines.find(({ id }) => id === choice.lineId);
  if (document === null || line === undefined)
    throw new AppError('request.conflict', { facts: { field: 'lineId' } });
  const refusal = refusalOf(asked, takenLines(asked), document, line);
  if (refusal !== null) throw refusal;
  return { document, link: openingLinkTo(document.id, line, document) };
}

/** Why the subscription cannot be linked to a line; null where it can. */
function refusalOf(
  { world, subscription }: Asked,
  taken: ReadonlySet<string>,
  document: Document,
  line: DocumentLine,
): AppError | null {
  const refused = (code: 'request.invalid' | 'request.conflict', field: string) =>
    new AppError(code, { facts: { field } });
  const companyId = world.customerMapping(subscription.customerId)?.targetId ?? null;
  if (document.companyId !== companyId) return refused('request.invalid', 'documentId');
  const isGone = document.state === 'voided' || document.state === 'deleted';
  if (!holdsLinks(world, document) || isGone || line.marker !== null || line.billed !== undefined)
    return refused('request.conflict', 'lineId');
  const currency = currencyOf(world, subscription);
  if (currency !== null && document.currency !== currency)
    return refused('request.invalid', 'currency');
  // The line goes on where it is, so it must be billed as often as its subscription.
  const cycle = document.billing?.cycle ?? null;
  const { billingPeriod } = subscription;
  if (cycle !== null && billingPeriod != null && !isSameCycle(cycle, cycleOf(billingPeriod)))
    return refused('request.invalid', 'billing cycle');
  return taken.has(lineRef(document.id, line.id)) ? refused('request.conflict', 'lineId') : null;
}

/** Invoices, or the documents that stay open; there a one-off line is billed once and never goes on. */
const holdsLinks = ({ manifest }: PlanWorld, { kind }: Document): boolean =>
  manifest.kind === 'standing' ? isStanding(kind) : kind === 'invoice';

/** Lines that another subscription was linked to. */
const takenLines = ({ reader, world, subscription }: Asked): ReadonlySet<string> =>
  new Set(
    reader.list('decision').flatMap(({ connectionId, scope, value }) => {
      const isLink = value.kind === 'opening' && value.answer === 'link';
      if (connectionId !== world.connection.id || !isLink) return [];
      const isOwn = scope.kind === 'subscription' && scope.subscriptionId === subscription.id;
      return isOwn ? [] : [lineRef(value.documentId, value.lineId)];
    }),
  );

const lineRef = (documentId: string, lineId: string): string => `${documentId}\n${lineId}`;

/** What the subscription is sold in; null where the marketplace never said a price of it. */
function currencyOf(world: PlanWorld, subscription: Subscription): string | null {
  const told = subscription.products.find(({ currency }) => currency !== null)?.currency;
  return told ?? newestOrderOf(world, subscription)?.total.currency ?? null;
}

/** What the subscription holds now, or where its detail was never read, what its newest order charged. */
function heldOf(world: PlanWorld, subscription: Subscription): Held[] {
  const itemCode = (productKey: string | null): string | null => {
    const targetId =
      productKey === null ? null : world.productMapping(productKey, 'recurring')?.targetId;
    return targetId == null ? null : (world.item(targetId)?.code ?? null);
  };
  if (subscription.products.length > 0)
    return subscription.products.map((product) => ({
      name: product.name,
      itemCode: itemCode(productKeyOf(product)),
      quantity: product.quantity,
      unitPrice: product.unitPrice,
      amount:
        product.unitPrice === null || product.currency === null
          ? null
          : money(multiply(product.quantity, product.unitPrice), product.currency),
    }));
  return (newestOrderOf(world, subscription)?.charges ?? []).flatMap((charge) => {
    if (charge.class !== 'recurring') return [];
    const key = productKeyOf(charge);
    return [
      {
        name: (key === null ? null : world.product(key)?.name) ?? charge.description,
        itemCode: itemCode(key),
        quantity: charge.quantity,
        unitPrice: charge.unitPrice,
        amount: charge.amount,
      },
    ];
  });
}

function newestOrderOf(world: PlanWorld, { id, customerId }: Subscription) {
  const billFrom = billFromOf(world, customerId);
  const newest = billFrom === null ? null : world.newestOrderBefore(id, billFrom);
  return newest === null ? null : world.order(newest);
}

function mostAlike(
  line: DocumentLine,
  held: readonly Held[],
): { held: Held | null; likeness: number } {
  let best: { held: Held | null; likeness: number } = { held: held[0] ?? null, likeness: 0 };
  for (const one of held) {
    const likeness = likenessOf(line, one);
    if (likeness > best.likeness) best = { held: one, likeness };
  }
  return best;
}
