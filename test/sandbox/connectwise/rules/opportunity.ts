import { addDays, dateOf } from '../../calendar.ts';
import { dateValue, flagOf, momentValue, type Value, wholeOf } from '../row.ts';
import type { World } from '../world.ts';
import { defaultOf } from './company.ts';
import { type FieldError, invalid, type Rules } from './work.ts';

const CLOSES_AFTER_DAYS = 30;

export const opportunityRules: Rules = {
  create: ({ world }, { values }) => {
    values.status ??= defaultOf(world, 'OpportunityStatus');
    values.expectedCloseDate ??= dateValue(addDays(dateOf(world.nowMs()), CLOSES_AFTER_DAYS));
    return contactErrors(world, values);
  },
  change: ({ world, memberId }, { values, changed }) => {
    if ('status' in changed) {
      const { status } = values;
      const found = world.tables.get(
        'OpportunityStatus',
        typeof status === 'number' ? status : undefined,
      );
      const isClosed = found !== undefined && flagOf(found, 'closedFlag');
      values.closedDate = isClosed ? momentValue(world.nowMs()) : null;
      values.closedBy = isClosed ? memberId : null;
    }
    return contactErrors(world, values);
  },
};

function contactErrors({ tables }: World, values: Record<string, Value>): FieldError[] {
  const { company, contact } = values;
  const found = tables.get('Contact', typeof contact === 'number' ? contact : undefined);
  return found && wholeOf(found, 'company') !== company
    ? [invalid('contact/id', 'The contact does not belong to the company.')]
    : [];
}
