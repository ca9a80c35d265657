import type { OpeningLink } from '../../domain/decision.ts';
import { money, totals } from '../../domain/money.ts';
import type { Connector } from '../../domain/ports/connector.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { LinkableLine } from '../../sync/plan/linkable-lines.ts';
import { billFromOf, openingLinkOf, openingOf } from '../../sync/plan/opening.ts';
import type { PlanWorld } from '../../sync/plan/world.ts';
import type { DocumentRef } from '../views/common.ts';
import type { OpeningLineView, OpeningView } from '../views/openings.ts';
import { moneyView } from './money.ts';
import { monthlyOf } from './monthly.ts';

interface Shown {
  reader: Reader;
  world: PlanWorld;
  connector: Connector;
}

/** A running subscription with its answer, and for a linked line what was seen on it. */
export function openingView(shown: Shown, subscriptionId: string): OpeningView {
  const { reader, world } = shown;
  const subscription = world.subscription(subscriptionId);
  const billFrom = subscription === null ? null : billFromOf(world, subscription.customerId);
  const answer = billFrom === null ? 'unanswered' : openingOf(world, subscriptionId, billFrom);
  const link = openingLinkOf(world, subscriptionId);
  const [monthly] = totals(
    subscription === null ? [] : monthlyOf(subscription).map(({ amount }) => amount),
  );
  const newest = reader
    .list('order')
    .filter((order) => order.subscriptionId === subscriptionId && order.status === 'completed')
    .sort((a, b) => (a.placedOn < b.placedOn ? 1 : -1))[0];
  return {
    subscriptionId,
    name: subscription?.name ?? subscriptionId,
    customerName:
      subscription === null ? '' : (world.customer(subscription.customerId)?.name ?? ''),
    monthly: monthly === undefined ? null : moneyView(monthly),
    newestOrder:
      newest === undefined
        ? null
        : { number: newest.number, placedOn: newest.placedOn, amount: moneyView(newest.total) },
    answer: answer === 'unanswered' || answer === 'none' ? null : answer,
    link:
      link === null
        ? null
        : {
            document: linkedDocument(shown, link),
            text: link.seen.text,
            quantity: link.seen.quantity,
            amount: moneyView(money(link.seen.amount, link.seen.currency)),
          },
  };
}

/** The document a subscription was billed on by hand, as a person finds it in the system. */
export const linkedDocument = (
  { world, connector }: Pick<Shown, 'world' | 'connector'>,
  { documentId, seen }: OpeningLink,
): DocumentRef => ({
  id: documentId,
  number: world.snapshot(documentId)?.document.number ?? seen.number,
  url: connector.documentUrl(world.connection.account, { id: documentId, kind: 'invoice' }),
});

export const openingLineView = (
  { world, connector }: Pick<Shown, 'world' | 'connector'>,
  { document, line, held }: LinkableLine,
): OpeningLineView => ({
  documentId: document.id,
  lineId: line.id,
  number: document.number,
  date: document.date,
  state: document.state,
  url: connector.documentUrl(world.connection.account, { id: document.id, kind: document.kind }),
  text: line.description,
  quantity: line.quantity,
  unitPrice: line.unitPrice,
  amount: moneyView(line.amount),
  here:
    held === null
      ? null
      : {
          name: held.name,
          quantity: held.quantity,
          unitPrice: held.unitPrice,
          amount: held.amount === null ? null : moneyView(held.amount),
        },
});
