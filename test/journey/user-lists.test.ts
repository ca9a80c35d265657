import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { StartOptions } from '../../server/start-options.ts';
import { connectConnectWise } from '../kit/connectwise-road.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { forTellingMarketplace } from '../kit/telling-marketplace.ts';
import { fileCounts, userFiles } from '../kit/user-files.ts';
import { must } from '../sandbox/must.ts';
import type { World } from '../sandbox/world.ts';
import { journey, marketOf, newOrder } from './journey.ts';

const minuteMs = 60_000;
const hourMs = 3_600_000;

/** A marketplace that tells users, with ConnectWise as the system. */
const tellingOptions = (
  change: (given: StartOptions) => StartOptions = (given) => given,
): Parameters<typeof journey>[1] => ({
  connect: connectConnectWise,
  change: (given: StartOptions, world: World) => {
    world.marketplace.directory.isTold = true;
    return change(forTellingMarketplace(given));
  },
});
const options = tellingOptions();

/** Everything the app keeps, as text. */
async function kept({ road }: ReadyRoad): Promise<string> {
  const names = await readdir(road.folder, { recursive: true, withFileTypes: true });
  const files = names.filter((each) => each.isFile());
  const texts = files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8'));
  return (await Promise.all(texts)).join('\n');
}

/** A subscription on an agreement, and lists switched on; whose they are. */
async function billedWithLists(ready: ReadyRoad) {
  await syncLater(ready);
  const { customerId } = await newOrder(ready, { quantity: 3 });
  await syncLater(ready);
  await ready.settings({ exportUsers: true });
  return must(marketOf(ready).customers.get(customerId), 'the customer');
}

/** A minute has room for so many calls, and a marketplace that tells users is asked for each customer. */
async function checkLater(ready: ReadyRoad): Promise<void> {
  ready.road.world.clock.advance({ ms: minuteMs });
  await ready.check();
}
async function syncLater(ready: ReadyRoad): ReturnType<ReadyRoad['syncAll']> {
  ready.road.world.clock.advance({ ms: minuteMs });
  return ready.syncAll();
}

const happen = (ready: ReadyRoad, customerId: string, what: 'joins' | 'leaves') =>
  ready.road.control('/sandbox/company-users', { customerId, what });
/** The list of a customer, whichever agreement it is on. */
const listOf = async ({ road }: ReadyRoad, { name }: { name: string }) =>
  (await userFiles(road)).filter(({ csv }) => csv.includes(`\r\n${name},`));
const logged = async ({ road }: ReadyRoad, action: string) =>
  (await road.call('GET /v1/log', { query: { action } })).rows;

/** How often the app has looked which documents an agreement has. */
const askedFor = ({ road }: ReadyRoad): number =>
  Object.entries(road.world.systems.connectwise.calls())
    .filter(([call]) => /^GET .*system\/documents/.test(call))
    .reduce((sum, [, count]) => sum + count, 0);

async function checkedAtMs({ road, params }: ReadyRoad): Promise<number> {
  const found = await road.call('GET /v1/connections/:connectionId', { params });
  return found.lastCheckAt === null ? 0 : Date.parse(found.lastCheckAt);
}

journey(
  'a list of users is put on the agreement once it is switched on, replaced when it changes, and goes when switched off',
  options,
  async (ready) => {
    const { road } = ready;
    await syncLater(ready);
    const { customerId } = await newOrder(ready, { quantity: 3 });
    await syncLater(ready);
    await ready.pass({ days: 1 });
    expect(fileCounts(road)).toEqual({ made: 0, gone: 0 });
    await ready.settings({ exportUsers: true });
    await checkLater(ready);
    const { made } = fileCounts(road);
    const customer = must(marketOf(ready).customers.get(customerId), 'the customer');
    const [file] = await listOf(ready, customer);
    expect(file?.isPublic).toBe(false);
    expect(file?.title).toMatch(/^Users \[LU[0-9A-Z]{12}\] [0-9a-f]{16}$/);
    const [head, ...rows] = (file?.csv ?? '').trim().split('\r\n');
    expect(head).toBe('customer,id,name,email,state');
    expect(rows.map((row) => row.split(',').slice(2))).toEqual([
      ['Front desk', expect.stringContaining('front.desk@'), 'active'],
      ['Accounts desk', expect.stringContaining('accounts.desk@'), 'active'],
      ['Workshop tablet', expect.stringContaining('workshop.tablet@'), 'inactive'],
    ]);
    await ready.pass({ days: 1 });
    expect(fileCounts(road)).toEqual({ made, gone: 0 });
    await happen(ready, customerId, 'joins');
    await ready.pass({ days: 1 });
    expect(fileCounts(road)).toEqual({ made: made + 1, gone: 1 });
    expect((await listOf(ready, customer))[0]?.csv).toContain('Desk 4');
    await ready.settings({ exportUsers: false });
    await checkLater(ready);
    await checkLater(ready);
    expect(fileCounts(road)).toEqual({ made: made + 1, gone: made + 1 });
    expect(await kept(ready)).not.toMatch(/Workshop tablet|front\.desk@/);
  },
);

