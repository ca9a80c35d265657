import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { connectors } from '../../server/connectors/index.ts';
import { type AccessWorld, createAccessWorld, entryOf, tenantOf } from '../kit/access-world.ts';
import { bodyHash } from '../kit/marketplace-keys.ts';
import { must } from '../sandbox/must.ts';
import { oneWrong } from './wrong.ts';

const installBody = (world: AccessWorld) =>
  world.lifecycleBody('installed', {
    tenant: { name: 'Bluegum IT' },
    plan: 'standard',
    modules: ['xero', 'autotask'],
  });

/** The call of the document as it is: its token is good, whatever the document says. */
async function install(world: AccessWorld, text: string): Promise<number> {
  const claims = world.lifecycleClaims('installed', text);
  const token = await world.keys.sign(
    { ...claims, bsh: bodyHash(text) },
    { typ: 'mkt-lifecycle+jwt' },
  );
  return (await world.post('/lifecycle/installed', token, text)).status;
}

test('T12, V2.2.1: an install with one thing wrong in it is refused, or installs what was signed and no more', async () => {
  const { apiOrigins } = entryOf();
  const statuses = new Set<number>();
  for (const { what, text } of oneWrong(installBody(await createAccessWorld()), 1)) {
    const world = await createAccessWorld();
    const status = await install(world, text);
    statuses.add(status);
    const [made, ...more] = (await world.store.read(tenantOf('reseller-1'))).list('installation');
    expect([what, more.length, (await world.store.tenants()).length < 2]).toEqual([what, 0, true]);
    if (status !== 200) {
      expect([what, [401, 409, 413].includes(status), made]).toEqual([what, true, undefined]);
      continue;
    }
    const { id, name, apiBase, modules } = must(made, what);
    expect([what, id, apiOrigins.includes(new URL(apiBase).origin)]).toEqual([
      what,
      'inst-1',
      true,
    ]);
    expect(`${what} ${name} ${modules}`).not.toMatch(/\p{C}/u);
    expect(modules.every((module) => /^[a-z][a-z0-9-]{0,39}$/.test(module))).toBe(true);
  }
  expect([...statuses].sort()).toEqual([200, 401, 409, 413]);
});

test('T12, V2.2.1: a signed hint with one thing wrong in it names accounts that are text, or none', () => {
  const { hints } = must(connectors.xero?.({}), 'Xero');
  const key = 'a-webhooks-key-as-the-portal-shows-it-0123456789';
  const honest = {
    events: [
      {
        tenantId: 'cd09aa49-134d-40fb-a52b-b63c6a91d712',
        eventCategory: 'INVOICE',
        resourceId: 'x',
      },
      {
        tenantId: '0b1c7a55-0000-4000-8000-00000000beef',
        eventCategory: 'CONTACT',
        resourceId: 'y',
      },
    ],
    firstEventSequence: 1,
    lastEventSequence: 2,
    entropy: 'S0m3r4Nd0mt3xt',
  };
  for (const { what, text } of oneWrong(honest, 1)) {
    const body = new TextEncoder().encode(text);
    const signature = createHmac('sha256', key).update(body).digest('base64');
    const accounts = must(hints, 'its hints').read({ body, signature, key }) ?? [];
    expect([what, accounts.length < 3]).toEqual([what, true]);
    for (const account of accounts) expect([what, account]).toEqual([what, expect.any(String)]);
    expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false);
  }
});

test('T12: a callback with one thing wrong in it asks for a key at an address that is text, or at none', () => {
  const { callbacks } = must(connectors.connectwise?.({}), 'ConnectWise');
  const honest = {
    ID: 7,
    Action: 'updated',
    Type: 'agreement',
    CompanyId: 'wattlecloud',
    Entity: '{}',
    Metadata: { key_url: 'https://na.myconnectwise.net/key' },
  };
  for (const { what, text } of oneWrong(honest, 1)) {
    const address = must(callbacks, 'its callbacks').keyAddress(new TextEncoder().encode(text));
    expect([what, address === null || address.length <= 500]).toEqual([what, true]);
  }
});
