import type { Connection } from '../../domain/connection.ts';
import { instant, millisecondsOf } from '../../domain/dates.ts';
import { type Failure, failureOf } from '../../domain/errors.ts';
import type { TenantId } from '../../domain/ids.ts';
import { type NewLogEntry, plainEntry } from '../../domain/log-entry.ts';
import type { ServiceDesk, TicketAnswer } from '../../domain/ports/service-desk.ts';
import type { Reader, Transaction } from '../../domain/ports/store.ts';
import type { ProblemKind, Ticket, Ticketing } from '../../domain/ticket.ts';
import type { EngineContext } from '../context.ts';
import type { Job } from '../job.ts';
import { type Told, toldByTicket } from './told.ts';

/** What may pass by itself gets a ticket only after it lasted this long. */
export const passesWithinMs = 15 * 60_000;
const mayPass: readonly ProblemKind[] = ['connection', 'marketplace', 'reading'];
/** After a refusal nothing is opened for so long, unless the settings change. */
export const refusedRestMs = 60 * 60_000;

/** Runs work alone on a connection; the engine's own. */
type WithJob = (
  tenantId: TenantId,
  connectionId: Connection['id'],
  purpose: 'background',
  work: (job: Job) => Promise<void>,
) => Promise<void>;

/**
 * Opens a ticket for each problem that lasts, once, and closes it when the problem is gone. The mark of a
 * ticket is stored before the call: where the answer is lost the system is asked for it, and only what
 * is surely not there is opened again. What a person closed meanwhile stays closed.
 */
export async function postTickets(
  context: EngineContext,
  tenantId: TenantId,
  withJob: WithJob,
): Promise<void> {
  const reader = await context.store.read(tenantId);
  for (const ticketing of reader.list('ticketing')) {
    const connection = reader.get('connection', ticketing.id);
    if (connection === null || connection.state !== 'active') continue;
    if (!hasWork(reader, connection, ticketing)) continue;
    await withJob(tenantId, connection.id, 'background', postOf);
  }
}

const ticketsOf = (reader: Reader, { id }: Pick<Connection, 'id'>): Ticket[] =>
  reader.list('ticket').filter(({ connectionId }) => connectionId === id);

/** Cheap, so that most checks take no lease for it. */
function hasWork(reader: Reader, connection: Connection, ticketing: Ticketing): boolean {
  const tickets = new Map(ticketsOf(reader, connection).map((ticket) => [ticket.id, ticket]));
  const told = toldByTicket(reader, connection);
  const ids = new Set(told.map(({ id }) => id));
  return (
    [...tickets.values()].some(({ id, state }) => state !== 'open' || !ids.has(id)) ||
    told.some(({ id, problem }) => isMeant(ticketing, problem.kind) && !tickets.has(id))
  );
}

const isMeant = ({ on, kinds }: Ticketing, kind: ProblemKind): boolean =>
  on && kinds.includes(kind);

async function postOf(job: Job): Promise<void> {
  try {
    if (job.session.tickets !== undefined) await postTo(job, job.session.tickets);
  } catch (error) {
    const failure = failureOf(error);
    job.context.logger.warn('tickets not looked after', { code: failure.code });
    await keep(job, (tx) => noteFailure(tx, job, failure));
  }
}

async function postTo(job: Job, desk: ServiceDesk): Promise<void> {
  const { context, tenantId, connection } = job;
  const read = () => context.store.read(tenantId);
  const now = await read();
  const told = new Map(toldByTicket(now, connection).map((one) => [one.id, one]));
  for (const ticket of ticketsOf(now, connection)) await settle(job, desk, ticket, told);
  for (const one of told.values()) {
    const reader = await read();
    const ticketing = reader.get('ticketing', connection.id);
    const known = reader.get('ticket', one.id);
    if (ticketing === null || !isMeant(ticketing, one.problem.kind)) continue;
    if (known === null || known.state === 'seen') await open(job, desk, { one, known, ticketing });
  }
}

/** What is there already: a lost answer is looked for, what is solved is closed. */
async function settle(
  job: Job,
  desk: ServiceDesk,
  ticket: Ticket,
  told: ReadonlyMap<string, Told>,
): Promise<void> {
  const { context, connection } = job;
  const isGone = !told.has(ticket.id);
  switch (ticket.state) {
    case 'seen':
      if (isGone) await keep(job, (tx) => tx.remove('ticket', ticket.id));
      return;
    case 'opening': {
      const { lateCommitMaxMs } = context.connector(connection.systemId).manifest.limits;
      if (context.clock.nowMs() < millisecondsOf(ticket.at) + lateCommitMaxMs) return;
      const found = await desk.find(ticket.mark);
      // Surely not there: the loop over what is told opens it at once, where it still lasts.
      if (found === null) await keep(job, (tx) => tx.put('ticket', waitedFor(ticket)));
      else await keep(job, (tx) => opened(tx, job, ticket, found.ticketId));
      return;
    }
    case 'open':
      if (!isGone) return;
      await solve(job, desk, ticket);
      return;
    case 'solving':
      await solve(job, desk, ticket);
      return;
    default:
      return ticket.state satisfies never;
  }
}

