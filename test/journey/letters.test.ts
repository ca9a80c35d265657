import { expect, test } from 'vitest';
import { AppError } from '../../server/domain/errors.ts';
import type { Mail } from '../../server/domain/mail.ts';
import { openReadyRoad, type ReadyRoad } from '../kit/ready-road.ts';
import { must } from '../sandbox/must.ts';
import { takeMoreSeats } from '../sandbox/stories/more-seats.ts';
import { expectToTheCent } from './journey.ts';

const ours = ['office@bluegum.example'];
const checkMs = 6 * 60_000;

interface Post {
  mails: Mail[];
  /** Letters that the app tried to hand over. */
  tries: number;
  /** How the mail server answers the next mails. */
  answers: 'takes' | 'refuses' | 'is silent' | 'takes, then dies' | 'is not there';
}

/** A reseller whose customers got approved invoices in November; it is the first of December. */
async function withBills(walk: (ready: ReadyRoad, post: Post) => Promise<void>): Promise<void> {
  const post: Post = { mails: [], tries: 0, answers: 'takes' };
  const ready = await openReadyRoad({
    settings: { invoice: 'per-order', postAs: 'approved', accountCode: '200' },
    change: (given) => ({
      ...given,
      mailer: {
        send: async (mail) => {
          post.tries += 1;
          if (post.answers === 'is not there') throw new AppError('mail.unreachable');
          if (post.answers === 'refuses') throw new AppError('mail.refused', { said: '550 no' });
          if (post.answers !== 'is silent') post.mails.push(mail);
          if (post.answers === 'takes, then dies') return new Promise(() => undefined);
          if (post.answers === 'is silent') throw new AppError('mail.unclear');
          return undefined;
        },
      },
    }),
  });
  try {
    await ready.road.call('PUT /v1/connections/:connectionId/mail', {
      params: ready.params,
      body: { to: ours, digestAt: null, failures: false },
    });
    takeMoreSeats(ready.road.world);
    await ready.syncAll();
    ready.road.world.clock.advance({ days: 8 });
    await ready.check();
    await walk(ready, post);
  } finally {
    await ready.close();
  }
}
const view = ({ road, params }: ReadyRoad) =>
  road.call('GET /v1/connections/:connectionId/letters', { params });
const setDay = ({ road, params }: ReadyRoad, day: number | null) =>
  road.call('PUT /v1/connections/:connectionId/letters', { params, body: { day } });
const turn = ({ road, params }: ReadyRoad, customerIds: string[], state: string) =>
  road.call('POST /v1/connections/:connectionId/letters/switch', {
    params,
    body: { customerIds, state },
  });
const answer = ({ road, params }: ReadyRoad, customerId: string, what: 'arrived' | 'again') =>
  road.call('POST /v1/connections/:connectionId/letters/answer', {
    params,
    body: { customerId, month: '2026-11', answer: what },
  });
/** The checks that the schedule makes, each of which may post letters. */
async function checks(ready: ReadyRoad, count: number): Promise<void> {
  const next = async () => {
    const { nextCheckAt, checking } = await ready.road.call('GET /v1/connections/:connectionId', {
      params: ready.params,
    });
    return checking ? null : nextCheckAt;
  };
  for (let each = 0; each < count; each += 1) {
    const before = await next();
    ready.road.world.clock.advance({ ms: checkMs });
    await ready.road.until('the next check', async () => {
      const after = await next();
      return after !== null && after !== before;
    });
  }
}
async function customersWithMail(ready: ReadyRoad) {
  const { rows } = await view(ready);
  const found = rows.filter(({ to, changes }) => to !== null && changes > 0);
  expect(found.length).toBeGreaterThan(1);
  return found;
}
const stateOf = async (ready: ReadyRoad, customerId: string) =>
  (await view(ready)).rows.find((row) => row.customerId === customerId)?.letter?.state ?? null;

