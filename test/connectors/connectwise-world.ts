import { createConnectWise as createConnector } from '../../server/connectors/connectwise/index.ts';
import type { StandingWorld } from '../batteries/standing-connector.ts';
import { createJudge } from '../contract/judge.ts';
import { createSandboxClock } from '../sandbox/clock.ts';
import { createConnectWise as createPlayer } from '../sandbox/connectwise/index.ts';
import { clockOf } from './sandbox-clock.ts';

const baseUrl = 'http://connectwise.test';
const clientId = '7f3c1e1c-4d52-4a63-9d55-2f0a4d8e6b11';
export const connectWiseConnector = createConnector({ apiUrl: baseUrl });
const faults = {
  'lost-before': 'time-out-before-commit',
  'lost-after': 'time-out-after-commit',
  refused: 'refused',
  limited: 'rate-limit',
  'server-error': 'server-error',
} as const;

/** A ConnectWise of its own with a frozen clock and one API member. */
export function createConnectWiseWorld(
  deliver: (request: Request) => Promise<Response> = async () => new Response(null),
) {
  const sandboxClock = createSandboxClock({ startMs: Date.UTC(2026, 10, 23, 2), frozen: true });
  const player = createPlayer({
    clock: sandboxClock,
    seed: 7,
    baseUrl,
    clientId,
    deliver,
    names: {
      customers: ['Müller & Söhne "Zürich"', 'Northwind Traders', "O'Brien, Sons"],
      products: [{ mpn: 'CFQ7TTC0LH18', name: 'Microsoft 365 Business Basic' }],
    },
    sleep: (_ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve(), { once: true });
      }),
  });
  const [user] = player.users();
  if (user === undefined) throw new Error('the player has no API member');
  const judge = createJudge({ connectwise: baseUrl });
  const world: StandingWorld = {
    fetch: async (request) => {
      await judge.hear(request);
      return player.fetch(request);
    },
    clock: clockOf(sandboxClock),
    advanceMs: (ms) => sandboxClock.advance({ ms }),
    client: { clientId, clientSecret: 'unused' },
    credentials: { site: 'na', ...user, currency: 'aud', timeZone: 'Australia/Sydney' },
    secrets: ['publicKey', 'privateKey'],
    fault: (kind, options = { times: 1 }) => player.setFault(faults[kind], options),
    writePaths: ['finance/agreements', '/additions'],
    items: {
      recurring: ({ code }) => code === 'CFQ7TTC0LH18',
      oneOff: ({ code }) => code === 'SETUP',
    },
    calm: () => {
      for (const { name } of player.faults()) player.setFault(name, null);
    },
    person: {
      setUnits: (_documentId, lineId, units) => {
        player.person.change('Addition', Number(lineId), { quantity: units });
      },
    },
  };
  return { ...world, player, judge };
}