async function solve(job: Job, desk: ServiceDesk, ticket: Ticket): Promise<void> {
  const { context, tenantId, connection } = job;
  const { ticketId, summary } = ticket;
  if (ticketId === null) return;
  await keep(job, (tx) => tx.put('ticket', { ...ticket, state: 'solving' }));
  const { text } = await context.post.compose(tenantId, connection, { kind: 'solved', summary });
  const answer = await desk.solve({ ticketId, text });
  if (answer.status === 'unsent' || answer.status === 'unknown') return;
  const left = answer.status === 'ok' ? answer.left : (answer.failure.said ?? '');
  await keep(job, (tx) => {
    tx.remove('ticket', ticket.id);
    tx.log(
      entry(job, 'ticket-solved', ticket, {
        result: left === null ? 'ok' : 'asks',
        facts: left === null ? {} : { left },
      }),
    );
  });
}

async function open(
  job: Job,
  desk: ServiceDesk,
  { one, known, ticketing }: { one: Told; known: Ticket | null; ticketing: Ticketing },
): Promise<void> {
  const { context, tenantId, connection } = job;
  const nowMs = context.clock.nowMs();
  const { problem, about } = one;
  const isYoung = known === null || nowMs < millisecondsOf(known.at) + passesWithinMs;
  if (mayPass.includes(problem.kind) && isYoung) {
    if (known === null) await keep(job, (tx) => tx.put('ticket', ticketOf('seen', '')));
    return;
  }
  const refusedMs = ticketing.failure === null ? null : millisecondsOf(ticketing.failure.at);
  if (refusedMs !== null && nowMs < refusedMs + refusedRestMs) return;
  const words = await context.post.compose(tenantId, about, { kind: 'ticket', problem });
  const ticket = ticketOf('opening', words.subject);
  await keep(job, (tx) => tx.put('ticket', ticket));
  const { mark, summary } = ticket;
  const answer = await desk.open({ mark, summary, text: words.text, place: ticketing.place });
  await keep(job, (tx) => answered(tx, job, ticket, answer));

  function ticketOf(state: Ticket['state'], summary: string): Ticket {
    const at = instant(nowMs);
    return {
      id: one.id,
      connectionId: connection.id,
      kind: problem.kind,
      state,
      mark: markOf(context, `${tenantId}\n${one.id}\n${at}`),
      summary,
      at,
      ticketId: null,
    };
  }
}

/** Not there after all; what it tells lasted long enough already, and does not begin to wait anew. */
const waitedFor = (ticket: Ticket): Ticket => ({
  ...ticket,
  state: 'seen',
  at: instant(millisecondsOf(ticket.at) - passesWithinMs),
});

/** Of this one episode: a problem that comes back is another ticket. */
const markOf = ({ crypto }: Pick<EngineContext, 'crypto'>, of: string): string =>
  `LT${crypto.hash(of).slice(0, 12).toUpperCase()}`;

function answered(tx: Transaction, job: Job, ticket: Ticket, answer: TicketAnswer): void {
  switch (answer.status) {
    case 'ok':
      opened(tx, job, ticket, answer.ticketId);
      return;
    case 'unknown':
      return;
    case 'unsent':
      tx.put('ticket', waitedFor(ticket));
      return;
    case 'rejected':
      tx.put('ticket', waitedFor(ticket));
      noteFailure(tx, job, answer.failure);
      tx.log(entry(job, 'ticket-refused', ticket, { result: 'failed', failure: answer.failure }));
      return;
    default:
      answer satisfies never;
  }
}

function opened(tx: Transaction, job: Job, ticket: Ticket, ticketId: string): void {
  const own: Ticket = { ...ticket, state: 'open', ticketId };
  tx.put('ticket', own);
  noteFailure(tx, job, null);
  tx.log(entry(job, 'ticket-opened', own, {}));
}

function noteFailure(tx: Transaction, { context, connection }: Job, failure: Failure | null): void {
  const ticketing = tx.get('ticketing', connection.id);
  if (ticketing === null || (failure === null && ticketing.failure === null)) return;
  const at = instant(context.clock.nowMs());
  const told = failure === null ? null : { at, code: failure.code, said: failure.said };
  tx.put('ticketing', { ...ticketing, failure: told });
}

function entry(
  { context, connection }: Job,
  action: 'ticket-opened' | 'ticket-solved' | 'ticket-refused',
  { summary, ticketId }: Ticket,
  more: Partial<NewLogEntry>,
): NewLogEntry {
  const { ticketUrl } = context.connector(connection.systemId);
  return plainEntry({
    actor: { kind: 'app' },
    action,
    connectionId: connection.id,
    subject: summary,
    documentId: ticketId,
    documentUrl: ticketId === null ? null : (ticketUrl?.(connection.account, ticketId) ?? null),
    ...more,
  });
}

/** What is stored of a ticket is stored under the lease that its call was made under. */
const keep = (
  { context, tenantId, lease }: Job,
  change: (tx: Transaction) => void,
): Promise<void> =>
  context.store.transact(tenantId, (tx) => {
    lease.check(tx);
    change(tx);
  });
