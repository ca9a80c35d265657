import { expect, test } from 'vitest';
import { createConnectWise } from '../../server/connectors/connectwise/index.ts';
import { neededRights } from '../../server/connectors/connectwise/rights.ts';
import type { Fetch } from '../../server/domain/ports/machine.ts';
import type { Credentials } from '../../server/domain/ports/system-access.ts';
import { failureIn } from '../batteries/connector-world.ts';
import { RIGHTS, SETUP_TABLES } from '../sandbox/connectwise/schema/rights.ts';
import { must } from '../sandbox/must.ts';
import { connectWiseConnector, createConnectWiseWorld } from './connectwise-world.ts';

const open = async () => {
  const world = createConnectWiseWorld();
  const { fetch, clock, client } = world;
  const limiter = connectWiseConnector.limiter(clock);
  const own = { fetch, clock, client, limiter, purpose: 'person' as const };
  const connect = (change: Credentials = {}, connector = connectWiseConnector) =>
    connector.connect({ ...own, credentials: { ...world.credentials, ...change } });
  return { world, own, connect };
};

test.each(
  neededRights.map(
    (right) => [`${right.module} ${right.level} ${right.table ?? ''}`, right] as const,
  ),
)('a role without %s is told which right it lacks, and where to grant it', async (_name, right) => {
  const { world, connect } = await open();
  const { person } = world.player;
  const table = SETUP_TABLES.find((name) => name === right.table);
  if (table !== undefined) person.setTable(table, false);
  else
    person.setRight(
      must(
        RIGHTS.find((name) => name === right.module),
        'a right of the sandbox',
      ),
      right.level,
      false,
    );
  const error = await failureIn(connect());
  expect(error.code).toBe('connect.right');
  expect(error.facts.right).toContain(`${right.module}, ${right.level}`);
  expect(error.facts.where).toContain(right.table ?? right.level);
});

test('trying the rights writes nothing', async () => {
  const { world, connect } = await open();
  const before = world.player.journal().length;
  await connect();
  expect(world.player.journal()).toHaveLength(before);
});

test('a company id that the site does not know is refused in words', async () => {
  const { connect } = await open();
  const error = await failureIn(connect({ companyId: 'nobody' }));
  expect(error).toMatchObject({
    code: 'connect.refused',
    said: expect.stringContaining('company'),
  });
});

test('with several currencies the home currency is asked for, and it must be one of them', async () => {
  const { connect } = await open();
  for (const currency of ['', 'EUR'])
    expect(await failureIn(connect({ currency }))).toMatchObject({
      code: 'connect.currency',
      facts: { choices: expect.stringMatching(/^AUD, .*USD/) },
    });
  expect(await connect({ currency: 'USD' })).toMatchObject({ baseCurrency: 'USD' });
});

test('without the operator’s clientId, which is a GUID, nothing is called', async () => {
  const { world, own } = await open();
  for (const client of [null, { clientId: 'not-a-guid', clientSecret: '' }]) {
    const before = Object.keys(world.player.calls()).length;
    const error = await failureIn(
      connectWiseConnector.connect({ ...own, client, credentials: world.credentials }),
    );
    expect(error).toMatchObject({
      code: 'connect.refused',
      said: expect.stringContaining('CLIENT_ID'),
    });
    expect(Object.keys(world.player.calls())).toHaveLength(before);
  }
});

test('an own server is called only where the operator lists it, and only as an https origin', async () => {
  const { own, world, connect } = await open();
  const site = { site: 'own', host: 'psa.example.com' };
  expect((await failureIn(connect(site))).code).toBe('connect.host');
  const called: string[] = [];
  const listed = createConnectWise({ ownHosts: ['https://psa.example.com'] });
  const account = await listed.connect({
    ...own,
    fetch: async (request) => {
      called.push(new URL(request.url).origin);
      const url = request.url.replace('https://psa.example.com', 'http://connectwise.test');
      return world.fetch(new Request(url, request));
    },
    credentials: { ...world.credentials, ...site },
  });
  expect(account.id).toBe('wattlecloud@psa.example.com');
  // `SiteUrl` of the answer names another host; it is never called.
  expect(new Set(called)).toEqual(new Set(['https://psa.example.com']));
  for (const host of [
    'http://psa.example.com',
    'psa.example.com/path',
    'u:p@psa.example.com',
    '',
  ]) {
    const error = await failureIn(connect({ ...site, host }, listed));
    expect(error.code).toBe('request.invalid');
  }
});

const session = async () => {
  const { world, own, connect } = await open();
  const account = await connect();
  return {
    world,
    session: connectWiseConnector.open({
      ...own,
      account,
      credentials: async () => world.credentials,
    }),
  };
};

test('an upgrade of the region moves the API: discovery is followed, and reading goes on', async () => {
  const { world, session: open } = await session();
  await open.companies(null);
  world.player.person.setCodebase('v2026_5');
  expect((await open.companies(null)).records.length).toBeGreaterThan(0);
});

test('a 404 for every call means wrong keys, not missing records', async () => {
  const { world, session: open } = await session();
  world.player.setFault('credentials-revoked', { status: 404 });
  expect((await failureIn(open.companies(null))).code).toBe('system.reconnect');
});

test('additions of agreements are read whole once an hour, and in between only of changed agreements', async () => {
  const { world, session: open } = await session();
  const pages = () =>
    Object.entries(world.player.calls())
      .filter(([call]) => /^GET .*additions$/.test(call))
      .reduce((sum, [, count]) => sum + count, 0);
  // Everything there is was made at the world's first moment, which a delta includes.
  world.advanceMs(5 * 60_000);
  const first = await open.documents(null, { sparing: true });
  const all = pages();
  expect(all).toBe(first.records.length);
  world.advanceMs(5 * 60_000);
  const second = await open.documents(first.position, { sparing: true });
  expect(pages()).toBe(all);
  const [agreement] = first.records;
  world.player.person.change('Agreement', Number(agreement?.id), { customerPO: 'PO-1' });
  world.advanceMs(5 * 60_000);
  const third = await open.documents(second.position, { sparing: true });
  expect(third.records.map(({ id }) => id)).toEqual([agreement?.id]);
  world.advanceMs(50 * 60_000);
  await open.documents(third.position, { sparing: true });
  expect(pages()).toBe(2 * all + 1);
});

test('a child agreement is billed with its parent, and says through which day that was', async () => {
  const { world, session: open } = await session();
  const { records } = await open.documents(null);
  const child = must(
    records.find(({ number }) => number?.endsWith('branch office')),
    'a child agreement',
  );
  expect(child.billing).toMatchObject({ billedThrough: null, prorates: false });
  world.player.person.invoice();
  const [after] = (await open.documentsById([child])).records;
  expect(after?.billing).toMatchObject({
    billsFrom: '2026-11-01',
    billedThrough: '2026-11-30',
    cycle: { unit: 'month', count: 1 },
  });
});

test.each([
  'psa.example.com',
  'https://psa.example.com',
  'https://psa.example.com/',
  'PSA.Example.COM',
])('the account on the server %s is one and the same, however it was typed', async (host) => {
  const { world, own } = await open();
  const connector = createConnectWise({ ownHosts: ['https://psa.example.com'] });
  const toPlayer: Fetch = async (request) => {
    const { pathname, search } = new URL(request.url);
    return world.fetch(new Request(`http://connectwise.test${pathname}${search}`, request));
  };
  const account = await connector.connect({
    ...own,
    fetch: toPlayer,
    credentials: { ...world.credentials, site: 'own', host },
  });
  expect(account.id).toBe(`${world.credentials.companyId}@psa.example.com`.toLowerCase());
});
