import * as v from 'valibot';
import type { SystemId } from '../../sandbox/systems.ts';
import { sendJson } from './send-json.ts';
import type { ProcessWorld } from './world.ts';

/** Asks the app what it knows, as the page does, with a bearer of the reseller's owner. */
export interface AppClient {
  get(path: string): Promise<unknown>;
  connectionId: string;
}

/** At the first connection, or at the one of a system. */
export async function openClient(world: ProcessWorld, systemId?: SystemId): Promise<AppClient> {
  const { token } = v.parse(
    v.object({ token: v.string() }),
    await world.control('/sandbox/session-token', { userId: 'bluegum-owner', module: 'xero' }),
  );
  const session = v.parse(
    v.object({ token: v.string() }),
    await sendJson(`${world.app}/v1/session`, {}, { authorization: `Bearer ${token}` }),
  );
  const get = (path: string) =>
    sendJson(`${world.app}${path}`, undefined, { authorization: `Bearer ${session.token}` });
  const shell = v.parse(shellSchema, await get('/v1/shell'));
  const at = shell.connections.find((one) => systemId === undefined || one.systemId === systemId);
  if (at === undefined) throw new Error(`nothing is connected to ${systemId ?? 'anything'}`);
  return { get, connectionId: at.id };
}

const shellSchema = v.object({
  connections: v.array(v.object({ id: v.string(), systemId: v.string() })),
});
