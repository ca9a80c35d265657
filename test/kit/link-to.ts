import * as v from 'valibot';
import { type OpeningLink, openingLinkSchema } from '../../server/domain/decision.ts';

/** "Link to an existing line", as it is stored. */
export const linkTo = (line: { documentId: string; lineId: string }): OpeningLink =>
  v.parse(openingLinkSchema, {
    kind: 'opening',
    answer: 'link',
    ...line,
    seen: {
      number: 'INV-0123',
      text: '41 seats, by hand',
      quantity: '41',
      unitPrice: '10',
      amount: '410',
      currency: 'AUD',
    },
  });
