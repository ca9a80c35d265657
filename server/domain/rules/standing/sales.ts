import { standingRule } from './rule.ts';

/** A new subscription: setup once, and a line that stays open; a first part of a period is a line of its own. */
export const sales = standingRule({ onPart: 'sets' });
