import { expect, test } from 'vitest';
import { AppError } from '../../server/domain/errors.ts';
import type { Mail } from '../../server/domain/mail.ts';
import type { MailBody } from '../../server/http/bodies.ts';
import { openReadyRoad, type ReadyRoad } from '../kit/ready-road.ts';
import { newOrder } from './journey.ts';

const hourMs = 60 * 60_000;
/** A little more than the time between two checks. */
const checkMs = 6 * 60_000;
const checksAnHour = hourMs / checkMs;
const body: MailBody = { to: ['owner@bluegum.example'], digestAt: null, failures: true };

/** A reseller who is ready to bill, whose mails come here. */
async function withMail(
  walk: (
    ready: ReadyRoad,
    post: { mails: Mail[]; refuses: boolean; isDown: boolean },
  ) => Promise<void>,
): Promise<void> {
  const post: Parameters<typeof walk>[1] = { mails: [], refuses: false, isDown: false };
  const ready = await openReadyRoad({
    change: (given) => ({
      ...given,
      fetch: async (request) => {
        if (post.isDown && request.url.includes('/simpleapi')) throw new TypeError('fetch failed');
        return given.fetch(request);
      },
      mailer: {
        send: async (mail) => {
          if (post.refuses) throw new AppError('mail.refused', { said: '550 no' });
          post.mails.push(mail);
        },
      },
    }),
  });
  try {
    await walk(ready, post);
  } finally {
    await ready.close();
  }
}
const put = ({ road, params }: ReadyRoad, more: Partial<MailBody> = {}) =>
  road.call('PUT /v1/connections/:connectionId/mail', { params, body: { ...body, ...more } });
const view = ({ road, params }: ReadyRoad) =>
  road.call('GET /v1/connections/:connectionId/mail', { params });

/** Time passes from one scheduled check to the next; each may write a mail. */
async function checks(ready: ReadyRoad, count: number): Promise<void> {
  for (let each = 0; each < count; each += 1) {
    const before = await nextCheck(ready);
    ready.road.world.clock.advance({ ms: checkMs });
    await ready.road.until('the next check', async () => {
      const after = await nextCheck(ready);
      return after !== null && after !== before;
    });
  }
}
/** When the next one is due; null while one is under way. */
const nextCheck = async ({ road, params }: ReadyRoad): Promise<string | null> => {
  const { nextCheckAt, checking } = await road.call('GET /v1/connections/:connectionId', {
    params,
  });
  return checking ? null : nextCheckAt;
};
/** A mail leaves after its check has been told of. */
const arrived = ({ road }: ReadyRoad, mails: readonly Mail[], count: number) =>
  road.until(`mail ${count}`, async () => mails.length === count);
const hours = (count: number) => ({ ms: count * hourMs });

test('what stopped is told at once, then at most once an hour, and again a day later until it is solved', () =>
  withMail(async (ready, post) => {
    const { mails } = post;
    await put(ready);
    await checks(ready, 1);
    expect(mails).toEqual([]);
    post.isDown = true;
    await checks(ready, 1);
    await arrived(ready, mails, 1);
    expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
      [body.to, expect.stringMatching(/^Ledgerport: \d+ things? stopped \(Bluegum/)],
    ]);
    const [told] = mails;
    expect(told?.text).toContain('did not answer');
    expect(told?.text).toMatch(
      /Open it: http:\/\/127\.0\.0\.1:4601\/apps\/ledgerport\?module=xero&screen=/,
    );
    expect(told?.html).toContain('&amp;screen=');
    await checks(ready, checksAnHour + 1);
    await arrived(ready, mails, 1);
    ready.road.world.clock.advance(hours(23));
    await checks(ready, 1);
    await arrived(ready, mails, 2);
    expect(mails[1]?.text).toContain('still does not come right');
    post.isDown = false;
    ready.road.world.clock.advance(hours(25));
    await checks(ready, 1);
    await arrived(ready, mails, 2);
  }));

test('the digest comes once a day at its time, with what needs a person and a link to it', () =>
  withMail(async (ready, { mails }) => {
    await ready.syncAll();
    await newOrder(ready);
    await ready.check();
    // 12:00 in Sydney; the digest is for 12:30.
    await put(ready, { digestAt: 12 * 60 + 30, failures: false });
    await checks(ready, 2);
    expect(mails).toEqual([]);
    await checks(ready, 4);
    await arrived(ready, mails, 1);
    expect(mails[0]?.subject).toContain('The day in figures');
    expect(mails[0]?.text).toMatch(/Ready to bill: 1 order, A\$\d/);
    expect(mails[0]?.text).toMatch(/Written: \d+ lines on \d+ documents, /);
    ready.road.world.clock.advance(hours(24));
    await checks(ready, 1);
    await arrived(ready, mails, 2);
  }));

test('a mail that is refused is shown with the server’s words, and sent when it can be', () =>
  withMail(async (ready, post) => {
    post.refuses = true;
    await put(ready);
    post.isDown = true;
    await checks(ready, 1);
    const failure = await ready.road.until('the refusal', async () => (await view(ready)).failure);
    expect(failure).toMatchObject({ code: 'mail.refused', said: '550 no' });
    post.refuses = false;
    await checks(ready, 1);
    await ready.road.until('the mail', async () => (await view(ready)).failure === null);
    await arrived(ready, post.mails, 1);
  }));

test('a test mail goes to the saved addresses; nobody named, and names that are none, are refused', () =>
  withMail(async (ready, { mails }) => {
    const { road, params } = ready;
    const send = () => road.call('POST /v1/connections/:connectionId/mail/test', { params });
    await expect(send()).rejects.toThrow(/mail\.no-recipient/);
    await put(ready);
    await send();
    await arrived(ready, mails, 1);
    await expect(put(ready, { to: ['nobody'] })).rejects.toThrow(/request\.invalid/);
    await expect(put(ready, { to: ['a@b.example\nBcc: c@d.example'] })).rejects.toThrow(
      /request\.invalid/,
    );
    expect((await view(ready)).to).toEqual(body.to);
  }));
