import type { Connection } from '../../domain/connection.ts';
import { millisecondsOf } from '../../domain/dates.ts';
import type { Document } from '../../domain/document.ts';
import { type Failure, failureOf } from '../../domain/errors.ts';
import { ownKey } from '../../domain/ids.ts';
import type { Delta } from '../../domain/ports/read.ts';
import type { ConnectorSession } from '../../domain/ports/session.ts';
import { ensureCallbacks } from '../callbacks.ts';
import { readBackSteps } from '../read-back/steps.ts';
import { userListSteps } from '../user-lists/steps.ts';
import { adoptMarks, finishAdoption } from './adopt.ts';
import type { Check } from './context.ts';
import { storeDocuments } from './documents.ts';
import { readEnded } from './ended-documents.ts';
import { noteFailure } from './failures.ts';
import { judgeAgain, judgeRefused } from './judge-again.ts';
import { dailyMs, hourlyMs, justNowMs } from './limits.ts';
import { cursorId } from './names.ts';
import { runSteps, type Step } from './steps.ts';
import { keep, upsert } from './upserts.ts';

/**
 * `lists`: what forms and mappings show. `documents`: what is there already, marks first. `users`: what hangs on them,
 * when all that is billed was seen to.
 */
export type ConnectionPart = 'lists' | 'documents' | 'users';

/**
 * Reads one connection: the account and its reference data once a day, companies and items once an
 * hour by what changed, documents each time by what changed. After any connect the marks that are
 * there come first, since no task is made before they are known.
 */
export async function checkConnection(
  check: Check,
  connection: Connection,
  part: ConnectionPart,
): Promise<Failure[]> {
  if (part === 'users' && !check.manifest(connection.systemId).userLists) return [];
  let session: ConnectorSession;
  try {
    session = await check.openSession(check.tenantId, connection.id, check.purpose);
  } catch (error) {
    return [await noteFailure({ check, side: connection.id, step: 'open', error })];
  }
  return runSteps(check, connection.id, await stepsOf(check, connection, session, part));
}

async function stepsOf(
  check: Check,
  connection: Connection,
  session: ConnectorSession,
  part: ConnectionPart,
): Promise<Step[]> {
  switch (part) {
    case 'lists':
      return [
        ...(await callbackSteps(check, connection, session)),
        ...listSteps(check, connection, session),
      ];
    case 'documents':
      return [
        ...documentSteps(check, connection, session),
        ...(await readBackSteps(check, connection, session)),
      ];
    case 'users':
      return userListSteps(check, connection, session);
    default:
      return part satisfies never;
  }
}

function listSteps(check: Check, connection: Connection, session: ConnectorSession): Step[] {
  const { id } = connection;
  return [
    {
      name: 'account',
      everyMs: dailyMs,
      work: (position) => readAccount({ check, connection, session, position }),
    },
    {
      name: 'reference',
      everyMs: dailyMs,
      work: async () => {
        const reference = await session.reference();
        const isNew = await check.store.transact(check.tenantId, (tx) => {
          const before = tx.get('reference', id)?.reference;
          tx.put('reference', { id, readAt: check.at, reference });
          return JSON.stringify(before) !== JSON.stringify(reference);
        });
        if (isNew) await judgeAgain(check, connection);
        return check.at;
      },
    },
    {
      name: 'companies',
      everyMs: hourlyMs,
      work: async (position) => {
        const delta = await session.companies(position);
        const records = delta.records.map((company) => ({
          id: ownKey(id, company.id),
          connectionId: id,
          company,
        }));
        await upsert(check, 'company', records, id);
        if (records.length > 0) await judgeAgain(check, connection);
        await keep({ check, side: id, unreadable: delta.unreadable, whole: [] });
        return delta.position;
      },
    },
    {
      name: 'items',
      everyMs: hourlyMs,
      work: async (position) => {
        const delta = await session.items(position);
        const records = delta.records.map((item) => ({
          id: ownKey(id, item.id),
          connectionId: id,
          item,
        }));
        await upsert(check, 'item', records, id);
        if (records.length > 0) await judgeAgain(check, connection);
        await keep({ check, side: id, unreadable: delta.unreadable, whole: [] });
        return delta.position;
      },
    },
  ];
}

