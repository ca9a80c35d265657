import { AppError, type Failure } from '../domain/errors.ts';
import type { Clock } from '../domain/ports/machine.ts';
import type { OAuthClient, Tokens } from '../domain/ports/system-access.ts';
import { Secret } from './secret.ts';
import type { Session } from './sessions.ts';

export const flowLifeMs = 10 * 60_000;
export const launchLifeMs = 60_000;
/** Five flows in ten minutes a user (R15), one of them open. */
export const flowsPerUserMax = 5;
const flowsMax = 10_000;

export interface FlowRow {
  flowId: string;
  session: Session;
  systemId: string;
  connectionId: string | null;
  client: OAuthClient;
  ownApp: boolean;
  state: 'waiting' | 'begun' | 'returned' | 'choose' | 'done' | 'failed';
  launchHash: string | null;
  stateHash: string | null;
  cookieHash: string | null;
  verifier: Secret | null;
  code: Secret | null;
  /** The company that the callback named, unproven. */
  company: string | null;
  tokens: Tokens | null;
  accounts: { id: string; name: string; vendorConnectionId: string }[];
  choosing: boolean;
  connectedId: string | null;
  failure: Failure | null;
  startedAtMs: number;
}

type NewFlow = Pick<
  FlowRow,
  'flowId' | 'session' | 'systemId' | 'connectionId' | 'client' | 'ownApp'
> & { launchHash: string };

/** Connect flows under way: in memory, bounded, each forgotten after ten minutes. */
export interface FlowTable {
  /** Closes the user's earlier flow. Throws `request.too-many` past five in ten minutes. */
  open(flow: NewFlow): FlowRow;
  /** Spends the launch secret: null when it is wrong, spent, or older than 60 s. */
  launch(options: { flowId: string; launchHash: string }): FlowRow | null;
  begin(row: FlowRow, bound: { stateHash: string; cookieHash: string; verifier: string }): void;
  /** Finds the begun flow of a state once; a second look finds nothing. */
  takeByState(stateHash: string): FlowRow | null;
  /** The flow for its own tenant, user and session family; for others it does not exist. */
  own(session: Session, flowId: string): FlowRow;
}

export function createFlowTable({ clock }: { clock: Clock }): FlowTable {
  const rows = new Map<string, FlowRow>();
  const byState = new Map<string, FlowRow>();

  const forget = (row: FlowRow) => {
    rows.delete(row.flowId);
    if (row.stateHash !== null) byState.delete(row.stateHash);
  };
  // Rows stand in the order of their start, so the oldest come first.
  const forgetOld = () => {
    for (const row of rows.values()) {
      if (row.startedAtMs + flowLifeMs > clock.nowMs()) return;
      forget(row);
    }
  };

  /** With the seconds until the oldest of those that count is forgotten. */
  const tooMany = (oldest: FlowRow | null) => {
    const untilMs = (oldest?.startedAtMs ?? clock.nowMs()) + flowLifeMs;
    const afterSeconds = String(Math.max(1, Math.ceil((untilMs - clock.nowMs()) / 1000)));
    return new AppError('request.too-many', { facts: { afterSeconds } });
  };

  return {
    open: (flow) => {
      forgetOld();
      const earlier = [...rows.values()].filter((row) => isSamePerson(row.session, flow.session));
      if (earlier.length >= flowsPerUserMax || rows.size >= flowsMax)
        throw tooMany(earlier.at(-flowsPerUserMax) ?? null);
      for (const row of earlier) close(row);
      const row: FlowRow = {
        ...flow,
        state: 'waiting',
        stateHash: null,
        cookieHash: null,
        verifier: null,
        code: null,
        company: null,
        tokens: null,
        accounts: [],
        choosing: false,
        connectedId: null,
        failure: null,
        startedAtMs: clock.nowMs(),
      };
      rows.set(row.flowId, row);
      return row;
    },
    launch: ({ flowId, launchHash }) => {
      const row = rows.get(flowId);
      if (row?.state !== 'waiting' || row.launchHash !== launchHash) return null;
      row.launchHash = null;
      return row.startedAtMs + launchLifeMs > clock.nowMs() ? row : null;
    },
    begin: (row, { stateHash, cookieHash, verifier }) => {
      // Closed by a newer one in the meantime.
      if (row.state !== 'waiting') throw new AppError('connect.expired');
      row.state = 'begun';
      row.stateHash = stateHash;
      row.cookieHash = cookieHash;
      row.verifier = new Secret(verifier);
      byState.set(stateHash, row);
    },
    takeByState: (stateHash) => {
      forgetOld();
      const row = byState.get(stateHash);
      if (!row) return null;
      byState.delete(stateHash);
      return row.state === 'begun' ? row : null;
    },
    own: (session, flowId) => {
      forgetOld();
      const row = rows.get(flowId);
      if (!row || !isSamePerson(row.session, session) || row.session.family !== session.family)
        throw new AppError('request.not-found');
      return row;
    },
  };
}

/** A closed flow keeps its place in the count, and nothing that could be used. */
function close(row: FlowRow): void {
  if (row.state === 'done') return;
  row.state = 'failed';
  row.launchHash = null;
  row.verifier = null;
  row.code = null;
  row.tokens = null;
}

const isSamePerson = (a: Session, b: Session): boolean =>
  a.tenantId === b.tenantId && a.installationId === b.installationId && a.user.id === b.user.id;
