import { expect, test } from 'vitest';
import type { Problem } from '../../server/domain/mail.ts';
import type { TicketingBody } from '../../server/http/bodies.ts';
import { connectAutotask } from '../kit/autotask-road.ts';
import { autotaskRows } from '../kit/autotask-rows.ts';
import { connectConnectWise } from '../kit/connectwise-road.ts';
import { connectWiseRows } from '../kit/connectwise-rows.ts';
import { openReadyRoad, type ReadyRoad } from '../kit/ready-road.ts';
import { must } from '../sandbox/must.ts';

const checkMs = 6 * 60_000;

interface Site {
  ready: ReadyRoad;
  /** While it is, the marketplace does not answer. */
  down: { is: boolean };
  tickets(): Promise<{ title: string; isClosed: boolean }[]>;
}

const systems = {
  ConnectWise: {
    connect: connectConnectWise,
    choices: ['board', 'type'],
    tickets: async (ready: ReadyRoad) =>
      (await connectWiseRows(ready.road, 'service/tickets')).map((row) => ({
        title: String(row.summary),
        isClosed: row.closedFlag === true,
      })),
  },
  Autotask: {
    connect: connectAutotask,
    choices: ['queue', 'priority'],
    tickets: async (ready: ReadyRoad) =>
      (await autotaskRows(ready.road, 'Tickets')).map((row) => ({
        title: String(row.title),
        isClosed: row.status === 5,
      })),
  },
} as const;
type System = (typeof systems)[keyof typeof systems];

/** A reseller who is ready to bill and has tickets switched on. */
async function withTickets(system: System, walk: (site: Site) => Promise<void>): Promise<void> {
  const down = { is: false };
  const ready = await openReadyRoad({
    connect: system.connect,
    change: (given) => ({
      ...given,
      fetch: async (request) => {
        if (down.is && request.url.includes('/simpleapi')) throw new TypeError('fetch failed');
        return given.fetch(request);
      },
    }),
  });
  try {
    await switchOn(ready, system.choices);
    const before = await system.tickets(ready);
    await walk({
      ready,
      down,
      tickets: async () => (await system.tickets(ready)).slice(before.length),
    });
  } finally {
    await ready.close();
  }
}

async function switchOn(ready: ReadyRoad, choices: readonly string[]): Promise<void> {
  const { road, params } = ready;
  const [company] = await road.call('GET /v1/connections/:connectionId/targets/companies', {
    params,
    query: { search: '' },
  });
  const { id, name } = must(company, 'a company');
  const place: Record<string, string> = { company: id };
  for (const choice of choices) {
    const query = place.board === undefined ? {} : { board: place.board };
    const { fields } = await look(ready, query);
    const field = must(
      fields.find((one) => one.id === choice),
      `a field ${choice}`,
    );
    place[choice] = must(field.choices[0], `a choice of ${choice}`).value;
  }
  await put(ready, { place, companyName: name });
}
const look = ({ road, params }: ReadyRoad, query: { board?: string } = {}) =>
  road.call('GET /v1/connections/:connectionId/ticketing', { params, query });
const kinds: Problem['kind'][] = ['marketplace', 'reading', 'tasks'];
const put = ({ road, params }: ReadyRoad, more: Partial<TicketingBody>) =>
  road.call('PUT /v1/connections/:connectionId/ticketing', {
    params,
    body: { on: true, kinds, quiet: [], place: {}, companyName: null, ...more },
  });

/** Time passes from one scheduled check to the next. */
async function checks(ready: ReadyRoad, count: number): Promise<void> {
  const { road, params } = ready;
  const next = async (): Promise<string | null> => {
    const { nextCheckAt, checking } = await road.call('GET /v1/connections/:connectionId', {
      params,
    });
    return checking ? null : nextCheckAt;
  };
  for (let each = 0; each < count; each += 1) {
    const before = await next();
    road.world.clock.advance({ ms: checkMs });
    await road.until('the next check', async () => {
      const after = await next();
      return after !== null && after !== before;
    });
  }
}

test.each(Object.entries(systems))(
  '%s: what lasts opens one ticket, which is closed when it came right; another time is another ticket',
  (_name, system) =>
    withTickets(system, async ({ ready, down, tickets }) => {
      down.is = true;
      await checks(ready, 2);
      // It may pass by itself.
      expect(await tickets()).toEqual([]);
      await checks(ready, 5);
      await ready.road.until('a ticket', async () => (await tickets()).length > 0);
      expect(await tickets()).toEqual([
        { title: expect.stringMatching(/^Ledgerport: .*\[LT[0-9A-F]{12}\]$/), isClosed: false },
      ]);
      expect((await look(ready)).open).toHaveLength(1);
      await checks(ready, 4);
      expect(await tickets()).toHaveLength(1);
      down.is = false;
      ready.road.world.clock.advance({ ms: 60 * 60_000 });
      await checks(ready, 2);
      await ready.road.until('the end', async () => (await tickets())[0]?.isClosed === true);
      expect((await look(ready)).open).toEqual([]);
      down.is = true;
      await checks(ready, 7);
      await ready.road.until('another', async () => (await tickets()).length === 2);
    }),
);

test.each(['server-error', 'server-error-after-commit'] as const)(
  'a ticket whose answer was lost (%s) is there once',
  (kind) =>
    withTickets(systems.ConnectWise, async ({ ready, down, tickets }) => {
      ready.road.world.systems.connectwise.setFault(kind, {
        times: 1,
        method: 'POST',
        path: 'service/tickets',
      });
      down.is = true;
      await checks(ready, 12);
      await ready.road.until('a ticket', async () => (await look(ready)).open.length === 1);
      expect(await tickets()).toHaveLength(1);
    }),
);

test('a ticket that could not be sent goes out with the next check, and waits no quarter of an hour anew', () =>
  withTickets(systems.Autotask, async ({ ready, down, tickets }) => {
    const { autotask } = ready.road.world.systems;
    const sent = () => autotask.calls()['POST /V1.0/Tickets'] ?? 0;
    const before = sent();
    autotask.setFault('rate-limit', { method: 'POST', path: '/Tickets', times: 1, retryAfterS: 1 });
    down.is = true;
    for (let each = 0; each < 8 && sent() === before; each += 1) await checks(ready, 1);
    expect(sent()).toBeGreaterThan(before);
    await checks(ready, 1);
    await ready.road.until('a ticket', async () => (await tickets()).length === 1);
  }));

test('what is not chosen opens none, and a form without what a ticket needs is refused', () =>
  withTickets(systems.ConnectWise, async ({ ready, down, tickets }) => {
    await expect(put(ready, { place: {} })).rejects.toThrow('request.invalid');
    const { place, companyName } = await look(ready);
    await put(ready, { kinds: ['tasks'], place, companyName });
    down.is = true;
    await checks(ready, 6);
    expect(await tickets()).toEqual([]);
  }));

test('without the right the form says which one is missing and where to grant it', () =>
  withTickets(systems.ConnectWise, async ({ ready }) => {
    ready.road.world.systems.connectwise.person.setTable('Service / Service Board', false);
    const { lacking, fields } = await look(ready);
    expect(fields).toEqual([]);
    expect(lacking.map(({ scope }) => scope).join()).toContain('Service / Service Board');
    expect(lacking[0]?.where).toContain('Security Roles');
  }));
