import { createAutotask as createConnector } from '../../server/connectors/autotask/index.ts';
import type { StandingWorld } from '../batteries/standing-connector.ts';
import { createJudge } from '../contract/judge.ts';
import { createAutotask as createPlayer } from '../sandbox/autotask/index.ts';
import { createSandboxClock } from '../sandbox/clock.ts';
import { clockOf } from './sandbox-clock.ts';

const baseUrl = 'http://autotask.test';
export const autotaskConnector = createConnector({ apiUrl: baseUrl });
const faults = {
  'lost-before': 'time-out-before-commit',
  'lost-after': 'time-out-after-commit',
  refused: 'refused',
  limited: 'rate-limit',
  'server-error': 'server-error-html',
} as const;

/** An Autotask of its own with a frozen clock and one API user. */
export function createAutotaskWorld() {
  const sandboxClock = createSandboxClock({ startMs: Date.UTC(2026, 10, 23, 2), frozen: true });
  const player = createPlayer({
    clock: sandboxClock,
    seed: 7,
    baseUrl,
    vendorTrackingId: 'LEDGERPORTVENDORID',
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
  if (user === undefined) throw new Error('the player has no API user');
  const judge = createJudge({ autotask: baseUrl });
  const world: StandingWorld = {
    fetch: async (request) => {
      await judge.hear(request);
      return player.fetch(request);
    },
    clock: clockOf(sandboxClock),
    advanceMs: (ms) => sandboxClock.advance({ ms }),
    client: { clientId: 'LEDGERPORTVENDORID', clientSecret: 'unused' },
    credentials: {
      userName: user.userName,
      secret: user.secret,
      timeZone: 'Australia/Sydney',
    },
    secrets: ['secret'],
    fault: (kind, options = { times: 1 }) => player.setFault(faults[kind], options),
    writePaths: ['V1.0/Contracts', '/Services', 'ServiceAdjustments', '/Charges'],
    items: {
      recurring: ({ id }) => id.startsWith('service:'),
      oneOff: ({ id }) => id.startsWith('product:'),
    },
    calm: () => {
      for (const { name } of player.faults()) player.setFault(name, null);
    },
    person: {
      // The battery's lines have 5 units until somebody changes them.
      setUnits: (documentId, lineId, units) => {
        player.person.create(
          'ContractServiceAdjustments',
          {
            contractServiceID: lineId.replace('service:', ''),
            effectiveDate: '2026-12-15T00:00:00',
            unitChange: String(Number(units) - 5),
          },
          Number(documentId),
        );
      },
    },
  };
  return { ...world, player, judge };
}
