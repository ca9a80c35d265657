import type { OrderType } from '../../order.ts';
import type { Rule } from '../rule.ts';
import { billing } from './billing.ts';
import { blend } from './blend.ts';
import { cancellation } from './cancellation.ts';
import { change } from './change.ts';
import { migration } from './migration.ts';
import { missing } from './missing.ts';
import { own } from './own.ts';
import { part } from './part.ts';
import { renewal } from './renewal.ts';
import { sales } from './sales.ts';
import { unknown } from './unknown.ts';

/** For systems whose lines stay open: agreements and contracts. */
export const standingRules: Readonly<Record<OrderType, Rule>> = {
  sales,
  change,
  renewal,
  billing,
  cancellation,
  migration,
  own,
  missing,
  part,
  blend,
  unknown,
};
