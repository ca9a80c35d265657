import type { BillingPeriod } from '../../domain/product.ts';
import type { MoneyView } from './common.ts';

/** What comes: terms that end soon, and what is open of years paid in parts. */
export interface AheadView {
  /** How many days are looked ahead. */
  days: number;
  renewals: {
    subscriptionId: string;
    name: string;
    customerName: string;
    on: string;
    renews: boolean;
    /** Of one billing period; empty where nobody tells a price. */
    amounts: MoneyView[];
    period: BillingPeriod | null;
  }[];
  parts: {
    subscriptionId: string;
    name: string;
    customerName: string;
    orderNumber: string;
    whole: MoneyView;
    billed: number;
    count: number;
    open: MoneyView;
    /** The day the next part is due. */
    next: string;
  }[];
}
