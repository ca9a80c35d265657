// What the verifier and the app say to calls of every kind, as one line of JSON: run as a process of its
// own, because the environment of a process is read when it starts.
import { createAccessWorld, publicUrl } from '../kit/access-world.ts';

const world = await createAccessWorld();
await world.install();
const later = Math.floor(world.clock.nowMs() / 1000) + 3_600;
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const good = world.sessionClaims();
const tokens: Readonly<Record<string, string>> = {
  good: await world.sessionToken(),
  unsigned: `${part({ alg: 'none', typ: 'mkt-session+jwt', kid: 'key-1' })}.${part(good)}.AAAA`,
  'another algorithm': `${part({ alg: 'HS256', typ: 'mkt-session+jwt', kid: 'key-1' })}.${part(good)}.AAAA`,
  'another signature': (await world.sessionToken()).replace(/\.[^.]+$/, `.${'A'.repeat(86)}`),
  'another kind': await world.keys.sign(world.sessionClaims(), { typ: 'mkt-lifecycle+jwt' }),
  'another audience': await world.sessionToken({ aud: 'https://evil.example/session' }),
  'another issuer': await world.sessionToken({ iss: 'https://evil.example' }),
  'another environment': await world.sessionToken({ env: 'sandbox' }),
  'another page': await world.sessionToken({ org: 'https://evil.example' }),
  'a long life': await world.sessionToken({ exp: later }),
  'long ago': await world.sessionToken({ iat: later - 9_000, exp: later - 8_950 }),
  'no end': await world.sessionToken({ exp: undefined }),
  'no role': await world.sessionToken({ roles: ['nobody'] }),
  'no installation': await world.sessionToken({ iid: 'inst-9' }),
};
const verdicts: Record<string, string> = {};
const say = async (what: string, answer: Response | Promise<Response>) => {
  verdicts[what] = `${(await answer).status}`;
};
const post = (path: string, headers: Record<string, string>) =>
  world.app.request(`${publicUrl}${path}`, { method: 'POST', headers });
for (const [what, token] of Object.entries(tokens))
  await say(what, post('/v1/session', { authorization: `Bearer ${token}` }));
await say('used before', post('/v1/session', { authorization: `Bearer ${tokens.good}` }));
await say('no token', post('/v1/session', {}));
const authorization = `Bearer ${await world.sessionToken()}`;
await say('another origin', post('/v1/session', { authorization, origin: 'https://evil.example' }));
await say('an unproven event', world.post('/lifecycle/disabled', tokens.good ?? '', '{}'));
await say('no bearer', world.app.request(`${publicUrl}/v1/stream`));
await say('another bearer', world.get('/v1/stream', 'A'.repeat(43)));
await say('a page of a stranger', world.app.request(`${publicUrl}/embed?mp=sandbox`));
const reasons = world.audited.map(({ action, outcome, reason }) => [action, outcome, reason]);
console.log(JSON.stringify({ verdicts, reasons }));
