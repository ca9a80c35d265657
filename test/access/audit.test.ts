import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AuditEntry, brokenAt, createAudit } from '../../server/access/audit.ts';
import { createEgress } from '../../server/access/egress.ts';
import { testCrypto } from '../kit/test-crypto.ts';

function recorded(count: number): AuditEntry[] {
  const entries: AuditEntry[] = [];
  const audit = createAudit({
    clock: { nowMs: () => 0, waitUntil: async () => {} },
    crypto: testCrypto,
    logger: {
      info: (_event, entry) => void entries.push(Object(entry)),
      warn: () => {},
      error: () => {},
    },
  });
  for (let turn = 0; turn < count; turn += 1)
    audit.record({
      action: 'session',
      outcome: 'ok',
      marketplaceId: 'market',
      tenantId: 'tenant',
      actor: `user-${turn}`,
    });
  return entries;
}

test('T40: an entry that was changed, removed or put in is found', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 8 }), (index) => {
      const whole = recorded(10);
      expect(brokenAt(whole, testCrypto)).toBeNull();
      const edited = whole.map((entry, at) => (at === index ? { ...entry, actor: 'eve' } : entry));
      expect(brokenAt(edited, testCrypto)).toBe(index + 1);
      expect(brokenAt(whole.toSpliced(index, 1), testCrypto)).toBe(index + 1);
      const [copy] = whole.slice(index);
      if (copy) expect(brokenAt(whole.toSpliced(index, 0, copy), testCrypto)).not.toBeNull();
    }),
  );
});

test('T6: nothing goes out but to configured https origins, and never along a redirect', async () => {
  const seen: Request[] = [];
  const fetch = async (request: Request) => {
    seen.push(request);
    return new Response();
  };
  const origins = ['https://api.example.com', 'http://127.0.0.1:4000'];
  const guarded = createEgress({ fetch, origins, sandbox: false });
  await guarded(new Request('https://api.example.com/x'));
  expect(seen.map(({ redirect }) => redirect)).toEqual(['error']);
  for (const url of [
    'https://evil.example/',
    'http://api.example.com/',
    'http://127.0.0.1:4000/',
    'https://api.example.com:444/',
  ])
    await expect(guarded(new Request(url))).rejects.toThrow('internal');
  const sandbox = createEgress({ fetch, origins, sandbox: true });
  await sandbox(new Request('http://127.0.0.1:4000/'));
  await expect(sandbox(new Request('http://127.0.0.1:4001/'))).rejects.toThrow('internal');
});
