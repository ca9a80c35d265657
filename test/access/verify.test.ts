import { describe, expect, test } from 'vitest';
import type { SignedRequest } from '../../server/access/signed-call.ts';
import type { Verified } from '../../server/access/verify.ts';
import { type AccessWorld, createAccessWorld, issuer, publicUrl } from '../kit/access-world.ts';
import { bodyHash, createMarketplaceKeys, tokenId } from '../kit/marketplace-keys.ts';

const request = (token: string, over: Partial<SignedRequest> = {}): SignedRequest => ({
  method: 'POST',
  search: '',
  contentType: 'application/json',
  contentEncoding: null,
  authorization: `Bearer ${token}`,
  body: new TextEncoder().encode('{}'),
  event: null,
  ...over,
});
const reasonOf = (verified: Verified): string =>
  verified.status === 'refused' ? verified.reason : 'verified';

async function session(
  world: AccessWorld,
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
): Promise<string> {
  const token = await world.sessionToken(claims, header);
  return reasonOf(await world.verifier.verify('session', request(token)));
}

async function lifecycle(
  world: AccessWorld,
  over: {
    claims?: Record<string, unknown>;
    header?: Record<string, unknown>;
    request?: Partial<SignedRequest>;
  } = {},
): Promise<string> {
  const body = JSON.stringify(world.lifecycleBody('installed'));
  const token = await world.keys.sign(world.lifecycleClaims('installed', body, over.claims), {
    typ: 'mkt-lifecycle+jwt',
    ...over.header,
  });
  const call = { body: new TextEncoder().encode(body), event: 'installed' as const };
  return reasonOf(
    await world.verifier.verify('lifecycle', request(token, { ...call, ...over.request })),
  );
}

const sessionMembers = [
  'aud',
  'iat',
  'exp',
  'jti',
  'env',
  'tid',
  'iid',
  'sub',
  'sid',
  'roles',
  'ctx',
  'org',
];
const lifecycleMembers = [
  'aud',
  'iat',
  'exp',
  'jti',
  'env',
  'tid',
  'iid',
  'act',
  'evt',
  'eid',
  'seq',
  'prev',
  'htm',
  'htu',
  'bsh',
];

describe('a good token', () => {
  test('of either kind is verified', async () => {
    const world = await createAccessWorld();
    expect(await session(world)).toBe('verified');
    expect(await lifecycle(world)).toBe('verified');
  });

  test.each(['EdDSA', 'RS256'] as const)(
    'T1: %s is refused where the entry says ES256',
    async (alg) => {
      const world = await createAccessWorld();
      const other = await createMarketplaceKeys(alg);
      const token = await other.sign(world.sessionClaims(), { typ: 'mkt-session+jwt' });
      expect(reasonOf(await world.verifier.verify('session', request(token)))).toBe('header');
      expect(world.keyReads()).toBe(0);
    },
  );
});

test.each(['none', 'None', 'nOnE', 'HS256', 'es256'])(
  'T1: the algorithm %s is refused',
  async (alg) => {
    const world = await createAccessWorld();
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const header = part({ alg, typ: 'mkt-session+jwt', kid: 'key-1' });
    for (const signature of ['', 'AAAA']) {
      const token = `${header}.${part(world.sessionClaims())}.${signature}`;
      expect(reasonOf(await world.verifier.verify('session', request(token)))).not.toBe('verified');
    }
    expect(world.keyReads()).toBe(0);
  },
);

test.each([
  ['jwk', {}],
  ['jku', 'https://evil.example'],
  ['x5u', 'https://evil.example'],
  ['x5c', []],
  ['x5t', 'x'],
  ['cty', 'JWT'],
  ['zip', 'DEF'],
  ['typ', 'JWT'],
])('T2, V9.1.3: the header member %s is refused without a call', async (name, value) => {
  const world = await createAccessWorld();
  expect(await session(world, {}, { [name]: value })).toBe('header');
  expect(world.keyReads()).toBe(0);
});

test.each(['../key', '%2e%2e', "' or 1=1", 'key-1\u0000', '', 'k'.repeat(65)])(
  'T9: the key id %j is refused without a call',
  async (kid) => {
    const world = await createAccessWorld();
    expect(await session(world, {}, { kid })).toBe('header');
    expect(world.keyReads()).toBe(0);
  },
);

