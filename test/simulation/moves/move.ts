import type { Business } from '../begin.ts';
import type { Scene } from '../scene.ts';

/** Something that a person, a system or the world does. `weight` is how often, against the others. */
export interface Move {
  name: string;
  weight: number;
  run(scene: Scene, business: Business): Promise<void>;
}
