import * as v from 'valibot';
import { expect, test } from 'vitest';
import { date, instant } from '../../server/domain/dates.ts';
import type { Document, DocumentLine } from '../../server/domain/document.ts';
import { AppError, retryReconnect } from '../../server/domain/errors.ts';
import { type Marker, markerSchema, ownKey } from '../../server/domain/ids.ts';
import { portionId, wholePortion } from '../../server/domain/link.ts';
import { documentMarker, lineMarker } from '../../server/sync/markers.ts';
import { testCrypto } from '../kit/test-crypto.ts';
import { chargeOf, connectedWorld, connectionId, orderOf, tenantId } from './check-world.ts';

const aud = (amountMinor: bigint) => ({ amountMinor, currency: 'AUD' });
const markOf = (chargeKey: string, portion = wholePortion): Marker =>
  lineMarker(testCrypto, { tenantId, accountId: 'acc1' }, chargeKey, portion);

const lineOf = (marker: Marker | null, changes: Partial<DocumentLine> = {}): DocumentLine => ({
  id: 'l1',
  description: 'seat',
  quantity: '1',
  unitPrice: '10',
  discount: null,
  itemCode: null,
  accountCode: null,
  taxType: null,
  tracking: [],
  amount: aud(1000n),
  tax: null,
  marker,
  raw: { vendor: 1 },
  ...changes,
});
const documentOf = (changes: Partial<Document> = {}): Document => ({
  id: 'd1',
  kind: 'invoice',
  number: 'INV-1',
  reference: '',
  marker: documentMarker(testCrypto, markOf('1-a'), 'running'),
  companyId: 'co1',
  state: 'draft',
  locked: null,
  currency: 'AUD',
  date: date('2026-11-20'),
  dueDate: null,
  taxBasis: 'exclusive',
  sent: false,
  net: aud(1000n),
  tax: aud(0n),
  total: aud(1000n),
  lines: [lineOf(markOf('1-a'))],
  whole: true,
  updatedAt: instant(Date.parse('2026-11-21T00:00:00Z')),
  url: null,
  ...changes,
});
const edited = (changes: Partial<Document>, second = 1) =>
  documentOf({
    updatedAt: instant(Date.parse('2026-11-23T10:01:00Z') + second * 1000),
    ...changes,
  });

test('the first check adopts the marks that are there: the order is not asked for again', async () => {
  const world = await connectedWorld({
    orders: [orderOf('1'), orderOf('2')],
    marked: [documentOf()],
  });
  await world.check();
  const reader = await world.store.read(tenantId);
  expect(reader.get('link', portionId('1-a', wholePortion))).toMatchObject({
    state: 'live',
    documentId: 'd1',
    lineId: 'l1',
    orderId: '1',
    customerId: 'cust1',
    revision: 'r1',
    amount: aud(1000n),
  });
  expect(reader.get('connection', connectionId)?.marksAdopted).toBe(true);
  expect(reader.get('snapshot', ownKey(connectionId, 'd1'))).toMatchObject({
    ours: true,
    purpose: 'running',
    drift: null,
  });
  expect((await world.tasks()).map(({ orderId }) => orderId)).toEqual(['2']);
  expect(await world.logged('adopted')).toBe(1);
});

test('a line whose document ended while nobody looked is asked about, not billed again', async () => {
  const world = await connectedWorld({
    orders: [orderOf('1')],
    marked: [documentOf({ state: 'voided' })],
  });
  await world.check();
  const reader = await world.store.read(tenantId);
  expect(reader.get('link', portionId('1-a', wholePortion))?.state).toBe('live');
  expect(reader.get('snapshot', ownKey(connectionId, 'd1'))?.drift).toBe('voided');
  expect(await world.tasks()).toEqual([]);
  expect(await world.logged('drift-found')).toBe(1);
});

test('an ended line is freed where a later generation is there, behind a gap too', async () => {
  const third = { ...wholePortion, generation: 3 };
  const world = await connectedWorld({
    orders: [orderOf('1')],
    marked: [
      documentOf({ id: 'v', state: 'voided' }),
      documentOf({ id: 'd2', lines: [lineOf(markOf('1-a', third))] }),
    ],
  });
  await world.check();
  const reader = await world.store.read(tenantId);
  const stateOf = (generation: number) =>
    reader.get('link', portionId('1-a', { ...wholePortion, generation }))?.state;
  expect([1, 2, 3].map(stateOf)).toEqual(['freed', 'freed', 'live']);
  expect(await world.tasks()).toEqual([]);
});

test('marks of charges nobody knows are counted, not linked', async () => {
  const world = await connectedWorld({
    marked: [documentOf({ lines: [lineOf(v.parse(markerSchema, 'LPFOREIGN'))] })],
  });
  await world.check();
  const { entries } = await world.store.log(tenantId, {
    before: null,
    limit: 10,
    action: 'adopted',
  });
  expect(entries[0]?.facts).toEqual({ linked: '0', unknown: '1', twice: '0' });
});

