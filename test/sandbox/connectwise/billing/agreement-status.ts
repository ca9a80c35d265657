import { dateOf } from '../../calendar.ts';
import { dateOfField, flagOf, type Row } from '../row.ts';
import type { World } from '../world.ts';

/** Active, Cancelled, Expired or Inactive (description: agreementStatus), by today's date. */
export function agreementStatus(world: World, agreement: Row): string {
  const today = dateOf(world.nowMs());
  const cancelled = dateOfField(agreement, 'dateCancelled');
  if (flagOf(agreement, 'cancelledFlag') && (cancelled === undefined || cancelled <= today))
    return 'Cancelled';
  const end = dateOfField(agreement, 'endDate');
  if (!flagOf(agreement, 'noEndingDateFlag') && end !== undefined && end < today) return 'Expired';
  const start = dateOfField(agreement, 'startDate');
  return start !== undefined && start > today ? 'Inactive' : 'Active';
}
