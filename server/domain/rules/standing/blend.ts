import { standingRule } from './rule.ts';

/** An open line takes each change by itself, as a step. */
export const blend = standingRule({ leave: () => 'no-change' });
