import { describe, expect, test } from 'vitest';
import { currentVersion, sealed } from '../../server/store/lowdb/versions.ts';
import { SimulatedDisk } from './simulated-disk.ts';
import { customer, link, logEntry, note, openOn, tenantA, wholeLog } from './world.ts';

const text = (bytes: Uint8Array | null) => new TextDecoder().decode(bytes ?? undefined);
const bytes = (content: string) => new TextEncoder().encode(content);
/** Changes a document and seals it again, so that what it says is wrong and not its checksum. */
const resealed = (change: (content: string) => string) => (content: string) =>
  sealed(change(content).replace(/^\{"version":\d+,"crc":"[0-9a-f]+",/, '{'));

/** A store with three commits, closed; `damage` changes one of its files. */
async function closed() {
  const disk = new SimulatedDisk();
  const store = await openOn(disk);
  for (const number of [1, 2, 3])
    await store.transact(tenantA, (tx) => {
      tx.put('note', note(`n${number}`));
      tx.put('customer', customer(`cu${number}`));
      tx.put('link', link(`l${number}`));
      tx.log(logEntry(String(number)));
    });
  await store.close();
  const path = (end: string) => disk.paths().find((name) => name.endsWith(end)) ?? '';
  const damage = (end: string, change: (content: string) => string) =>
    disk.poke(path(end), bytes(change(text(disk.peek(path(end))))));
  return { disk, path, damage };
}

describe('C2, C4: a damaged file stops the start', () => {
  test.each([
    ['hot.json', 'emptied', () => ''],
    ['hot.json', 'cut', (content: string) => content.slice(0, -20)],
    ['hot.json', 'zeroed', (content: string) => '\0'.repeat(content.length)],
    ['hot.json', 'another JSON', () => '[]'],
    ['hot.json', 'null', () => 'null'],
    ['hot.json', 'one letter changed', (content: string) => content.replace('"x"', '"y"')],
    ['hot.json', 'of wrong form', resealed((content) => content.replace('"text":"x"', '"text":5'))],
    ['hot.json', 'of another tenant', resealed((content) => content.replace('Tenant', 'Other'))],
    ['hot.json', 'without its checksum', (content: string) => content.replace(/"crc":"\w+",/, '')],
    ['customer.json', 'cut', (content: string) => content.slice(0, -20)],
    [
      'customer.json',
      'an older state',
      resealed((content) => content.replace(/"applied":\d+/, '"applied":1')),
    ],
    ['customer.json', 'one letter changed', (content: string) => content.replace('cu2', 'cu7')],
    ['manifest.json', 'one letter changed', (content: string) => content.replace('live', 'love')],
    ['manifest.json', 'cut', (content: string) => content.slice(0, -20)],
    ['link.jsonl', 'changed in the middle', (content: string) => content.replace('"l2"', '"l2')],
    [
      'link.jsonl',
      'one digit of an amount changed',
      (content: string) => content.replace('9007199254740993', '9007199254740992'),
    ],
    [
      'link.jsonl',
      'a line without its checksum',
      (content: string) =>
        content.replace(/(.*"l2".*)/, (line) => line.replace(/"crc":"\w+",/, '')),
    ],
    ['link.jsonl', 'another kind of file', (content: string) => content.replace('records', 'log')],
    ['link.jsonl', 'shorter', (content: string) => content.slice(0, content.lastIndexOf('{"n"'))],
    [
      'log-000001.jsonl',
      'changed in the middle',
      (content: string) => content.replace('"seq":2', '"seq":7'),
    ],
    [
      'log-000001.jsonl',
      'shorter',
      (content: string) => content.slice(0, content.lastIndexOf('{"seq"')),
    ],
  ])('%s, %s', async (end, _, change) => {
    const { disk, path, damage } = await closed();
    damage(end, change);
    await expect(openOn(disk)).rejects.toMatchObject({ code: 'store.failed', reason: 'damaged' });
    await expect(openOn(disk)).rejects.toThrow(path(end));
  });

  test.each(['hot.json', 'customer.json', 'manifest.json', 'link.jsonl', 'log-000001.jsonl'])(
    '%s, missing',
    async (end) => {
      const { disk, path } = await closed();
      const missing = path(end);
      await disk.remove(missing);
      await expect(openOn(disk)).rejects.toMatchObject({ reason: 'missing' });
      await expect(openOn(disk)).rejects.toThrow(`${missing}: is missing`);
    },
  );

  test.each(['hot.json', 'customer.json', 'manifest.json', 'link.jsonl', 'log-000001.jsonl'])(
    '%s, from a later version of the app, also with a confirmed backup',
    async (end) => {
      const { disk, damage } = await closed();
      damage(end, (content) =>
        content.replace(`"version":${currentVersion}`, `"version":${currentVersion + 1}`),
      );
      const opened = openOn(disk, { acceptBackup: true });
      await expect(opened).rejects.toMatchObject({ reason: 'newer-version' });
    },
  );

  test('the error never holds what the file holds', async () => {
    const { disk, damage } = await closed();
    damage('hot.json', (content) => content.replace('"text":"x"', '"text":{"secret":"hunter2"}'));
    const error = await openOn(disk).catch((thrown) => thrown);
    expect(`${error.message} ${JSON.stringify(error)}`).not.toContain('hunter2');
  });
});

describe('C4: a torn end', () => {
  test.each(['log-000001.jsonl', 'link.jsonl'])(
    'of %s is cut, and nothing is missing',
    async (end) => {
      const { disk, damage } = await closed();
      damage(end, (content) => `${content}{"seq":4,"at":"2026-`);
      const store = await openOn(disk);
      expect(await wholeLog(store, tenantA)).toHaveLength(3);
      await store.transact(tenantA, (tx) => {
        tx.put('link', link('l4'));
        tx.log(logEntry('4'));
      });
      await store.close();
      const again = await openOn(disk);
      expect((await wholeLog(again, tenantA)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
      expect((await again.read(tenantA)).list('link')).toHaveLength(4);
    },
  );
});

describe('C2: the previous generation', () => {
  /** Ends by a crash, so that the document's backup lacks the last commit. */
  async function crashed() {
    const disk = new SimulatedDisk();
    const store = await openOn(disk);
    for (const number of [1, 2, 3]) {
      await store.transact(tenantA, (tx) => {
        tx.put('note', note(`n${number}`));
        tx.put('customer', customer(`cu${number}`));
        tx.put('link', link(`l${number}`));
        tx.log(logEntry(String(number)));
      });
      await new Promise((resolve) => setImmediate(resolve));
    }
    const survived = disk.crash();
    const path = survived.paths().find((name) => name.endsWith('hot.json')) ?? '';
    survived.poke(path, bytes('{"version":1,'));
    return { disk: survived, path };
  }

  test('is used only when confirmed; it is told, and the next entry gets a fresh number', async () => {
    const { disk, path } = await crashed();
    await expect(openOn(disk)).rejects.toThrow('acceptBackup');
    const store = await openOn(disk, { acceptBackup: true });
    expect(store.health().advice).toContain(path);
    const reader = await store.read(tenantA);
    expect(reader.list('note').map(({ id }) => id)).toEqual(['n1', 'n2']);
    await store.transact(tenantA, (tx) => {
      tx.put('link', link('l4'));
      tx.put('customer', customer('cu4'));
      tx.log(logEntry('next'));
    });
    await store.close();
    const again = await openOn(disk);
    expect((await wholeLog(again, tenantA)).map(({ seq, subject }) => [seq, subject])).toEqual([
      [1, '1'],
      [2, '2'],
      [3, '3'],
      [4, 'next'],
    ]);
    expect((await again.read(tenantA)).get('customer', 'cu4')).not.toBeNull();
    expect((await again.read(tenantA)).get('link', 'l4')).not.toBeNull();
    expect(disk.paths().filter((name) => name.endsWith('.damaged'))).toHaveLength(1);
  });

  test('put in place by hand is noticed: the log is ahead of it', async () => {
    const { disk, path } = await crashed();
    disk.poke(path, disk.peek(`${path}.backup`) ?? bytes(''));
    await expect(openOn(disk)).rejects.toThrow('a commit is missing');
  });

  test('of the manifest never drops a tenant', async () => {
    const { disk, damage, path } = await closed();
    damage('manifest.json', () => '');
    disk.poke(path('manifest.json'), bytes('{"version":1,"tenants":[]}'));
    await expect(openOn(disk)).rejects.toThrow('the manifest does not name');
    const store = await openOn(disk, { acceptBackup: true });
    expect(await store.tenants()).toEqual([tenantA]);
    expect((await store.read(tenantA)).list('note')).toHaveLength(3);
  });
});
