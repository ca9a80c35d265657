import { standingRule } from './rule.ts';

/**
 * Seats or plan changed in mid-period: the part is charged once, the open line takes the subscription's
 * quantity and price from the next period on. With "change quantity only" the reseller keeps what the
 * marketplace refunds, and nothing is credited.
 */
export const change = standingRule({ onPart: 'sets' });
