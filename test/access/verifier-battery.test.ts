import { describe, expect, test } from 'vitest';
import type { TokenKind } from '../../server/access/claims.ts';
import type { SignedRequest } from '../../server/access/signed-call.ts';
import { type AccessWorld, createAccessWorld, issuer, publicUrl } from '../kit/access-world.ts';
import { bodyHash, createMarketplaceKeys } from '../kit/marketplace-keys.ts';

/** What can be wrong with a member: the value in its place, or undefined to leave it out. */
type Wrong = readonly [member: string, value: unknown];
/** Values of a wrong type, for a member that is a text. */
const noText = [undefined, null, 7, true, [], {}, ['a']];
const hidden = ['', 'a b', 'a\u0000', 'a\r\nb', 'ä', 'x'.repeat(101)];
const wrongs = (member: string, values: readonly unknown[]): Wrong[] =>
  values.map((value) => [member, value]);
const times = [undefined, null, '1', 1.5, -1, 1e308, true, [], {}];

const common: Wrong[] = [
  ...wrongs('iss', [...noText, '', `${issuer}/`, issuer.toUpperCase(), '__proto__', 'toString']),
  ...wrongs('iat', times),
  ...wrongs('exp', times),
  ...wrongs('jti', [...noText, '', 'x'.repeat(21), 'x'.repeat(129), `${'x'.repeat(30)}=`]),
  ...wrongs('env', [...noText, '', 'sandbox', 'Production']),
  ...wrongs('tid', [...noText, ...hidden]),
  ...wrongs('iid', [...noText, ...hidden]),
];
const claims: Record<TokenKind, Wrong[]> = {
  session: [
    ...common,
    ...wrongs('aud', [
      ...noText,
      `${publicUrl}/lifecycle`,
      `${publicUrl}/session/`,
      `${publicUrl}/sessio`,
      [`${publicUrl}/session`],
    ]),
    ...wrongs('sub', [...noText, ...hidden]),
    ...wrongs('sid', [...noText, ...hidden]),
    ...wrongs('roles', [undefined, null, 'owner', {}, [1], Array(51).fill('a'), ['x'.repeat(101)]]),
    ...wrongs('ctx', [undefined, null, 'xero', [], {}, { module: 'X' }, { module: '../a' }]),
    ['ctx', { module: 'xero', resource: 'order-1' }],
    ...wrongs('org', [...noText, 'https://evil.example', 'https://ui.example.com/', '*', 'null']),
    ...wrongs('name', [null, 7, '', 'a\nb', 'a\u202eb', 'x'.repeat(201)]),
    ...wrongs('evt', ['installed']),
    ...wrongs('eid', ['event-1', null]),
    ...wrongs('seq', [1]),
    ...wrongs('bsh', ['A'.repeat(43)]),
  ],
  lifecycle: [
    ...common,
    ...wrongs('aud', [...noText, `${publicUrl}/session`, `${publicUrl}/lifecycle/`]),
    ...wrongs('act', [undefined, null, 7, {}, 'x'.repeat(201)]),
    ...wrongs('evt', [...noText, 'enabled', 'Installed', 'constructor']),
    ...wrongs('eid', [...noText, ...hidden]),
    ...wrongs('seq', [undefined, null, '1', 0, -1, 1.5, 2 ** 53, 1e308]),
    ...wrongs('prev', [undefined, 7, '', 'a b', []]),
    ...wrongs('htm', [...noText, 'GET', 'post']),
    ...wrongs('htu', [
      ...noText,
      `${publicUrl}/lifecycle/enabled`,
      `${publicUrl}/lifecycle/installed?`,
      `${publicUrl}//lifecycle/installed`,
      'https://evil.example/lifecycle/installed',
    ]),
    ...wrongs('bsh', [...noText, '', 'A'.repeat(43), 'A'.repeat(42)]),
    ...wrongs('sub', ['user-1', null]),
    ...wrongs('roles', [[]]),
    ...wrongs('sid', ['s']),
    ...wrongs('ctx', [{}]),
  ],
};
const headers: Wrong[] = [
  ...wrongs('alg', [null, 7, '', 'none', 'None', 'HS256', 'ES384', 'es256', 'RS256', 'EdDSA']),
  ...wrongs('typ', [undefined, null, 7, '', 'JWT', 'mkt-session', 'MKT-SESSION+JWT']),
  ...wrongs('kid', [undefined, null, 7, '', '../key-1', 'key-1\u0000', 'x'.repeat(65), {}]),
  ...wrongs('jwk', [{}]),
  ...wrongs('jku', ['https://evil.example/jwks.json']),
  ...wrongs('x5u', ['https://evil.example/cert']),
  ...wrongs('x5c', [[]]),
  ...wrongs('x5t', ['x']),
  ...wrongs('crit', [['b64']]),
  ...wrongs('b64', [false]),
  ...wrongs('zip', ['DEF']),
  ...wrongs('enc', ['A256GCM']),
  ...wrongs('cty', ['JWT']),
  ...wrongs('__proto__x', [1]),
];
const requests: [string, Partial<SignedRequest>][] = [
  ['another method', { method: 'PUT' }],
  ['a query', { search: '?a=1' }],
  ['a bare question mark', { search: '?' }],
  ['an encoding', { contentEncoding: 'gzip' }],
  ['identity', { contentEncoding: 'identity' }],
  ['another type', { contentType: 'text/plain' }],
  ['a type that begins well', { contentType: 'application/jsonp' }],
  ['no type', { contentType: null }],
  ['too much', { body: new Uint8Array(64 * 1024 + 1) }],
];

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A good call of a kind, in its parts, to spoil some of them. */
async function callOf(world: AccessWorld, kind: TokenKind) {
  const body = kind === 'session' ? '{}' : JSON.stringify(world.lifecycleBody('installed'));
  const good =
    kind === 'session' ? world.sessionClaims() : world.lifecycleClaims('installed', body);
  const request: SignedRequest = {
    method: 'POST',
    search: '',
    contentType: 'application/json',
    contentEncoding: null,
    authorization: null,
    body: new TextEncoder().encode(body),
    event: kind === 'session' ? null : 'installed',
  };
  const header = { alg: 'ES256', typ: `mkt-${kind}+jwt`, kid: world.keys.kid };
  return {
    /** Who looks at the form of a token never gets as far as its signature, so one letter is enough. */
    unsigned: (over: readonly Wrong[], inHeader: readonly Wrong[] = []) =>
      `${part({ ...header, ...Object.fromEntries(inHeader) })}.${part({ ...good, ...Object.fromEntries(over) })}.AAAA`,
    signed: () => world.keys.sign(good, header),
    verdict: async (token: string, over: Partial<SignedRequest> = {}) => {
      const authorization = `Bearer ${token}`;
      const found = await world.verifier.verify(kind, { ...request, authorization, ...over });
      return found.status === 'refused' ? found.reason : 'verified';
    },
  };
}

