import type { Account } from '../domain/connection.ts';
import { AppError, type Failure, failureOf } from '../domain/errors.ts';
import type { Connector, OAuthConnector } from '../domain/ports/connector.ts';
import type { Clock, Crypto, Fetch, Ids } from '../domain/ports/machine.ts';
import type { Credentials, OAuthClient, Tokens } from '../domain/ports/system-access.ts';
import type { FlowRow, FlowTable } from './flow-table.ts';
import { Secret } from './secret.ts';
import type { Session } from './sessions.ts';

export interface StartFlow {
  systemId: string;
  /** Set to connect the same connection again. */
  connectionId?: string | undefined;
  /** The reseller's own OAuth app at the vendor. */
  ownApp?: OAuthClient | undefined;
}
export interface FlowState {
  systemId: string;
  state: FlowRow['state'];
  accounts: { id: string; name: string }[];
  connectionId: string | null;
  failure: Failure | null;
}
export interface LinkRequest {
  session: Session;
  systemId: string;
  connectionId: string | null;
  access: GivenAccess;
  account: { id: string; name: string; vendorConnectionId: string | null };
}
/** What a connection is opened with from now on. */
export type GivenAccess =
  | {
      kind: 'tokens';
      tokens: Tokens;
      client: OAuthClient;
      /** True where `client` is the reseller's own and must be kept with the connection. */
      ownApp: boolean;
    }
  | { kind: 'credentials'; credentials: Credentials; details: Account };

export interface FlowServices {
  table: FlowTable;
  clock: Clock;
  crypto: Crypto;
  ids: Ids;
  fetch: Fetch;
  publicUrl: string;
  connector(systemId: string): Connector | null;
  /** Our own OAuth app at the system; null where the operator has none. */
  client(systemId: string): OAuthClient | null;
  /** For the popup's question: names of the tenant and its marketplace. */
  names(session: Session): Promise<{ tenant: string; marketplace: string }>;
  /** The installation still has the session's epoch and is enabled. */
  isCurrent(session: Session): Promise<boolean>;
  /** Stores the connection and its tokens; gives the connection's id. Throws `connect.in-use`. */
  link(request: LinkRequest): Promise<string>;
}

/**
 * The connect popup (R12; RFC 9700, RFC 7636): bound to tenant and user before leaving, finished as
 * the same person inside the frame, and only then is the code exchanged. So a mailed link makes
 * nothing happen in the sender's tenant (cross-user session fixation).
 */
export interface Flows {
  start(session: Session, wanted: StartFlow): Promise<{ flowId: string; launchSecret: string }>;
  begin(options: { flowId: string; launchSecret: string }): Promise<{
    cookie: string;
    authorizeUrl: string;
    system: string;
    tenant: string;
    marketplace: string;
    user: string;
  }>;
  /** Takes the vendor's answer. Never throws for what a stranger could send: it tells the outcome. */
  callback(options: CallbackInput): Promise<CallbackOutcome>;
  state(session: Session, flowId: string): FlowState;
  complete(session: Session, flowId: string): Promise<FlowState>;
  choose(session: Session, flowId: string, accountId: string): Promise<string>;
  redirectUri(systemId: string): string;
}
export interface CallbackInput {
  systemId: string;
  state: string | null;
  code: string | null;
  error: string | null;
  cookie: string | null;
  /** Any other member of the callback's query. */
  parameter(name: string): string | null;
}
export type CallbackOutcome = 'returned' | 'refused' | 'expired';

const stateBytes = 32;
const codeMax = 4_096;

