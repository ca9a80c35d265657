import type { AuditEntry } from '../../access/audit.ts';
import { errorCodes } from '../../domain/errors.ts';
import {
  auditSentences,
  objectWords,
  reasonWords,
  refusedSentences,
  routeWords,
} from '../audit-texts.ts';
import { errorTexts, filled } from '../error-texts.ts';
import type { AuditEntryView } from '../views/audit.ts';

/** An entry for people; `nameOf` knows those who have opened the app. */
export const auditEntryView = (
  entry: AuditEntry,
  nameOf: (actor: string) => string | null,
): AuditEntryView => ({
  position: entry.position,
  at: entry.at,
  action: entry.action,
  outcome: entry.outcome,
  actor: entry.actor == null ? null : (nameOf(entry.actor) ?? entry.actor),
  sentence: auditSentence(entry),
  reason: entry.reason == null ? null : reasonOf(entry.reason),
});

/** What was done, or asked for, in words. */
export function auditSentence({
  action,
  outcome,
  object,
}: Pick<AuditEntry, 'action' | 'outcome' | 'object'>): string {
  const refused = outcome === 'refused' ? refusedSentences[action] : undefined;
  return filled(refused ?? auditSentences[action], { object: objectOf(object ?? null) });
}

const words = new Map<string, string>([
  ...Object.entries(objectWords),
  ...Object.entries(routeWords),
]);
const objectOf = (object: string | null): string =>
  object === null ? 'unknown' : (words.get(object) ?? object);

const reasons = new Map(Object.entries(reasonWords));
const codes = new Map(errorCodes.map((code) => [String(code), code]));

function reasonOf(reason: string): string {
  const code = codes.get(reason);
  return (
    reasons.get(reason) ?? (code === undefined ? reason : filled(errorTexts[code].message, {}))
  );
}
