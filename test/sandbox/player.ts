/**
 * A player is one outside system of the sandbox world: a marketplace, an accounting or a PSA product. It answers HTTP as
 * the real one is described to, keeps a journal of what truly happened (which may differ from what it answered, when a
 * fault is set), and can be put back to a known state.
 */
export interface Player {
  readonly name: string;
  /** Answers one request. Never throws for what a request holds: a bad request is an answer. */
  fetch(request: Request): Promise<Response> | Response;
  /** What happened, oldest first, in the system's own words. */
  journal(): readonly JournalEntry[];
  /** Every fault this player can show, with its present setting. */
  faults(): FaultView[];
  /** Switches a fault on with its options, or off with `null` or `false`. An unknown name is an error. */
  setFault(name: string, options: unknown): void;
  /** Back to the state that the seed makes; the journal starts anew and every fault is off. */
  reset(options: ResetOptions): void;
}

/** `tiny` is for many lives one after another: one customer of each kind, one product of each. */
export type WorldSize = 'tiny' | 'small' | 'full';

export interface ResetOptions {
  seed: number;
  size: WorldSize;
}

export interface JournalEntry {
  /** 1 for the first entry after a reset, then one more each time. */
  seq: number;
  /** The sandbox clock's time. */
  atMs: number;
  /** Dotted and in the past tense: `order.created`. */
  kind: string;
  /** Who did it: a user's id, `api:<user>`, `system`, or `control`. */
  actor: string;
  data: unknown;
}

export interface FaultView {
  name: string;
  /** One sentence: what the outside sees while it is on. */
  what: string;
  active: boolean;
  /** The options it is set with; `null` when off. */
  options: unknown;
}
