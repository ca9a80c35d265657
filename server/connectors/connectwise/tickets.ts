import { rawNumber } from '../../domain/json.ts';
import type {
  ServiceDesk,
  TicketAnswer,
  TicketDraft,
  TicketField,
} from '../../domain/ports/service-desk.ts';
import type { TicketPlace } from '../../domain/ticket.ts';
import { type Failed, unsent } from '../kit/written.ts';
import type { Client } from './client.ts';
import { holds, isId } from './conditions.ts';
import { madeOf } from './create.ts';
import {
  boardSchema,
  boardStatusSchema,
  boardSubTypeSchema,
  boardTypeSchema,
  noteSchema,
  prioritySchema,
  ticketSchema,
} from './schema.ts';

const summaryMax = 100;

/** Service tickets: no record of the vendor names another system's, so that the summary's end does. */
export function createServiceDesk(client: Client): ServiceDesk {
  const ticket = async (ticketId: string) =>
    (await client.list('service/tickets', ticketSchema, { conditions: isId('id', ticketId) }))
      .records[0];

  async function close(ticketId: string, boardId: string): Promise<TicketAnswer> {
    const { records } = await client.list(`service/boards/${boardId}/statuses`, boardStatusSchema);
    const closed = records.find(({ closedStatus, inactive }) => closedStatus && inactive !== true);
    if (closed === undefined)
      return left(ticketId, 'Its board has no status that closes a ticket.');
    const made = await client.write({
      method: 'PATCH',
      path: `service/tickets/${ticketId}`,
      body: [{ op: 'replace', path: 'status', value: { id: rawNumber(closed.id) } }],
    });
    return made.status === 'done' ? done(ticketId) : settled(made, ticketId);
  }

  return {
    fields: (place) => fieldsOf(client, place),
    open: async (draft) => {
      const made = await client.write({
        method: 'POST',
        path: 'service/tickets',
        body: bodyOf(draft),
      });
      const answer = madeOf(made, ticketSchema);
      return 'failed' in answer ? answerOf(answer.failed) : done(answer.record.id);
    },
    find: async (mark) => {
      const { records } = await client.list('service/tickets', ticketSchema, {
        conditions: holds('summary', mark),
      });
      const found = records.find(({ summary }) => summary.includes(mark));
      return found === undefined ? null : { ticketId: found.id };
    },
    solve: async ({ ticketId, text }) => {
      try {
        const found = await ticket(ticketId);
        if (found === undefined || found.closedFlag === true) return done(ticketId);
        const path = `service/tickets/${ticketId}/notes`;
        const { records } = await client.list(path, noteSchema);
        if (!records.some((note) => note.text === text)) {
          const body = { text, internalAnalysisFlag: true };
          const noted = await client.write({ method: 'POST', path, body });
          if (noted.status === 'failed') return settled(noted, ticketId);
        }
        return await close(ticketId, found.board.id);
      } catch (error) {
        return settled(unsent(error), ticketId);
      }
    },
  };
}

/** Boards and what stands below the chosen one. */
async function fieldsOf(client: Client, place: TicketPlace): Promise<TicketField[]> {
  const { records: boards } = await client.list('service/boards', boardSchema);
  const { records: priorities } = await client.list('service/priorities', prioritySchema);
  const board = boards.find(({ id }) => id === place.board)?.id ?? null;
  const below = <S extends typeof boardTypeSchema | typeof boardSubTypeSchema>(
    path: string,
    schema: S,
  ) => client.list(`service/boards/${board}/${path}`, schema);
  const types = board === null ? [] : (await below('types', boardTypeSchema)).records;
  const subTypes = board === null ? [] : (await below('subtypes', boardSubTypeSchema)).records;
  const own = subTypes.filter(({ typeAssociationIds }) =>
    typeAssociationIds.some((id) => id === place.type),
  );
  return [
    { id: 'company', name: 'Company', kind: 'company', choices: [], optional: false },
    choice('board', 'Service board', boards, false),
    choice('type', 'Type', types, true),
    choice('subType', 'Subtype', own, true),
    choice('priority', 'Priority', priorities, true),
  ];
}

const choice = (
  id: string,
  name: string,
  records: readonly { id: string; name: string; inactiveFlag?: boolean | null }[],
  optional: boolean,
): TicketField => ({
  id,
  name,
  kind: 'choice',
  choices: records
    .filter(({ inactiveFlag }) => inactiveFlag !== true)
    .map((one) => ({ value: one.id, name: one.name })),
  optional,
});

/** The text as internal analysis: what a customer could see of a ticket does not hold it. */
function bodyOf({ mark, summary, text, place }: TicketDraft): object {
  const reference = (field: string) => {
    const id = place[field];
    return id === undefined ? {} : { [field]: { id: rawNumber(id) } };
  };
  return {
    summary: `${summary.slice(0, summaryMax - mark.length - 3)} [${mark}]`,
    initialInternalAnalysis: text,
    ...reference('company'),
    ...reference('board'),
    ...reference('type'),
    ...reference('subType'),
    ...reference('priority'),
  };
}

const done = (ticketId: string): TicketAnswer => ({ status: 'ok', ticketId, left: null });
const left = (ticketId: string, why: string): TicketAnswer => ({
  status: 'ok',
  ticketId,
  left: why,
});

const answerOf = ({ certainty, failure }: Failed): TicketAnswer => ({
  status: certainty === 'refused' ? 'rejected' : certainty,
  failure,
});

/** What may not be closed is left for a person. */
function settled({ certainty, failure }: Failed, ticketId: string): TicketAnswer {
  const mayNot = certainty === 'refused' || failure.code === 'system.scope';
  return mayNot
    ? left(ticketId, failure.said ?? 'The role may not change tickets.')
    : answerOf({ status: 'failed', certainty, failure });
}