/** Everything that is wrong alone, and every two of them in different members together. */
function* pairsOf(all: readonly Wrong[]): Generator<readonly Wrong[]> {
  for (const [at, first] of all.entries()) {
    yield [first];
    for (const second of all.slice(at + 1)) if (first[0] !== second[0]) yield [first, second];
  }
}

describe.each(['session', 'lifecycle'] as const)('a %s token', (kind) => {
  test('T5: no claim may be wrong, alone or with any other, and no key is asked for', async () => {
    const world = await createAccessWorld();
    const call = await callOf(world, kind);
    let tried = 0;
    for (const over of pairsOf(claims[kind])) {
      tried += 1;
      const reason = await call.verdict(call.unsigned(over));
      if (reason === 'signature' || reason === 'key' || reason === 'verified')
        expect.fail(`${reason}: ${JSON.stringify(over)}`);
    }
    expect(tried).toBeGreaterThan(3_000);
    expect(world.keyReads()).toBe(0);
    expect(await call.verdict(await call.signed())).toBe('verified');
    expect(world.keyReads()).toBe(1);
  });

  test('T2: no header member may be wrong, alone or with any other, and no key is asked for', async () => {
    const world = await createAccessWorld();
    const call = await callOf(world, kind);
    for (const over of pairsOf(headers)) {
      const reason = await call.verdict(call.unsigned([], over));
      if (reason !== 'header') expect.fail(`${reason}: ${JSON.stringify(over)}`);
    }
    expect(world.keyReads()).toBe(0);
    expect(await call.verdict(call.unsigned([]))).toBe('signature');
  });

  test('T13: a good token in a call of another form is refused', async () => {
    const world = await createAccessWorld();
    const call = await callOf(world, kind);
    const token = await call.signed();
    for (const [name, over] of requests)
      expect([name, await call.verdict(token, over)]).toEqual([name, 'request']);
    expect(world.keyReads()).toBe(0);
  });

  test('T38, V1.1.1: a second spelling of a good token is no token', async () => {
    const world = await createAccessWorld();
    const call = await callOf(world, kind);
    const token = await call.signed();
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = letters.indexOf(token.at(-1) ?? '');
    // 64 bytes of a signature leave four unused bits in the last letter.
    const twin = `${token.slice(0, -1)}${letters[last + 1]}`;
    expect(Buffer.from(twin.split('.')[2] ?? '', 'base64url')).toEqual(
      Buffer.from(token.split('.')[2] ?? '', 'base64url'),
    );
    const forms = [
      twin,
      `${token}=`,
      ` ${token}`,
      `${token} `,
      `${token}\n`,
      `${token}.`,
      token.replace('.', '..'),
      token.replaceAll('.', ','),
      token.slice(0, token.lastIndexOf('.') + 1),
      `${token}, Bearer ${token}`,
      `${token}.AAAA.AAAA`,
    ];
    for (const form of forms)
      expect([form === twin, await call.verdict(form)]).toEqual([form === twin, 'token-form']);
    for (const authorization of [
      null,
      '',
      token,
      `bearer ${token}`,
      `Basic ${token}`,
      `Bearer  ${token}`,
    ])
      expect(await call.verdict(token, { authorization })).toBe('token-form');
    expect(world.keyReads()).toBe(0);
  });

  test('T38: parts that are no JSON object are refused', async () => {
    const world = await createAccessWorld();
    const call = await callOf(world, kind);
    const [header = '', payload = ''] = call.unsigned([]).split('.');
    for (const value of [null, 7, 'a', [], true]) {
      expect(await call.verdict(`${part(value)}.${payload}.AAAA`)).toBe('header');
      expect(await call.verdict(`${header}.${part(value)}.AAAA`)).toBe('issuer');
    }
    for (const bytes of [[0xff], [0x7b, 0xff, 0x7d], [0xef, 0xbb, 0xbf, 0x7b, 0x7d], [0x7b]]) {
      const broken = Buffer.from(bytes).toString('base64url');
      expect(await call.verdict(`${broken}.${payload}.AAAA`)).toBe('header');
      expect(await call.verdict(`${header}.${broken}.AAAA`)).toBe('issuer');
    }
    expect(world.keyReads()).toBe(0);
  });
});