test('T3, V9.2.2: a token of one kind never passes as the other', async () => {
  const world = await createAccessWorld();
  expect(await session(world, {}, { typ: 'mkt-lifecycle+jwt' })).toBe('header');
  expect(await session(world, { aud: `${publicUrl}/lifecycle` })).toBe('claims');
  expect(await lifecycle(world, { header: { typ: 'mkt-session+jwt' } })).toBe('header');
  expect(await lifecycle(world, { claims: { aud: `${publicUrl}/session` } })).toBe('claims');
});

test.each(['evt', 'eid', 'seq', 'bsh'])('T3: a session token with %s is refused', async (name) => {
  expect(await session(await createAccessWorld(), { [name]: 1 })).toBe('forbidden-claim');
});
test.each(['sub', 'roles', 'sid', 'ctx'])(
  'T3: a lifecycle token with %s is refused',
  async (name) => {
    const world = await createAccessWorld();
    expect(await lifecycle(world, { claims: { [name]: 'x' } })).toBe('forbidden-claim');
  },
);

test.each([
  [`${publicUrl}/session/`],
  [`${publicUrl}/sessio`],
  [publicUrl],
  [`${publicUrl}/SESSION`],
  [[`${publicUrl}/session`]],
  [[`${publicUrl}/session`, 'https://other.example']],
])('T4, V9.2.3: the audience %j is refused', async (aud) => {
  const world = await createAccessWorld();
  expect(await session(world, { aud })).toBe('claims');
  expect(world.keyReads()).toBe(0);
});

test.each(sessionMembers)('T5: a session token without %s is refused', async (name) => {
  expect(await session(await createAccessWorld(), { [name]: undefined })).toBe('claims');
});
test.each(lifecycleMembers)('T5: a lifecycle token without %s is refused', async (name) => {
  const world = await createAccessWorld();
  expect(await lifecycle(world, { claims: { [name]: undefined } })).toBe('claims');
});
test('T5: a token without an issuer selects nothing', async () => {
  expect(await session(await createAccessWorld(), { iss: undefined })).toBe('issuer');
});

test.each([
  [59, 'verified'],
  [60, 'verified'],
  [61, 'life'],
  [0, 'life'],
  [-1, 'life'],
])('T5, V9.2.1: a life of %i seconds is %s', async (seconds, outcome) => {
  const world = await createAccessWorld();
  const iat = Math.floor(world.clock.nowMs() / 1000);
  expect(await session(world, { iat, exp: iat + seconds })).toBe(outcome);
});

test.each([
  [-59, 'verified'],
  [-60, 'verified'],
  [-69, 'verified'],
  [-71, 'expired'],
  [10, 'verified'],
  [11, 'claims'],
])('T5, V9.2.1: a token issued %i seconds from now is %s', async (offset, outcome) => {
  const world = await createAccessWorld();
  const iat = Math.floor(world.clock.nowMs() / 1000) + offset;
  expect(await session(world, { iat, exp: iat + 60 })).toBe(outcome);
  expect(world.keyReads()).toBe(outcome === 'verified' ? 1 : 0);
});

test.each([['1'], [1.5], [-1], [1e308], [null], ['2026-11-23'], [true]])(
  'T5: the time %j is refused',
  async (value) => {
    const world = await createAccessWorld();
    expect(await session(world, { iat: value })).toBe('claims');
    expect(await session(world, { exp: value })).toBe('claims');
  },
);

test.each([
  'https://evil.example',
  `${issuer}/`,
  issuer.toUpperCase(),
  '__proto__',
  'constructor',
  'http://169.254.169.254',
])('T6: the issuer %s is refused without a call', async (iss) => {
  const world = await createAccessWorld();
  expect(await session(world, { iss })).toBe('issuer');
  expect(world.keyReads()).toBe(0);
});

test('T12: a body that was changed after signing is refused', async () => {
  const world = await createAccessWorld();
  const body = world.lifecycleBody('installed');
  const { tid, ...rest } = body;
  const bodies = [
    JSON.stringify({ ...rest, tid }),
    `${JSON.stringify(body)} `,
    JSON.stringify({ ...body, tenant: { name: 'Other' } }),
    JSON.stringify(body).replace('{', '{"tid":"reseller-2",'),
    JSON.stringify(body).replace('Bluegum', 'Blu\\u0065gum'),
    '',
  ];
  for (const text of bodies)
    expect(await lifecycle(world, { request: { body: new TextEncoder().encode(text) } })).toBe(
      'body-hash',
    );
});

