import { standingRule } from './rule.ts';

/** A period without an order: the system invoices the open line in it, whether an order came or not. */
export const missing = standingRule({ leave: () => 'no-change' });
