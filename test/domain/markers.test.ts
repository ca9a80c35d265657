import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tenantKey } from '../../server/domain/ids.ts';
import {
  documentMarker,
  lineMarker,
  purposeOf,
  withDocumentMark,
  withLineMark,
  withoutLineMark,
} from '../../server/sync/markers.ts';
import { testCrypto } from '../kit/test-crypto.ts';

const scope = { tenantId: tenantKey('m', 't'), accountId: 'a' };
const whole = { instalment: 0, generation: 1, sign: 1 as const };
const mark = (key = 'charge', portion: Parameters<typeof lineMarker>[3] = whole, at = scope) =>
  lineMarker(testCrypto, at, key, portion);

describe('marks', () => {
  it('are the same for the same charge, whoever asks and whenever', () => {
    expect(mark()).toBe(mark());
    expect(mark()).toMatch(/^LP[0-9A-HJKMNP-TV-Z]{16}$/);
  });

  it('differ by charge, instalment, generation, sign, account and tenant', () => {
    const marks = [
      mark(),
      mark('other'),
      mark('charge', { ...whole, instalment: 1 }),
      mark('charge', { ...whole, generation: 2 }),
      mark('charge', { ...whole, sign: -1 }),
      mark('charge', whole, { ...scope, accountId: 'b' }),
      mark('charge', whole, { ...scope, tenantId: tenantKey('m', 't2') }),
    ];
    expect(new Set(marks).size).toBe(marks.length);
  });

  it('of a document tells what it is for', () => {
    for (const purpose of ['order', 'running', 'month', 'yearly', 'credit'] as const) {
      const document = documentMarker(testCrypto, mark(), purpose);
      expect(document).toHaveLength(14);
      expect(purposeOf(document)).toBe(purpose);
    }
    expect(purposeOf('LDXAAAAAAAAAAA')).toBeNull();
  });

  it('stand at the end of a text and come off again', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(withoutLineMark(withLineMark(text, mark()))).toBe(text);
      }),
    );
    expect(withoutLineMark('a person wrote [this]')).toBe('a person wrote [this]');
  });

  it('follow a reference, or are one', () => {
    expect(withDocumentMark('SO1', mark())).toBe(`SO1 ${mark()}`);
    expect(withDocumentMark('', mark())).toBe(mark());
  });
});
