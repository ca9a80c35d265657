import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { logEntriesPerSegment } from '../../server/store/lowdb/limits.ts';
import { currentVersion } from '../../server/store/lowdb/versions.ts';
import { commit, diskOf, textsOf, written } from './forms/scenario.ts';
import { SimulatedDisk } from './simulated-disk.ts';
import { logEntry, openOn, tenantA, wholeLog } from './world.ts';

const versions = Array.from({ length: currentVersion }, (_, before) => before + 1);
const recorded = (version: number): Record<string, string> =>
  JSON.parse(readFileSync(join(import.meta.dirname, `forms/version-${version}.json`), 'utf8'));

describe('the form of the files', () => {
  test('is what was recorded for this version: another form needs another version and a migration', async () => {
    expect(textsOf(await written())).toEqual(recorded(currentVersion));
  });

  test.each(versions)(
    'version %i opens with everything, goes on, and ends in the form of today',
    async (version) => {
      const disk = await diskOf(recorded(version));
      const store = await openOn(disk);
      const reader = await store.read(tenantA);
      expect(reader.list('note').map(({ text }) => text)).toEqual(['Größe 5 😀']);
      expect(reader.get('lease', 'c1')?.fence).toBe(5);
      expect(reader.list('customer').map(({ name }) => name)).toEqual(['5']);
      expect(
        reader.list('link').map(({ id, state, amount }) => [id, state, amount.amountMinor]),
      ).toEqual(
        [1, 2, 3, 4, 5].map((number) => [
          `l${number}`,
          number === 2 ? 'freed' : 'live',
          9007199254740993n,
        ]),
      );
      expect(reader.list('charge').map(({ id }) => id)).toEqual([
        'ch1',
        'ch2',
        'ch3',
        'ch4',
        'ch5',
      ]);
      expect(await store.tenants()).toEqual([tenantA]);

      await commit(store, 6);
      await store.close();
      for (const [path, text] of Object.entries(textsOf(disk)))
        if (/(hot|customer)\.json$/.test(path))
          expect(text).toMatch(new RegExp(`^\\{"version":${currentVersion},`));
      const again = await openOn(disk);
      expect((await again.read(tenantA)).list('link')).toHaveLength(6);
      expect((await wholeLog(again, tenantA)).map(({ seq, facts }) => [seq, facts.said])).toEqual(
        [1, 2, 3, 4, 5, 6].map((number) => [number, `"${number}"`]),
      );
    },
  );

  test('a full segment of the log in the first form is read, and its index made', async () => {
    const disk = new SimulatedDisk();
    const store = await openOn(disk);
    await store.transact(tenantA, (tx) => {
      for (let number = 1; number <= logEntriesPerSegment + 2; number += 1)
        tx.log(logEntry(String(number)));
    });
    await store.close();
    const texts = Object.entries(textsOf(disk)).filter(([path]) => !path.endsWith('.index.json'));
    const older = await diskOf(Object.fromEntries(texts.map(inFirstForm)));
    for (const opened of [await openOn(older), await openOn(older.fork().crash())])
      expect(await wholeLog(opened, tenantA)).toHaveLength(logEntriesPerSegment + 2);
    expect(older.paths().filter((path) => path.endsWith('.index.json'))).toHaveLength(1);
  });
});

/** As version 1 wrote it; without marks, since its lines are shorter. */
function inFirstForm([path, text]: [path: string, text: string]): [string, string] {
  const seal = /^\{"version":\d,"crc":"\w{8}",/;
  if (!path.endsWith('.jsonl'))
    return [path, text.replace(seal, '{"version":1,').replace(/"marks":\{.*?\}/, '"marks":{}')];
  const lines = text.split('\n').map((line) => line.replace(seal, '{'));
  return [path, ['{"version":1}', ...lines.slice(1)].join('\n')];
}
