import type { Rule } from '../rule.ts';
import { standingRule } from './rule.ts';

const asBilling = standingRule();

/** An order of a type nobody described: held and shown until a person says to bill it as it stands. */
export const unknown: Rule = (order, context) =>
  context.accepted('unknown-order', order.id)
    ? asBilling(order, context)
    : { wanted: [], left: [], held: [{ charge: null, need: 'unknown-order' }] };
