import type { Sessions } from '../../access/sessions.ts';
import type { Clock } from '../../domain/ports/machine.ts';
import type { Events, Subscription } from '../events.ts';
import type { AnyRoute, RawRequest, Session } from '../route.ts';
import type { StreamEvent } from '../views/stream.ts';

export interface StreamServices {
  events: Events;
  sessions: Sessions;
  clock: Clock;
}

export const pingMs = 20_000;
/** How often the installation's epoch is looked at while nothing happens. */
export const aliveCheckMs = 1_000;
const unreadMax = 500;

/**
 * `GET /v1/stream`: JSON lines over fetch, so that no token stands in an address. It ends with its
 * bearer, and within a second of the installation's end.
 */
export function streamRoutes(services: StreamServices): AnyRoute[] {
  return [
    {
      key: 'GET /v1/stream',
      method: 'GET',
      path: '/v1/stream',
      rule: { role: 'viewer' },
      handle: async ({ session, signal }: RawRequest) => openStream(session, signal, services),
    },
  ];
}

function openStream(session: Session, hungUp: AbortSignal, services: StreamServices): Response {
  const { events, sessions } = services;
  const subscription = events.subscribe(session.tenantId, session.user.id);
  const closed = new AbortController();
  const over = AbortSignal.any([hungUp, closed.signal, sessions.lifeOf(session).ended]);
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        void pump({ controller, session, subscription, over, services }).finally(() => {
          subscription.close();
          if (!closed.signal.aborted) controller.close();
        });
      },
      cancel: () => closed.abort(),
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: { 'Content-Type': 'application/x-ndjson' } });
}

async function pump(options: {
  controller: ReadableStreamDefaultController<Uint8Array>;
  session: Session;
  subscription: Subscription;
  over: AbortSignal;
  services: StreamServices;
}): Promise<void> {
  const { controller, session, subscription, over, services } = options;
  const { clock, sessions } = services;
  const encoder = new TextEncoder();
  const send = (event: StreamEvent) =>
    controller.enqueue(encoder.encode(`${JSON.stringify(event)}\n`));
  let pingAtMs = clock.nowMs() + pingMs;
  send({ type: 'hello', at: new Date(clock.nowMs()).toISOString() });
  while (!over.aborted) {
    for (const event of await nextEvents(subscription, over, clock)) send(event);
    // A reader that does not read is let go; the page opens a new stream.
    if (
      over.aborted ||
      !(await sessions.alive(session)) ||
      (controller.desiredSize ?? 0) < -unreadMax
    )
      return;
    if (clock.nowMs() < pingAtMs) continue;
    send({ type: 'ping' });
    pingAtMs = clock.nowMs() + pingMs;
  }
}

/** What came in, or nothing after a second. */
async function nextEvents(
  subscription: Subscription,
  over: AbortSignal,
  clock: Clock,
): Promise<StreamEvent[]> {
  const tick = new AbortController();
  const awake = AbortSignal.any([over, tick.signal]);
  void clock.waitUntil(clock.nowMs() + aliveCheckMs, awake).then(() => tick.abort());
  const events = await subscription.next(awake);
  tick.abort();
  return events;
}
