import { feeByClass, rule } from './rule.ts';

/**
 * A subscription moved in from elsewhere. What it charged before the move was billed by somebody
 * else, so only charges of the period that starts with the move are lines; free ones are left.
 */
export const migration = rule(feeByClass, (charge) =>
  charge.amount.amountMinor === 0n ? 'migrated' : null,
);
