import { expect, test } from 'vitest';
import type { Installation } from '../../server/domain/tenant.ts';
import { cloudblue } from '../../server/marketplaces/cloudblue/adapter.ts';
import { createMarketplaces } from '../../server/sync/marketplaces.ts';
import { createAccessWorld, entryOf, realCrypto } from '../kit/access-world.ts';
import { must } from '../sandbox/must.ts';

test('T20: two marketplaces that give one id to an installation share neither budget nor network', async () => {
  const other = entryOf({ id: 'other', issuer: 'https://other.example' });
  const world = await createAccessWorld({ others: [other] });
  const install = async (iss: string, tenantId: string): Promise<Installation> => {
    await world.tell('installed', { claims: { iss, seq: 1 } });
    const tenant = must(
      (await world.store.tenants()).find((each) => each === tenantId),
      tenantId,
    );
    return must((await world.store.read(tenant)).list('installation')[0], tenantId);
  };
  const one = await install(world.entry.issuer, 'market:reseller-1');
  const two = await install(other.issuer, 'other:reseller-1');
  expect(one.id).toBe(two.id);
  const asked: string[] = [];
  const marketplaces = createMarketplaces({
    ...world,
    crypto: realCrypto,
    fetchOf:
      ({ tenantId }) =>
      async () => {
        asked.push(tenantId);
        return Response.json({ message: 'no' }, { status: 401 });
      },
    adapterOf: () => cloudblue,
    callsOf: () => undefined,
    credentials: async () => null,
  });
  expect(marketplaces.budget(one)).toBe(marketplaces.budget(one));
  expect(marketplaces.budget(one)).not.toBe(marketplaces.budget(two));
  const given = {
    method: 'native',
    credentials: { username: 'a', password: 'b', marketplace: 'au' },
  };
  await marketplaces
    .openWith(two, given)
    .test()
    .catch(() => undefined);
  expect(asked).toEqual([two.tenantId]);
});
