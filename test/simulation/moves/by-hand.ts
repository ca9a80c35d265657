import type { Scene } from '../scene.ts';
import { bookkeeperMoves } from './bookkeeper.ts';
import type { Move } from './move.ts';
import { byHandMoves } from './standing/by-hand.ts';

/** What the reseller's people do in the system that this scene bills with. */
export const byHandOf = ({ standing }: Scene): readonly Move[] =>
  standing === null ? bookkeeperMoves : byHandMoves;
