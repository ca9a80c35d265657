/** Calls `work` at a time; a later `at` for the same key replaces the earlier one. */
export interface Wake {
  at(key: string, ms: number): void;
  cancel(key: string): void;
  start(work: (key: string) => Promise<void>): void;
  stop(): Promise<void>;
}
