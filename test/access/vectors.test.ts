import { constants, createPrivateKey, generateKeyPairSync, privateEncrypt } from 'node:crypto';
import { CompactSign, compactVerify, importJWK, type JWK } from 'jose';
import { describe, expect, test } from 'vitest';
import { createKeySet } from '../../server/access/key-set.ts';
import { rsaMinBits } from '../../server/access/key-strength.ts';
import { createVerifier } from '../../server/access/verify.ts';
import { createAccessWorld, entryOf, publicUrl } from '../kit/access-world.ts';
import { createTestClock } from '../kit/test-clock.ts';
import { ed25519, es256, hs256, otherKeys, rs256, unsecured } from './published-signatures.ts';

type Algorithm = 'ES256' | 'EdDSA' | 'RS256';
const answerMaxMs = 1_000;
const inSet = (jwk: object, alg: Algorithm): JWK => ({ ...jwk, kid: 'key-1', use: 'sig', alg });

function setOf(alg: Algorithm, keys: readonly object[]) {
  const alerts: string[] = [];
  const keySet = createKeySet({
    entry: entryOf({ alg }),
    clock: createTestClock('2026-11-23T10:00:00.000Z'),
    alert: (reason) => void alerts.push(reason),
    fetch: async () => Response.json({ keys }),
  });
  return { keySet, alerts };
}

/** A marketplace of that algorithm and key set, and what is said to a session token of it. */
async function marketplaceOf(alg: Algorithm, keys: readonly object[]) {
  const { clock, sessionClaims } = await createAccessWorld();
  const { keySet } = setOf(alg, keys);
  const verifier = createVerifier({
    entries: [entryOf({ alg })],
    clock,
    publicUrl,
    keySet: () => keySet,
  });
  const verdict = async (token: string): Promise<string> => {
    const startedMs = performance.now();
    const verified = await verifier.verify('session', {
      method: 'POST',
      search: '',
      contentType: 'application/json',
      contentEncoding: null,
      authorization: `Bearer ${token}`,
      body: new TextEncoder().encode('{}'),
      event: null,
    });
    expect(performance.now() - startedMs).toBeLessThan(answerMaxMs);
    return verified.status === 'refused' ? verified.reason : 'verified';
  };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = () =>
    `${part({ alg, typ: 'mkt-session+jwt', kid: 'key-1' })}.${part(sessionClaims())}`;
  return { verdict, input, sessionClaims };
}
const signed = (input: string, signature: Uint8Array) =>
  `${input}.${Buffer.from(signature).toString('base64url')}`;

const published = { ES256: es256, EdDSA: ed25519 } as const;

describe.each(Object.entries(published) as [keyof typeof published, typeof es256][])(
  'the published %s key',
  (alg, known) => {
    test('T1: is imported as what it is: the published signature holds under it, and no other bytes do', async () => {
      const { keySet } = setOf(alg, [inSet(known.public, alg)]);
      const key = await keySet.find('key-1');
      if (key === null) throw new Error('no key');
      await expect(compactVerify(known.jws, key)).resolves.toBeDefined();
      await expect(compactVerify(known.jws.replace(/\.(.)/, '.Z'), key)).rejects.toThrow();
    });

    test('T1: signs a token of ours, and what anybody changes about it is refused', async () => {
      const { verdict, input, sessionClaims } = await marketplaceOf(alg, [
        inSet(known.public, alg),
      ]);
      const owner = await importJWK({ ...known.public, d: known.d }, alg);
      const sign = (header: object = {}) =>
        new CompactSign(Buffer.from(JSON.stringify(sessionClaims())))
          .setProtectedHeader({ alg, typ: 'mkt-session+jwt', kid: 'key-1', ...header })
          .sign(owner);
      const good = await sign();
      expect(await verdict(good)).toBe('verified');
      const [header = '', claims = '', signature = ''] = good.split('.');
      const bytes = Buffer.from(signature, 'base64url');
      const flipped = Buffer.from(bytes.map((byte, at) => (at === 7 ? byte ^ 1 : byte)));
      const other = (await sign()).split('.')[1] ?? '';
      const refused: [string, string][] = [
        [signed(`${header}.${claims}`, flipped), 'signature'],
        [signed(`${header}.${claims}`, bytes.subarray(0, 63)), 'signature'],
        [signed(`${header}.${claims}`, Buffer.concat([bytes, Buffer.of(0)])), 'signature'],
        [signed(`${header}.${claims}`, Buffer.alloc(64)), 'signature'],
        [signed(`${header}.${claims}`, Buffer.alloc(64, 255)), 'signature'],
        [signed(input(), bytes), 'signature'],
        [`${header}.${other}.${signature}`, 'signature'],
        [`${header}.${claims}.`, 'token-form'],
        [`${header}.${claims}`, 'token-form'],
        [`${header}..${signature}`, 'token-form'],
        [`.${claims}.${signature}`, 'token-form'],
        [`${good}.`, 'token-form'],
        [`${good}.AAAA`, 'token-form'],
        ['', 'token-form'],
        [await sign({ kid: 'key-2' }), 'key'],
        [await sign({ jwk: known.public }), 'header'],
        [known.jws, 'header'],
      ];
      for (const [token, reason] of refused)
        expect([token, await verdict(token)]).toEqual([token, reason]);
    });
  },
);

