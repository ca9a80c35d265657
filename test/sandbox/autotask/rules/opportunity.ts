import { momentValue, type Value } from '../row.ts';
import { apiUserErrors } from './owner.ts';
import type { Rules, Work } from './work.ts';

const LOST = 2;
const CLOSED = 3;

/** Opportunities (help: Opportunities, conditions and requirements). */
export const opportunityRules: Rules = {
  create: (work, { values }) => {
    values.creatorResourceID = work.resourceId;
    values.impersonatorCreatorResourceID = work.impersonatorId ?? null;
    stamp(work, values);
    return apiUserErrors(work, 'ownerResourceID', values.ownerResourceID);
  },
  change: (work, { values, changed }) => {
    stamp(work, values);
    return apiUserErrors(work, 'ownerResourceID', changed.ownerResourceID);
  },
};

function stamp({ world }: Work, values: Record<string, Value>): void {
  const now = momentValue(world.nowMs());
  values.lastActivity = now;
  values.closedDate = values.status === CLOSED ? (values.closedDate ?? now) : null;
  values.lostDate = values.status === LOST ? (values.lostDate ?? now) : null;
}
