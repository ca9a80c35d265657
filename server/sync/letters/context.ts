import type { EngineContext } from '../context.ts';
import { worldOf } from '../plan/world.ts';
import type { LetterContext } from './post-letters.ts';

/** What letters need, from what the engine has. */
export const lettersOf = (context: EngineContext): LetterContext => ({
  ...context.post,
  worldIn: (tenantId, reader, connection) =>
    worldOf({
      reader,
      tenantId,
      connection,
      manifest: context.connector(connection.systemId).manifest,
      crypto: context.crypto,
      nowMs: context.clock.nowMs(),
    }),
});
