import type { DecisionValue, Scope } from '../../domain/decision.ts';
import type { MoneyView } from './common.ts';

export interface DecisionView {
  id: string;
  scope: Scope;
  value: DecisionValue;
  by: string;
  at: string;
  subject: string;
  /** A month, or once where it is about one order or charge; an estimate. */
  worth: MoneyView[];
  /** An exclusion whose end has come. */
  ended: boolean;
}
