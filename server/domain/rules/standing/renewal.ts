import { standingRule } from './rule.ts';

/** A term that starts again: no change where the open line says the same. */
export const renewal = standingRule();