test('T12: a signed body must be about the token’s own installation', async () => {
  const world = await createAccessWorld();
  for (const over of [{ tid: 'other' }, { iid: 'other' }, { evt: 'enabled' }, { extra: 1 }]) {
    const text = JSON.stringify(world.lifecycleBody('installed', over));
    const claims = { bsh: bodyHash(text) };
    const call = { body: new TextEncoder().encode(text) };
    expect(await lifecycle(world, { claims, request: call })).toBe('body');
  }
});

test.each([
  [{ htm: 'GET' }],
  [{ htu: `${publicUrl}/lifecycle/enabled` }],
  [{ htu: `${publicUrl}//lifecycle/installed` }],
  [{ htu: `${publicUrl}/lifecycle/installed/` }],
  [{ htu: 'https://evil.example/lifecycle/installed' }],
  [{ evt: 'enabled' }],
])('T13: a token for another call is refused: %j', async (claims) => {
  expect(await lifecycle(await createAccessWorld(), { claims })).toBe('address');
});

test.each([
  [{ search: '?a=1' }],
  [{ method: 'PUT' }],
  [{ contentEncoding: 'gzip' }],
  [{ contentType: 'text/plain' }],
])('T13: a call of another form is refused: %#', async (over) => {
  expect(await lifecycle(await createAccessWorld(), { request: over })).toBe('request');
});

test('T18, V6.8.2, V9.1.1: a key of another marketplace signs nothing here', async () => {
  const world = await createAccessWorld();
  const stranger = await createMarketplaceKeys('ES256', world.keys.kid);
  const token = await stranger.sign(world.sessionClaims(), { typ: 'mkt-session+jwt' });
  expect(reasonOf(await world.verifier.verify('session', request(token)))).toBe('signature');
});

test('T18: a token of another environment is refused', async () => {
  expect(await session(await createAccessWorld(), { env: 'sandbox' })).toBe('environment');
});

test.each([
  [`${'a'.repeat(8_193)}`],
  ['a.b'],
  ['a.b.c, Bearer a.b.c'],
  [''],
  ['a.b.c.d.e'],
  ['a=.b.c'],
])('T38: a token that is not three parts of base64url is refused: %#', async (token) => {
  const world = await createAccessWorld();
  expect(reasonOf(await world.verifier.verify('session', request(token)))).toMatch(
    /token-form|header/,
  );
});

test.each([
  [{ jti: 'short' }],
  [{ jti: `${tokenId()}\n` }],
  [{ sub: 'a\r\nb' }],
  [{ name: 'a\u001b[31m' }],
  [{ ctx: { module: '../x' } }],
])('T39, V1.3.3: a claim with hidden characters is refused: %j', async (claims) => {
  expect(await session(await createAccessWorld(), claims)).toBe('claims');
});

test('T23: a page that is not on the list cannot ask for a session', async () => {
  expect(await session(await createAccessWorld(), { org: 'https://evil.example' })).toBe('origin');
});

test('T22: a token for one thing opens nothing, because no page is about one thing', async () => {
  const world = await createAccessWorld();
  expect(await session(world, { ctx: { module: 'xero', resource: 'customer-1' } })).toBe(
    'resource',
  );
});

test('T38: a token of five parts, a deep one and a flood of junk are refused without work', async () => {
  const world = await createAccessWorld();
  const part = (text: string) => Buffer.from(text).toString('base64url');
  const header = part(JSON.stringify({ alg: 'ES256', typ: 'mkt-session+jwt', kid: 'key-1' }));
  const deep = part(`{"a":${'['.repeat(2_500)}${']'.repeat(2_500)}}`);
  const jwe = part(JSON.stringify({ alg: 'PBES2-HS256+A128KW', enc: 'A128GCM', p2c: 2 ** 31 }));
  for (const token of [`${header}.${deep}.AAAA`, `${jwe}.AAAA.AAAA.AAAA.AAAA`, `${jwe}.AAAA.AAAA`])
    expect((await world.post('/v1/session', token, '{}')).status).toBe(401);
  const claims = part(JSON.stringify(world.sessionClaims()));
  for (let turn = 0; turn < 500; turn += 1)
    await world.post('/v1/session', `${header}.${claims}.${part(`junk-${turn}`)}`, '{}');
  expect(world.replay.size()).toBe(0);
  expect(world.keyReads()).toBe(1);
});

test('T38: a body one byte too long is refused before it is hashed', async () => {
  const world = await createAccessWorld();
  const body = new Uint8Array(64 * 1024 + 1);
  expect(await lifecycle(world, { request: { body } })).toBe('request');
  expect(await lifecycle(world, { request: { body: body.subarray(1) } })).toBe('body-hash');
});
