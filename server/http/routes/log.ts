import * as v from 'valibot';
import { csvOf } from '../../domain/csv.ts';
import { date, dateAt, dateSchema } from '../../domain/dates.ts';
import { AppError } from '../../domain/errors.ts';
import type { LogEntry } from '../../domain/log-entry.ts';
import type { LogQuery, Reader } from '../../domain/ports/store.ts';
import { pageSize } from '../contract.ts';
import type { Desk } from '../desk.ts';
import { logView } from '../present/log.ts';
import { logDetails } from '../present/log-details.ts';
import { type AnyRoute, route } from '../route.ts';
import type { LogEntryView } from '../views/log.ts';

/** Rows of one file; a longer span is asked for in parts. */
const exportRowsMax = 50_000;
const word = v.pipe(v.string(), v.maxLength(200));
const filter = v.strictObject({
  before: v.optional(v.pipe(v.string(), v.regex(/^\d{1,12}$/))),
  from: v.optional(dateSchema),
  to: v.optional(dateSchema),
  actor: v.optional(word),
  action: v.optional(word),
  result: v.optional(word),
  customerId: v.optional(word),
  text: v.optional(word),
  level: v.optional(v.picklist(['errors-and-action', 'all'])),
});

/** The Action log: pages by number from the newest on, never counted through, never changed. */
export const logRoutes = (desk: Desk): AnyRoute[] => [
  route('GET /v1/log', { role: 'viewer', query: filter }, async ({ session, query, requestId }) => {
    const { store } = desk.context;
    const newest =
      (await store.log(session.tenantId, { before: null, limit: 1 })).entries[0]?.seq ?? 0;
    const page = await store.log(session.tenantId, queryOf(desk, query, pageSize));
    return {
      rows: page.entries.map(viewOf(desk, await store.read(session.tenantId), requestId)),
      total: newest,
      next: page.next === null ? null : String(page.next),
      counts: { scanned: page.scanned },
      complete: page.complete,
    };
  }),
  route('GET /v1/log/:seq', { role: 'viewer' }, async ({ session, params }) => {
    const seq = /^\d{1,12}$/.test(params.seq) ? Number(params.seq) : 0;
    const page = await desk.context.store.log(session.tenantId, { before: seq + 1, limit: 1 });
    const [entry] = page.entries;
    if (entry?.seq !== seq) throw new AppError('request.not-found');
    return logDetails(entry, await desk.context.store.read(session.tenantId));
  }),
  route(
    'GET /v1/log.csv',
    { role: 'admin', stepUp: true, audit: 'export', query: filter, csv: true },
    async ({ session, query, requestId }) => {
      const reader = await desk.context.store.read(session.tenantId);
      const view = viewOf(desk, reader, requestId);
      const rows: Row[] = [csvHead];
      let before = query.before ?? null;
      for (let pages = 0; rows.length < exportRowsMax && pages < exportRowsMax; pages += 1) {
        const page = await desk.context.store.log(session.tenantId, {
          ...queryOf(desk, query, 1000),
          before: before === null ? null : Number(before),
        });
        rows.push(...page.entries.map((entry) => csvRow(view(entry))));
        if (page.next === null) break;
        before = String(page.next);
      }
      return csvOf(rows);
    },
  ),
  route('GET /v1/log-parts', { role: 'viewer' }, async ({ session }) => {
    const parts = await desk.context.store.logParts(session.tenantId);
    return parts.map(({ number, first, last, from, to }) => ({
      number,
      entries: last - first + 1,
      from,
      to,
    }));
  }),
  route(
    'GET /v1/log-parts/:number',
    { role: 'admin', stepUp: true, audit: 'export', csv: true },
    async ({ session, params, requestId }) => {
      const number = /^\d{1,6}$/.test(params.number) ? Number(params.number) : 0;
      const entries = await desk.context.store.readLogPart(session.tenantId, number);
      if (entries === null) throw new AppError('request.not-found');
      const view = viewOf(desk, await desk.context.store.read(session.tenantId), requestId);
      const rows: Row[] = [];
      for await (const entry of entries) rows.push(csvRow(view(entry)));
      return csvOf([csvHead, ...rows.reverse()]);
    },
  ),
];

type Row = (string | null)[];
const csvHead = [
  'Number',
  'Time',
  'Who',
  'Action',
  'Result',
  'Subject',
  'What',
  'Amount',
  'Currency',
  'Document',
];

/** Entries of a connection that is gone name no system. */
function viewOf({ context, systems }: Desk, reader: Reader, requestId: string) {
  return (entry: LogEntry): LogEntryView => {
    const { connectionId } = entry;
    const systemId =
      connectionId === null ? undefined : reader.get('connection', connectionId)?.systemId;
    const isThere = systems.some(({ manifest }) => manifest.id === systemId);
    return logView(
      entry,
      requestId,
      systemId !== undefined && isThere ? context.connector(systemId) : null,
    );
  };
}

function csvRow(view: LogEntryView): Row {
  const { seq, at, actor, action, result, subject, sentence, amount, documentUrl } = view;
  const money = [amount?.amount ?? null, amount?.currency ?? null];
  return [String(seq), at, actor, action, result, subject, sentence, ...money, documentUrl];
}

function queryOf({ context }: Desk, query: v.InferOutput<typeof filter>, limit: number): LogQuery {
  const today = dateAt(context.clock.nowMs(), 'UTC');
  const days =
    query.from === undefined && query.to === undefined && query.text === undefined
      ? undefined
      : { from: date(query.from ?? query.to ?? today), to: date(query.to ?? today) };
  return {
    before: query.before === undefined ? null : Number(query.before),
    limit,
    ...(days === undefined ? {} : { day: days }),
    ...(query.actor === undefined ? {} : { actor: query.actor }),
    ...(query.action === undefined ? {} : { action: query.action }),
    ...(query.result === undefined ? {} : { result: query.result }),
    ...(query.level === undefined ? {} : { level: query.level }),
    ...(query.customerId === undefined ? {} : { customerId: query.customerId }),
    ...(query.text === undefined ? {} : { text: query.text }),
  };
}
