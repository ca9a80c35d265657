import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyOf, boundedText } from '../../server/connectors/kit/body.ts';
import { createHttp } from '../../server/connectors/kit/http.ts';
import { createLimiter, type Learned } from '../../server/connectors/kit/limiter.ts';
import { documentMarkOf, lineMarkOf } from '../../server/connectors/kit/marks.ts';
import {
  challengeOf,
  claimOf,
  createVerifier,
  requestTokens,
} from '../../server/connectors/kit/oauth.ts';
import { redacted, saidOf } from '../../server/connectors/kit/redact.ts';
import { failureIn, overTime } from '../batteries/connector-world.ts';
import { createTestClock } from '../kit/test-clock.ts';
import { createXeroWorld } from './xero-world.ts';

const crypto = {
  hash: (text: string) => createHash('sha256').update(text).digest('hex'),
  randomBytes: (length: number) => new Uint8Array(length).fill(7),
};

describe('marks', () => {
  it('finds the last line mark only at the very end', () => {
    const [first, last] = ['LP7K3M9Q2X0ABCDEFG', 'LP7K3M9Q2X0ABCDEFH'];
    expect(lineMarkOf(`Text [${first}]\nMore\n[${last}] \n`)).toBe(last);
    expect(lineMarkOf(`[${first}] and more text`)).toBeNull();
    expect(lineMarkOf('[LP7K3M9Q2X0ABCDEFU]')).toBeNull();
  });

  it('finds a document mark anywhere in a reference', () => {
    expect(documentMarkOf('PO 7/LD7K3M9Q2X0ABC, urgent')).toBe('LD7K3M9Q2X0ABC');
    expect(documentMarkOf('GOLD7K3M9Q2X0ABC')).toBeNull();
    expect(documentMarkOf('')).toBeNull();
  });
});

describe('words of another system', () => {
  it('lose tokens and queries, and keep the rest', () => {
    const jwt = 'eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl';
    const text = redacted(
      `Bearer abcdef123456 at https://x.test/a?token=1 ${jwt} refresh_token=zzz`,
    );
    expect(text).toBe('Bearer [hidden] at https://x.test/a [hidden] refresh_token=[hidden]');
    expect(redacted("Account code '200' is not valid")).toBe("Account code '200' is not valid");
  });

  it('are at most 500 characters whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 900 })), (words) => {
        expect((saidOf(words) ?? '').length).toBeLessThanOrEqual(500);
      }),
    );
  });
});

describe('a refusal that says back what was sent', () => {
  const headers = {
    Authorization: `Basic ${Buffer.from('company+public-key:private "key"').toString('base64')}`,
    Secret: 'a-secret-of-its-own',
    'Content-Type': 'application/x-www-form-urlencoded',
  };
  const body = new URLSearchParams({ refresh_token: 'refresh token/1', grant_type: 'x' });
  const sent = ['private "key"', 'a-secret-of-its-own', 'refresh token/1', 'company+public-key'];
  const told = async (status: number) => {
    const echo = { message: `${Object.values(headers).join(' ')} ${sent.join(' ')} ${body}` };
    const http = createHttp({
      clock: createTestClock('2026-11-23T10:00:00.000Z'),
      fetch: async () => Response.json(echo, { status }),
    });
    const request = { method: 'POST', url: 'https://system.example/', timeoutMs: 1 } as const;
    return JSON.stringify((await http.send({ ...request, headers, body: `${body}` })).body);
  };

  it('T39, V16.2.5: is told without a key, a token or a code', async () => {
    const refused = await told(400);
    for (const secret of [
      ...sent,
      'refresh+token',
      Buffer.from('company+p').toString('base64').slice(0, 9),
    ])
      expect(refused).not.toContain(secret);
    expect(refused).toContain('[hidden]');
  });

  it('leaves an answer that is none as it is', async () => {
    expect(await told(200)).toContain('a-secret-of-its-own');
  });
});

