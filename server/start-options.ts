import type { Disk } from './domain/ports/disk.ts';
import type { Clock, Crypto, Fetch, Ids, Logger, Random } from './domain/ports/machine.ts';
import type { Mailer } from './domain/ports/mailer.ts';
import type { MarketplaceAdapter } from './domain/ports/marketplace.ts';
import type { Environment } from './env.ts';
import type { Limit, LimitName } from './http/limits.ts';

/** A file of the built page by its path inside the folder, such as `index.html`; null when absent. */
export type Assets = (path: string) => Promise<Uint8Array<ArrayBuffer> | null>;

/** Everything the app needs from the world. `main`, the sandbox and the tests each bring their own. */
export interface StartOptions {
  env: Environment;
  clock: Clock;
  disk: Disk;
  /** The network. The app puts its egress guard in front of it. */
  fetch: Fetch;
  crypto: Crypto;
  ids: Ids;
  random: Random;
  logger: Logger;
  /** Null where the operator has no mail server. */
  mailer: Mailer | null;
  assets: Assets;
  /** The store cannot be trusted any more: the process must end at once. */
  onFatal: (error: Error) => void;
  /** Other rates than the usual ones, for a bench that asks more in a minute than people do. */
  limits?: Readonly<Record<LimitName, Limit>>;
  /** The marketplaces it can read; left out, all there are (`marketplaces/index.ts`). */
  adapters?: readonly MarketplaceAdapter[];
  /** False leaves the port alone: `fetch` of the running app is the only way in. */
  listen: boolean;
}

/** A started app. `stop` waits at most 5 s; what is still in flight stays an unknown intent. */
export interface RunningApp {
  url: string;
  fetch(request: Request): Promise<Response>;
  stop(): Promise<void>;
}
