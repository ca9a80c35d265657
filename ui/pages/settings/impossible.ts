import type { Settings } from '../../state/settings.ts';
import { settingsTexts } from '../../texts/en-settings.ts';
import { sayWith } from '../../texts/words.ts';

type Reason = keyof typeof settingsTexts.impossible;

/** Combinations the form knows cannot work, by the field at which it says so. */
export function impossible(settings: Settings): ReadonlyMap<keyof Settings, string> {
  const found = new Map<keyof Settings, string>();
  const refuse = (field: keyof Settings, reason: Reason) =>
    found.set(field, sayWith(settingsTexts.impossible[reason]));
  const posted = settings.postAs === 'approved' || settings.postAs === 'sent';
  if (settings.invoice === 'existing' && posted) refuse('postAs', 'existing-needs-open');
  if (settings.documentDate === 'closing-day' && settings.invoice !== 'monthly')
    refuse('documentDate', 'closing-day-needs-monthly');
  if (settings.taxBasis === 'none' && settings.taxType !== null)
    refuse('taxType', 'tax-type-without-tax');
  const categories = settings.tracking.map(({ categoryId }) => categoryId);
  if (new Set(categories).size < categories.length) refuse('tracking', 'tracking-category-twice');
  return found;
}

const texts: Readonly<Record<string, string | undefined>> = settingsTexts.impossible;

/** The server's reason for refusing a field, in words. */
export function refusalText(reason: string | undefined): string | null {
  const text = texts[reason ?? ''];
  return text === undefined ? null : sayWith(text);
}
