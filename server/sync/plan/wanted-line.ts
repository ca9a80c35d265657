import type { Edit } from '../../domain/decision.ts';
import type { Item } from '../../domain/item.ts';
import { type ProductMapping, productKeyOf } from '../../domain/mapping.ts';
import type { Order } from '../../domain/order.ts';
import type { Wanted } from '../../domain/rules/rule.ts';
import type { Need } from '../../domain/task.ts';
import { mergedEdit, type Of, type Place } from './decisions.ts';
import { editsOf } from './edits.ts';
import { chargeNeeds } from './needs.ts';
import type { PlanWorld } from './world.ts';

/** A charge that shall be a line, with what it is mapped to and what people said about it. */
export interface WantedLine extends Wanted {
  order: Order;
  subscriptionId: string | null;
  place: Place;
  productKey: string | null;
  mapping: ProductMapping | null;
  item: Item | null;
  /** Those that apply, and what they come to together. */
  edits: Of<'edit'>[];
  edit: Edit;
}

/** Looks up what a line is made of, with what a person has to say or do before. */
export function wantedLine(
  world: PlanWorld,
  of: Pick<WantedLine, 'order' | 'subscriptionId' | 'place'> & { wanted: Wanted },
): { line: WantedLine; needs: Need[] } {
  const { order, subscriptionId, place, wanted } = of;
  const { charge, fee, stands, sets } = wanted;
  const productKey = productKeyOf(charge);
  const mapping = productKey === null ? null : world.productMapping(productKey, fee);
  const item = mapping?.targetId == null ? null : world.item(mapping.targetId);
  const { edits, outdated } = editsOf(world, charge, fee, place);
  const recurs = (stands ?? sets) !== undefined;
  const edit = mergedEdit(edits);
  return {
    line: { ...wanted, order, subscriptionId, place, productKey, mapping, item, edits, edit },
    needs: [
      ...(outdated === null ? [] : [outdated]),
      ...chargeNeeds(world, { charge, productKey, mapping, item, recurs }),
    ],
  };
}
