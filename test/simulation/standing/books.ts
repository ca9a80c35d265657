import type { SystemId } from '../../sandbox/systems.ts';
import type { World } from '../../sandbox/world.ts';
import { readAutotaskLines } from './autotask-lines.ts';
import { readConnectWiseLines } from './connectwise-lines.ts';

export type PsaId = Exclude<SystemId, 'xero'>;

/** One charge, service or addition of a PSA as its journal tells it now. */
export interface StandingLine {
  /** With its kind before it, as ids of one kind alone are counted. */
  key: string;
  id: string;
  documentId: string;
  mark: string | null;
  /** The system's id of what is sold; null where none is named. */
  item: string | null;
  /** The app's own call brought it in. */
  byApp: boolean;
  /** Billed once; else it stays open. */
  isOnce: boolean;
  text: string;
  /** What it comes to after every dated change. */
  quantity: number;
  unitPrice: number;
  /** As it was brought in. */
  first: { quantity: number; unitPrice: number };
  /** Days from which and to which it counts, where the system tells them on the line itself. */
  from: string | null;
  until: string | null;
  /** Since when a posting or an invoice holds it; null while none does. */
  billedMs: number | null;
  /** When a person changed it last; null where nobody did. */
  editedMs: number | null;
  isGone: boolean;
}

/** What stands on contracts or agreements, followed through the journal of the system. */
export interface StandingBooks {
  readonly system: PsaId;
  /** Something happened there since anybody looked. */
  hasChanged(): boolean;
  /** Every line that came into being since the world began, also where it is gone. */
  lines(): readonly StandingLine[];
  line(key: string): StandingLine | undefined;
  /** Marks that stand on several lines at once. */
  twice(): string[];
  /** What the app changed although somebody else brought it in. */
  trespasses(): readonly string[];
  /**
   * A person said what their change of a document means: the app may go on from it. What they
   * want back is wanted back from whatever it is changed to meanwhile.
   */
  answered(documentId: string, answer: 'theirs' | 'again'): void;
}

export function readStanding(world: World, system: SystemId): StandingBooks | null {
  switch (system) {
    case 'xero':
      return null;
    case 'autotask':
      return readAutotaskLines(world);
    case 'connectwise':
      return readConnectWiseLines(world);
    default:
      return system satisfies never;
  }
}
