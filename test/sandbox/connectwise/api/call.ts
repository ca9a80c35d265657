import type { ActiveFaults } from '../faults.ts';
import type { World } from '../world.ts';
import type { Answer } from './answer.ts';
import type { Form } from './form.ts';

/** One admitted request, cut at its slashes below `apis/3.0/`. */
export interface Call {
  world: World;
  method: string;
  parts: readonly string[];
  query: URLSearchParams;
  headers: Headers;
  body: string;
  /** The parts of a multipart body. */
  form: Form | undefined;
  /** The address up to `apis/3.0`, as it was called. */
  apiUrl: string;
  hidesCosts: boolean;
  faults: ActiveFaults;
}

export type Handler = (call: Call) => Answer;
