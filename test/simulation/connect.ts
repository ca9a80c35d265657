import * as v from 'valibot';
import { must } from '../sandbox/must.ts';
import type { Scene } from './scene.ts';

const idSchema = v.object({ id: v.string() });
const timeZone = 'Australia/Sydney';

/** Connects the scene's system with what its people know now; `connectionId` connects the same one again. */
export async function connectSystem(
  { system, person, organisation, world }: Scene,
  connectionId?: string,
): Promise<string> {
  const { autotask, connectwise } = world.systems;
  const typed = async (credentials: Record<string, string>): Promise<string> => {
    const body = { credentials, ...(connectionId === undefined ? {} : { connectionId }) };
    return v.parse(idSchema, await person.call(`POST /v1/systems/${system}/connect`, body)).id;
  };
  switch (system) {
    case 'xero':
      return person.connectXero(organisation, connectionId);
    case 'autotask': {
      const { userName, secret } = must(autotask.users()[0], 'an API user');
      return typed({ userName, secret, timeZone });
    }
    case 'connectwise': {
      const user = must(connectwise.users()[0], 'an API member');
      return typed({ site: 'na', ...user, currency: 'AUD', timeZone });
    }
    default:
      return system satisfies never;
  }
}
