import type { Settings } from '../../server/domain/settings.ts';
import { must } from '../sandbox/must.ts';
import type { Visitor } from './visitor.ts';

const systemId = 'connectwise';

/** Typed access, tested and kept as the page does it. */
export async function connectConnectWise(
  road: Visitor,
): Promise<{ connectionId: string; settings: Partial<Settings> }> {
  await road.control('/sandbox/install', { module: systemId, action: 'install' });
  const user = must(road.world.systems.connectwise.users()[0], 'an API member');
  const credentials = { site: 'na', ...user, currency: 'AUD', timeZone: 'Australia/Sydney' };
  const params = { systemId };
  const tested = await road.call('POST /v1/systems/:systemId/test', {
    params,
    body: { credentials },
  });
  if (tested.accountName !== 'Wattle Cloud' || tested.baseCurrency !== 'AUD')
    throw new Error(`another company answered: ${tested.accountName}`);
  const { id } = await road.call('POST /v1/systems/:systemId/connect', {
    params,
    body: { credentials },
  });
  return { connectionId: id, settings: {} };
}
