import { AppError } from '../../server/domain/errors.ts';
import type { OAuthConnector } from '../../server/domain/ports/connector.ts';

const never = (): never => {
  throw new AppError('internal');
};

/** A connector whose only life is its manifest: tests lay over it what they need. */
export const vendorConnector: OAuthConnector = {
  auth: 'oauth',
  origins: [],
  manifest: {
    id: 'xero',
    name: 'Vendor',
    kind: 'perOrder',
    words: { document: 'invoice', company: 'contact', item: 'item', account: 'account code' },
    scopes: [],
    consequences: [],
    batch: { documents: 1, companies: 1, items: 1 },
    capabilities: {
      sends: false,
      creditNotes: false,
      tracking: false,
      themes: false,
      discounts: false,
    },
    limits: {
      lineTextMax: 100,
      referenceMax: 100,
      itemCodeMax: 30,
      readBeforeWriteMaxMs: 2_000,
      lateCommitMaxMs: 120_000,
      idempotencyWindowMs: 0,
    },
    check: () => [],
  },
  authorizeUrl: never,
  exchange: never,
  refresh: never,
  accounts: never,
  disconnect: never,
  limiter: never,
  open: never,
  documentUrl: never,
};
