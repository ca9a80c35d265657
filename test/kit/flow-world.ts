import { createFlowTable } from '../../server/access/flow-table.ts';
import { createFlows, type LinkRequest } from '../../server/access/flows.ts';
import type { Session } from '../../server/access/sessions.ts';
import { instant } from '../../server/domain/dates.ts';
import { AppError } from '../../server/domain/errors.ts';
import type { Connector } from '../../server/domain/ports/connector.ts';
import type { Fetch } from '../../server/domain/ports/machine.ts';
import { createAccessWorld, publicUrl, realCrypto } from './access-world.ts';
import { createTestClock } from './test-clock.ts';
import { vendorConnector } from './vendor-connector.ts';

const account = { id: 'org-1', name: 'Demo Company', vendorConnectionId: 'vc-1' };

/** The connect popup with a vendor that answers at once and remembers what was asked. */
export async function createFlowWorld(
  options: {
    accounts?: (typeof account)[];
    /** A system beside Xero, which has its own authorisation server. */
    other?: { connector: Connector; fetch: Fetch };
  } = {},
) {
  const clock = createTestClock('2026-11-23T10:00:00.000Z');
  const asked: { verifier: string; challenge: string; code: string; state: string }[] = [];
  const linked: LinkRequest[] = [];
  const begun = { challenge: '', state: '' };
  const elsewhere = new Set<string>();
  let isCurrent = true;
  let flowCount = 0;
  const connector: Connector = {
    ...vendorConnector,
    authorizeUrl: ({ redirectUri, state, challenge }) => {
      Object.assign(begun, { challenge, state });
      return `https://vendor.example/authorize?${new URLSearchParams({ redirectUri, state })}`;
    },
    exchange: async ({ code, verifier, clock: { nowMs } }) => {
      if (code === 'bad') throw new AppError('system.reconnect');
      asked.push({ code, verifier, ...begun });
      return { accessToken: 'a', refreshToken: 'r', expiresAt: instant(nowMs()), scope: '' };
    },
    accounts: async () => options.accounts ?? [account],
  };
  const flows = createFlows({
    table: createFlowTable({ clock }),
    clock,
    crypto: realCrypto,
    ids: { next: () => `flow-${++flowCount}` },
    fetch: options.other?.fetch ?? (async () => new Response(null, { status: 500 })),
    publicUrl,
    connector: (id) =>
      id === 'xero' ? connector : id === 'other' ? (options.other?.connector ?? null) : null,
    client: () => ({ clientId: 'id', clientSecret: 'secret' }),
    names: async () => ({ tenant: 'Bluegum IT', marketplace: 'Example Market' }),
    isCurrent: async () => isCurrent,
    link: async (request) => {
      if (elsewhere.has(request.account.id)) throw new AppError('connect.in-use');
      linked.push(request);
      return 'connection-1';
    },
  });
  return {
    clock,
    flows,
    asked,
    linked,
    elsewhere,
    endInstallation: () => {
      isCurrent = false;
    },
    /** Starts and begins as this person; gives what the popup's browser then holds. */
    async begin(session: Session, systemId = 'xero') {
      const started = await flows.start(session, { systemId });
      const { cookie, ...shown } = await flows.begin(started);
      const state = new URL(shown.authorizeUrl).searchParams.get('state') ?? '';
      return { ...started, cookie, shown, state };
    },
  };
}

/** A real session of a person; `sid` names the browser session at the host. */
export async function sessionOf(sub: string, sid = 'host-1'): Promise<Session> {
  const world = await createAccessWorld();
  await world.install();
  return world.sessions.find(await world.bearer({ sub, sid }));
}
