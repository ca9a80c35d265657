import type { DocumentKind, DocumentState } from '../../domain/document.ts';
import type { ExplanationStep } from '../../domain/plan.ts';
import type { Settings } from '../../domain/settings.ts';
import type { MoneyView } from './common.ts';
import type { NeedView } from './tasks.ts';

export interface PlanLineView {
  chargeKey: string;
  revision: string;
  orderId: string;
  orderNumber: string;
  subscriptionId: string | null;
  productKey: string | null;
  description: string;
  quantity: string;
  unitPrice: string;
  discount: { kind: 'percent' | 'amount'; value: string } | null;
  accountCode: string | null;
  taxType: string | null;
  priceFrom: 'marketplace' | 'system' | 'person' | 'billed';
  amount: MoneyView;
  explanation: ExplanationStep[];
}
export interface PlanView {
  ref: string;
  fingerprint: string;
  customerId: string;
  customerName: string;
  companyName: string | null;
  documentKind: DocumentKind;
  target: {
    kind: 'new' | 'existing';
    documentId: string | null;
    number: string | null;
    date: string | null;
    reference: string | null;
    url: string | null;
  };
  /** Open documents of the customer that the lines could go to instead. */
  choices: {
    id: string;
    number: string | null;
    date: string | null;
    total: MoneyView;
    state: DocumentState;
  }[];
  postAs: Settings['postAs'];
  lines: PlanLineView[];
  /** Lines already there, for before and after. */
  existing: {
    description: string;
    quantity: string;
    unitPrice: string;
    amount: MoneyView;
    ours: boolean;
  }[];
  before: MoneyView;
  after: MoneyView;
  added: MoneyView;
  needs: NeedView[];
  warnings: { code: string; facts: Record<string, string> }[];
  taskIds: string[];
  /** Why it is worth a second look; empty for the usual. */
  unusual: { code: string; facts: Record<string, string> }[];
}
export interface PreviewView {
  plans: PlanView[];
  totals: MoneyView[];
  lastMonth: MoneyView[];
  documents: number;
  blocked: number;
  /** Said where an earlier order of the same subscription was taken in. */
  alsoTaken: { orderNumber: string; because: string }[];
}
