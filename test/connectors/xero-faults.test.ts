import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../server/domain/errors.ts';
import type { Outcome } from '../../server/domain/ports/write.ts';
import { connected, failureIn, newDocument, overTime } from '../batteries/connector-world.ts';
import { createXeroWorld, type XeroWorld, xeroConnector } from './xero-world.ts';

interface Row {
  name: string;
  /** Makes the next call go wrong. */
  cause(world: XeroWorld): void;
  code: ErrorCode;
  said: string | RegExp | null;
  retry: 'never' | 'later' | 'reconnect';
  write: Outcome['status'];
}

const json = (status: number, body: object, headers: Record<string, string> = {}) =>
  Response.json(body, { status, headers: { 'Xero-Correlation-Id': 'corr-1', ...headers } });
const fault =
  (name: string, options: Record<string, unknown> = {}) =>
  (world: XeroWorld) =>
    world.player.setFault(name, { times: 1, ...options });
const answer = (make: () => Response | Error) => (world: XeroWorld) => world.answer(make());
const unauthorized = (Detail: string) => ({
  Type: null,
  Title: 'Unauthorized',
  Status: 401,
  Detail,
  Instance: 'e3f2f9c1-0000-4000-8000-000000000000',
  Extensions: {},
});

/** facts of Xero's errors, one row each: developer.xero.com/documentation/api/accounting/responsecodes */
const rows: readonly Row[] = [
  {
    name: '400 ValidationException shows the inner messages',
    cause: answer(() =>
      json(400, {
        ErrorNumber: 10,
        Type: 'ValidationException',
        Message: 'A validation exception occurred',
        Elements: [{ ValidationErrors: [{ Message: 'Account code 999 is not valid' }] }],
      }),
    ),
    code: 'system.rejected',
    said: 'Account code 999 is not valid',
    retry: 'never',
    write: 'rejected',
  },
  {
    name: '400 with a Description in place of a Message',
    cause: answer(() =>
      json(400, {
        ErrorNumber: 10,
        Elements: [{ ValidationErrors: [{ Description: 'Name is too long' }] }],
      }),
    ),
    code: 'system.rejected',
    said: 'Name is too long',
    retry: 'never',
    write: 'rejected',
  },
  {
    name: '400 QueryParseException is our bug',
    cause: answer(() =>
      json(400, {
        ErrorNumber: 16,
        Type: 'QueryParseException',
        Message: 'Unterminated string literal',
      }),
    ),
    code: 'system.bug',
    said: 'Unterminated string literal',
    retry: 'never',
    write: 'rejected',
  },
  {
    name: '400 HighVolumeException',
    cause: fault('high-volume'),
    code: 'system.volume',
    said: /./,
    retry: 'never',
    write: 'rejected',
  },
  {
    name: '401 TokenExpired is tried again at once',
    cause: fault('token-expired'),
    code: 'system.answer',
    said: /^TokenExpired/,
    retry: 'later',
    write: 'unsent',
  },
  {
    name: '401 AuthorizationUnsuccessful names a missing right',
    cause: fault('scope-missing'),
    code: 'system.scope',
    said: /^AuthorizationUnsuccessful/,
    retry: 'reconnect',
    write: 'unsent',
  },
  {
    name: '401 for any other reason asks to reconnect',
    cause: answer(() => json(401, unauthorized('TokenInvalid'))),
    code: 'system.reconnect',
    said: 'TokenInvalid',
    retry: 'reconnect',
    write: 'unsent',
  },
  {
    name: '403 AuthenticationUnsuccessful: disconnected at Xero',
    cause: fault('remote-disconnect'),
    code: 'system.disconnected',
    said: 'AuthenticationUnsuccessful',
    retry: 'reconnect',
    write: 'unsent',
  },
  {
    name: '404',
    cause: answer(
      () => new Response('The resource you are looking for cannot be found', { status: 404 }),
    ),
    code: 'system.rejected',
    said: 'The resource you are looking for cannot be found',
    retry: 'never',
    write: 'rejected',
  },
  {
    name: '412 is our bug',
    cause: answer(() => new Response('', { status: 412 })),
    code: 'system.bug',
    said: null,
    retry: 'never',
    write: 'rejected',
  },
  {
    name: '429 of the minute',
    cause: fault('rate-limit-minute'),
    code: 'system.limited',
    said: null,
    retry: 'later',
    write: 'unsent',
  },
  {
    name: '429 of the day',
    cause: fault('rate-limit-day'),
    code: 'system.quota',
    said: null,
    retry: 'later',
    write: 'unsent',
  },
  {
    name: '429 with an empty body and no time',
    cause: fault('rate-limit-empty'),
    code: 'system.limited',
    said: null,
    retry: 'later',
    write: 'unsent',
  },
  {
    name: '500 with a body',
    cause: fault('server-error'),
    code: 'system.unreachable',
    said: /^An error occurred in Xero/,
    retry: 'later',
    write: 'unknown',
  },
  {
    name: '500 as a page of a proxy, which is not quoted',
    cause: fault('server-error-html'),
    code: 'system.unreachable',
    said: null,
    retry: 'later',
    write: 'unknown',
  },
  {
    name: '503 maintenance',
    cause: fault('maintenance'),
    code: 'system.maintenance',
    said: /./,
    retry: 'later',
    write: 'unknown',
  },
  {
    name: '200 as a page of HTML',
    cause: answer(
      () => new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html' } }),
    ),
    code: 'system.answer',
    said: null,
    retry: 'later',
    write: 'unknown',
  },
  {
    name: '200 that stops in the middle',
    cause: fault('truncated-json'),
    code: 'system.answer',
    said: null,
    retry: 'later',
    write: 'unknown',
  },
  {
    name: 'a redirect is not followed',
    cause: answer(
      () => new Response(null, { status: 302, headers: { location: 'https://else.test/' } }),
    ),
    code: 'system.answer',
    said: null,
    retry: 'later',
    write: 'unknown',
  },
  {
    name: 'no answer in time',
    cause: fault('slow', { delayMs: 600_000 }),
    code: 'system.timeout',
    said: null,
    retry: 'later',
    write: 'unknown',
  },
  {
    name: 'no connection',
    cause: answer(() => new TypeError('fetch failed: https://api.xero.com/?token=abc')),
    code: 'system.unreachable',
    said: null,
    retry: 'later',
    write: 'unknown',
  },
];