test('T1: a signature with numbers that are nothing or the order of the curve is refused, and so is one in DER', async () => {
  const { verdict, input } = await marketplaceOf('ES256', [inSet(es256.public, 'ES256')]);
  const order = Buffer.from(
    'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551',
    'hex',
  );
  const one = Buffer.concat([Buffer.alloc(31), Buffer.of(1)]);
  const nothing = Buffer.alloc(32);
  for (const [r, s] of [
    [nothing, nothing],
    [nothing, one],
    [one, nothing],
    [order, one],
    [one, order],
    [order, order],
  ] as const)
    expect(await verdict(signed(input(), Buffer.concat([r, s])))).toBe('signature');
  const der = Buffer.from('3006020101020101', 'hex');
  expect(await verdict(signed(input(), der))).toBe('signature');
});

test('T1: whatever else the published examples are signed with is refused before a key is asked for', async () => {
  const { verdict } = await marketplaceOf('ES256', [inSet(es256.public, 'ES256')]);
  for (const token of [es256.jws, rs256.jws, hs256.jws, ed25519.jws])
    expect(await verdict(token)).toBe('header');
  expect(await verdict(unsecured)).toBe('token-form');
});

test('T1: an RSA signature whose padding is not exactly that of PKCS #1 is refused', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: rsaMinBits });
  const { verdict, input } = await marketplaceOf('RS256', [
    inSet(publicKey.export({ format: 'jwk' }), 'RS256'),
  ]);
  const said = input();
  const hash = Buffer.from(await globalThis.crypto.subtle.digest('SHA-256', Buffer.from(said)));
  const info = Buffer.from('3031300d060960864801650304020105000420', 'hex');
  const size = rsaMinBits / 8;
  const block = (head: Buffer, tail: Buffer, fill = 0xff) =>
    Buffer.concat([head, Buffer.alloc(size - head.length - tail.length, fill), tail]);
  const sign = (padded: Buffer) =>
    signed(
      said,
      privateEncrypt(
        {
          key: createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' })),
          padding: constants.RSA_NO_PADDING,
        },
        padded,
      ),
    );
  const start = Buffer.of(0, 1);
  const end = Buffer.concat([Buffer.of(0), info, hash]);
  expect(await verdict(sign(block(start, end)))).toBe('verified');
  const garbage = Buffer.alloc(64, 7);
  const withoutNull = Buffer.from('302f300b0609608648016503040201', 'hex');
  const wrong: Record<string, Buffer> = {
    'another block type': block(Buffer.of(0, 2), end),
    'another filling': block(start, end, 0xfe),
    'no filling': Buffer.concat([start, end, Buffer.alloc(size - 2 - end.length, 7)]),
    'eight letters of filling and rubbish behind': Buffer.concat([
      start,
      Buffer.alloc(8, 0xff),
      end,
      Buffer.alloc(size - 10 - end.length, 7),
    ]),
    'rubbish behind the hash': block(start, Buffer.concat([end, garbage])),
    'no end of the filling': block(start, Buffer.concat([info, hash])),
    'a hash without its name': block(start, Buffer.concat([Buffer.of(0), hash])),
    'parameters left out': block(
      start,
      Buffer.concat([Buffer.of(0), withoutNull, Buffer.of(4, 32), hash]),
    ),
    'SHA-1 by its name': block(
      start,
      Buffer.concat([
        Buffer.of(0),
        Buffer.from('3021300906052b0e03021a05000414', 'hex'),
        hash.subarray(0, 20),
      ]),
    ),
    'a length in the long form': block(
      start,
      Buffer.concat([
        Buffer.of(0),
        Buffer.from('308131300d060960864801650304020105000420', 'hex'),
        hash,
      ]),
    ),
    nothing: Buffer.alloc(size),
  };
  for (const [what, padded] of Object.entries(wrong))
    expect([what, await verdict(sign(padded))]).toEqual([what, 'signature']);
});