journey(
  'without the right to attach, billing goes on and the test of the connection names the right',
  options,
  async (ready) => {
    const { person } = ready.road.world.systems.connectwise;
    person.setRight('Companies > Manage Attachments', 'Add', false);
    const test = () =>
      ready.road.call('POST /v1/connections/:connectionId/test', { params: ready.params });
    // Nobody is asked for the right while lists are off.
    expect((await test()).lacks).toEqual([]);
    await newOrder(ready, { quantity: 3 });
    await ready.settings({ exportUsers: true });
    const run = must(await syncLater(ready), 'a run');
    expect(run.parts.map(({ state }) => state)).toEqual(run.parts.map(() => 'written'));
    await ready.pass({ days: 1 });
    expect(fileCounts(ready.road).made).toBe(0);
    const tested = await test();
    expect(tested.state).toBe('active');
    expect(tested.lacks.map(({ scope }) => scope)).toContain('Companies > Manage Attachments, Add');
    person.setRight('Companies > Manage Attachments', 'Add', true);
    await ready.pass({ ms: hourMs });
    expect(fileCounts(ready.road).made).toBeGreaterThan(0);
  },
);

journey(
  'a list that is refused says what to do, waits a day or a person, and holds up neither the others nor billing',
  options,
  async (ready) => {
    const { road } = ready;
    const { connectwise } = road.world.systems;
    await billedWithLists(ready);
    const refusal = { path: 'system/documents', method: 'POST' };
    connectwise.setFault('refused', { ...refusal, times: 1 });
    await newOrder(ready, { quantity: 2 });
    const run = must(await syncLater(ready), 'a run');
    expect(run.parts.map(({ state }) => state)).toEqual(run.parts.map(() => 'written'));
    const { made } = fileCounts(road);
    expect(made).toBeGreaterThan(0);
    const [entry, ...others] = await logged(ready, 'users-refused');
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ result: 'failed', failure: { code: 'system.rejected' } });
    expect(entry?.failure?.next).toContain('Billing is not affected');
    expect(entry?.failure?.said).not.toBeNull();
    // Nobody asks for what was refused until a day is over, or a person checks.
    const before = askedFor(ready);
    road.world.clock.advance({ ms: 2 * hourMs });
    const sinceMs = road.world.clock.nowMs();
    await road.until('a check by itself', async () => (await checkedAtMs(ready)) >= sinceMs);
    expect(askedFor(ready)).toBe(before);
    await checkLater(ready);
    expect(fileCounts(road)).toEqual({ made: made + 1, gone: 0 });
    expect(await logged(ready, 'users-refused')).toHaveLength(1);
  },
);

journey('a customer who moves to another company takes the list along', options, async (ready) => {
  const customer = await billedWithLists(ready);
  await checkLater(ready);
  const [before] = await listOf(ready, customer);
  const { rows } = await ready.road.call('GET /v1/connections/:connectionId/mappings/customers', {
    params: ready.params,
    query: {},
  });
  const other = must(
    rows.find(({ id, target }) => id !== customer.id && target),
    'another',
  );
  await ready.road.call('PUT /v1/connections/:connectionId/mappings/customers', {
    params: ready.params,
    body: { customerId: customer.id, targetId: other.target?.id },
  });
  await newOrder(ready, { customerId: customer.id, quantity: 2 });
  await syncLater(ready);
  await ready.pass({ days: 1 });
  const after = await listOf(ready, customer);
  expect(after.map(({ agreementId }) => agreementId)).not.toContain(before?.agreementId);
  expect(after.length).toBeGreaterThan(0);
  expect(await logged(ready, 'users-removed')).not.toEqual([]);
});

journey('the list goes when its agreement ends', options, async (ready) => {
  const customer = await billedWithLists(ready);
  await checkLater(ready);
  const [file] = await listOf(ready, customer);
  const { person } = ready.road.world.systems.connectwise;
  person.change('Agreement', Number(file?.agreementId), { cancelledFlag: 'true' });
  await ready.pass({ days: 1 });
  expect(await listOf(ready, customer)).toEqual([]);
  expect(fileCounts(ready.road).gone).toBe(1);
});

