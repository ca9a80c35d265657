import type { Browser } from 'playwright-core';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit } from '../bookkeeper/audit.ts';
import { launch } from '../ui/browser.ts';
import { type AppClient, openClient } from './kit/app-client.ts';
import { booksOf, nextOrderForAll } from './kit/books.ts';
import { click as clickIn, clickTarget, fieldTarget, fill } from './kit/named.ts';
import { passesAxe } from './kit/passes-axe.ts';
import { ports } from './kit/ports.ts';
import { runsOf } from './kit/runs.ts';
import { firstDay, followTour } from './kit/set-up.ts';
import { soon } from './kit/soon.ts';
import { today } from './kit/today.ts';
import { type Visitor, visit } from './kit/visitor.ts';
import { type ProcessWorld, startWorld } from './kit/world.ts';

const customer = 'Ember Design';
const appPage = '/apps/ledgerport?module=xero';

let world: ProcessWorld;
let browser: Browser;
let visitor: Visitor;
let billFrom = '';
beforeAll(async () => {
  world = await startWorld(ports.journey);
  browser = await launch();
  visitor = await visit(browser, world.marketplace);
  billFrom = await firstDay(world);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

const click = async (name: string) => clickIn(await visitor.app(), name);
const type = async (label: string, value: string) =>
  fill(await fieldTarget(await visitor.app(), label, null), value);
const see = async (text: string | RegExp) =>
  (await visitor.app())
    .getByText(text)
    .filter({ visible: true })
    .first()
    .waitFor()
    .catch(async (cause: unknown) => {
      throw new Error(`“${text}” is not there; see ${await visitor.shot('journey')}`, { cause });
    });
const back = () => visitor.page.evaluate(() => history.back());
const forward = () => visitor.page.evaluate(() => history.forward());
const openApp = () => visitor.page.goto(`${world.marketplace}${appPage}`);
const looked = (name: string) => (step: number) => passesAxe(visitor, `${name} ${step}`);

test('a wrong password is refused with what to do, and nothing is kept of it', async () => {
  await followTour(visitor, world, [1, 2]);
  await see('Set up Xero');
  await passesAxe(visitor, 'the first screen');
  await click('Give access');
  await type('API user name', 'api@bluegum.example');
  await type('API password', 'wrong');
  await type('Marketplace code', 'au');
  await type('Subscription key', 'bluegum-sandbox-key');
  await click('Save and test');
  await see(/does not accept the access data/);
  await passesAxe(visitor, 'access refused');
  await openApp();
}, 90_000);

test('T34: closing the pop-up connects nothing and says so; the second try does', async () => {
  await followTour(visitor, world, [3, 3], looked('tour'));
  await click('Continue');
  await click('Connect');
  await click('Continue to Xero');
  await (await visitor.window()).close();
  await see('The window was closed before it was done.');
  await passesAxe(visitor, 'pop-up closed');
  await openApp();
  await click('Open');
  await followTour(visitor, world, [4, 7], looked('tour'));
  await followTour(visitor, world, [8, 10]);
  await passesAxe(visitor, 'opening questions');
}, 120_000);

test('one order becomes one invoice, however often the button is pressed or the way is gone back', async () => {
  await followTour(visitor, world, [11, 12], looked('tour'));
  await back();
  await see('Search orders and customers');
  await forward();
  await see('On which invoice?');
  await click('Confirm');
  const write = await clickTarget(await visitor.app(), 'Write 1 invoice');
  await write.dblclick();
  await see('1 invoice written');
  await passesAxe(visitor, 'a run');
  expect(await writes('invoice.created')).toBe(1);
  await back();
  await see('These orders are no longer open.');
  await passesAxe(visitor, 'the wizard again');
}, 90_000);

test('a seat change joins the invoice, and a cancellation gives the rest back', async () => {
  await followTour(visitor, world, [14, 16]);
  const { orders } = v.parse(
    ordersSchema,
    await world.control('/sandbox/orders', {
      action: 'cancel',
      subscriptionId: await newSubscription(),
    }),
  );
  expect(orders.length).toBeGreaterThan(0);
  await click('Dashboard');
  await click('Check now');
  await see(/new task\./);
  await passesAxe(visitor, 'the dashboard');
  await click('Sync all');
  await see('Nothing is written until you confirm');
  await passesAxe(visitor, 'sync all');
  await click('Write');
  await see(/invoices? written/);
}, 90_000);

test('automatic writes what a month’s billing run brings, for customers that are switched on', async () => {
  await click('Settings');
  await type('Write automatically', 'Every 5 minutes');
  await passesAxe(visitor, 'the settings');
  await click('Save settings');
  await click('Mappings');
  await see('Match automatically');
  await passesAxe(visitor, 'customers');
  await click('Select all on this page');
  await click('Automatic on');
  await click('Switch on');
  await world.control('/sandbox/clock', { advanceMonths: 1 });
  await world.control('/sandbox/orders', { action: 'billing-run' });
  await checksUntil('an automatic run', async (client) => {
    const runs = await runsOf(client);
    return runs.some(({ kind, endedAt }) => kind === 'automatic' && endedAt !== null) || null;
  });
}, 120_000);

test('killed in the middle of writing, it goes on where it was', async () => {
  await world.control('/sandbox/clock', { advanceMonths: 1 });
  await world.control('/sandbox/orders', { action: 'billing-run' });
  // Xero has it, the app waits for the answer: there it is killed.
  await world.control('/sandbox/faults', {
    player: 'xero',
    name: 'time-out-after-commit',
    options: { times: 1 },
  });
  const before = await writes('invoice.');
  await checksUntil('a write', async () => (await writes('invoice.')) > before || null);
  await world.control('/sandbox/app/kill', {});
  await world.control('/sandbox/app/start', {});
  // What was in flight at the kill is looked for two minutes later, and what a jump of the clock timed
  // out once more after that: time passes until nothing is open.
  await checksUntil('all runs to end', async (client) => {
    const open = (await runsOf(client)).filter(({ endedAt }) => endedAt === null);
    return open.length === 0 || null;
  });
}, 120_000);

/**
 * Lets the time of a check come, again and again, until one brought what is looked for. The clock
 * moves only between checks: a jump in the middle of one would time its calls out.
 */
async function checksUntil(
  what: string,
  look: (client: AppClient) => Promise<true | null>,
): Promise<void> {
  const checksMax = 6;
  let client = await openClient(world);
  for (let checks = 0; checks < checksMax; checks += 1) {
    await soon('a check to end', async () => ((await isChecking(client)) ? null : true), 30_000);
    await world.control('/sandbox/clock', { advanceMs: 6 * 60_000 });
    // A bearer lives five minutes.
    client = await openClient(world);
    const seen = await soon(what, () => look(client), 6_000).catch(() => null);
    if (seen !== null) return;
  }
  throw new Error(`no check brought ${what}`);
}

async function isChecking({ get, connectionId }: AppClient): Promise<boolean> {
  const view = await get(`/v1/connections/${connectionId}`);
  return v.parse(v.object({ checking: v.boolean() }), view).checking;
}

test('who may only look sees no button that writes', async () => {
  const reader = await visit(browser, world.marketplace);
  const { page } = reader;
  const switched = page.waitForEvent('load');
  await page.getByLabel('Signed in as').selectOption('bluegum-reader');
  await switched;
  await page.goto(`${world.marketplace}${appPage}`);
  const app = await reader.app();
  await app.getByText('Needs you').first().waitFor();
  for (const name of ['Sync all', 'Sync selected'])
    expect(await app.getByRole('link', { name }).count(), name).toBe(0);
  expect(await app.getByRole('button', { name: 'Pause everything' }).isDisabled()).toBe(true);
  expect(await app.getByRole('button', { name: 'Check now' }).isDisabled()).toBe(true);
  await passesAxe(reader, 'a viewer');
  await reader.close();
}, 90_000);

test('the log holds it all, and the bookkeeper agrees to the cent', async () => {
  await openApp();
  await click('Action log');
  await see('Everything that happened, by whom.');
  await passesAxe(visitor, 'the log');
  await visitor.page.reload();
  await see('Everything that happened, by whom.');
  const client = await openClient(world);
  const books = await booksOf(client, {
    today: await today(world),
    billFrom,
    organisation: world.organisation('Cloud Reseller Services'),
    openings: await nextOrderForAll(world),
  });
  expect(books.confirmed?.length).toBeGreaterThan(10);
  const verdict = audit({
    marketplace: await world.journal('marketplace'),
    system: await world.journal('xero'),
    books,
  });
  expect(verdict.differences).toEqual([]);
  expect(verdict.ok).toBe(true);
}, 90_000);

test('the browser had nothing to complain about but the refusals and the kill', () => {
  const expected = /status of 4\d\d|net::ERR_/;
  expect(visitor.heard.filter((text) => !expected.test(text))).toEqual([]);
});

/** How often the app did this at Xero. */
const writes = async (what: string): Promise<number> =>
  (await world.journal('xero')).filter(
    ({ kind, actor }) => kind.startsWith(what) && actor.startsWith('api:'),
  ).length;

const ordersSchema = v.object({ orders: v.array(v.unknown()) });
const stateSchema = v.object({
  customers: v.array(v.object({ id: v.string(), name: v.string() })),
  subscriptions: v.array(v.object({ id: v.string(), name: v.string(), customerId: v.string() })),
});

/** The subscription that the tour's first step sold. */
async function newSubscription(): Promise<string> {
  const { customers, subscriptions } = v.parse(stateSchema, await world.control('/sandbox/state'));
  const owner = customers.find(({ name }) => name.startsWith(customer))?.id;
  const own = subscriptions.filter(({ customerId }) => customerId === owner);
  return own.findLast(({ name }) => name.includes('month by month'))?.id ?? '';
}
