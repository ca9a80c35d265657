// The world outside, always an argument.

export interface Clock {
  nowMs(): number;
  /** Resolves when the clock reaches the instant, or at once when the signal aborts. */
  waitUntil(ms: number, signal?: AbortSignal): Promise<void>;
}
export interface Ids {
  next(): string;
}
/** Cryptography that the domain needs, synchronous so that a simulation can replay it. */
export interface Crypto {
  /** SHA-256 as lower-case hex. */
  hash(text: string): string;
  randomBytes(length: number): Uint8Array;
}
export interface Random {
  /** In [0, 1). */
  fraction(): number;
}
export type Fetch = (request: Request) => Promise<Response>;
export interface Logger {
  info(event: string, facts?: object): void;
  warn(event: string, facts?: object): void;
  error(event: string, facts?: object): void;
}
