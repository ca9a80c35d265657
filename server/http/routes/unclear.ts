import { AppError } from '../../domain/errors.ts';
import { answerUnclear } from '../../sync/unclear.ts';
import { wakeKey } from '../../sync/wake-keys.ts';
import { unclearBody } from '../bodies.ts';
import { changeConnection, type Desk } from '../desk.ts';
import { type AnyRoute, route } from '../route.ts';

/** What a person found in the system about a write whose answer was lost. */
export const unclearRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'POST /v1/connections/:connectionId/unclear/:intentId',
    { role: 'operator', body: unclearBody },
    async ({ session, params, body }) => {
      const { context } = desk;
      const { tenantId } = session;
      const connectionId = await changeConnection(
        desk,
        tenantId,
        params.connectionId,
        (tx, connection) => {
          const intent = tx.get('intent', params.intentId);
          if (intent === null || intent.connectionId !== connection.id)
            throw new AppError('request.not-found');
          // Somebody else answered, or it is being looked up again.
          if (intent.state !== 'unclear') throw new AppError('request.conflict');
          const answer = { happened: body.happened, by: session.actor };
          answerUnclear({ context, tx, tenantId, connection }, intent, answer);
          return connection.id;
        },
      );
      context.wake.at(wakeKey.run(tenantId, connectionId), context.clock.nowMs());
      context.publish(tenantId, ['run'], connectionId);
      return { changed: 1 };
    },
  ),
];
