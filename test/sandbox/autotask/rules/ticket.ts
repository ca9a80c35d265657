import { dateOf } from '../../calendar.ts';
import { momentValue, textOf, type Value } from '../row.ts';
import { apiUserErrors } from './owner.ts';
import type { Rules, Work } from './work.ts';

const COMPLETE = 5;

/** Tickets (help: Tickets, conditions and requirements). */
export const ticketRules: Rules = {
  create: (work, { values }) => {
    const { world } = work;
    const now = momentValue(world.nowMs());
    values.ticketType ??= 1;
    values.ticketNumber = ticketNumber(work);
    values.createDate = now;
    values.lastActivityDate = now;
    values.creatorResourceID = work.resourceId;
    values.impersonatorCreatorResourceID = work.impersonatorId ?? null;
    complete(work, values);
    return [...assignmentErrors(work, values), ...homeErrors(values)];
  },
  change: (work, { values }) => {
    values.lastActivityDate = momentValue(work.world.nowMs());
    complete(work, values);
    return [...assignmentErrors(work, values), ...homeErrors(values)];
  },
};

export const noteRules: Rules = {
  create: ({ world, resourceId, impersonatorId }, { values }) => {
    values.createDateTime = momentValue(world.nowMs());
    values.lastActivityDate = values.createDateTime;
    values.creatorResourceID = resourceId;
    values.impersonatorCreatorResourceID = impersonatorId ?? null;
    return [];
  },
  change: ({ world }, { values }) => {
    values.lastActivityDate = momentValue(world.nowMs());
    return [];
  },
};

/** `T20261123.0001`: the day and the number of the ticket on it. */
function ticketNumber({ world }: Work): string {
  const start = `T${dateOf(world.nowMs()).replaceAll('-', '')}.`;
  const before = world.tables
    .all('Tickets')
    .filter((ticket) => textOf(ticket, 'ticketNumber').startsWith(start));
  return `${start}${String(before.length + 1).padStart(4, '0')}`;
}

/** Words of the live API (WYRE-AI/msp-claude-plugins #32). */
function assignmentErrors(work: Work, values: Record<string, Value>): string[] {
  const { assignedResourceID, assignedResourceRoleID } = values;
  const hasOne = typeof assignedResourceID === 'number';
  if (hasOne !== (typeof assignedResourceRoleID === 'number'))
    return [
      'When assigning a Resource, you must assign both a assignedResourceID and assignedResourceRoleID.',
    ];
  return apiUserErrors(work, 'assignedResourceID', assignedResourceID);
}

/** "A ticket needs a queueID, or an assigned resource and role" (help: Tickets). */
function homeErrors({ queueID, assignedResourceID }: Record<string, Value>): string[] {
  return typeof queueID === 'number' || typeof assignedResourceID === 'number'
    ? []
    : ['Missing Required Field: queueID, or assignedResourceID and assignedResourceRoleID.'];
}

function complete(work: Work, values: Record<string, Value>): void {
  if (values.status !== COMPLETE) {
    values.completedDate = null;
    values.completedByResourceID = null;
  } else if (typeof values.completedDate !== 'string') {
    values.completedDate = momentValue(work.world.nowMs());
    values.completedByResourceID = work.resourceId;
  }
}