test('a letter goes once to the contact of who is switched on, and to nobody else', () =>
  withBills(async (ready, post) => {
    const [first, second] = await customersWithMail(ready);
    const { customerId, to, preview } = must(first, 'a customer');
    expect((await view(ready)).rows.every(({ state }) => state === 'off')).toBe(true);
    await setDay(ready, 3);
    await turn(ready, [customerId], 'on');
    await checks(ready, 1);
    expect(post.mails).toEqual([]);
    await ready.pass({ days: 2 });
    await checks(ready, 3);
    await ready.road.until('the letter', async () => post.mails.length > 0);
    // What was shown is what is sent, from the address that the system has, with a way to stop it.
    expect(post.mails.map((mail) => [mail.to, mail.subject, mail.text, mail.replyTo])).toEqual([
      [[to], preview.subject, preview.text, ours[0]],
    ]);
    expect(preview.text).toContain('unsubscribe');
    await ready.road.until('the answer', async () => (await stateOf(ready, customerId)) === 'sent');
    // Switched on in the middle of it: the next month's.
    await turn(ready, [must(second, 'another').customerId], 'on');
    await checks(ready, 2);
    await ready.road.crash();
    await ready.road.begin();
    await checks(ready, 2);
    expect(post.mails).toHaveLength(1);
    await ready.syncAll();
    await expectToTheCent(ready);
  }));

test('an answer that is lost is never followed by a second letter unless a person says so', () =>
  withBills(async (ready, post) => {
    const [first] = await customersWithMail(ready);
    const { customerId } = must(first, 'a customer');
    await setDay(ready, 3);
    await turn(ready, [customerId], 'on');
    post.answers = 'is not there';
    await ready.pass({ days: 2 });
    await checks(ready, 1);
    // Surely not sent: it is tried again by itself.
    await ready.road.until(
      'the try that came to nothing',
      async () => post.tries > 0 && (await stateOf(ready, customerId)) === null,
    );
    post.answers = 'is silent';
    await checks(ready, 1);
    await ready.road.until(
      'the lost answer',
      async () => (await stateOf(ready, customerId)) === 'unclear',
    );
    post.answers = 'takes';
    await checks(ready, 2);
    expect([post.mails.length, await stateOf(ready, customerId)]).toEqual([0, 'unclear']);
    await answer(ready, customerId, 'again');
    await checks(ready, 1);
    await ready.road.until('the letter', async () => (await stateOf(ready, customerId)) === 'sent');
    expect(post.mails).toHaveLength(1);
    await expect(answer(ready, customerId, 'again')).rejects.toThrow(/request\.conflict/);
  }));

test('killed between the letter and its answer: unclear, and one letter', () =>
  withBills(async (ready, post) => {
    const [first] = await customersWithMail(ready);
    const { customerId } = must(first, 'a customer');
    await setDay(ready, 3);
    await turn(ready, [customerId], 'on');
    post.answers = 'takes, then dies';
    ready.road.world.clock.advance({ days: 2 });
    await ready.road.until('the letter', async () => post.mails.length === 1);
    await ready.road.crash();
    post.answers = 'takes';
    await ready.road.begin();
    await checks(ready, 2);
    await ready.road.until(
      'what the next start found',
      async () => (await stateOf(ready, customerId)) === 'unclear',
    );
    expect(post.mails).toHaveLength(1);
    await answer(ready, customerId, 'arrived');
    await checks(ready, 1);
    expect([post.mails.length, await stateOf(ready, customerId)]).toEqual([1, 'sent']);
  }));

test('who wants none gets none, a refusal is shown, and a test goes to oneself', () =>
  withBills(async (ready, post) => {
    const [first, second] = await customersWithMail(ready);
    const [none, other] = [must(first, 'a customer'), must(second, 'another')];
    await turn(ready, [none.customerId], 'unsubscribed');
    const { changed } = await turn(ready, [none.customerId, other.customerId], 'on');
    expect(changed).toBe(1);
    await ready.road.call('POST /v1/connections/:connectionId/letters/test', {
      params: ready.params,
      body: { customerId: none.customerId },
    });
    expect(post.mails.map(({ to, subject }) => [to, subject])).toEqual([
      [ours, `[Test] ${none.preview.subject}`],
    ]);
    await setDay(ready, 3);
    post.answers = 'refuses';
    await ready.pass({ days: 2 });
    await checks(ready, 2);
    await ready.road.until(
      'the refusal',
      async () => (await stateOf(ready, other.customerId)) === 'refused',
    );
    expect(await stateOf(ready, none.customerId)).toBeNull();
    const { road } = ready;
    await road.signIn('bluegum-billing');
    await expect(turn(ready, [none.customerId], 'on')).rejects.toThrow(/access\.grant/);
  }));
