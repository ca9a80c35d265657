import type { FeeKind } from '../../domain/product.ts';
import type { MoneyView } from './common.ts';

export interface TargetView {
  id: string;
  name: string;
  detail: string;
  archived: boolean;
}
export interface SuggestionView {
  targetId: string;
  targetName: string;
  scorePercent: number;
  reason: string;
}
export interface CustomerMappingRow {
  id: string;
  name: string;
  status: string;
  target: TargetView | null;
  suggestion: SuggestionView | null;
  monthly: MoneyView[];
  automatic: boolean;
  /** The connection that bills the customer; null where nobody does. */
  billedBy: string | null;
  billFrom: string | null;
  waiting: MoneyView[];
  excluded: { reason: string; until: string | null } | null;
  billedBySchedule: { amount: MoneyView; every: string; answered: boolean } | null;
}
export interface ProductMappingRow {
  id: string;
  productKey: string;
  name: string;
  vendor: string | null;
  partNumber: string | null;
  fee: FeeKind | null;
  target: TargetView | null;
  suggestion: SuggestionView | null;
  monthly: MoneyView[];
  accountCode: string | null;
  taxType: string | null;
  excluded: { reason: string; until: string | null } | null;
}
export interface MappingHistoryView {
  at: string;
  by: string;
  targetName: string | null;
  from: string | null;
  how: string;
}
export interface CsvPreviewView {
  changes: {
    line: number;
    name: string;
    from: string | null;
    to: string | null;
    problem: string | null;
  }[];
  valid: number;
  invalid: number;
  applied: boolean;
}
