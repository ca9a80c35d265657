import type { View } from '../api.ts';
import { money } from '../i18n.ts';

export const Money = ({ of }: { of: View.MoneyView }) => <span class="money">{money(of)}</span>;

/** One amount a currency, under each other; nothing where there is none. */
export const Moneys = ({ of }: { of: readonly View.MoneyView[] }) => (
  <span class="moneys">
    {of.map((one) => (
      <Money key={one.currency} of={one} />
    ))}
  </span>
);
