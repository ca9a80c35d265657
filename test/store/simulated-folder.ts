import type { SimulatedFile } from './simulated-file.ts';

type Names = Map<string, SimulatedFile>;
type Step = { name: string; file: SimulatedFile | null }[];

/** The names in a folder. A file system stores changes of names in their order, so a prefix survives. */
export class SimulatedFolder {
  readonly names: Names = new Map();
  #durable: Names = new Map();
  #unsynced: Step[] = [];

  /** One atomic change: names and what they mean afterwards; null removes. */
  change(step: Step): void {
    applyTo(this.names, step);
    this.#unsynced.push(step);
  }

  sync(): void {
    this.#durable = new Map(this.names);
    this.#unsynced = [];
  }

  /** The file that has this name after a power cut, where nothing more survives than must. */
  durable(name: string): SimulatedFile | undefined {
    return this.#durable.get(name);
  }

  survivor(
    shareOfUnsynced: number,
    survivorOf: (file: SimulatedFile) => SimulatedFile,
  ): SimulatedFolder {
    const names = new Map(this.#durable);
    const kept = Math.floor(this.#unsynced.length * shareOfUnsynced);
    for (const step of this.#unsynced.slice(0, kept)) applyTo(names, step);
    const survivor = new SimulatedFolder();
    for (const [name, file] of names) survivor.names.set(name, survivorOf(file));
    survivor.sync();
    return survivor;
  }

  clone(cloneOf: (file: SimulatedFile) => SimulatedFile): SimulatedFolder {
    const clone = new SimulatedFolder();
    for (const [name, file] of this.names) clone.names.set(name, cloneOf(file));
    for (const [name, file] of this.#durable) clone.#durable.set(name, cloneOf(file));
    clone.#unsynced = this.#unsynced.map((step) =>
      step.map(({ name, file }) => ({ name, file: file === null ? null : cloneOf(file) })),
    );
    return clone;
  }
}

function applyTo(names: Names, step: Step): void {
  for (const { name, file } of step)
    if (file === null) names.delete(name);
    else names.set(name, file);
}
