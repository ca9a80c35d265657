import type { Changing, Rules } from './work.ts';

/** Every field but `webServiceDate` is read-only and ignored (help: BillingItems, update). */
export const billingItemRules: Rules = {
  change: (_work, changing) => {
    keepOnly(changing, ['webServiceDate']);
    return [];
  },
};

/** Puts back what was sent for fields that a change does not reach. */
export function keepOnly({ row, values, changed }: Changing, names: readonly string[]): void {
  for (const name of Object.keys(changed))
    if (!names.includes(name)) values[name] = row.values[name] ?? null;
}