describe('a key that no header can hold', () => {
  it.each(['ключ', 'a\r\nX: y', '\u0000'])(
    'T39: %j is told as access that does not work, and not sent',
    async (key) => {
      let calls = 0;
      const http = createHttp({
        clock: createTestClock('2026-11-23T10:00:00.000Z'),
        fetch: async () => {
          calls += 1;
          return Response.json({});
        },
      });
      const headers = { Secret: key };
      const sent = http.send({
        method: 'GET',
        url: 'https://system.example/',
        timeoutMs: 1,
        headers,
      });
      await expect(sent).rejects.toMatchObject({
        code: 'system.reconnect',
        said: expect.not.stringContaining(key),
      });
      expect(calls).toBe(0);
    },
  );
});

describe('words of another system without an end', () => {
  it.each(['http://', 'bearer ', 'eyJ.', 'id_token "', ' '])(
    'T38: a million letters of %j are looked at soon',
    (part) => {
      const startedMs = performance.now();
      expect((saidOf([part.repeat(1_000_000 / part.length)]) ?? '').length).toBeLessThan(501);
      expect(
        (saidOf(Array.from({ length: 200_000 }, (_, at) => `${part}${at}`)) ?? '').length,
      ).toBe(500);
      expect(performance.now() - startedMs).toBeLessThan(1_000);
    },
  );
});

describe('PKCE', () => {
  it('makes the challenge of RFC 7636, appendix B', () => {
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    expect(challengeOf({ verifier, crypto })).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
    expect(createVerifier(crypto)).toMatch(/^[\w-]{43}$/);
  });

  it('reads a claim of a token, and nothing of an opaque one', () => {
    const token = `x.${Buffer.from('{"authentication_event_id":"e1"}').toString('base64url')}.y`;
    expect(claimOf(token, 'authentication_event_id')).toBe('e1');
    expect(claimOf('opaque', 'authentication_event_id')).toBeNull();
  });
});

describe('the HTTP client', () => {
  const sendTo = (reply: () => Promise<Response>, bytesMax?: number) => {
    let calls = 0;
    const world = createXeroWorld();
    const http = createHttp({
      fetch: async (request) => {
        calls += 1;
        expect(request.headers.get('accept')).toBe('application/json');
        return reply();
      },
      clock: world.clock,
      ...(bytesMax === undefined ? {} : { bytesMax }),
    });
    const sent = http.send({
      method: 'GET',
      url: 'https://x.test/a',
      query: { b: undefined },
      timeoutMs: 30_000,
    });
    return { sent, world, calls: () => calls };
  };

  it.each([409, 429, 500, 503])('does not repeat a GET answered with %i', async (status) => {
    const { sent, calls } = sendTo(async () => new Response('no', { status }));
    expect((await sent).status).toBe(status);
    expect(calls()).toBe(1);
  });

  it('keeps numbers as the text they were sent with', async () => {
    const { sent } = sendTo(async () => new Response('{"a":1.2300,"b":12345678901234567890}'));
    expect((await sent).body).toEqual({
      kind: 'json',
      value: { a: '1.2300', b: '12345678901234567890' },
    });
  });

  it('stops reading an answer that is too large', async () => {
    const { sent } = sendTo(async () => new Response('x'.repeat(2_000)), 1_000);
    expect((await failureIn(sent)).code).toBe('system.answer');
  });

  it('gives up on an answer that never ends', async () => {
    const { sent, world } = sendTo(() => new Promise(() => {}));
    expect((await failureIn(overTime(world, sent))).code).toBe('system.timeout');
  });

  it('gives up on a token that never comes by the clock it was given, not by the machine’s', async () => {
    const world = createXeroWorld();
    const { client, clock } = world;
    const asked = requestTokens({
      endpoint: 'https://x.test/token',
      client,
      grant: { grant_type: 'refresh_token' },
      fetch: () => new Promise(() => {}),
      clock,
    });
    expect((await failureIn(overTime(world, asked))).code).toBe('system.timeout');
  });

  it('judges a body by what it is', async () => {
    expect(bodyOf('', 'application/json')).toEqual({ kind: 'empty' });
    expect(bodyOf('{"a":', null)).toEqual({ kind: 'broken' });
    expect(bodyOf('<!DOCTYPE html><p>', 'application/json')).toEqual({ kind: 'broken' });
    expect(bodyOf('<html>', 'text/html')).toMatchObject({ kind: 'text', html: true });
    expect(await boundedText(new Response('Grüße'), 100)).toBe('Grüße');
  });
});

