import type * as v from 'valibot';
import { AppError } from '../../domain/errors.ts';
import { ownKey, type TenantId } from '../../domain/ids.ts';
import type { Remap } from '../../domain/mapping.ts';
import { type Correction, correctionParts, foreseeCorrection } from '../../sync/correct/foresee.ts';
import { nameOfTarget, targetNow } from '../../sync/correct/remap.ts';
import { startRun } from '../../sync/run.ts';
import { added } from '../../sync/settle.ts';
import { correctionBody, correctionPreviewBody } from '../bodies.ts';
import { atConnection, type Desk, worldIn } from '../desk.ts';
import { changesTheLedger, isApproving, mayApproveHere } from '../may-approve.ts';
import { totalsView } from '../present/money.ts';
import { planView } from '../present/plan.ts';
import { runView } from '../present/run.ts';
import { undoPreviewView } from '../present/undo.ts';
import { type AnyRoute, route } from '../route.ts';

type Asked = v.InferOutput<typeof correctionBody>['correction'];

/** A mapping that was wrong for a while: what was written since a day moves to where it belongs, as one run. */
export const correctionRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'POST /v1/connections/:connectionId/corrections/preview',
    { role: 'viewer', body: correctionPreviewBody },
    async ({ session, params, body }) => {
      const { at, remap, found } = await look(desk, session.tenantId, params, body.correction);
      const { takes, kept, plans, after, seen } = found;
      const shown = { ...at, world: after, lastMonthMinor: () => null };
      const name = (targetId: string): string =>
        nameOfTarget(at.reader, at.connection.id, remap.of, targetId);
      return {
        takes: undoPreviewView(at, [...takes, ...kept]),
        plans: plans.map((plan) => planView(shown, plan)),
        totals: totalsView(plans.map(added)),
        was: name(remap.was),
        is: name(remap.is),
        seen,
      };
    },
  ),
  route(
    'POST /v1/connections/:connectionId/corrections',
    { role: 'operator', body: correctionBody },
    async ({ session, params, body, requestId }) => {
      const { tenantId, actor: by } = session;
      const { at, remap, found } = await look(desk, tenantId, params, body.correction);
      if (found.seen !== body.seen) throw new AppError('plan.stale');
      if (found.takes.length === 0) throw new AppError('request.conflict');
      const connectionId = at.connection.id;
      const run = await startRun({
        context: desk.context,
        tenantId,
        connectionId,
        by,
        kind: 'correction',
        takesBack: found.takes.flatMap(({ links }) => links.map(({ id }) => id)),
        corrects: remap,
        mayApprove:
          mayApproveHere(at.connection, session) ||
          !(found.takes.some(changesTheLedger) || found.plans.some(isApproving)),
        parts: correctionParts(found),
      });
      return runView(desk, await desk.context.store.read(tenantId), run, requestId);
    },
  ),
];

/** What the correction means now. Throws where there is nothing mapped to correct, or no such target. */
async function look(
  desk: Desk,
  tenantId: TenantId,
  params: { connectionId: string },
  asked: Asked,
): Promise<{
  at: Awaited<ReturnType<typeof atConnection>>;
  remap: Remap;
  found: Correction;
}> {
  const at = await atConnection(desk, tenantId, params.connectionId);
  const { reader, connection } = at;
  const { targetId: is, since, ...of } = asked;
  const targetKey = ownKey(connection.id, is);
  const isThere =
    of.kind === 'customer' ? reader.get('company', targetKey) : reader.get('item', targetKey);
  if (isThere === null) throw new AppError('request.not-found');
  const was = targetNow(reader, connection.id, of);
  if (was === null || was === is) throw new AppError('request.conflict');
  const remap = { of, was, is, since };
  const found = foreseeCorrection({
    reader,
    worldIn: (reader) => worldIn(desk, tenantId, { reader, connection }),
    remap,
  });
  return { at, remap, found };
}
