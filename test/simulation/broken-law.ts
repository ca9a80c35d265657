/** Something was that must never be. */
export class BrokenLaw extends Error {
  readonly law: string;
  constructor(law: string, found: string) {
    super(`${law}: ${found}`);
    this.law = law;
  }
}

/** Told where it cannot be thrown: inside the app's own calls, which would take it for a fault of theirs. */
export type Report = (law: string, found: string) => void;
