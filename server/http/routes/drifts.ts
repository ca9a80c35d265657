import * as v from 'valibot';
import { answerDrift, driftsOf } from '../../sync/drift.ts';
import { startRun } from '../../sync/run.ts';
import { correctionLeft } from '../../sync/undo/corrections-left.ts';
import { takeBacks } from '../../sync/undo/take-back.ts';
import { beingTakenBack, partsOf } from '../../sync/undo/undo-run.ts';
import { driftBody } from '../bodies.ts';
import { pageSize } from '../contract.ts';
import { atConnection, changeConnection, type Desk, pageOf } from '../desk.ts';
import { changesTheLedger, mayApproveHere } from '../may-approve.ts';
import { driftView } from '../present/drift.ts';
import { type AnyRoute, route, type Session } from '../route.ts';

const filter = v.strictObject({ page: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/))) });

/** What people changed in the system after us, and what it means. */
export const driftRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'GET /v1/connections/:connectionId/drifts',
    { role: 'viewer', query: filter },
    async ({ session, params, query }) => {
      const at = await atConnection(desk, session.tenantId, params.connectionId);
      const page = pageOf(driftsOf(at.reader, at.connection), query.page, pageSize);
      return { ...page, counts: {}, rows: page.rows.map((drift) => driftView(at, drift)) };
    },
  ),
  route(
    'POST /v1/connections/:connectionId/drifts',
    { role: 'operator', body: driftBody },
    async ({ session, params, body }) => {
      const { context } = desk;
      const { tenantId, actor: by } = session;
      // First, so that a crash between the two leaves the question open and no credit for nothing.
      await takeBackCorrections(desk, session, params.connectionId, body);
      return changeConnection(desk, tenantId, params.connectionId, (tx, connection) => ({
        changed: answerDrift({ context, tx, tenantId, connection }, { ...body, by }),
      }));
    },
  ),
];

/**
 * What gave a line back that no longer stands gives it away: it is taken back as a run of its own, which
 * the screen named beside the answer. What cannot be taken back (a credit that was paid out) stays.
 */
async function takeBackCorrections(
  desk: Desk,
  session: Session,
  connectionId: string,
  { documentId, seen, linkIds }: v.InferOutput<typeof driftBody>,
): Promise<void> {
  const at = await atConnection(desk, session.tenantId, connectionId);
  const { reader, connection, world } = at;
  const drift = driftsOf(reader, connection).find(
    ({ snapshot }) => snapshot.document.id === documentId && snapshot.hash === seen,
  );
  const busy = beingTakenBack(reader);
  const corrections = (drift?.lines ?? [])
    .filter(({ link }) => linkIds === 'all' || linkIds.includes(link.id))
    .flatMap((line) => correctionLeft(reader, line) ?? [])
    .filter(({ id }) => !busy.has(id));
  const found = takeBacks(world, corrections).filter(({ how }) => how.can);
  if (found.length === 0) return;
  await startRun({
    context: desk.context,
    tenantId: session.tenantId,
    connectionId: connection.id,
    by: session.actor,
    kind: 'undo',
    takesBack: found.flatMap(({ links }) => links.map(({ id }) => id)),
    mayApprove: mayApproveHere(connection, session) || !found.some(changesTheLedger),
    parts: partsOf(found),
  });
}
