import type { Decision } from '../../domain/decision.ts';
import { AppError } from '../../domain/errors.ts';
import type { Reader } from '../../domain/ports.ts';
import { subjectOf } from '../../sync/plan/decisions.ts';
import { answerUnclear } from '../../sync/unclear.ts';
import { decisionBody } from '../bodies.ts';
import { atConnection, changeConnection, type Desk } from '../desk.ts';
import { nameOf } from '../present/money.ts';
import { type AnyRoute, route } from '../route.ts';
import type { DecisionView } from '../views.ts';

/** Answers of people, which plans are made with. */
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
      // An opening answer is about a running subscription, and a line is looked up: a route of its own.
      if (body.value.kind === 'opening')
        throw new AppError('request.invalid', { facts: { field: 'value.kind' } });
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
];

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
