import type { Law } from '../law.ts';
import { monthLaws } from '../month.ts';
import { stuckLaws } from '../nothing-stuck.ts';
import { onceLaws } from '../once.ts';
import { standingConfirmedLaws } from './confirmed.ts';
import { standingOnceLaws } from './once.ts';
import { standingCentLaws } from './to-the-cent.ts';

/** Of the laws of invoices those that hold for every system. */
const shared = onceLaws.filter(({ name }) => name === 'charge-on-one-document');
/** Whether an order is billed or needs no line is the bookkeeper's to say where lines stay open. */
const stuck = stuckLaws.filter(({ name }) => name !== 'order-has-task-or-lines');

export const standingLaws: readonly Law[] = [
  ...standingOnceLaws,
  ...shared,
  ...standingConfirmedLaws,
  ...stuck,
  ...standingCentLaws,
  ...monthLaws,
];