let spoiled: string | null = null;
journey(
  'users of whom one cannot be read leave the list as it was; the other customers get theirs',
  tellingOptions((given) => ({
    ...given,
    fetch: async (request) => {
      const response = await given.fetch(request);
      return spoiled !== null && request.url.includes(`/companies/${spoiled}/`)
        ? new Response((await response.text()).replaceAll('"enabled"', '"misspelt"'))
        : response;
    },
  })),
  async (ready) => {
    const { road } = ready;
    const customer = await billedWithLists(ready);
    await checkLater(ready);
    const [before] = await listOf(ready, customer);
    const { made } = fileCounts(road);
    for (const { id } of marketOf(ready).customers.values()) await happen(ready, id, 'joins');
    spoiled = customer.id;
    await ready.pass({ days: 1 });
    const files = await userFiles(road);
    expect(files).toHaveLength(made);
    expect(files.filter(({ csv }) => !csv.includes('Desk 4'))).toEqual([before]);
    const rows = await logged(ready, 'check-failed');
    expect(rows.map(({ failure }) => failure?.code)).toEqual(['marketplace.answer']);
    spoiled = null;
    await ready.pass({ ms: hourMs });
    expect((await userFiles(road)).every(({ csv }) => csv.includes('Desk 4'))).toBe(true);
  },
);

let breaksSecondPage = false;
journey(
  'a marketplace that falls silent in the middle of a list replaces nothing',
  tellingOptions((given) => ({
    ...given,
    fetch: async (request) =>
      breaksSecondPage && request.url.includes('/memberships?page=1')
        ? new Response('busy', { status: 503 })
        : given.fetch(request),
  })),
  async (ready) => {
    const { road } = ready;
    const customer = await billedWithLists(ready);
    await checkLater(ready);
    const [before] = await listOf(ready, customer);
    const { gone } = fileCounts(road);
    // More than a page holds.
    for (let n = 0; n < 55; n += 1) await happen(ready, customer.id, 'joins');
    breaksSecondPage = true;
    await ready.pass({ days: 1 });
    expect((await listOf(ready, customer)).map(({ csv }) => csv)).toEqual([before?.csv]);
    expect(fileCounts(road).gone).toBe(gone);
    breaksSecondPage = false;
    await ready.pass({ ms: hourMs });
    const [after] = await listOf(ready, customer);
    expect(after?.csv.trim().split('\r\n')).toHaveLength(1 + 3 + 55);
  },
);

journey(
  'two customers on one agreement are in one list, each under their own name',
  options,
  async (ready) => {
    const customer = await billedWithLists(ready);
    const other = must(
      [...marketOf(ready).customers.values()].find(
        ({ id, currency }) => id !== customer.id && currency === customer.currency,
      ),
      'another customer',
    );
    const { rows } = await ready.road.call('GET /v1/connections/:connectionId/mappings/customers', {
      params: ready.params,
      query: {},
    });
    const target = must(rows.find(({ id }) => id === customer.id)?.target, 'their company');
    await ready.road.call('PUT /v1/connections/:connectionId/mappings/customers', {
      params: ready.params,
      body: { customerId: other.id, targetId: target.id },
    });
    await newOrder(ready, { customerId: other.id, quantity: 2 });
    await syncLater(ready);
    await ready.pass({ days: 1 });
    const [file, ...more] = await listOf(ready, customer);
    expect(more).toEqual([]);
    const names = (file?.csv ?? '')
      .trim()
      .split('\r\n')
      .slice(1)
      .map((row) => row.split(',')[0]);
    expect(names).toEqual([
      ...[customer, other]
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .flatMap(({ name }) => [name, name, name]),
    ]);
  },
);

journey('a list whose answer was lost is not sent again', options, async (ready) => {
  const { road } = ready;
  await billedWithLists(ready);
  road.world.systems.connectwise.setFault('server-error-after-commit', {
    path: 'system/documents',
    method: 'POST',
    times: 1,
  });
  await checkLater(ready);
  expect(fileCounts(road).made).toBe(1);
  await ready.pass({ ms: hourMs });
  const files = await userFiles(road);
  expect(new Set(files.map(({ agreementId }) => agreementId)).size).toBe(files.length);
  expect(fileCounts(road)).toEqual({ made: files.length, gone: 0 });
  await ready.pass({ days: 1 });
  expect(fileCounts(road)).toEqual({ made: files.length, gone: 0 });
});
