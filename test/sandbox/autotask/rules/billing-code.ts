import { flagOf, type Value, wholeOf } from '../row.ts';
import type { World } from '../world.ts';

/** A billing code must be active and of the kind that its use wants (help: BillingCodes, useType). */
export function codeErrors(
  world: World,
  of: { field: string; id: Value | undefined; useType: number; words: string },
): string[] {
  if (typeof of.id !== 'number') return [];
  const code = world.tables.get('BillingCodes', of.id);
  return code && flagOf(code, 'isActive') && wholeOf(code, 'useType') === of.useType
    ? []
    : [`The ${of.field} must reference an active ${of.words}.`];
}
