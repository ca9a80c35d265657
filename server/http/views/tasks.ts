import type { OrderType } from '../../domain/order.ts';
import type { FeeKind } from '../../domain/product.ts';
import type { NeedCode, TaskState } from '../../domain/task.ts';
import type { DocumentRef, ErrorView, MoneyView } from './common.ts';
import type { TargetView } from './mappings.ts';

export interface NeedView {
  code: NeedCode;
  guard: boolean;
  subject: string;
  facts: Record<string, string>;
}
export interface TaskRow {
  id: string;
  orderId: string;
  orderNumber: string;
  orderType: OrderType;
  customerId: string;
  customerName: string;
  placedOn: string;
  amount: MoneyView;
  state: TaskState;
  needs: NeedView[];
  written: number;
  lines: number;
  retryAt: string | null;
  failure: ErrorView | null;
  /** `document` is where it was billed by hand, for the reason `linked`. */
  ignored: { reason: string; by: string; at: string; document: DocumentRef | null } | null;
  documents: DocumentRef[];
  /** What people arranged about it. */
  care: {
    assignee: { id: string; name: string } | null;
    note: { text: string; by: string; at: string } | null;
    snoozedUntil: string | null;
  };
  /** Who else has it open now, by name. */
  present: string[];
}
export interface ChargeView {
  key: string;
  description: string;
  detailType: string;
  class: string;
  productKey: string | null;
  productName: string | null;
  subscriptionId: string | null;
  candidates: { id: string; name: string }[];
  quantity: string;
  unitPrice: string | null;
  amount: MoneyView;
  link: { documentId: string; number: string | null; url: string | null } | null;
  excluded: string | null;
}
export interface TaskView extends TaskRow {
  groups: {
    subscriptionId: string | null;
    subscriptionName: string | null;
    state: TaskState;
    needs: NeedView[];
    charges: ChargeView[];
  }[];
  customerMapped: TargetView | null;
  /** One per product of the task, for the wizard's second step. */
  products: { productKey: string; name: string; fees: FeeKind[]; target: TargetView | null }[];
}
