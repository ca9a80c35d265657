import type { CustomField } from './entity.ts';

const text = (id: number, caption: string): CustomField => ({ id, caption, type: 'Text' });

/** Custom fields that this tenant has set up; every record tells its own with id and caption. */
export const COMPANY_FIELDS = [text(21, 'Marketplace customer')];
export const AGREEMENT_FIELDS = [text(31, 'Marketplace subscription')];
export const ADDITION_FIELDS = [
  text(41, 'Marketplace line'),
  { id: 42, caption: 'Seats agreed', type: 'Number' },
] satisfies CustomField[];
export const ITEM_FIELDS = [text(51, 'Marketplace product')];
export const OPPORTUNITY_FIELDS = [text(61, 'Document URL')];
