import { accessMoves } from '../access.ts';
import { answerMoves } from '../answers.ts';
import type { Move } from '../move.ts';
import { orderMoves } from '../orders.ts';
import { resellerMoves } from '../reseller.ts';
import { timeMoves } from '../time.ts';
import { byHandMoves } from './by-hand.ts';
import { choiceMoves } from './choices.ts';

/** Moves of Xero's own words and settings, or about the whole app; a connection of its own has others. */
const apart = ['settings', 'uninstall and install again', 'calls of the day are used up'];
const shared = [...timeMoves, ...resellerMoves, ...answerMoves, ...accessMoves].filter(
  ({ name }) => !apart.includes(name),
);

/** What happens where lines stay open. */
export const standingMoves: readonly Move[] = [
  ...orderMoves,
  ...shared,
  ...byHandMoves,
  ...choiceMoves,
];
