import * as v from 'valibot';
import type { Decision, DecisionValue, PriceAnswer } from '../../domain/decision.ts';
import { AppError } from '../../domain/errors.ts';
import { answerUnclear } from '../../sync/unclear.ts';
import { decisionBody } from '../bodies.ts';
import { pageSize } from '../contract.ts';
import { atConnection, changeConnection, type Desk, pageOf } from '../desk.ts';
import { decisionView, subjectName } from '../present/decision.ts';
import { monthlyWorth } from '../present/monthly.ts';
import { type AnyRoute, route } from '../route.ts';

const filter = v.strictObject({
  kind: v.optional(v.picklist(['exclude', 'price'])),
  search: v.optional(v.pipe(v.string(), v.maxLength(200))),
  page: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/))),
});

/** Answers of people, which plans are made with. */
export const decisionRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'GET /v1/connections/:connectionId/decisions',
    { role: 'viewer', query: filter },
    async ({ session, params, query }) => {
      const at = await atConnection(desk, session.tenantId, params.connectionId);
      const text = query.search?.toLowerCase() ?? '';
      const found = at.reader
        .list('decision')
        .filter(
          (decision) =>
            decision.connectionId === at.connection.id &&
            (query.kind === undefined || isOfKind(decision.value, query.kind)) &&
            subjectName(at.reader, decision).toLowerCase().includes(text),
        )
        .sort((a, b) => (a.at < b.at ? 1 : -1));
      const page = pageOf(found, query.page, pageSize);
      const worth = monthlyWorth(at.reader);
      return {
        ...page,
        counts: {},
        rows: page.rows.map((decision) => decisionView(at, decision, worth)),
      };
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
          const same = tx.list('decision').find(
            (one) =>
              one.connectionId === connection.id &&
              JSON.stringify(one.scope) === JSON.stringify(body.scope) &&
              one.value.kind === body.value.kind &&
              body.value.kind !== 'accept' &&
              // Another change of the same product's price is another question.
              (body.value.kind !== 'price-change' || isSameMoves(one.value, body.value)),
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
      const at = await atConnection(desk, session.tenantId, params.connectionId);
      return decisionView(at, decision, monthlyWorth(at.reader));
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

const isSameMoves = (one: DecisionValue, { moves }: PriceAnswer): boolean =>
  one.kind === 'price-change' && [...one.moves].sort().join() === [...moves].sort().join();

/** `price`: everything that says what a line costs, and is shown among the prices. */
const isOfKind = ({ kind }: DecisionValue, wanted: 'exclude' | 'price'): boolean =>
  wanted === 'price'
    ? kind === 'edit' || kind === 'price-change' || kind === 'margin'
    : kind === wanted;