test.each([
  ['line deleted', { lines: [] }, 'missing'],
  ['amount changed', { lines: [lineOf(markOf('1-a'), { amount: aud(900n) })] }, 'amount'],
  ['quantity changed', { lines: [lineOf(markOf('1-a'), { quantity: '2' })] }, 'quantity'],
  ['price changed', { lines: [lineOf(markOf('1-a'), { unitPrice: '11' })] }, 'price'],
  ['voided', { state: 'voided' }, 'voided'],
  ['deleted', { state: 'deleted' }, 'deleted'],
] as const)('%s in the system is drift, told once', async (_, changes, drift) => {
  const world = await connectedWorld({ orders: [orderOf('1')], marked: [documentOf()] });
  await world.check();
  world.documents.push(
    edited({ ...changes, lines: 'lines' in changes ? [...changes.lines] : documentOf().lines }),
  );
  for (let round = 0; round < 3; round += 1) {
    await world.clock.advance(5 * 60_000);
    await world.check();
  }
  const snapshot = (await world.store.read(tenantId)).get('snapshot', ownKey(connectionId, 'd1'));
  expect(snapshot?.drift?.split(':')[0]).toBe(drift);
  expect(await world.logged('drift-found')).toBe(1);
});

test('drift that a person took back is gone', async () => {
  const world = await connectedWorld({
    orders: [orderOf('1')],
    marked: [documentOf()],
    documents: [edited({ lines: [] })],
  });
  await world.check();
  world.documents[0] = edited({}, 2);
  await world.check();
  expect(
    (await world.store.read(tenantId)).get('snapshot', ownKey(connectionId, 'd1'))?.drift,
  ).toBeNull();
});

test('a touch without a change of content is stored nowhere, an older reading never wins', async () => {
  const world = await connectedWorld({ orders: [orderOf('1')], marked: [documentOf()] });
  await world.check();
  const before = (await world.store.read(tenantId)).get('snapshot', ownKey(connectionId, 'd1'));
  world.documents.push(
    edited({ lines: [lineOf(markOf('1-a'), { raw: { vendor: 2 } })], url: 'https://x.example' }),
  );
  await world.check();
  world.documents[0] = documentOf({ lines: [], updatedAt: instant(0) });
  await world.check();
  const after = (await world.store.read(tenantId)).get('snapshot', ownKey(connectionId, 'd1'));
  expect(after?.hash).toBe(before?.hash);
  expect(after?.drift).toBeNull();
});

test('what changed there is taken though our clock was set back since: the system’s own decides', async () => {
  const world = await connectedWorld({ orders: [orderOf('1')], marked: [documentOf()] });
  await world.check();
  await world.clock.advance(5 * 60_000);
  world.clock.setBack(30 * 60_000);
  world.documents.push(edited({ state: 'deleted' }));
  await world.check();
  expect(
    (await world.store.read(tenantId)).get('snapshot', ownKey(connectionId, 'd1'))?.drift,
  ).toBe('deleted');
});

test('foreign documents are kept while they are open and let go afterwards', async () => {
  const foreign = (changes: Partial<Document>) =>
    edited({ id: 'f', marker: null, lines: [lineOf(null)], ...changes });
  const world = await connectedWorld({ documents: [foreign({})] });
  await world.check();
  const kept = async () =>
    (await world.store.read(tenantId)).get('snapshot', ownKey(connectionId, 'f'));
  expect((await kept())?.ours).toBe(false);
  world.documents[0] = edited(
    { id: 'f', marker: null, lines: [lineOf(null)], state: 'approved' },
    2,
  );
  await world.check();
  expect(await kept()).toBeNull();
});

test('a charge that vanished from its order but stands on an invoice stays, at nothing, and asks', async () => {
  const placedAt = instant(Date.parse('2026-11-23T00:00:00Z'));
  const world = await connectedWorld({
    orders: [orderOf('1', { placedAt })],
    marked: [documentOf()],
  });
  await world.check();
  expect(await world.tasks()).toEqual([]);
  const renamed = chargeOf('1', { key: chargeOf('1b').key, description: 'renamed' });
  world.orders[0] = orderOf('1', { placedAt, charges: [renamed] });
  await world.check();
  const reader = await world.store.read(tenantId);
  expect(reader.get('charge', '1-a')).toMatchObject({
    quantity: '0',
    revision: 'gone',
    amount: aud(0n),
  });
  expect((await world.tasks())[0]?.groups[0]?.chargeKeys).toEqual(['1b-a', '1-a']);
});

test('a connection that asks to be reconnected is marked broken and left alone', async () => {
  const world = await connectedWorld({ orders: [orderOf('1')] });
  world.onCall = (call) => {
    if (call === 'documents') throw new AppError('system.reconnect', { retry: retryReconnect });
  };
  const result = await world.check();
  expect(result.marketplace.status).toBe('ok');
  expect((await world.store.read(tenantId)).get('connection', connectionId)).toMatchObject({
    state: 'broken',
    failure: { code: 'system.reconnect' },
  });
  expect(await world.logged('connection-broken')).toBe(1);
  world.calls.length = 0;
  expect((await world.check()).connections[0]?.status).toBe('skipped');
  expect(world.calls).not.toContain('documents');
});
