import { logEntry } from '../store/world.ts';
import type { BusyRoad } from './busy-road.ts';
import { quantiles, type Row, rounded, row, timed } from './row.ts';
import { openStoreAt } from './stored-month.ts';

const entries = 1_000_000;
const entriesPerCommit = 1_000;
const rounds = 100;
const pageMsMax = 10;
/** After so long the app counts a person's requests anew. */
const requestsMs = 60_000;
/** From the first entry to the last. */
const days = 730;
const dayMs = 86_400_000;
/** About what a written line has to say. */
const detailsText = 'x'.repeat(330);

/** What people ask a long Action log for: what stands in every segment, here and there, and nowhere. */
const asked = {
  'newest first': {},
  'failed only': { result: 'failed' },
  'errors and my action': { level: 'errors-and-action' },
  'one customer': { customerId: 'cu7' },
  'one person, 1 entry in 35,000': { actor: 'user:u3' },
  'one action, 1 entry in 5,000': { action: 'undone' },
  'one customer, failed only: none fits': { customerId: 'cu7', result: 'failed' },
  nobody: { actor: 'user:nobody' },
} as const;

/** Pages of an Action log of a million entries over the whole way from the page's call to its answer. */
export async function benchLogPages(busy: BusyRoad, dataDir: string): Promise<Row[]> {
  await busy.road.restart(() => fill(busy, dataDir));
  const { road } = busy;
  const page = (query: Record<string, string>) => road.call('GET /v1/log', { query });
  const [firstMs = 0] = await timed(1, () => page(asked['one action, 1 entry in 5,000']));
  const rows = [row('log page, 1 entry in 5,000, first after a start', rounded(firstMs), 'ms')];
  const bench = async (name: string, query: Record<string, string>) => {
    const before = (round: number) => `${entries - round * (entries / rounds / 2)}`;
    const ask = (round: number) => page({ before: before(round), ...query });
    road.world.clock.advance({ ms: requestsMs });
    for (let warm = 0; warm < 5; warm += 1) await ask(warm);
    rows.push(...quantiles(`log page, ${name}`, await timed(rounds, ask), pageMsMax));
  };
  for (const [name, query] of Object.entries(asked)) await bench(name, query);
  const { rows: middle } = await page({ before: `${entries / 2}` });
  const day = middle[0]?.at.slice(0, 10) ?? '';
  const inDay = { from: day, to: day, before: `${entries}` };
  await bench('one day, failed only', { ...inDay, result: 'failed' });
  await bench('one day, text', { ...inDay, text: 'no such words' });
  return rows;
}

async function fill({ env }: BusyRoad, dataDir: string): Promise<void> {
  let nowMs = Date.now() - days * dayMs;
  const clock = { nowMs: () => nowMs, waitUntil: async () => undefined };
  const { store, tenantId } = await openStoreAt(dataDir, env, clock);
  if (tenantId === null) throw new Error('no tenant is stored');
  for (let from = 0; from < entries; from += entriesPerCommit) {
    await store.transact(tenantId, (tx) => {
      for (let number = from; number < from + entriesPerCommit; number += 1)
        tx.log(entryOf(number));
    });
    nowMs += (days * dayMs * entriesPerCommit) / entries;
  }
  await store.close();
}

const entryOf = (number: number) =>
  logEntry(`INV-${number}`, {
    customerId: `cu${number % 400}`,
    result: number % 50 === 0 ? 'failed' : 'ok',
    action: number % 5_000 === 3 ? 'undone' : 'written',
    actor:
      number % 5_000 === 17
        ? { kind: 'user', id: `u${Math.floor(number / 5_000) % 7}`, name: 'Someone' }
        : { kind: 'app' },
    details: detailsText,
  });
