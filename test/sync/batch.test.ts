import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Element } from '../../server/domain/intent.ts';
import { batchOf, sizeAfter, vainAfter } from '../../server/sync/batch.ts';

const elementOf = (ref: string, batch = 'Invoices'): Element => ({
  ref,
  kind: 'document-create',
  batch,
  body: '{}',
  documentId: null,
  touchedAt: null,
  marker: ref,
  lineMarkers: [],
});
const refs = (elements: readonly Element[]): string[] => elements.map(({ ref }) => ref);

test('what was never sent in vain goes whole, in its order, one batch name a call', () => {
  const elements = ['a', 'b', 'c', 'd'].map((ref) => elementOf(ref, ref === 'b' ? 'Notes' : 'I'));
  expect(refs(batchOf(elements, { sizeMax: 50, vainOf: () => 0 }))).toEqual(['a', 'c', 'd']);
  expect(refs(batchOf(elements, { sizeMax: 2, vainOf: () => 0 }))).toEqual(['a', 'c']);
  expect(batchOf([], { sizeMax: 2, vainOf: () => 0 })).toEqual([]);
});

test('what was sent in vain comes last and in ever smaller batches', () => {
  expect([0, 1, 2, 3, 4, 5].map((vain) => sizeAfter(vain, 50))).toEqual([50, 50, 12, 3, 1, 1]);
  expect(sizeAfter(9, 1)).toBe(1);
  const elements = ['a', 'b', 'c'].map((ref) => elementOf(ref));
  const vainOf = ({ ref }: Element) => (ref === 'a' ? 3 : 0);
  expect(refs(batchOf(elements, { sizeMax: 50, vainOf }))).toEqual(['b', 'c']);
});

test('a batch that was refused as a whole is not repeated whole', () => {
  expect(sizeAfter(vainAfter(0, 'refused'), 50)).toBeLessThan(50);
  expect(sizeAfter(vainAfter(0, 'unknown'), 50)).toBe(50);
});

test('whichever elements are bad, each ends alone and all others are written, in bounded calls', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 120 }),
      fc.integer({ min: 1, max: 50 }),
      fc.array(fc.nat(119), { maxLength: 3 }),
      fc.constantFrom('refused' as const, 'unknown' as const),
      (count, sizeMax, picks, how) => {
        const bad = new Set(picks.map((pick) => `${pick % count}`));
        const vain = new Map<string, number>();
        const vainOf = ({ ref }: Element) => vain.get(ref) ?? 0;
        let left = Array.from({ length: count }, (_, n) => elementOf(`${n}`));
        const alone = new Set<string>();
        for (let calls = 0; left.length > 0; calls += 1) {
          expect(calls).toBeLessThan(10 + count * 8);
          const sent = batchOf(left, { sizeMax, vainOf });
          const fails = sent.some(({ ref }) => bad.has(ref));
          if (!fails) left = left.filter((element) => !sent.includes(element));
          else if (sent.length === 1) {
            alone.add(sent[0]?.ref ?? '');
            left = left.filter((element) => !sent.includes(element));
          } else for (const { ref } of sent) vain.set(ref, vainAfter(vain.get(ref) ?? 0, how));
        }
        expect(alone).toEqual(bad);
      },
    ),
  );
});
