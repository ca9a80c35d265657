import { expect, test } from 'vitest';
import type { Fetch } from '../../server/domain/ports/machine.ts';
import type { ConnectorSession } from '../../server/domain/ports/session.ts';
import { autotaskConnector, createAutotaskWorld } from './autotask-world.ts';
import { connectWiseConnector, createConnectWiseWorld } from './connectwise-world.ts';

/** Every date of the answers replaced by one that no calendar has. */
const spoilt =
  (fetch: Fetch, path: RegExp): Fetch =>
  async (request) => {
    const answer = await fetch(request);
    if (!path.test(new URL(request.url).pathname)) return answer;
    const text = (await answer.text()).replace(
      /("(?:startDate|billStartDate)":\s*)"[^"]*"/g,
      '$1"2026-02-30T00:00:00Z"',
    );
    return new Response(text, { status: answer.status, headers: answer.headers });
  };

const systems = {
  ConnectWise: {
    connector: connectWiseConnector,
    world: createConnectWiseWorld,
    path: /finance\/agreements$/,
  },
  Autotask: { connector: autotaskConnector, world: createAutotaskWorld, path: /Contracts\/query/i },
} as const;

test.each(Object.entries(systems))(
  'T38: %s: a day that no calendar has makes its own document unreadable, and the reading goes on',
  async (_name, { connector, world, path }) => {
    const { client, clock, credentials, fetch } = world();
    const own = {
      client,
      clock,
      limiter: connector.limiter(clock),
      purpose: 'background' as const,
    };
    const account = await connector.connect({ ...own, fetch, credentials });
    const open = (by: Fetch): ConnectorSession =>
      connector.open({ ...own, account, fetch: by, credentials: async () => credentials });
    const honest = await open(fetch).documents(null);
    const read = await open(spoilt(fetch, path)).documents(null);
    expect(honest.records.length).toBeGreaterThan(0);
    expect(read.records).toEqual([]);
    expect(read.unreadable.length).toBeGreaterThanOrEqual(honest.records.length);
  },
);