test.each([
  ['ES256', 'EdDSA'],
  ['ES256', 'RS256'],
  ['EdDSA', 'ES256'],
  ['EdDSA', 'RS256'],
  ['RS256', 'ES256'],
  ['RS256', 'EdDSA'],
] as const)('T1, V9.1.2: a key of %s signs nothing that says %s', async (real, said) => {
  const world = await createAccessWorld();
  const keys = await createMarketplaceKeys(real);
  const token = await keys.sign(world.sessionClaims(), { typ: 'mkt-session+jwt' });
  const [, payload = '', signature = ''] = token.split('.');
  const call = await callOf(world, 'session');
  for (const alg of [real, said]) {
    const header = part({ alg, typ: 'mkt-session+jwt', kid: 'key-1' });
    const expected = alg === 'ES256' ? 'signature' : 'header';
    expect(await call.verdict(`${header}.${payload}.${signature}`)).toBe(expected);
  }
});

test('T39, V16.3.1: outside there is one answer, inside the exact reason', async () => {
  const world = await createAccessWorld();
  const call = await callOf(world, 'session');
  const good = await call.signed();
  const spoiled: [string, string][] = [
    ['token-form', 'x'],
    ['header', call.unsigned([], [['jku', 'https://evil.example']])],
    ['issuer', call.unsigned([['iss', 'https://evil.example']])],
    ['claims', call.unsigned([['sub', 'canary\r\nline']])],
    ['forbidden-claim', call.unsigned([['evt', 'installed']])],
    ['life', call.unsigned([['exp', world.sessionClaims().iat]])],
    ['environment', call.unsigned([['env', 'sandbox']])],
    ['origin', call.unsigned([['org', 'https://evil.example']])],
    ['resource', call.unsigned([['ctx', { module: 'xero', resource: 'a' }]])],
    ['key', call.unsigned([], [['kid', 'nobody']])],
    ['signature', `${good.slice(0, good.lastIndexOf('.'))}.${'A'.repeat(86)}`],
  ];
  const answers = new Set<string>();
  for (const [reason, token] of spoiled) {
    const response = await world.post('/v1/session', token, '{}');
    expect([reason, response.status]).toEqual([reason, 401]);
    answers.add((await response.text()).replace(/request-\d+/, 'request'));
    expect(world.audited.at(-1)).toMatchObject({ outcome: 'refused', reason });
  }
  expect(answers.size).toBe(1);
  expect(JSON.stringify(world.audited)).not.toMatch(/canary|evil/);
});

test.each([
  [
    'reordered',
    (text: string) =>
      JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).reverse())),
  ],
  ['with a name twice', (text: string) => text.replace('{', '{"evt":"enabled",')],
  ['with a byte order mark', (text: string) => `\ufeff${text}`],
  ['with a space', (text: string) => `${text} `],
])('T12: a body %s is another body, and counts only when it was signed so', async (name, spoil) => {
  const world = await createAccessWorld();
  const call = await callOf(world, 'lifecycle');
  const text = spoil(JSON.stringify(world.lifecycleBody('installed')));
  const body = new TextEncoder().encode(text);
  expect(await call.verdict(call.unsigned([]), { body })).toBe('body-hash');
  const own = await call.verdict(call.unsigned([['bsh', bodyHash(text)]]), { body });
  expect(own).toBe(name === 'with a byte order mark' ? 'body' : 'signature');
});
