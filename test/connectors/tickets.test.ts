import { describe, expect, it } from 'vitest';
import type { CredentialConnector } from '../../server/domain/ports/connector.ts';
import type { ServiceDesk } from '../../server/domain/ports/service-desk.ts';
import type { ConnectorSession } from '../../server/domain/ports/session.ts';
import type { StandingWorld } from '../batteries/standing-connector.ts';
import { must } from '../sandbox/must.ts';
import { autotaskConnector, createAutotaskWorld } from './autotask-world.ts';
import { connectWiseConnector, createConnectWiseWorld } from './connectwise-world.ts';

async function sessionOf(
  connector: CredentialConnector,
  { fetch, clock, client, credentials }: StandingWorld,
): Promise<{ session: ConnectorSession; desk: ServiceDesk; companyId: string }> {
  const limiter = connector.limiter(clock);
  const own = { fetch, clock, client, limiter, purpose: 'background' as const };
  const account = await connector.connect({ ...own, credentials });
  const session = connector.open({ ...own, account, credentials: async () => credentials });
  const company = must((await session.companies(null)).records[0], 'a company');
  return { session, desk: must(session.tickets, 'a service desk'), companyId: company.id };
}

const systems = {
  ConnectWise: async () => {
    const world = createConnectWiseWorld();
    const { player } = world;
    return {
      world,
      ...(await sessionOf(connectWiseConnector, world)),
      choices: ['board', 'type', 'priority'],
      tickets: () => player.journal().filter(({ kind }) => kind === 'ticket.created').length,
      isClosed: (id: string) =>
        player
          .journal()
          .some(
            ({ kind, data }) =>
              kind === 'ticket.changed' &&
              JSON.stringify(data).includes(`"id":${id}`) &&
              JSON.stringify(data).includes('"closedFlag":true'),
          ),
    };
  },
  Autotask: async () => {
    const world = createAutotaskWorld();
    const { player } = world;
    return {
      world,
      ...(await sessionOf(autotaskConnector, world)),
      choices: ['queue', 'priority', 'issueType'],
      tickets: () => player.journal().filter(({ kind }) => kind === 'Ticket.created').length,
      isClosed: (id: string) =>
        player
          .journal()
          .some(
            ({ kind, data }) =>
              /[Tt]icket.*changed/.test(kind) &&
              JSON.stringify(data).includes(`"id":${id}`) &&
              JSON.stringify(data).includes('"status":5'),
          ),
    };
  },
};

/** What a person would choose: the first of everything. */
async function placeOf(desk: ServiceDesk, choices: readonly string[], companyId: string) {
  const place: Record<string, string> = { company: companyId };
  for (const id of choices) {
    const field = must(
      (await desk.fields(place)).find((one) => one.id === id),
      `a field ${id}`,
    );
    place[id] = must(field.choices[0], `a choice of ${id}`).value;
  }
  return place;
}
const draft = { mark: 'LT0123456789AB', summary: '2 orders stopped', text: 'Look at them.' };

describe.each(Object.entries(systems))('tickets in %s', (_name, open) => {
  it('are opened where a person chose, found by their mark, and closed with a word', async () => {
    const { desk, companyId, choices, isClosed } = await open();
    const place = await placeOf(desk, choices, companyId);
    expect(await desk.find(draft.mark)).toBeNull();
    const made = await desk.open({ ...draft, place });
    const { ticketId } = must(made.status === 'ok' ? made : undefined, 'a ticket');
    expect(await desk.find(draft.mark)).toEqual({ ticketId });
    expect(await desk.solve({ ticketId, text: 'It came right.' })).toMatchObject({ left: null });
    expect(isClosed(ticketId)).toBe(true);
    // Again, it changes nothing.
    expect(await desk.solve({ ticketId, text: 'It came right.' })).toMatchObject({ status: 'ok' });
  });

  it('offer what is in use alone, and what hangs on a choice after it', async () => {
    const { desk, companyId } = await open();
    const fields = await desk.fields({ company: companyId });
    const names = fields.flatMap(({ choices }) => choices.map(({ name }) => name));
    expect(names.length).toBeGreaterThan(3);
    expect(names.filter((name) => /^Old /.test(name))).toEqual([]);
  });

  it('whose answer was lost are told as unknown, and are there or not', async () => {
    for (const [kind, isThere] of [
      ['lost-before', false],
      ['lost-after', true],
    ] as const) {
      const { world, desk, companyId, choices } = await open();
      const place = await placeOf(desk, choices, companyId);
      world.fault(kind, { times: 1 });
      const answer = desk.open({ ...draft, place });
      for (let each = 0; each < 30; each += 1) {
        await new Promise((resolve) => setImmediate(resolve));
        world.advanceMs(10_000);
      }
      expect((await answer).status).toBe('unknown');
      world.calm();
      expect((await desk.find(draft.mark)) !== null).toBe(isThere);
    }
  });

  it('a refusal is told in the words of the system', async () => {
    const { world, desk, companyId, choices, tickets } = await open();
    const place = await placeOf(desk, choices, companyId);
    world.fault('refused', { message: 'The board takes no tickets.', times: 1 });
    expect(await desk.open({ ...draft, place })).toMatchObject({
      status: 'rejected',
      failure: { said: 'The board takes no tickets.' },
    });
    expect(tickets()).toBe(0);
  });
});

it('without the right to read the boards, ConnectWise says which right tickets lack', async () => {
  const { world, session, desk } = await systems.ConnectWise();
  world.player.person.setTable('Service / Service Board', false);
  expect(await must(session.lacks, 'what is lacking')()).toContain('tickets');
  await expect(desk.fields({})).rejects.toMatchObject({ code: 'system.scope' });
});

it('a ticket that the role may not close is noted and left', async () => {
  const { world, desk, companyId, choices } = await systems.ConnectWise();
  const place = await placeOf(desk, choices, companyId);
  const made = await desk.open({ ...draft, place });
  const { ticketId } = must(made.status === 'ok' ? made : undefined, 'a ticket');
  world.player.person.setRight('Service Desk > Service Tickets', 'Edit', false);
  const solved = await desk.solve({ ticketId, text: 'It came right.' });
  expect(solved.status === 'ok' ? solved.left : null).not.toBeNull();
});
