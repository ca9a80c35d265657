import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openReadyRoad } from '../kit/ready-road.ts';
import { writesTo } from '../kit/xero-lines.ts';
import { expectToTheCent } from './journey.ts';

test('C8: before a document is written its intent is on disk, and afterwards none is left', async () => {
  const seen: { key: string; intents: string[] }[] = [];
  let dataFolder = '';
  const ready = await openReadyRoad({
    change: (given) => {
      dataFolder = given.env.dataDir;
      return {
        ...given,
        fetch: async (request) => {
          const key = request.headers.get('idempotency-key');
          if (key !== null && /\/(Invoices|CreditNotes)/.test(request.url))
            seen.push({ key, intents: await intentsIn(dataFolder) });
          return given.fetch(request);
        },
      };
    },
  });
  try {
    const before = writesTo(ready);
    expect(await ready.syncAll()).not.toBeNull();
    expect(writesTo(ready) - before).toBeGreaterThan(0);
    expect(seen).toHaveLength(writesTo(ready) - before);
    for (const { key, intents } of seen) expect(intents).toContain(key);
    expect(await intentsIn(dataFolder)).toEqual([]);
    await expectToTheCent(ready);
  } finally {
    await ready.close();
  }
});

/** The keys of the intents that a power cut now would find. */
async function intentsIn(folder: string): Promise<string[]> {
  const tenants = join(folder, 'tenants');
  const texts = await Promise.all(
    (await readdir(tenants)).map((tenant) => readFile(join(tenants, tenant, 'hot.json'), 'utf8')),
  );
  return texts.flatMap((text): string[] =>
    (JSON.parse(text).records.intent ?? []).map(
      ({ idempotencyKey }: { idempotencyKey: string }) => idempotencyKey,
    ),
  );
}
