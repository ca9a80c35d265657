import { failureOf } from '../../domain/errors.ts';
import type {
  ServiceDesk,
  TicketAnswer,
  TicketDraft,
  TicketField,
} from '../../domain/ports/service-desk.ts';
import type { TicketPlace } from '../../domain/ticket.ts';
import type { Failed } from '../kit/written.ts';
import { type Client, equals, idValue } from './client.ts';
import { choicesOf, defaultValue } from './picklist.ts';
import { ticketSchema } from './schema.ts';

const titleMax = 255;
const textMax = 8_000;
/** "Complete" is a status of the system's own, 5 in every tenant (help: Tickets). */
const complete = '5';

/** Service tickets; queues, issue types and priorities are picklists of the tenant. */
export function createServiceDesk(client: Client): ServiceDesk {
  return {
    fields: (place) => fieldsOf(client, place),
    open: async (draft) => {
      const status = draft.place.status ?? (await defaultOf(client));
      if (typeof status !== 'string') return status;
      const made = await client.write({
        method: 'POST',
        path: 'Tickets',
        body: bodyOf(draft, status),
      });
      return made.status === 'done' ? done(made.id) : answerOf(made);
    },
    find: async (mark) => {
      const { records } = await client.query('Tickets', ticketSchema, [
        { op: 'contains', field: 'title', value: mark },
      ]);
      const [found] = records;
      return found === undefined ? null : { ticketId: found.id };
    },
    // One call notes and closes it, so that it can be repeated.
    solve: async ({ ticketId, text }) => {
      const read = await client
        .query('Tickets', ticketSchema, [equals('id', idValue(ticketId))])
        .catch(failureOf);
      if (!('records' in read)) return { status: 'unsent', failure: read };
      const [found] = read.records;
      if (found === undefined || found.status === complete) return done(ticketId);
      const made = await client.write({
        method: 'PATCH',
        path: 'Tickets',
        body: { id: idValue(ticketId), status: idValue(complete), resolution: text },
      });
      if (made.status === 'done') return done(ticketId);
      const mayNot = made.certainty === 'refused' || made.failure.code === 'system.scope';
      return mayNot
        ? {
            status: 'ok',
            ticketId,
            left: made.failure.said ?? 'The API user may not change tickets.',
          }
        : answerOf(made);
    },
  };
}

const choicesBy = [
  { id: 'queue', name: 'Queue', field: 'queueID', optional: false },
  { id: 'issueType', name: 'Issue type', field: 'issueType', optional: true },
  { id: 'priority', name: 'Priority', field: 'priority', optional: false },
  { id: 'status', name: 'Status of a new ticket', field: 'status', optional: true },
] as const;

async function fieldsOf(client: Client, place: TicketPlace): Promise<TicketField[]> {
  const fields: TicketField[] = [
    { id: 'company', name: 'Company', kind: 'company', choices: [], optional: false },
  ];
  for (const { id, name, field, optional } of choicesBy) {
    const choices = await choicesOf(client, 'Tickets', field);
    fields.push({ id, name, kind: 'choice', choices, optional });
  }
  const below =
    place.issueType === undefined
      ? []
      : await choicesOf(client, 'Tickets', 'subIssueType', place.issueType);
  return [
    ...fields,
    { id: 'subIssueType', name: 'Sub-issue type', kind: 'choice', choices: below, optional: true },
  ];
}

function bodyOf({ mark, summary, text, place }: TicketDraft, status: string): object {
  const value = (field: string, id: string | undefined) =>
    id === undefined ? {} : { [field]: idValue(id) };
  return {
    title: `${summary.slice(0, titleMax - mark.length - 3)} [${mark}]`,
    description: text.slice(0, textMax),
    status: idValue(status),
    ...value('companyID', place.company),
    ...value('queueID', place.queue),
    ...value('priority', place.priority),
    ...value('issueType', place.issueType),
    ...value('subIssueType', place.subIssueType),
  };
}

async function defaultOf(client: Client): Promise<string | TicketAnswer> {
  try {
    return await defaultValue(client, 'Tickets', 'status');
  } catch (error) {
    return { status: 'unsent', failure: failureOf(error) };
  }
}

const done = (ticketId: string): TicketAnswer => ({ status: 'ok', ticketId, left: null });
const answerOf = ({ certainty, failure }: Failed): TicketAnswer => ({
  status: certainty === 'refused' ? 'rejected' : certainty,
  failure,
});
