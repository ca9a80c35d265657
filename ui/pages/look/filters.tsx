import type { View } from '../../api.ts';
import { number } from '../../i18n.ts';
import { SelectField } from '../../parts/field.tsx';
import { lookTexts as texts } from '../../texts/en-look.ts';

const shows = [
  'all',
  'unpaid',
  'cancelled',
  'quantity',
  'price',
  'below-cost',
  'unsure',
  'exact',
  'answered',
] as const;

/** By kind with how many there are, by customer, and by currency where there are several. */
export function LookFilters({
  of,
  query,
  onChange,
}: {
  of: View.LookView;
  query: Readonly<Record<string, string>>;
  onChange: (next: Record<string, string>) => void;
}) {
  const any = { value: '', label: texts.any };
  const counted = (show: (typeof shows)[number]): string => {
    const count = of.counts[show];
    return count === undefined ? texts.shows[show] : `${texts.shows[show]} (${number(count)})`;
  };
  return (
    <search class="tools">
      <SelectField
        label={texts.show}
        value={query.show ?? 'all'}
        choices={shows.map((value) => ({ value, label: counted(value) }))}
        onChange={(show) => onChange({ show })}
      />
      <SelectField
        label={texts.customer}
        value={query.customerId ?? ''}
        choices={[any, ...of.customers.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(customerId) => onChange({ customerId })}
      />
      {of.currencies.length > 1 && (
        <SelectField
          label={texts.currency}
          value={query.currency ?? ''}
          choices={[any, ...of.currencies.map((value) => ({ value, label: value }))]}
          onChange={(currency) => onChange({ currency })}
        />
      )}
    </search>
  );
}
