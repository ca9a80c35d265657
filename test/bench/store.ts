import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { dateSchema } from '../../server/domain/dates.ts';
import type { LogQuery, Store } from '../../server/domain/ports/store.ts';
import { openDisk } from '../../server/store/disk.ts';
import { charge, link, logEntry, note, openOn, tenantA } from '../store/world.ts';
import { quantiles, type Row, rounded, row, timed } from './row.ts';

const entries = 100_000;
const entriesPerCommit = 1_000;
const hotSizes = [100, 1_000, 2_000];
const commitRounds = 60;
const pageRounds = 150;
/** About the 400 bytes a record of the measured stores had (README, Figures). */
const recordText = 'x'.repeat(330);
const day = { from: v.parse(dateSchema, '2026-11-23'), to: v.parse(dateSchema, '2026-11-23') };

/** The embedded store on the real disk of this machine. */
export async function benchStore(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerport-bench-'));
  try {
    const rows: Row[] = [];
    for (const size of hotSizes) rows.push(...(await benchCommits(join(folder, `${size}`), size)));
    rows.push(...(await benchShared(join(folder, 'shared'))));
    rows.push(...(await benchLog(join(folder, 'log'))));
    return rows;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function benchCommits(folder: string, size: number): Promise<Row[]> {
  const store = await open(folder);
  await store.transact(tenantA, (tx) => {
    for (let number = 0; number < size; number += 1) tx.put('note', note(`n${number}`, recordText));
  });
  const tookMs = await timed(commitRounds, (round) =>
    store.transact(tenantA, (tx) => {
      tx.put('note', note(`n${round}`, `${round}${recordText}`));
      tx.put('link', link(`l${round}`));
      tx.log(logEntry(`commit ${round}`));
    }),
  );
  await store.close();
  return quantiles(`commit with ${size} hot records, a link and a log entry`, tookMs);
}

async function benchShared(folder: string): Promise<Row[]> {
  const store = await open(folder);
  const put = (number: number) =>
    store.transact(tenantA, (tx) => {
      tx.put('note', note(`n${number}`, recordText));
      tx.put('charge', charge(`ch${number}`));
      tx.log(logEntry(`commit ${number}`));
    });
  await put(0);
  const [tookMs = 0] = await timed(1, () =>
    Promise.all(Array.from({ length: 1_000 }, (_, number) => put(number + 1))),
  );
  await store.close();
  return [row('1,000 commits at once, all acknowledged', rounded(tookMs), 'ms')];
}

async function benchLog(folder: string): Promise<Row[]> {
  const store = await open(folder);
  for (let from = 0; from < entries; from += entriesPerCommit)
    await store.transact(tenantA, (tx) => {
      for (let number = from; number < from + entriesPerCommit; number += 1)
        tx.log(
          logEntry(`INV-${number}`, {
            customerId: `cu${number % 400}`,
            result: number % 50 === 0 ? 'failed' : 'ok',
            details: recordText,
          }),
        );
    });
  const ask = (query: Partial<LogQuery>) => (round: number) =>
    store.log(tenantA, { before: entries - round * 600, limit: 50, ...query });
  const rows = [
    ...quantiles('log page, 100,000 entries', await timed(pageRounds, ask({}))),
    ...quantiles('log page, failed only', await timed(pageRounds, ask({ result: 'failed' }))),
    ...quantiles('log page, one customer', await timed(pageRounds, ask({ customerId: 'cu7' }))),
    ...quantiles('log text search', await timed(10, ask({ text: 'no such words', day }))),
  ];
  await store.close();
  const [openMs = 0] = await timed(1, async () => (await open(folder)).close());
  return [...rows, row('open with 100,000 log entries', rounded(openMs), 'ms')];
}

const open = (folder: string): Promise<Store> => {
  const clock = {
    nowMs: () => performance.timeOrigin + performance.now(),
    waitUntil: async () => undefined,
  };
  return openOn(openDisk(), { folder, clock });
};
