import { standingRule } from './rule.ts';

/** A subscription moved in from elsewhere: what it charged before was billed by somebody else. */
export const migration = standingRule({
  leave: ({ amount }) => (amount.amountMinor === 0n ? 'migrated' : null),
});