describe('the limiter', () => {
  const silent: Learned = { minuteRemaining: null, dayRemaining: null, refused: null };
  const build = (learned: () => Learned = () => silent, day = 1_000) => {
    const world = createXeroWorld();
    const limiter = createLimiter({
      clock: world.clock,
      rules: {
        inFlightMax: 5,
        callsPerMinute: 60,
        callsPerDay: day,
        dayReserve: 10,
        waitMaxMs: 65_000,
        queueMax: 100,
        learn: learned,
      },
    });
    return { world, limiter };
  };
  const ok = async () => new Response();
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('lets five run at once, and a person before the others that wait', async () => {
    const { limiter } = build();
    const order: string[] = [];
    const ends: (() => void)[] = [];
    const call = (name: string) => () =>
      new Promise<Response>((resolve) => {
        order.push(name);
        ends.push(() => resolve(new Response()));
      });
    for (let n = 1; n <= 7; n += 1) void limiter.run('background', call(`b${n}`));
    void limiter.run('person', call('p'));
    await settled();
    expect(order).toEqual(['b1', 'b2', 'b3', 'b4', 'b5']);
    ends[0]?.();
    await settled();
    expect(order.at(-1)).toBe('p');
  });

  it('waits for the next minute after sixty', async () => {
    const { limiter, world } = build();
    for (let n = 0; n < 60; n += 1) await limiter.run('background', ok);
    let done = false;
    const next = limiter.run('background', ok).then(() => {
      done = true;
    });
    await settled();
    expect(done).toBe(false);
    world.advanceMs(60_000);
    await next;
    expect(limiter.view().minuteRemaining).toBe(59);
  });

  it("keeps the day's reserve for people, by the system's own count", async () => {
    const { limiter } = build(() => ({ ...silent, dayRemaining: 10 }));
    await limiter.run('background', ok);
    const error = await failureIn(limiter.run('background', ok));
    expect(error.code).toBe('system.quota');
    expect(error.retry).toMatchObject({ kind: 'later', at: expect.any(String) });
    expect((await limiter.run('person', ok)).status).toBe(200);
  });

  it('has a whole day again when the time that the system told is over', async () => {
    let refused: Learned['refused'] = { limit: 'day', waitMs: 7_200_000 };
    const { limiter, world } = build(() => ({ ...silent, dayRemaining: refused && 0, refused }));
    await limiter.run('background', ok);
    await expect(limiter.run('background', ok)).rejects.toMatchObject({ code: 'system.quota' });
    refused = null;
    world.advanceMs(7_200_001);
    const both = [limiter.run('background', ok), limiter.run('background', ok)];
    expect(await Promise.all(both)).toHaveLength(2);
  });

  it("looks again after an hour, in case the system's day ended", async () => {
    let dayRemaining = 0;
    const { limiter, world } = build(() => ({ ...silent, dayRemaining }));
    await limiter.run('background', ok);
    expect((await failureIn(limiter.run('person', ok))).code).toBe('system.quota');
    world.advanceMs(60 * 60_000);
    dayRemaining = 900;
    expect((await limiter.run('background', ok)).status).toBe(200);
    expect(limiter.view().dayRemaining).toBe(900);
  });

  it('never sleeps through a long wait', async () => {
    const { limiter } = build(() => ({ ...silent, refused: { limit: 'day', waitMs: 66_975_000 } }));
    await limiter.run('background', ok);
    expect((await failureIn(limiter.run('person', ok))).code).toBe('system.quota');
    expect(limiter.view().blockedUntil).not.toBeNull();
  });

  it('gives its place back when a call fails', async () => {
    const { limiter } = build();
    for (let n = 0; n < 8; n += 1)
      await limiter.run('background', () => Promise.reject(new Error('no'))).catch(() => {});
    expect((await limiter.run('background', ok)).status).toBe(200);
  });
});
