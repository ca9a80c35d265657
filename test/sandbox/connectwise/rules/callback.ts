import type { Value } from '../row.ts';
import { type FieldError, invalid, type Rules } from './work.ts';

/** Types and their levels (vendor guide: Callbacks); "one record per type and level". */
export const LEVELS: Readonly<Record<string, readonly string[]>> = {
  agreement: ['owner', 'type', 'company', 'agreement'],
  company: ['owner', 'status', 'type', 'territory', 'company', 'integratortag'],
  contact: ['owner', 'company', 'contact'],
  invoice: ['owner', 'status', 'company', 'invoice'],
  opportunity: ['owner', 'status', 'company', 'opportunity'],
  productcatalog: ['owner', 'productcatalog'],
  ticket: ['owner', 'status', 'board', 'company', 'ticket'],
};

export const callbackRules: Rules = {
  create: ({ memberId }, { values }) => {
    values.memberId = memberId;
    values.payloadVersion ??= '3.0';
    return callbackErrors(values);
  },
  change: (_work, { values }) => callbackErrors(values),
};

function callbackErrors({ type, level, url }: Record<string, Value>): FieldError[] {
  const levels = LEVELS[String(type).toLowerCase()];
  if (!levels) return [invalid('type', `type must be one of ${Object.keys(LEVELS).join(', ')}.`)];
  if (!levels.includes(String(level).toLowerCase()))
    return [invalid('level', `level must be one of ${levels.join(', ')}.`)];
  return URL.canParse(String(url)) ? [] : [invalid('url', 'url must be an absolute address.')];
}
