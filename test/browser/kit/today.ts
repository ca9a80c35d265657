import * as v from 'valibot';
import type { ProcessWorld } from './world.ts';

const clockSchema = v.object({ now: v.string() });

/** The day on the world's clock, as the controls page shows it. */
export const today = async ({ control }: ProcessWorld): Promise<string> =>
  v.parse(clockSchema, await control('/sandbox/clock')).now.slice(0, 10);
