import type { Charge } from '../../domain/charge.ts';
import { isNegative, multiply, negate, round } from '../../domain/decimal.ts';
import type { FeeKind } from '../../domain/product.ts';
import { pricePlacesMax } from '../../domain/shape.ts';
import type { Need } from '../../domain/task.ts';
import type { Of, Place } from './decisions.ts';
import { need } from './needs.ts';
import type { PlanWorld } from './world.ts';

/**
 * The edits that apply: one made for a single charge only while that charge is what was edited; a
 * price kept for more than one, only for what recurs, since a setup or another fee has its own.
 */
export function editsOf(
  world: PlanWorld,
  charge: Charge,
  fee: FeeKind,
  where: Place,
): { edits: Of<'edit'>[]; outdated: Need | null } {
  let outdated: Need | null = null;
  const edits = world.decisions.edits(where).flatMap((decision): Of<'edit'>[] => {
    const { scope, value } = decision;
    if (scope.kind === 'order') return [decision];
    if (scope.kind === 'charge') {
      const stands =
        scope.revision === charge.revision ||
        world.decisions.accepted('edit-outdated', charge.key).includes(charge.revision);
      if (!stands)
        outdated = need('edit-outdated', charge.key, {
          decision: decision.id,
          seen: charge.revision,
        });
      return [decision];
    }
    const { quantity: _quantity, unitPrice, discount, ...text } = value.edit;
    const keeps = fee === 'recurring' || fee === 'overuse';
    const price = {
      ...(unitPrice === undefined ? {} : { unitPrice: signedShare(unitPrice, charge, fee) }),
      ...(discount === undefined ? {} : { discount }),
    };
    return [{ ...decision, value: { ...value, edit: keeps ? { ...text, ...price } : text } }];
  });
  return { edits, outdated };
}

/** A kept price is for a whole period and for what is sold: a part of it is a part, a credit negative. */
function signedShare(unitPrice: string, { amount, share }: Charge, fee: FeeKind): string {
  const part =
    fee === 'recurring' && share !== null
      ? round(multiply(unitPrice, isNegative(share) ? negate(share) : share), pricePlacesMax)
      : unitPrice;
  return amount.amountMinor < 0n && !isNegative(part) ? negate(part) : part;
}
