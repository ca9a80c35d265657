import * as v from 'valibot';
import type { DecisionValue } from '../../domain/decision.ts';
import type { Document } from '../../domain/document.ts';
import { AppError } from '../../domain/errors.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { chosenLine, linkableLines } from '../../sync/plan/linkable-lines.ts';
import { billFromOf, type Opening, openingDecisionId, openingOf } from '../../sync/plan/opening.ts';
import type { PlanWorld } from '../../sync/plan/world.ts';
import { openingBody } from '../bodies.ts';
import { pageSize } from '../contract.ts';
import { atConnection, changeConnection, type Desk, pageOf, worldIn } from '../desk.ts';
import { openingLineView, openingView } from '../present/opening.ts';
import { type AnyRoute, route } from '../route.ts';

const pageFilter = v.strictObject({ page: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/))) });
/** More lines than a person compares; the likeliest come first. */
const linesMax = 20;

/** How the subscriptions that were running at "bill from" go on. */
export const openingRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'GET /v1/connections/:connectionId/openings',
    { role: 'viewer', query: pageFilter },
    async ({ session, params, query }) => {
      const shown = await atConnection(desk, session.tenantId, params.connectionId);
      const openings = openSubscriptions(shown.reader, shown.world);
      const page = pageOf(openings, query.page, pageSize);
      return {
        ...page,
        rows: page.rows.map(({ subscriptionId }) => openingView(shown, subscriptionId)),
        counts: { unanswered: openings.filter(({ answer }) => answer === 'unanswered').length },
      };
    },
  ),
  route(
    'GET /v1/connections/:connectionId/openings/:subscriptionId/lines',
    { role: 'viewer' },
    async ({ session, params }) => {
      const shown = await atConnection(desk, session.tenantId, params.connectionId);
      const subscription = shown.world.subscription(params.subscriptionId);
      if (subscription === null) throw new AppError('request.not-found');
      return linkableLines({ ...shown, subscription })
        .slice(0, linesMax)
        .map((line) => openingLineView(shown, line));
    },
  ),
  route(
    'POST /v1/connections/:connectionId/openings',
    { role: 'operator', body: openingBody },
    async ({ session, params, body }) =>
      changeConnection(desk, session.tenantId, params.connectionId, (tx, connection, at) => {
        const world = worldIn(desk, session.tenantId, { reader: tx, connection });
        const { subscriptionIds } = body;
        const chosen = openSubscriptions(tx, world)
          .filter(({ subscriptionId, answer }) =>
            subscriptionIds === 'all'
              ? answer === 'unanswered'
              : subscriptionIds.includes(subscriptionId),
          )
          .map(({ subscriptionId }) => subscriptionId);
        const { value, document } = answerOf({ reader: tx, world, chosen, body });
        for (const subscriptionId of chosen)
          tx.put('decision', {
            id: openingDecisionId(desk.context.crypto, connection.id, subscriptionId),
            connectionId: connection.id,
            scope: { kind: 'subscription', subscriptionId, productKey: null },
            value,
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
          documentId: document?.id ?? null,
          documentUrl: document?.url ?? null,
          amount: null,
          failure: null,
          facts: { kind: 'opening' },
          details: { value, subscriptionIds: chosen },
        });
        return { changed: chosen.length };
      }),
  ),
];

/** The value to store; a line is looked up as it stands in this very transaction. */
function answerOf(options: {
  reader: Reader;
  world: PlanWorld;
  chosen: readonly string[];
  body: v.InferOutput<typeof openingBody>;
}): { value: DecisionValue; document: Document | null } {
  const { reader, world, chosen, body } = options;
  if (body.answer !== 'link')
    return { value: { kind: 'opening', answer: body.answer }, document: null };
  const subscription = world.subscription(chosen[0] ?? '');
  if (subscription === null)
    throw new AppError('request.invalid', { facts: { field: 'subscriptionIds' } });
  const { link, document } = chosenLine({ reader, world, subscription }, body);
  return { value: link, document };
}

/**
 * Subscriptions that ran before "bill from" of a customer this connection bills. One that ended since
 * is among them where an order of it asks, or was answered: nowhere else could the answer be given.
 */
export function openSubscriptions(
  reader: Reader,
  world: PlanWorld,
): { subscriptionId: string; answer: Exclude<Opening, 'none'> }[] {
  const asked = askedAbout(world);
  return reader.list('subscription').flatMap((subscription) => {
    const billFrom = billFromOf(world, subscription.customerId);
    if (billFrom === null) return [];
    const mapping = world.customerMapping(subscription.customerId);
    if (!(mapping?.bills ?? world.connection.billsNewCustomers)) return [];
    const answer = openingOf(world, subscription.id, billFrom);
    const isHere =
      subscription.status === 'active' || answer !== 'unanswered' || asked.has(subscription.id);
    return answer === 'none' || !isHere ? [] : [{ subscriptionId: subscription.id, answer }];
  });
}

const askedAbout = (world: PlanWorld): ReadonlySet<string> =>
  new Set(
    world
      .tasks()
      .flatMap(({ groups }) => groups)
      .flatMap(({ needs }) => needs)
      .flatMap(({ code, subject }) => (code === 'opening' ? [subject] : [])),
  );
