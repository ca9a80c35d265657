import { csvOf } from '../../domain/csv.ts';
import { instant } from '../../domain/dates.ts';
import { AppError } from '../../domain/errors.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { answerFound, exactOnes } from '../../sync/look/answer-found.ts';
import { type Found, lookAt } from '../../sync/look/look-at.ts';
import { findingKinds } from '../../sync/look/looked.ts';
import { lookFrom, startLook } from '../../sync/look/read-look.ts';
import { wakeKey } from '../../sync/wake-keys.ts';
import { lookAnswerBody } from '../bodies.ts';
import { pageSize } from '../contract.ts';
import { atConnection, changeConnection, type Desk, pageOf, worldIn } from '../desk.ts';
import { failureView } from '../present/failure.ts';
import { foundTotals, foundView, lookState } from '../present/look.ts';
import { type AnyRoute, route } from '../route.ts';
import type { LookView } from '../views/look.ts';
import { chosenBy, fileHead, fileRow, type LookQuery, lookFilter } from './look-rows.ts';

/** The read-only look: what is billed by hand beside what the marketplace sells, and the answers to it. */
export const lookRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'GET /v1/connections/:connectionId/look',
    { role: 'viewer', query: lookFilter },
    ({ session, params, query, requestId }) =>
      viewOf(desk, session.tenantId, params.connectionId, { query, requestId }),
  ),
  route(
    'POST /v1/connections/:connectionId/look',
    { role: 'operator' },
    async ({ session, params, requestId }) => {
      const { tenantId } = session;
      const { context } = desk;
      const { connection } = await atConnection(desk, tenantId, params.connectionId);
      if (connection.state !== 'active') throw new AppError('system.not-connected');
      const nowMs = context.clock.nowMs();
      await context.store.transact(tenantId, (tx) => {
        const running = tx.get('look', connection.id);
        if (running !== null && running.endedAt === null) return;
        startLook({
          tx,
          connectionId: connection.id,
          timeZone: connection.account.timeZone,
          by: session.actor,
          at: instant(nowMs),
        });
      });
      context.wake.at(wakeKey.look(tenantId, connection.id), nowMs);
      return viewOf(desk, tenantId, connection.id, { query: {}, requestId });
    },
  ),
  route(
    'POST /v1/connections/:connectionId/look/answers',
    { role: 'operator', body: lookAnswerBody },
    async ({ session, params, body }) =>
      changeConnection(desk, session.tenantId, params.connectionId, (tx, connection, at) => {
        const world = worldIn(desk, session.tenantId, { reader: tx, connection });
        const { found } = lookAt(tx, world);
        const chosen = body.answer === 'link-exact' ? exactOnes(found) : [asSeen(found, body)];
        const answer = body.answer === 'link-exact' ? 'link' : body.answer;
        const { crypto } = desk.context;
        for (const one of chosen)
          answerFound({ tx, connection, crypto, by: session.actor, at }, one, answer);
        tx.log({
          actor: session.actor,
          action: 'decided',
          result: 'ok',
          connectionId: connection.id,
          customerId: chosen.length === 1 ? (chosen[0]?.customerId ?? null) : null,
          subject: `${chosen.length} findings`,
          taskId: null,
          orderId: null,
          documentId: null,
          documentUrl: null,
          amount: chosen.length === 1 ? (chosen[0]?.monthly ?? null) : null,
          failure: null,
          facts: { kind: 'money-found', answer },
          details: {
            answer,
            findings: chosen.map(({ id, kind, reason }) => ({ id, kind, reason })),
          },
        });
        return { changed: chosen.length };
      }),
  ),
  route(
    'GET /v1/connections/:connectionId/look.csv',
    { role: 'viewer', audit: 'export', csv: true, query: lookFilter },
    async ({ session, params, query }) => {
      const at = await atConnection(desk, session.tenantId, params.connectionId);
      const found = chosenBy(lookAt(at.reader, at.world).found, query);
      return csvOf([fileHead, ...found.map((one) => fileRow(foundView(at, one)))]);
    },
  ),
];

async function viewOf(
  desk: Desk,
  tenantId: TenantId,
  connectionId: string,
  { query, requestId }: { query: LookQuery; requestId: string },
): Promise<LookView> {
  const at = await atConnection(desk, tenantId, connectionId);
  const { reader, world, connection, connector } = at;
  const look = reader.get('look', connection.id);
  const { found, notCompared } = lookAt(reader, world);
  const open = found.filter(({ answer }) => answer === null);
  const isOpen = world.manifest.kind === 'standing';
  const page = pageOf(chosenBy(found, query), query.page, pageSize);
  const customers = new Map(
    found.map(({ customerId }) => [customerId, world.customer(customerId)?.name ?? customerId]),
  );
  return {
    ...page,
    rows: page.rows.map((one) => foundView(at, one)),
    counts: {
      ...Object.fromEntries(
        findingKinds.map((kind) => [kind, open.filter((one) => one.kind === kind).length]),
      ),
      answered: found.length - open.length,
    },
    state: lookState(look),
    compares: isOpen ? 'open-lines' : 'invoices',
    from: look?.from ?? lookFrom(world.today),
    startedAt: look?.startedAt ?? null,
    endedAt: look?.endedAt ?? null,
    failure: look?.failure == null ? null : failureView(look.failure, requestId, connector),
    read: {
      documents: isOpen ? countStanding(reader, connection.id) : (look?.documentsRead ?? 0),
      subscriptions: look?.subscriptionsRead ?? 0,
      subscriptionsTotal: look?.subscriptionsTotal ?? 0,
    },
    notCompared,
    ...foundTotals(found),
    linkable: exactOnes(found).length,
    customers: [...customers]
      .map(([id, name]) => ({ id, name }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    currencies: [...new Set(found.map(({ currency }) => currency))].sort(),
  };
}

/** Documents that stay open are read by every check; the look reads them no more often. */
const countStanding = (reader: Reader, connectionId: string): number =>
  reader
    .list('snapshot')
    .filter((one) => one.connectionId === connectionId && one.document.state === 'running').length;

function asSeen(found: readonly Found[], { id, seen }: { id: string; seen: string }): Found {
  const one = found.find((each) => each.id === id && each.seen === seen);
  if (one === undefined) throw new AppError('request.conflict');
  return one;
}
