import type { ErrorView } from './common.ts';

export interface MarketplaceView {
  name: string;
  connected: boolean;
  failure: ErrorView | null;
  method: string | null;
  savedBy: string | null;
  savedAt: string | null;
  apiBase: string;
  methods: {
    id: string;
    name: string;
    fields: { id: string; name: string; help: string; secret: boolean; optional: boolean }[];
  }[];
  lacks: string[];
  budget: BudgetView;
}
export interface BudgetView {
  perMinute: number;
  perDay: number;
  usedToday: number;
}
