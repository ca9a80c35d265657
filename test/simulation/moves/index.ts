import { hasRealLife } from '../cast.ts';
import type { Scene } from '../scene.ts';
import { accessMoves } from './access.ts';
import { answerMoves } from './answers.ts';
import { bookkeeperMoves } from './bookkeeper.ts';
import { laterLifeMoves } from './later-life.ts';
import type { Move } from './move.ts';
import { orderMoves } from './orders.ts';
import { realLifeMoves } from './real-life.ts';
import { resellerMoves } from './reseller.ts';
import { standingMoves } from './standing/index.ts';
import { timeMoves } from './time.ts';

export const moves: readonly Move[] = [
  ...orderMoves,
  ...timeMoves,
  ...resellerMoves,
  ...answerMoves,
  ...bookkeeperMoves,
  ...accessMoves,
];

const totalOf = (all: readonly Move[]) => all.reduce((sum, { weight }) => sum + weight, 0);

/** Of several systems beside each other none leaves alone with the whole app. */
const movesBeside = moves.filter(({ name }) => name !== 'uninstall and install again');

export function pickMove(scene: Scene): Move {
  const { chance } = scene;
  const own = movesOf(scene);
  let left = chance.moves.integer(1, totalOf(own));
  for (const move of own) {
    left -= move.weight;
    if (left <= 0) return move;
  }
  throw new RangeError('the weights do not add up');
}

function movesOf({ seed, standing, isAlone }: Scene): readonly Move[] {
  if (!hasRealLife(seed)) return standing !== null ? standingMoves : isAlone ? moves : movesBeside;
  if (standing !== null) return [...standingMoves, ...realLifeMoves];
  // What is charged beside the marketplace is known to the app alone: it is not made to forget everything.
  return [...movesBeside, ...realLifeMoves, ...laterLifeMoves];
}