export function createFlows(services: FlowServices): Flows {
  const { table, clock, crypto, publicUrl } = services;
  const random = () => Buffer.from(crypto.randomBytes(stateBytes)).toString('base64url');
  const redirectUri = (systemId: string) => `${publicUrl}/connect/callback/${systemId}`;

  return {
    redirectUri,
    start: async (session, { systemId, connectionId, ownApp }) => {
      const connector = consenting(systemId);
      if (!connector) throw new AppError('request.not-found');
      const client = ownApp ?? services.client(systemId);
      if (!client)
        throw new AppError('connect.refused', { facts: { system: connector.manifest.name } });
      const launchSecret = random();
      const row = table.open({
        session,
        systemId,
        connectionId: connectionId ?? null,
        client,
        ownApp: ownApp !== undefined,
        launchHash: crypto.hash(launchSecret),
        flowId: services.ids.next(),
      });
      return { flowId: row.flowId, launchSecret };
    },

    begin: async ({ flowId, launchSecret }) => {
      const row = table.launch({ flowId, launchHash: crypto.hash(launchSecret) });
      const connector = row && consenting(row.systemId);
      if (!row || !connector || !(await services.isCurrent(row.session)))
        throw new AppError('connect.expired');
      const [state, cookie, verifier] = [random(), random(), random()];
      table.begin(row, {
        stateHash: crypto.hash(state),
        cookieHash: crypto.hash(cookie),
        verifier,
      });
      const authorizeUrl = connector.authorizeUrl({
        client: row.client,
        redirectUri: redirectUri(row.systemId),
        state,
        // RFC 7636 4.2, S256. The port's hash is hex.
        challenge: Buffer.from(crypto.hash(verifier), 'hex').toString('base64url'),
      });
      const user = row.session.user.name;
      return {
        cookie,
        authorizeUrl,
        system: connector.manifest.name,
        user,
        ...(await services.names(row.session)),
      };
    },

    callback: async ({ systemId, state, code, error, cookie, parameter }) => {
      // The atomic flip: a state is looked up once and never again.
      const row = state === null ? null : table.takeByState(crypto.hash(state));
      if (!row) return 'expired';
      const bound =
        row.systemId === systemId &&
        cookie !== null &&
        crypto.hash(cookie) === row.cookieHash &&
        (await services.isCurrent(row.session));
      if (!bound) return failed(row, 'connect.mismatch');
      if (error !== null || code === null || code.length > codeMax)
        return failed(row, 'connect.refused');
      const named = services.connector(systemId)?.manifest.companyParameter;
      row.company = named === undefined ? null : parameter(named);
      row.code = new Secret(code);
      row.state = 'returned';
      return 'returned';
    },

    state: (session, flowId) => viewOf(table.own(session, flowId)),

    complete: async (session, flowId) => {
      const row = table.own(session, flowId);
      const { code, verifier } = row;
      if (row.state !== 'returned' || !code || !verifier) return viewOf(row);
      row.code = null;
      try {
        await exchange(row, { code: code.reveal(), verifier: verifier.reveal() });
      } catch (error) {
        row.state = 'failed';
        row.failure = failureOf(error);
      }
      return viewOf(row);
    },

    choose: async (session, flowId, accountId) => {
      const row = table.own(session, flowId);
      if (row.connectedId !== null) return row.connectedId;
      const account = row.accounts.find(({ id }) => id === accountId);
      const { tokens, systemId } = row;
      if (!account || !tokens || row.state !== 'choose') throw new AppError('request.not-found');
      if (row.choosing) throw new AppError('work.busy');
      row.choosing = true;
      try {
        const { connectionId, client, ownApp } = row;
        row.connectedId = await services.link({
          session,
          systemId,
          connectionId,
          access: { kind: 'tokens', tokens, client, ownApp },
          account,
        });
        row.tokens = null;
        row.state = 'done';
        return row.connectedId;
      } finally {
        row.choosing = false;
      }
    },
  };

  /** Only a system with a consent page has flows; for others they do not exist. */
  function consenting(systemId: string): OAuthConnector | null {
    const connector = services.connector(systemId);
    return connector?.auth === 'oauth' ? connector : null;
  }

  async function exchange(row: FlowRow, { code, verifier }: { code: string; verifier: string }) {
    const connector = consenting(row.systemId);
    if (!connector) throw new AppError('request.not-found');
    const { fetch } = services;
    const tokens = await connector.exchange({
      client: row.client,
      redirectUri: redirectUri(row.systemId),
      code,
      verifier,
      fetch,
      clock,
    });
    const accounts = await connector.accounts({ tokens, company: row.company, fetch, clock });
    if (accounts.length === 0) throw new AppError('connect.no-organisation');
    row.tokens = tokens;
    row.accounts = accounts;
    row.state = 'choose';
  }
}

function failed(row: FlowRow, code: 'connect.mismatch' | 'connect.refused'): CallbackOutcome {
  row.state = 'failed';
  row.failure = failureOf(new AppError(code));
  return 'refused';
}

const viewOf = (row: FlowRow): FlowState => ({
  systemId: row.systemId,
  state: row.state,
  accounts: row.accounts.map(({ id, name }) => ({ id, name })),
  connectionId: row.connectedId,
  failure: row.failure,
});
