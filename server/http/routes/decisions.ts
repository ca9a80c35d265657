import * as v from 'valibot';
import type { Decision } from '../../domain/decision.ts';
import { AppError } from '../../domain/errors.ts';
import { totals } from '../../domain/money.ts';
import type { Reader } from '../../domain/ports.ts';
import { subjectOf } from '../../sync/plan/decisions.ts';
import { billFromOf, openingOf } from '../../sync/plan/standing.ts';
import type { PlanWorld } from '../../sync/plan/world.ts';
import { answerUnclear } from '../../sync/unclear.ts';
import { decisionBody, openingBody } from '../bodies.ts';
import { pageSize } from '../contract.ts';
import { atConnection, changeConnection, type Desk, pageOf } from '../desk.ts';
import { moneyView, nameOf } from '../present/money.ts';
import { monthlyOf } from '../present/monthly.ts';
import { type AnyRoute, route } from '../route.ts';
import type { DecisionView, OpeningView } from '../views.ts';

const pageFilter = v.strictObject({ page: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/))) });

/** Answers of people, which plans are made with, and the opening questions of running subscriptions. */
export const decisionRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'GET /v1/connections/:connectionId/decisions',
    { role: 'viewer' },
    async ({ session, params }) => {
      const { reader, connection } = await atConnection(
        desk,
        session.tenantId,
        params.connectionId,
      );
      return reader
        .list('decision')
        .filter((decision) => decision.connectionId === connection.id)
        .sort((a, b) => (a.at < b.at ? 1 : -1))
        .map((decision) => decisionView(reader, decision));
    },
  ),
  route(
    'POST /v1/connections/:connectionId/decisions',
    { role: 'operator', body: decisionBody },
    async ({ session, params, body }) => {
      const decision = await changeConnection(
        desk,
        session.tenantId,
        params.connectionId,
        (tx, connection, at): Decision => {
          const same = tx
            .list('decision')
            .find(
              (one) =>
                one.connectionId === connection.id &&
                JSON.stringify(one.scope) === JSON.stringify(body.scope) &&
                one.value.kind === body.value.kind &&
                body.value.kind !== 'accept',
            );
          const made: Decision = {
            id: same?.id ?? desk.context.ids.next(),
            connectionId: connection.id,
            scope: body.scope,
            value: body.value,
            by: session.actor,
            at,
          };
          tx.put('decision', made);
          // A person looked in the system and it is not there: the charges may be written again.
          const intent =
            body.value.kind === 'accept' && body.value.need === 'outcome-unclear'
              ? tx.get('intent', body.value.seen)
              : null;
          if (intent?.state === 'unclear' && intent.connectionId === connection.id) {
            const { context } = desk;
            const within = { context, tx, tenantId: session.tenantId, connection };
            answerUnclear(within, intent, { happened: false, by: session.actor });
          }
          tx.log({
            actor: session.actor,
            action: 'decided',
            result: 'ok',
            connectionId: connection.id,
            customerId: body.scope.kind === 'customer' ? body.scope.customerId : null,
            subject: subjectName(tx, made),
            taskId: null,
            orderId: null,
            documentId: null,
            documentUrl: null,
            amount: null,
            failure: null,
            facts: { kind: body.value.kind },
            details: { scope: body.scope, value: body.value },
          });
          return made;
        },
      );
      return decisionView(await desk.context.store.read(session.tenantId), decision);
    },
  ),
  route(
    'DELETE /v1/connections/:connectionId/decisions/:decisionId',
    { role: 'operator' },
    async ({ session, params }) =>
      changeConnection(desk, session.tenantId, params.connectionId, (tx, connection) => {
        const decision = tx.get('decision', params.decisionId);
        if (decision === null || decision.connectionId !== connection.id)
          throw new AppError('request.not-found');
        tx.remove('decision', decision.id);
        tx.log({
          actor: session.actor,
          action: 'decided',
          result: 'ok',
          connectionId: connection.id,
          customerId: null,
          subject: subjectName(tx, decision),
          taskId: null,
          orderId: null,
          documentId: null,
          documentUrl: null,
          amount: null,
          failure: null,
          facts: { kind: 'removed' },
          details: decision,
        });
        return { changed: 1 };
      }),
  ),
  route(
    'GET /v1/connections/:connectionId/openings',
    { role: 'viewer', query: pageFilter },
    async ({ session, params, query }) => {
      const { reader, world } = await atConnection(desk, session.tenantId, params.connectionId);
      const openings = openSubscriptions(reader, world);
      const page = pageOf(openings, query.page, pageSize);
      return {
        ...page,
        rows: page.rows.map(({ subscriptionId }) => openingView(reader, world, subscriptionId)),
        counts: { unanswered: openings.filter(({ answer }) => answer === 'unanswered').length },
      };
    },
  ),
  route(
    'POST /v1/connections/:connectionId/openings',
    { role: 'operator', body: openingBody },
    async ({ session, params, body }) => {
      const { reader, world } = await atConnection(desk, session.tenantId, params.connectionId);
      const open = openSubscriptions(reader, world)
        .filter(({ answer }) => body.subscriptionIds !== 'all' || answer === 'unanswered')
        .map(({ subscriptionId }) => subscriptionId);
      const { subscriptionIds } = body;
      const chosen =
        subscriptionIds === 'all' ? open : open.filter((id) => subscriptionIds.includes(id));
      return changeConnection(desk, session.tenantId, params.connectionId, (tx, connection, at) => {
        for (const subscriptionId of chosen)
          tx.put('decision', {
            id: desk.context.crypto
              .hash(`opening\n${connection.id}\n${subscriptionId}`)
              .slice(0, 32),
            connectionId: connection.id,
            scope: { kind: 'subscription', subscriptionId, productKey: null },
            value: {
              kind: 'opening',
              answer: body.answer,
            },
            by: session.actor,
            at,
          });
        tx.log({
          actor: session.actor,
          action: 'decided',
          result: 'ok',
          connectionId: connection.id,
          customerId: null,
          subject: `${chosen.length} subscriptions`,
          taskId: null,
          orderId: null,
          documentId: null,
          documentUrl: null,
          amount: null,
          failure: null,
          facts: { kind: 'opening' },
          details: { answer: body.answer, subscriptionIds: chosen },
        });
        return { changed: chosen.length };
      });
    },
  ),
];

