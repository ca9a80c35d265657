import type { HeldBook } from '../../bookkeeper/standing/held.ts';
import type { World } from '../../sandbox/world.ts';
import type { Business } from '../begin.ts';
import type { StandingBooks } from '../standing/books.ts';
import type { MarkedLine, XeroBooks } from '../xero-books.ts';
import type { Stored } from './stored.ts';

/** Everything a law may look at when all is well again; of the store, what is of this connection. */
export interface Evidence extends Stored {
  /** Orders that another connection of the reseller keeps: it took them in before its customers were handed on. */
  keptElsewhere: ReadonlySet<string>;
  world: World;
  organisation: string;
  baseCurrency: string;
  /** At the marketplace. */
  resellerId: string;
  business: Business;
  xero: XeroBooks;
  lines: readonly MarkedLine[];
  /** Where lines stay open: what stands there, and what the bookkeeper knows of it. */
  standing: { books: StandingBooks; held: HeldBook } | null;
  today: string;
  nowMs: number;
}

/** What must be true; each text says where it is not. */
export interface Law {
  name: string;
  broken(evidence: Evidence): string[];
}
