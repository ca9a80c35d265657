import type { ErrorView } from './common.ts';
import type { OptionalRightView } from './connecting.ts';
import type { BudgetView } from './marketplace.ts';

export interface ConnectionView {
  id: string;
  systemId: string;
  systemName: string;
  accountName: string;
  demo: boolean;
  baseCurrency: string;
  timeZone: string;
  state: 'active' | 'broken' | 'disconnected';
  failure: ErrorView | null;
  connectedBy: string;
  connectedAt: string;
  ownApp: boolean;
  /** A person typed the access; there is no consent that could be taken back there. */
  typedAccess: boolean;
  paused: { by: string; at: string } | null;
  billFrom: string | null;
  /** Preselected where unanswered: first of next month. */
  billFromProposal: string;
  lastCheckAt: string | null;
  nextCheckAt: string | null;
  checking: boolean;
  limits: {
    minuteRemaining: number | null;
    dayRemaining: number | null;
    blockedUntil: string | null;
  };
  /** Set while the system failed so often that its calls rest. */
  resting: { since: string; until: string; failures: number; reason: ErrorView } | null;
  marketplaceBudget: BudgetView;
  /** Optional rights that are missing, as the last reading or test found. */
  lacks: OptionalRightView[];
  /** Whether lists of users may hang on its documents. */
  userLists: boolean;
}
export interface CheckView {
  startedAt: string;
  tasksNew: number;
  ordersRead: number;
  failures: ErrorView[];
}