function documentSteps(check: Check, connection: Connection, session: ConnectorSession): Step[] {
  const { id } = connection;
  const reads = documentReads(session);
  return [
    ...(connection.marksAdopted ? [] : [adoption(check, connection, { session, reads })]),
    {
      name: 'documents',
      everyMs: 0,
      work: async (position) => {
        const delta = await reads.since(position);
        await storeDocuments(check, connection, delta.records);
        await readEnded(check, connection, session, delta);
        await judgeRefused(check, connection);
        await keep({ check, side: id, unreadable: delta.unreadable, whole: [] });
        return delta.position;
      },
    },
  ];
}

/** Where nothing was read before, one reading serves the marks and the documents after them. */
function documentReads(session: ConnectorSession) {
  let first: Promise<Delta<Document>> | null = null;
  return {
    first: () => {
      first = session.documents(null);
      return first;
    },
    since: (position: string | null) =>
      first !== null && position === null ? first : session.documents(position, { sparing: true }),
  };
}
const isMarked = ({ marker, lines }: Document): boolean =>
  marker !== null || lines.some((line) => line.marker !== null);

function adoption(
  check: Check,
  connection: Connection,
  { session, reads }: { session: ConnectorSession; reads: ReturnType<typeof documentReads> },
) {
  return {
    name: 'marks',
    everyMs: 0,
    work: async () => {
      const reader = await check.store.read(check.tenantId);
      const isFirst = reader.get('cursor', cursorId(connection.id, 'documents')) === null;
      const read = isFirst ? await reads.first() : await session.marked();
      const records = read.records.filter(isMarked);
      const { unreadable } = read;
      const adopted = await adoptMarks(check, connection, records);
      await storeDocuments(check, connection, records);
      await keep({ check, side: connection.id, unreadable, whole: [] });
      await check.store.transact(check.tenantId, (tx) => finishAdoption(tx, connection, adopted));
      // A task may be older than what was found: it is billed already.
      if (adopted.linked > 0) await judgeAgain(check, connection);
      return check.at;
    },
  };
}

/** Once a day, and at once after a connect: the bookmark names the connect that they were seen to for. */
async function callbackSteps(
  check: Check,
  connection: Connection,
  session: ConnectorSession,
): Promise<Step[]> {
  const { callbacks, store, tenantId, logger } = check;
  if (callbacks === undefined || session.callbacks === undefined) return [];
  const name = 'callbacks';
  const { connectedAt } = connection;
  const seen = (await store.read(tenantId)).get('cursor', cursorId(connection.id, name));
  return [
    {
      name,
      everyMs: seen?.position === connectedAt ? dailyMs : 0,
      work: async () => {
        await ensureCallbacks({ store, ...callbacks }, tenantId, connection, session).catch(
          (error: unknown) => {
            const { code } = failureOf(error);
            if (code !== 'system.scope' && code !== 'system.rejected') throw error;
            logger.warn('no callbacks', { tenantId, code });
          },
        );
        return connectedAt;
      },
    },
  ];
}

async function readAccount(options: {
  check: Check;
  connection: Connection;
  session: ConnectorSession;
  position: string | null;
}): Promise<string> {
  const { check, connection, session, position } = options;
  const connectedMs = millisecondsOf(connection.connectedAt);
  // Connecting read it a moment ago.
  if (position === null && millisecondsOf(check.at) - connectedMs < justNowMs) return check.at;
  const account = await session.account();
  await check.store.transact(check.tenantId, (tx) => {
    const current = tx.get('connection', connection.id);
    if (current !== null) tx.put('connection', { ...current, account });
  });
  return check.at;
}
