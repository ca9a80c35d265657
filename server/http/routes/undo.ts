import type { Connection } from '../../domain/connection.ts';
import { AppError } from '../../domain/errors.ts';
import { canonical } from '../../domain/json.ts';
import type { Link } from '../../domain/link.ts';
import type { Remap } from '../../domain/mapping.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { nameOfMapped, nameOfTarget, targetNow } from '../../sync/correct/remap.ts';
import type { PlanWorld } from '../../sync/plan/world.ts';
import { startRun } from '../../sync/run.ts';
import { linesToTakeBack, type UndoChoice } from '../../sync/undo/choose.ts';
import { type TakeBack, takeBacks } from '../../sync/undo/take-back.ts';
import { beingTakenBack, partsOf } from '../../sync/undo/undo-run.ts';
import { undoBody, undoPreviewBody } from '../bodies.ts';
import { atConnection, type Desk } from '../desk.ts';
import { changesTheLedger, mayApproveHere } from '../may-approve.ts';
import { runView } from '../present/run.ts';
import { undoPreviewView } from '../present/undo.ts';
import { type AnyRoute, route } from '../route.ts';

/** Taking back what was written: first what it would do, then the run that does exactly that. */
export const undoRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'POST /v1/connections/:connectionId/undo/preview',
    { role: 'viewer', body: undoPreviewBody },
    async ({ session, params, body }) => {
      const at = await atConnection(desk, session.tenantId, params.connectionId);
      const { found, seen } = look(at, body.choice);
      const mapsBack = mappingBack(at, body.choice);
      const { connection, reader } = at;
      return {
        ...undoPreviewView(at, found),
        mapsBack:
          mapsBack === null
            ? null
            : {
                name: nameOfMapped(reader, mapsBack.of),
                target: nameOfTarget(reader, connection.id, mapsBack.of, mapsBack.was),
              },
        seen,
      };
    },
  ),
  route(
    'POST /v1/connections/:connectionId/undo',
    { role: 'operator', body: undoBody },
    async ({ session, params, body, requestId }) => {
      const at = await atConnection(desk, session.tenantId, params.connectionId);
      const { found, seen } = look(at, body.choice);
      if (seen !== body.seen) throw new AppError('plan.stale');
      const parts = partsOf(found);
      if (parts.length === 0) throw new AppError('request.conflict');
      const takesBack = found.flatMap(({ how, links }) =>
        how.can ? links.map(({ id }) => id) : [],
      );
      const undo = await startRun({
        context: desk.context,
        tenantId: session.tenantId,
        connectionId: at.connection.id,
        by: session.actor,
        kind: 'undo',
        takesBack,
        corrects: mappingBack(at, body.choice),
        mayApprove: mayApproveHere(at.connection, session) || !found.some(changesTheLedger),
        parts,
      });
      return runView(desk, await desk.context.store.read(session.tenantId), undo, requestId);
    },
  ),
];

/** The mapping that a correction changed, as long as nobody has chosen anew since. */
function mappingBack(
  { reader, connection }: { reader: Reader; connection: Connection },
  choice: UndoChoice,
): Remap | null {
  const corrects = choice.kind === 'run' ? reader.get('run', choice.runId)?.corrects : null;
  return corrects != null && targetNow(reader, connection.id, corrects.of) === corrects.is
    ? corrects
    : null;
}

/** What the choice means now. Lines that another undo is about to take back are not offered again. */
function look(
  { reader, world }: { reader: Reader; world: PlanWorld },
  choice: UndoChoice,
): { found: TakeBack[]; seen: string } {
  const busy = beingTakenBack(reader);
  const links: Link[] = linesToTakeBack(reader, world, choice).filter(({ id }) => !busy.has(id));
  const found = takeBacks(world, links);
  const shown = found.map(({ documentId, snapshot, links: own, how }) => [
    documentId,
    snapshot?.hash ?? null,
    how.can ? how.how : how.why,
    own.map(({ id }) => id),
  ]);
  return { found, seen: world.crypto.hash(canonical(shown)) };
}
