import type { Scene } from '../scene.ts';
import { accessMoves } from './access.ts';
import { answerMoves } from './answers.ts';
import { bookkeeperMoves } from './bookkeeper.ts';
import type { Move } from './move.ts';
import { orderMoves } from './orders.ts';
import { resellerMoves } from './reseller.ts';
import { timeMoves } from './time.ts';

export const moves: readonly Move[] = [
  ...orderMoves,
  ...timeMoves,
  ...resellerMoves,
  ...answerMoves,
  ...bookkeeperMoves,
  ...accessMoves,
];
const weightTotal = moves.reduce((sum, { weight }) => sum + weight, 0);

export function pickMove({ chance }: Scene): Move {
  let left = chance.moves.integer(1, weightTotal);
  for (const move of moves) {
    left -= move.weight;
    if (left <= 0) return move;
  }
  throw new RangeError('the weights do not add up');
}
