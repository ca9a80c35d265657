import type { SandboxClock } from '../sandbox/clock.ts';

/** Something that will happen at a moment of virtual time. */
export interface Due {
  atMs: number;
  order: number;
  run: () => void;
}

/** One wait for a promise may use at most this much, else nobody will ever answer it. */
const waitEventsMax = 50_000;
/**
 * A tick comes when no promise can go on. Streams take some of them; whatever took more would only
 * go on at the next event, in every run alike. No turn of the event loop is needed: nothing here
 * waits for the machine, and a turn takes longer than what is done in it.
 */
const turnsToQuiet = 3;
const waitMaxMs = 60 * 60_000;

/**
 * Virtual time: a queue of what is due, ordered by moment and then by the order in which it was
 * asked for. Time stands still while anything can still run, so one seed gives one order of events.
 */
export class Timeline {
  readonly #clock: SandboxClock;
  #queue: Due[] = [];
  #asked = 0;
  #steps = 0;
  #nowMs: number;

  constructor(clock: SandboxClock) {
    this.#clock = clock;
    this.#nowMs = clock.nowMs();
  }

  /** Called when all that one step set going has come to rest. */
  afterStep: () => void = () => undefined;

  nowMs = (): number => this.#nowMs;

  /** So many times something was due and happened. */
  steps = (): number => this.#steps;

  at(atMs: number, run: () => void): Due {
    this.#asked += 1;
    const due = { atMs, order: this.#asked, run };
    let low = 0;
    let high = this.#queue.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#queue[middle];
      if (other !== undefined && other.atMs <= atMs) low = middle + 1;
      else high = middle;
    }
    this.#queue.splice(low, 0, due);
    return due;
  }

  cancel(due: Due): void {
    const index = this.#queue.indexOf(due);
    if (index >= 0) this.#queue.splice(index, 1);
  }

  /** Lets everything run that needs no time. */
  async quiet(): Promise<void> {
    for (let turns = 0; turns < turnsToQuiet; turns += 1)
      await new Promise<void>((resolve) => process.nextTick(resolve));
  }

  /** Until the promise is settled or `isOver` says that nobody is left who could settle it. */
  async until<T>(promise: Promise<T>, isOver: () => boolean): Promise<T | undefined> {
    let settled = false;
    const done = promise.finally(() => {
      settled = true;
    });
    done.catch(() => undefined);
    await this.quiet();
    const lastMs = this.#nowMs + waitMaxMs;
    for (let events = 0; !settled; events += 1) {
      if (isOver()) return undefined;
      if (events > waitEventsMax || this.#nowMs > lastMs) throw new Error('nobody ever answered');
      if (!(await this.#step(Number.MAX_SAFE_INTEGER))) throw new Error('nothing is due any more');
    }
    return done;
  }

  /** Everything that is due within the time happens, in its order. */
  async pass(ms: number, isOver: () => boolean): Promise<void> {
    const untilMs = this.#nowMs + ms;
    while (!isOver() && (await this.#step(untilMs)));
    this.#moveTo(untilMs);
    await this.quiet();
  }

  /** The clock jumps, as after a sleep of the machine: what was due meanwhile is late. */
  jump(ms: number): void {
    this.#moveTo(this.#nowMs + ms);
  }

  async #step(untilMs: number): Promise<boolean> {
    const [due] = this.#queue;
    if (due === undefined || due.atMs > untilMs) return false;
    this.#queue.shift();
    this.#moveTo(due.atMs);
    due.run();
    await this.quiet();
    this.#steps += 1;
    this.afterStep();
    return true;
  }

  #moveTo(ms: number): void {
    if (ms <= this.#nowMs) return;
    this.#nowMs = ms;
    this.#clock.set(ms);
  }
}
