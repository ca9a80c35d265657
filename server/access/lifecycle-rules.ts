import type { Installation } from '../domain/tenant.ts';
import { isLive } from './installations.ts';
import type { LifecycleEvent } from './lifecycle-events.ts';

/** What a proven lifecycle call says. */
export interface LifecycleFact {
  event: LifecycleEvent;
  installationId: string;
  seq: number;
  /** The installation that a new one replaces. */
  previous: string | null;
}
export type LifecycleChange =
  | 'installed'
  | 'updated'
  | 'enabled'
  | 'disabled'
  | 'uninstalled'
  | 'purged';
export type LifecycleConflict =
  | 'other-installation'
  | 'sequence'
  | 'state'
  | 'previous'
  | 'unknown';

/** `change` null: accepted, and there is nothing left to do. */
export type LifecycleVerdict =
  | { status: 'accepted'; change: LifecycleChange | null }
  | { status: 'conflict'; reason: LifecycleConflict };

type Rule = 'conflict' | LifecycleChange | 'nothing';
type State = Installation['state'];

/**
 * The state machine of R7, for an event about the installation that is there. `uninstalled` is
 * terminal: nothing of that installation lives again.
 */
const rules: Record<State, Record<LifecycleEvent, Rule>> = {
  installed: {
    installed: 'updated',
    enabled: 'enabled',
    disabled: 'disabled',
    uninstalled: 'uninstalled',
    redact: 'conflict',
  },
  enabled: {
    installed: 'updated',
    enabled: 'nothing',
    disabled: 'disabled',
    uninstalled: 'uninstalled',
    redact: 'conflict',
  },
  disabled: {
    installed: 'updated',
    enabled: 'enabled',
    disabled: 'nothing',
    uninstalled: 'uninstalled',
    redact: 'conflict',
  },
  uninstalled: {
    installed: 'conflict',
    enabled: 'conflict',
    disabled: 'conflict',
    uninstalled: 'nothing',
    redact: 'purged',
  },
  purged: {
    installed: 'conflict',
    enabled: 'conflict',
    disabled: 'conflict',
    uninstalled: 'nothing',
    redact: 'purged',
  },
};

/**
 * What an event does to a tenant's installations. Pure. `uninstalled` wins whatever its place in the
 * sequence, because the marketplace sends nothing of that installation after it; any other event
 * must carry a higher `seq` than all before. A live installation is never replaced by another.
 */
export function judge(
  installations: readonly Installation[],
  fact: LifecycleFact,
): LifecycleVerdict {
  const own = installations.find(({ id }) => id === fact.installationId);
  const live = installations.find(isLive);
  const seq = Math.max(0, ...installations.map((each) => each.seq));
  if (live && live.id !== fact.installationId) return conflict('other-installation');
  if (!own) return judgeUnknown(installations, fact, seq);
  const rule = rules[own.state][fact.event];
  if (rule === 'conflict') return conflict('state');
  if (fact.event !== 'uninstalled' && fact.event !== 'redact' && fact.seq <= seq)
    return conflict('sequence');
  return { status: 'accepted', change: rule === 'nothing' ? null : rule };
}

function judgeUnknown(
  installations: readonly Installation[],
  fact: LifecycleFact,
  seq: number,
): LifecycleVerdict {
  // Nothing is known of it: never installed here, or redacted and cut off in the middle.
  if (fact.event === 'redact' && installations.length === 0)
    return { status: 'accepted', change: null };
  if (fact.event !== 'installed') return conflict('unknown');
  if (fact.seq <= seq) return conflict('sequence');
  const last = installations.findLast((each) => each.seq === seq);
  // A marketplace that deleted what it knew of a tenant has no former installation to name.
  const isNamed =
    fact.previous === last?.id || (last?.state === 'purged' && fact.previous === null);
  if (last && !isNamed) return conflict('previous');
  return { status: 'accepted', change: 'installed' };
}

const conflict = (reason: LifecycleConflict): LifecycleVerdict => ({ status: 'conflict', reason });
