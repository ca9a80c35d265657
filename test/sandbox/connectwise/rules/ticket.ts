import { flagOf, momentValue, type Row, textOf, type Value, wholeOf } from '../row.ts';
import type { World } from '../world.ts';
import { defaultOf } from './company.ts';
import { type FieldError, invalid, type Rules, type Work } from './work.ts';

export const ticketRules: Rules = {
  create: (work, { values }) => {
    const { world } = work;
    // Without a board the default one applies; here it is the first that takes tickets.
    values.board ??= firstBoard(world);
    values.status ??= statusOf(world, values.board);
    values.priority ??= defaultOf(world, 'Priority');
    values.recordType = 'ServiceTicket';
    values.closedFlag = false;
    settle(work, values);
    return homeErrors(world, values);
  },
  created: (work, row) => {
    const now = momentValue(work.world.nowMs());
    const by = memberName(work);
    for (const [field, flag] of INITIAL_NOTES) {
      const text = textOf(row, field);
      if (text === '') continue;
      work.world.tables.add('ServiceNote', {
        values: {
          ticketId: row.id,
          text,
          detailDescriptionFlag: false,
          internalAnalysisFlag: false,
          resolutionFlag: false,
          [flag]: true,
          dateCreated: now,
          createdBy: by,
        },
        custom: {},
        info: { lastUpdated: now, updatedBy: by, dateEntered: now, enteredBy: by },
      });
    }
  },
  change: (work, { values, changed }) => {
    if ('board' in changed && !('status' in changed))
      values.status = statusOf(work.world, values.board);
    if ('status' in changed || 'board' in changed) settle(work, values);
    return homeErrors(work.world, values);
  },
};

/** What a create says at once becomes the notes of its three kinds. */
const INITIAL_NOTES = [
  ['initialDescription', 'detailDescriptionFlag'],
  ['initialInternalAnalysis', 'internalAnalysisFlag'],
  ['initialResolution', 'resolutionFlag'],
] as const;

export const noteRules: Rules = {
  create: (work, { values }) => {
    values.dateCreated = momentValue(work.world.nowMs());
    values.createdBy = memberName(work);
    const flags = ['detailDescriptionFlag', 'internalAnalysisFlag', 'resolutionFlag'] as const;
    for (const flag of flags) values[flag] ??= false;
    return flags.some((flag) => values[flag] === true)
      ? []
      : [invalid('detailDescriptionFlag', 'One of the note types must be chosen.')];
  },
};

/** A closed status closes the ticket. */
function settle(work: Work, values: Record<string, Value>): void {
  const status = work.world.tables.get('BoardStatus', asId(values.status));
  const isClosed = status !== undefined && flagOf(status, 'closedStatus');
  values.closedFlag = isClosed;
  values.closedDate = isClosed ? momentValue(work.world.nowMs()) : null;
  values.closedBy = isClosed ? memberName(work) : null;
}

/** Type and status are those of the ticket's board. */
function homeErrors(world: World, values: Record<string, Value>): FieldError[] {
  const { tables } = world;
  const below = (record: string, name: string): FieldError[] => {
    const row = tables.get(record, asId(values[name]));
    return row && wholeOf(row, 'board') !== values.board
      ? [invalid(`${name}/id`, `The ${name} does not belong to the board.`)]
      : [];
  };
  const board = tables.get('Board', asId(values.board));
  return [
    ...(board && flagOf(board, 'inactiveFlag')
      ? [invalid('board/id', 'The board is inactive.')]
      : []),
    ...below('BoardType', 'type'),
    ...below('BoardSubType', 'subType'),
    ...subTypeErrors(world, values),
    ...below('BoardStatus', 'status'),
  ];
}

/** A subtype stands below the types that it is associated with. */
function subTypeErrors({ tables }: World, { type, subType }: Record<string, Value>): FieldError[] {
  const row = tables.get('BoardSubType', asId(subType));
  const types = row?.values.typeAssociationIds ?? null;
  const isBelow = Array.isArray(types) && types.some((id) => id === asId(type));
  return row === undefined || isBelow
    ? []
    : [invalid('subType/id', 'The subtype does not belong to the type.')];
}

const firstBoard = ({ tables }: World): Value =>
  tables.all('Board').find((row) => !flagOf(row, 'inactiveFlag'))?.id ?? null;

const statusOf = ({ tables }: World, board: Value | undefined): Value =>
  tables
    .all('BoardStatus')
    .find((row: Row) => wholeOf(row, 'board') === board && flagOf(row, 'defaultFlag'))?.id ?? null;

function memberName({ world, memberId }: Work): string {
  const member = world.tables.get('Member', memberId);
  return member ? textOf(member, 'identifier') : '';
}

const asId = (value: Value | undefined): number | undefined =>
  typeof value === 'number' ? value : undefined;
