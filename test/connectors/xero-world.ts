import { createXero as createConnector } from '../../server/connectors/xero/index.ts';
import type { Fetch } from '../../server/domain/ports/machine.ts';
import type { ConnectorWorld, FaultKind } from '../batteries/connector-world.ts';
import { createJudge, type Judge } from '../contract/judge.ts';
import { createSandboxClock, type SandboxClock } from '../sandbox/clock.ts';
import { createXero as createPlayer, type XeroPlayer } from '../sandbox/xero/index.ts';
import { clockOf } from './sandbox-clock.ts';

const baseUrl = 'http://xero.test';
export const redirectUri = 'https://app.test/connect/xero/callback';
export const client = { clientId: 'ledgerport-app', clientSecret: 'very-secret-secret' };

export const xeroConnector = createConnector({
  loginUrl: baseUrl,
  identityUrl: baseUrl,
  apiUrl: baseUrl,
});

export interface XeroWorld extends ConnectorWorld {
  player: XeroPlayer;
  sandboxClock: SandboxClock;
  /** Every request that went out, and what Xero's description has against them. */
  sent: { method: string; path: string; query: URLSearchParams; headers: Headers; body: string }[];
  judge: Judge;
  /** The next call gets this instead, for what the player has no switch for; an error is thrown. */
  answer(next: Response | Error): void;
}

const faults: Readonly<Record<FaultKind, string>> = {
  'limit-minute': 'rate-limit-minute',
  'limit-day': 'rate-limit-day',
  'limit-silent': 'rate-limit-empty',
  'server-error': 'server-error',
  html: 'server-error-html',
  maintenance: 'maintenance',
  'lost-before': 'time-out-before-commit',
  'lost-after': 'time-out-after-commit',
  late: 'late-commit',
  'element-error': 'element-error',
  disconnected: 'remote-disconnect',
  'refresh-refused': 'expired-refresh',
  'token-expired': 'token-expired',
  malformed: 'malformed-answer',
  'cut-off': 'truncated-json',
};

/** A Xero of its own with a frozen clock; every request is also judged by Xero's description. */
export function createXeroWorld(): XeroWorld {
  const sandboxClock = createSandboxClock({ startMs: Date.UTC(2026, 10, 23, 9), frozen: true });
  const player = createPlayer({
    clock: sandboxClock,
    seed: 7,
    baseUrl,
    clients: [
      { ...client, redirectUris: [redirectUri], name: 'Ledgerport', granularScopesOnly: true },
    ],
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
  const sent: XeroWorld['sent'] = [];
  const judge = createJudge({ xero: baseUrl });
  const answers: (Response | Error)[] = [];
  const fetch: Fetch = async (request) => {
    const url = new URL(request.url);
    const body = request.method === 'GET' ? '' : await request.clone().text();
    const { method, headers } = request;
    sent.push({ method, path: url.pathname, query: url.searchParams, headers, body });
    await judge.hear(request);
    const next = answers.shift();
    if (next instanceof Error) throw next;
    return next ?? player.fetch(request);
  };
  return {
    player,
    sandboxClock,
    sent,
    judge,
    answer: (next) => answers.push(next),
    fetch,
    clock: clockOf(sandboxClock),
    advanceMs: (ms) => sandboxClock.advance({ ms }),
    client,
    redirectUri,
    accounts: player.organisations().map(({ tenantId, name }) => ({ id: tenantId, name })),
    async consent(address, accountId) {
      const page = await (await player.fetch(new Request(address))).text();
      const request = /name="request" value="([^"]+)"/.exec(page)?.[1] ?? '';
      const back = new URL(player.person.consent(request, { tenantId: accountId }));
      return back.searchParams.get('code') ?? '';
    },
    fault: (kind, options = { times: 1 }) => player.setFault(faults[kind], options),
    calm: () => {
      for (const { name } of player.faults()) player.setFault(name, null);
    },
    person: {
      remove: (documentId) => player.person.remove(documentId),
      approve: (documentId) => player.person.approve(documentId),
      void: (documentId) => player.person.void(documentId),
      editText: (documentId, lineId, description) =>
        player.person.editLine(documentId, lineId, { description }),
      deleteLine: (documentId, lineId) => player.person.deleteLine(documentId, lineId),
      addLine: (documentId, description) =>
        player.person.addLine(documentId, {
          description,
          quantity: '1',
          unitAmount: '12.50',
          accountCode: '200',
        }),
    },
  };
}
