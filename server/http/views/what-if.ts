import type { DocumentKind } from '../../domain/document.ts';
import type { LineField } from '../../sync/what-if/compare.ts';
import type { MoneyView } from './common.ts';

/** What a change would do. Rows name at most `whatIfRowsMax` customers a month. */
export interface WhatIfView {
  months: { month: string; orders: number; changed: number; rows: WhatIfRow[] }[];
  ready: { orders: number; changed: number; rows: WhatIfRow[] };
  more: MoneyView[];
}
export interface WhatIfRow {
  customerName: string;
  before: WhatIfPaper[];
  after: WhatIfPaper[];
  /** So many lines differ; the first of them. */
  lineCount: number;
  lines: WhatIfLine[];
}
export interface WhatIfPaper {
  kind: DocumentKind;
  date: string | null;
  postAs: string;
  lines: number;
  amount: MoneyView;
}
export interface WhatIfLine {
  text: string;
  orderNumber: string;
  field: LineField;
  /** Amounts as decimal text with `currency`; everything else as it would be written. */
  was: string | null;
  is: string | null;
  currency: string | null;
}