describe.each(rows)('Xero answers $name', ({ cause, code, said, retry, write }) => {
  const start = async () => {
    const world = createXeroWorld();
    return { world, ...(await connected(xeroConnector, world)) };
  };
  const sameWords = (words: string | null | undefined) => {
    if (said instanceof RegExp) expect(words).toMatch(said);
    else expect(words).toBe(said);
  };

  it('to a read', async () => {
    const { world, session } = await start();
    cause(world);
    const error = await failureIn(overTime(world, session.items(null)));
    expect(error.code).toBe(code);
    expect(error.retry.kind).toBe(retry);
    sameWords(error.said);
  });

  it('to a write', async () => {
    const { world, session, account } = await start();
    const wanted = await newDocument({ session, account, clock: world.clock, n: 1 });
    const elements = session.prepare([wanted]);
    cause(world);
    const [outcome] = await overTime(world, session.write(elements, 'key'));
    if (outcome === undefined || outcome.status === 'ok') throw new Error('it succeeded');
    expect(outcome.status).toBe(write);
    expect(outcome.failure.code).toBe(code);
    expect(outcome.failure.retry.kind).toBe(retry);
    sameWords(outcome.failure.said);
  });
});

describe('Xero refuses an invoice', () => {
  it.each([
    ['dated in a locked period', 'lock-date', {}, {}, /lock/i],
    ['of an archived contact', 'contact-archived', {}, {}, /archived/i],
    ['on an archived account', 'account-archived', {}, {}, /archived|not.*valid|account/i],
    ['in a currency it does not have', 'multi-currency-off', { currency: 'USD' }, {}, /currenc/i],
    ['that would be approved past the plan', 'approve-limit', { state: 'approved' }, {}, /limit/i],
    [
      'whose key belongs to another request',
      'idempotency-conflict',
      {},
      { code: 'system.bug' },
      /request/i,
    ],
  ] as const)('%s, in its own words', async (_name, name, write, expected, said) => {
    const world = createXeroWorld();
    const { session, account } = await connected(xeroConnector, world);
    const wanted = await newDocument({ session, account, clock: world.clock, n: 1, ...write });
    world.player.setFault(name, name === 'lock-date' ? { date: wanted.open?.date } : {});
    const [outcome] = await session.write(session.prepare([wanted]), 'key');
    expect(outcome).toMatchObject({
      status: 'rejected',
      failure: { code: 'system.rejected', retry: { kind: 'never' }, ...expected },
    });
    if (outcome?.status !== 'rejected') throw new Error('not rejected');
    expect(outcome.failure.said).toMatch(said);
  });
});

describe('the times of a limit', () => {
  it.each([
    ['rate-limit-minute', { retryAfterS: 30 }, 30_000],
    ['rate-limit-day', { retryAfterS: 66_975 }, 66_975_000],
  ])('%s: tries again when Xero says', async (name, options, waitMs) => {
    const world = createXeroWorld();
    const { session } = await connected(xeroConnector, world);
    world.player.setFault(name, { times: 1, ...options });
    const error = await failureIn(session.items(null));
    const at = new Date(world.clock.nowMs() + waitMs).toISOString();
    expect(error.retry).toEqual({ kind: 'later', at });
  });

  it("keeps Xero's correlation id for their support", async () => {
    const world = createXeroWorld();
    const { session } = await connected(xeroConnector, world);
    world.answer(json(500, { Message: 'x' }));
    expect((await failureIn(session.items(null))).reference).toBe('corr-1');
  });
});

describe('a refresh', () => {
  it.each([
    ['invalid_grant', 400, 'system.reconnect', 'reconnect'],
    ['unauthorized_client', 400, 'system.scope', 'reconnect'],
    ['invalid_client', 401, 'connect.refused', 'reconnect'],
    ['', 502, 'system.unreachable', 'later'],
  ])('refused with %s', async (error, status, code, retry) => {
    const world = createXeroWorld();
    const { tokens } = await connected(xeroConnector, world);
    world.answer(error === '' ? new Response('<html>', { status }) : json(status, { error }));
    const { client, fetch, clock } = world;
    const failure = await failureIn(xeroConnector.refresh({ client, tokens, fetch, clock }));
    expect(failure.code).toBe(code);
    expect(failure.retry.kind).toBe(retry);
    expect(failure.said).toBe(error === '' ? null : error);
  });
});
