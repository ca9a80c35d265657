import type { Store } from '../domain/ports/store.ts';
import type { StartOptions } from '../start-options.ts';
import type { Registry } from './registry.ts';

/** What every part of the app stands on; `fetch` is the network behind the egress guard. */
export interface Ground extends StartOptions {
  store: Store;
  registry: Registry;
}
