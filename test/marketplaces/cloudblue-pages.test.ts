import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPages } from '../../server/marketplaces/cloudblue/pages.ts';
import { pageOf, stubApi } from './stub-api.ts';

const record = (number: number) => ({ id: `o${number}` });
const newestFirst = (count: number) => Array.from({ length: count }, (_, n) => record(count - n));
const idsOf = (records: readonly unknown[]) =>
  records.map((one) => (typeof one === 'object' && one !== null ? Reflect.get(one, 'id') : null));

test('a list of exactly one page costs one call', async () => {
  const api = stubApi((request) => pageOf([], request));
  await api.marketplace.customers();
  expect(api.calls.slice(1)).toEqual(['GET /customers?limit=100&offset=0']);
  let calls = 0;
  await readPages(async () => {
    calls += 1;
    return { data: newestFirst(100), total: 100 };
  });
  expect(calls).toBe(1);
});

test('it stops on an empty page although the total promises more, and without any total', async () => {
  for (const total of [1_000, null]) {
    const list = newestFirst(150);
    let calls = 0;
    const read = await readPages(async (offset) => {
      calls += 1;
      return { data: list.slice(offset, offset + 100), total };
    });
    expect(idsOf(read)).toEqual(idsOf(list));
    expect(calls).toBeLessThan(6);
  }
});

test('every record is read once although others come and go between the pages', async () => {
  const changes = fc.array(
    fc.record({
      add: fc.oneof(fc.constant(0), fc.nat({ max: 120 })),
      drop: fc.array(fc.nat({ max: 400 }), { maxLength: 60 }),
    }),
    { maxLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 450 }), changes, async (size, shifts) => {
      let list = newestFirst(size);
      const lasting = new Set(idsOf(list));
      let next = size;
      const queue = [...shifts];
      const read = await readPages(async (offset) => {
        const data = list.slice(offset, offset + 100);
        const total = list.length;
        const shift = queue.shift();
        if (shift !== undefined) {
          const gone = new Set(shift.drop.map((place) => list[place]?.id));
          for (const id of gone) lasting.delete(id);
          list = list.filter(({ id }) => !gone.has(id));
          for (let n = 0; n < shift.add; n += 1) {
            next += 1;
            list = [record(next), ...list];
          }
        }
        return { data, total };
      });
      const ids = idsOf(read);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of lasting) expect(ids).toContain(id);
    }),
    {
      // So many leave that the next page is empty.
      examples: [
        [
          176,
          [
            { add: 24, drop: [] },
            { add: 0, drop: [0, 1] },
            { add: 2, drop: [] },
          ],
        ],
      ],
    },
  );
});

test('a newcomer that arrives while the list is read is read too', async () => {
  let list = newestFirst(150);
  const read = await readPages(async (offset) => {
    const page = { data: list.slice(offset, offset + 100), total: list.length };
    if (offset === 0 && list.length === 150) list = [record(151), ...list];
    return page;
  });
  expect(idsOf(read)).toContain('o151');
  expect(read).toHaveLength(151);
});

test('a list without end is refused', async () => {
  let next = 0;
  const endless = readPages(async () => ({
    data: Array.from({ length: 100 }, () => {
      next += 1;
      return record(next);
    }),
    total: 1_000_000_000,
  }));
  await expect(endless).rejects.toMatchObject({ code: 'marketplace.answer' });
});