const odd = (bits: number): bigint => (1n << BigInt(bits - 1)) + 0x1234567n;
const encoded = (value: bigint): string => {
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url');
};
const rsa = (n: bigint, e: bigint) => inSet({ kty: 'RSA', n: encoded(n), e: encoded(e) }, 'RS256');
const smallPrimes = Array.from({ length: 166 }, (_, at) => at + 2).filter((n) =>
  Array.from({ length: n - 2 }, (_, at) => at + 2).every((by) => n % by !== 0),
);
/** As the chips of CVE-2017-15361 make them: a power of 65537 by the product of the small primes. */
const rocaModulus = (): bigint => {
  const product = smallPrimes.reduce((all, prime) => all * BigInt(prime), 1n);
  const n = (1n << 3_071n) / product + 1n;
  return (65_537n ** 5n % product) + product * n;
};
const point = (hex: string) =>
  inSet({ kty: 'OKP', crv: 'Ed25519', x: Buffer.from(hex, 'hex').toString('base64url') }, 'EdDSA');

const weak: [string, Algorithm, object][] = [
  ['an RSA key of 2048 bits, RFC 7515 A.2', 'RS256', inSet(rs256.public, 'RS256')],
  ['an exponent of one', 'RS256', rsa(odd(3072), 1n)],
  ['an exponent of three', 'RS256', rsa(odd(3072), 3n)],
  ['an even exponent', 'RS256', rsa(odd(3072), 65_538n)],
  ['an exponent of 65 bits', 'RS256', rsa(odd(3072), odd(65))],
  ['an even modulus', 'RS256', rsa(odd(3072) + 1n, 65_537n)],
  ['a modulus as the chips of ROCA make it', 'RS256', rsa(rocaModulus(), 65_537n)],
  ['the point of order 1', 'EdDSA', point(`01${'00'.repeat(31)}`)],
  ['the point of order 1 with a sign', 'EdDSA', point(`01${'00'.repeat(30)}80`)],
  ['the point of order 2', 'EdDSA', point(`ec${'ff'.repeat(30)}7f`)],
  ['a point of order 4', 'EdDSA', point('00'.repeat(32))],
  [
    'a point of order 8',
    'EdDSA',
    point('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'),
  ],
  [
    'the other point of order 8',
    'EdDSA',
    point('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'),
  ],
  ['a point in a second spelling', 'EdDSA', point(`ee${'ff'.repeat(30)}7f`)],
];
test.each(weak)('T7, V11.2.3: %s is refused as a weak key', async (_what, alg, key) => {
  const { keySet, alerts } = setOf(alg, [key]);
  expect(await keySet.find('key-1')).toBeNull();
  expect(alerts).toEqual(['a weak key']);
});

test('T7: the exponents that are in use are taken', async () => {
  for (const e of [65_537n, 4_294_967_297n])
    expect(await setOf('RS256', [rsa(odd(3072), e)]).keySet.find('key-1')).not.toBeNull();
});

test('T7: published keys of another purpose refuse the set, also beside a good one', async () => {
  const good = inSet(es256.public, 'ES256');
  const others = [
    ...Object.values(otherKeys),
    hs256.key,
    es256.public,
    { ...good, kid: 'k', d: es256.d },
  ];
  for (const key of others)
    for (const keys of [[key], [good, key]]) {
      const { keySet, alerts } = setOf('ES256', keys);
      expect(await keySet.find('key-1')).toBeNull();
      expect(alerts).toHaveLength(1);
    }
  const elsewhere = [
    { ...good, y: es256.public.x },
    { ...good, x: `${es256.public.x}AAAA` },
    { ...good, crv: 'P-384' },
    { ...good, kty: 'RSA' },
    { ...good, alg: 'ES224' },
    { ...good, alg: 'ES521' },
    { ...good, use: 'enc' },
  ];
  for (const key of elsewhere) expect(await setOf('ES256', [key]).keySet.find('key-1')).toBeNull();
});
