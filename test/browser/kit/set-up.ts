import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { follow } from './follow.ts';
import { today } from './today.ts';
import { readTour, type Step } from './tour.ts';
import type { Visitor } from './visitor.ts';
import type { ProcessWorld } from './world.ts';

const textOf = (path: string): string =>
  readFileSync(join(import.meta.dirname, '../../..', path), 'utf8');
export const tour = readTour(textOf('README.md'), 'The five-minute tour');
/** Goes on where the README's ends. */
export const psaTour = readTour(textOf('test/sandbox/TOUR.md'), 'The tour goes on');

/** The first day of the month that the world's clock shows: what the tour bills from. */
export const firstDay = async (world: ProcessWorld): Promise<string> =>
  `${(await today(world)).slice(0, 8)}01`;

/** Follows the tour's steps of these numbers; `after` is told each that is done. */
export const followTour = (
  visitor: Visitor,
  world: ProcessWorld,
  [from, to]: readonly [number, number],
  after?: (step: number) => Promise<void>,
): Promise<void> => followSteps(visitor, world, tour.slice(from - 1, to), after);

export async function followSteps(
  visitor: Visitor,
  world: ProcessWorld,
  steps: readonly Step[],
  after?: (step: number) => Promise<void>,
): Promise<void> {
  const first = await firstDay(world);
  for (const step of steps) {
    await follow(visitor, step, (value) =>
      value === 'the first day of this month' ? first : value,
    );
    await after?.(step.number);
  }
}