/** Active subscriptions that ran before "bill from" of a customer this connection bills. */
export function openSubscriptions(
  reader: Reader,
  world: PlanWorld,
): { subscriptionId: string; answer: Exclude<ReturnType<typeof openingOf>, 'none'> }[] {
  return reader.list('subscription').flatMap((subscription) => {
    const billFrom = billFromOf(world, subscription.customerId);
    if (billFrom === null || subscription.status !== 'active') return [];
    const mapping = world.customerMapping(subscription.customerId);
    if (!(mapping?.bills ?? world.connection.billsNewCustomers)) return [];
    const answer = openingOf(world, subscription.id, billFrom);
    return answer === 'none' ? [] : [{ subscriptionId: subscription.id, answer }];
  });
}

function openingView(reader: Reader, world: PlanWorld, subscriptionId: string): OpeningView {
  const subscription = world.subscription(subscriptionId);
  const billFrom = subscription === null ? null : billFromOf(world, subscription.customerId);
  const answer = billFrom === null ? 'unanswered' : openingOf(world, subscriptionId, billFrom);
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
  };
}

function decisionView(reader: Reader, decision: Decision): DecisionView {
  return {
    id: decision.id,
    scope: decision.scope,
    value: decision.value,
    by: nameOf(decision.by),
    at: decision.at,
    subject: subjectName(reader, decision),
  };
}

function subjectName(reader: Reader, { scope }: Decision): string {
  switch (scope.kind) {
    case 'charge':
      return reader.get('charge', scope.key)?.description ?? scope.key;
    case 'order':
      return reader.get('order', scope.orderId)?.number ?? scope.orderId;
    case 'subscription':
      return reader.get('subscription', scope.subscriptionId)?.name ?? scope.subscriptionId;
    case 'customer':
      return reader.get('customer', scope.customerId)?.name ?? scope.customerId;
    case 'customer-product':
      return `${reader.get('customer', scope.customerId)?.name ?? scope.customerId}, ${reader.get('product', scope.productKey)?.name ?? scope.productKey}`;
    case 'product':
      return reader.get('product', subjectOf(scope))?.name ?? scope.productKey;
    default:
      return scope satisfies never;
  }
}
