import * as v from 'valibot';
import { sendJson } from './send-json.ts';
import type { ProcessWorld } from './world.ts';

/** Asks the app what it knows, as the page does, with a bearer of the reseller's owner. */
export interface AppClient {
  get(path: string): Promise<unknown>;
  connectionId: string;
}

export async function openClient(world: ProcessWorld): Promise<AppClient> {
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
  return { get, connectionId: shell.connections[0].id };
}

const shellSchema = v.object({
  connections: v.tupleWithRest([v.object({ id: v.string() })], v.unknown()),
});
