import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Store } from '../../server/domain/ports/store.ts';
import { collections, type RecordOf } from '../../server/domain/records.ts';
import { openDisk } from '../../server/store/disk.ts';
import { charge, customer, link, logEntry, note, openOn, tenantA } from '../store/world.ts';
import { quantiles, type Row, rounded, row, timed } from './row.ts';
import { longestTurnOf } from './turns.ts';

const sizes = [500, 1_000, 2_500, 5_000];
const perCustomer = 5;
/** Orders of a month that are open at once: one subscription in ten. */
const openShare = 10;
const monthsBilled = 12;
const rounds = 60;
const perCommit = 1_000;
/** Nobody waits longer for a turn because a commit is made. */
const turnMsMax = 50;
/** About what an open task holds. */
const taskText = 'x'.repeat(330);

/**
 * What one more order costs a reseller with so many subscriptions, each billed for a year: its charge, its
 * subscription, its customer, its task, its link and its entry, in one commit.
 */
export async function benchTenantSize(): Promise<Row[]> {
  const root = await mkdtemp(join(tmpdir(), 'ledgerport-bench-'));
  try {
    const rows: Row[] = [];
    for (const size of sizes) rows.push(...(await benchSize(join(root, `${size}`), size)));
    return rows;
  } finally {
    await rm(root, { recursive: true });
  }
}

async function benchSize(folder: string, size: number): Promise<Row[]> {
  const filling = await openOn(openDisk(), { folder });
  await fill(filling, size);
  await filling.close();
  const store = await openOn(openDisk(), { folder });
  let tookMs: number[] = [];
  const turnMs = await longestTurnOf(async () => {
    tookMs = await timed(rounds, (round) =>
      store.transact(tenantA, (tx) => {
        const id = (round * 37) % size;
        tx.put('charge', charge(`new-${round}`));
        tx.put('subscription', subscription(id, String(round + 2)));
        tx.put('customer', customer(`cu${Math.floor(id / perCustomer)}`, `Customer ${round}`));
        tx.put('note', note(`task-${round}`, `${round}${taskText}`));
        tx.put('link', link(`new-${round}`));
        tx.log(logEntry(`INV-${round}`));
      }),
    );
    await store.close();
  });
  const name = `an order of a tenant with ${size.toLocaleString('en')} subscriptions`;
  return [
    ...quantiles(`${name}: commit`, tookMs),
    row(`${name}: others wait at most`, rounded(turnMs), 'ms', turnMsMax),
  ];
}

async function fill(store: Store, size: number): Promise<void> {
  const each = async (count: number, put: (number: number) => (tx: Putting) => void) => {
    for (let from = 0; from < count; from += perCommit)
      await store.transact(tenantA, (tx) => {
        for (let number = from; number < Math.min(from + perCommit, count); number += 1)
          put(number)(tx);
      });
  };
  await each(size, (number) => (tx) => tx.put('subscription', subscription(number, '1')));
  await each(size / perCustomer, (number) => (tx) => tx.put('customer', customer(`cu${number}`)));
  await each(size / openShare, (number) => (tx) => tx.put('note', note(`n${number}`, taskText)));
  await each(size * monthsBilled, (number) => (tx) => {
    const placedOn = `2026-${String(1 + (number % monthsBilled)).padStart(2, '0')}-01`;
    tx.put('charge', charge(`ch${number}`, { placedOn }));
    tx.put('link', link(`l${number}`));
  });
}
type Putting = Parameters<Parameters<Store['transact']>[1]>[0];

const subscription = (number: number, quantity: string): RecordOf<'subscription'> =>
  v.parse(collections.subscription.schema, {
    id: `s${number}`,
    name: `Microsoft 365 Business Premium – ${number}`,
    customerId: `cu${Math.floor(number / perCustomer)}`,
    status: 'active',
    autoRenews: true,
    startDate: '2026-01-05',
    renewalDate: '2027-01-05',
    expirationDate: null,
    modifiedDate: '2026-11-01',
    billingPeriod: { unit: 'month', count: 1 },
    term: { unit: 'year', count: 1 },
    detailed: true,
    products: [
      {
        productId: `p${number % 60}`,
        partNumber: 'CFQ7TTC0LCHC',
        name: 'Microsoft 365 Business Premium',
        quantity,
        unitPrice: '33.1',
        unitCost: '26.4',
        currency: 'AUD',
      },
    ],
  });
