import type { Settings } from '../../server/domain/settings.ts';
import { must } from '../sandbox/must.ts';
import { autotaskRows } from './autotask-rows.ts';
import type { Visitor } from './visitor.ts';

const systemId = 'autotask';

/** Typed access, tested and kept as the page does it; one-off charges get the first material code. */
export async function connectAutotask(
  road: Visitor,
): Promise<{ connectionId: string; settings: Partial<Settings> }> {
  await road.control('/sandbox/install', { module: systemId, action: 'install' });
  const { systems } = road.world;
  const user = must(systems.autotask.users()[0], 'an API user');
  const credentials = {
    userName: user.userName,
    secret: user.secret,
    timeZone: 'Australia/Sydney',
  };
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
  return { connectionId: id, settings: { accountCode: await materialCode(road) } };
}

async function materialCode(road: Visitor): Promise<string> {
  const codes = await autotaskRows(road, 'BillingCodes');
  const found = codes.find(({ useType, isActive }) => useType === 4 && isActive === true);
  return String(must(found, 'a material code').id);
}
