import { hash } from 'node:crypto';
import type { Crypto, Ids, Random } from '../../server/domain/ports/machine.ts';
import { createSeededRandom, type SeededRandom } from '../sandbox/random.ts';

/** All randomness of one simulation, each user its own stream: what one draws moves no other. */
export interface Chance {
  moves: SeededRandom;
  network: SeededRandom;
  disk: SeededRandom;
  crashes: SeededRandom;
  random: Random;
  ids: Ids;
  crypto: Crypto;
}

export function createChance(seed: number): Chance {
  const stream = (index: number) => createSeededRandom(seed * 16 + index);
  const jitter = stream(5);
  const bytes = stream(6);
  let made = 0;
  return {
    moves: stream(1),
    network: stream(2),
    disk: stream(3),
    crashes: stream(4),
    random: { fraction: () => jitter.integer(0, 999_999) / 1_000_000 },
    ids: {
      next: () => {
        made += 1;
        return `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
      },
    },
    crypto: {
      hash: (text) => hash('sha256', text),
      randomBytes: (length) => Uint8Array.from({ length }, () => bytes.integer(0, 255)),
    },
  };
}
