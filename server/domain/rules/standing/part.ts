import { standingRule } from './rule.ts';

/** A yearly contract is invoiced by its system, never in parts of ours. */
export const part = standingRule({ leave: () => 'no-change' });
