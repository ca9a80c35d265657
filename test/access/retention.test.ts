import { expect, test } from 'vitest';
import { keepRetention } from '../../server/access/retention.ts';
import { instant } from '../../server/domain/dates.ts';
import { createAccessWorld, tenantOf } from '../kit/access-world.ts';
import { silentLogger } from '../kit/test-crypto.ts';

const tenant = tenantOf('reseller-1');
const dayMs = 24 * 3_600_000;

async function world() {
  const access = await createAccessWorld();
  const stopping = new AbortController();
  const { store, lifecycle, clock } = access;
  const over = keepRetention({
    store,
    lifecycle,
    clock,
    logger: silentLogger,
    retentionDays: 30,
    signal: stopping.signal,
  });
  const days = async (count: number) => {
    for (let day = 0; day < count; day += 1) await clock.advance(dayMs);
  };
  const states = async () =>
    (await store.read(tenant)).list('installation').map(({ id, state }) => `${id} ${state}`);
  const notes = async () => (await store.read(tenant)).list('note').length;
  const keep = () =>
    store.transact(tenant, (tx) =>
      tx.put('note', { id: 'n', at: instant(clock.nowMs()), text: 'x' }),
    );
  const stop = async () => {
    stopping.abort();
    await over;
  };
  return { access, days, states, notes, keep, stop };
}

test('T17, V14.2.4: what an uninstall left is deleted 30 days later without being asked, and not before', async () => {
  const { access, days, states, notes, keep, stop } = await world();
  await access.install();
  await keep();
  await access.tell('uninstalled');
  await days(29);
  expect([await states(), await notes()]).toEqual([['inst-1 uninstalled'], 1]);
  await days(2);
  expect([await states(), await notes()]).toEqual([['inst-1 purged'], 0]);
  expect(access.audited.at(-1)).toMatchObject({
    object: 'redact',
    reason: 'retention',
    tenantId: null,
  });
  const told = access.audited.length;
  await days(3);
  expect(access.audited).toHaveLength(told);
  await stop();
});

test('T17: an install within that time keeps everything, however long ago the one before ended', async () => {
  const { access, days, states, notes, keep, stop } = await world();
  await access.install();
  await keep();
  await access.tell('uninstalled');
  await days(29);
  await access.tell('installed', { claims: { iid: 'inst-2', prev: 'inst-1' } });
  await days(40);
  expect([await states(), await notes()]).toEqual([['inst-1 uninstalled', 'inst-2 installed'], 1]);
  await stop();
});

test('T15: an install that comes in the middle of a redaction is not deleted with what was before', async () => {
  const { access, states, notes, keep, stop } = await world();
  await access.install();
  await keep();
  await access.tell('uninstalled');
  const { store } = access;
  const redact = store.redact.bind(store);
  let installed: Promise<Response> | undefined;
  store.redact = async (of) => {
    installed = access.tell('installed', { claims: { iid: 'inst-2', prev: 'inst-1' } });
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    await redact(of);
  };
  expect((await access.tell('redact')).status).toBe(200);
  expect((await installed)?.status).toBe(200);
  expect([await states(), await notes()]).toEqual([['inst-1 purged', 'inst-2 installed'], 0]);
  await stop();
});
