import type { Choice } from '../../parts/field.tsx';
import type { Settings } from '../../state/settings.ts';
import { settingsTexts } from '../../texts/en-settings.ts';
import { sayWith } from '../../texts/words.ts';

/** A setting that is one of a few words. */
export interface ChoiceSetting {
  id: keyof typeof settingsTexts.fields;
  choices: () => Choice[];
  read: (settings: Settings) => string;
  write: (settings: Settings, value: string) => Settings;
}
type WordKey = {
  [K in keyof Settings]: Settings[K] extends string ? K : never;
}[keyof Settings] &
  keyof typeof settingsTexts.fields;

function words<K extends WordKey>(id: K, values: readonly Settings[K][]): ChoiceSetting {
  return {
    id,
    choices: () => labelled(id, values),
    read: (settings) => settings[id],
    write: (settings, wanted) => {
      const found = values.find((value) => value === wanted);
      return found === undefined ? settings : { ...settings, [id]: found };
    },
  };
}

/** The labels of a field's values, in the order given. */
export function labelled(id: string, values: readonly string[]): Choice[] {
  const field: object | undefined = Object.entries(settingsTexts.fields).find(
    ([name]) => name === id,
  )?.[1];
  const texts = new Map<string, string>(
    field && 'values' in field ? Object.entries(Object(field.values)) : [],
  );
  return values.map((value) => ({ value, label: sayWith(texts.get(value) ?? value) }));
}

const trimDescription: ChoiceSetting = {
  id: 'trimDescription',
  choices: () => labelled('trimDescription', ['no', 'yes']),
  read: ({ trimDescription: on }) => (on ? 'yes' : 'no'),
  write: (settings, value) => ({ ...settings, trimDescription: value === 'yes' }),
};

export const choiceSettings = {
  priceFrom: words('priceFrom', ['marketplace', 'system']),
  notifications: words('notifications', ['errors-and-action', 'all']),
  invoice: words('invoice', ['existing', 'per-order', 'monthly']),
  whenClosed: words('whenClosed', ['new', 'hold']),
  refunds: words('refunds', ['with', 'credit-note']),
  descriptionFrom: words('descriptionFrom', ['marketplace', 'system']),
  trimDescription,
  sharedItems: words('sharedItems', ['allowed', 'refused']),
  numberBy: words('numberBy', ['system', 'marketplace']),
  seatsDown: words('seatsDown', ['credit', 'quantity-only']),
  proration: words('proration', ['marketplace', 'system']),
  seatChanges: words('seatChanges', ['lines', 'net', 'blend']),
  taxBasis: words('taxBasis', ['organisation', 'exclusive', 'inclusive', 'none']),
  postAs: words('postAs', ['draft', 'submitted', 'approved', 'sent']),
  documentDate: words('documentDate', ['first-order', 'written', 'period-start', 'closing-day']),
  yearly: words('yearly', ['own', 'join', 'parts']),
  otherCurrency: words('otherCurrency', ['separate', 'system-price', 'order-rate', 'my-rate']),
  priceChanges: words('priceChanges', ['ask', 'pass-on']),
  zeroLines: words('zeroLines', ['leave-out', 'write']),
} as const;
