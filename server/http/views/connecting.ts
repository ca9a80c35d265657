import type { ErrorView } from './common.ts';

export interface ConsentView {
  systemId: string;
  name: string;
  consequences: string[];
  scopes: { scope: string; why: string }[];
  /** Without one of these that feature alone is hidden. */
  optionalRights: OptionalRightView[];
  ownAppPossible: boolean;
  redirectUri: string;
  /** What a person types, where no consent page gives access. */
  credentials: {
    steps: string[];
    warnings: string[];
    fields: {
      id: string;
      name: string;
      help: string;
      kind: 'text' | 'secret' | 'choice';
      choices: { value: string; name: string }[];
      optional: boolean;
    }[];
  } | null;
}
/** A right that one feature alone needs. */
export interface OptionalRightView {
  feature: 'invoices' | 'quotes' | 'tickets' | 'hints' | 'users';
  scope: string;
  why: string;
  /** Where it is granted. */
  where: string;
}
export interface FlowView {
  state: 'waiting' | 'begun' | 'returned' | 'choose' | 'done' | 'failed';
  accounts: { id: string; name: string }[];
  connectionId: string | null;
  failure: ErrorView | null;
}
