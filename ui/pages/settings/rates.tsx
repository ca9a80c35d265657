import { Button } from '../../parts/button.tsx';
import { TextField } from '../../parts/field.tsx';
import type { Settings } from '../../state/settings.ts';
import { settingsTexts } from '../../texts/en-settings.ts';
import { sayWith } from '../../texts/words.ts';
import type { FormOptions } from './form.tsx';

const texts = settingsTexts.rate;
type Rate = Settings['rates'][number];
const empty: Rate = { from: '', to: '', rate: '', since: '' };

/** The reseller's own rates, each from a day on. */
export function Rates({ draft, change, errors, disabled }: FormOptions) {
  const set = (rates: Settings['rates']) => change({ ...draft, rates });
  const field = (index: number, changed: Partial<Rate>) =>
    set(draft.rates.map((rate, at) => (at === index ? { ...rate, ...changed } : rate)));
  return (
    <fieldset class="block-of">
      <legend>{settingsTexts.fields.rates.label}</legend>
      <p class="help">{settingsTexts.fields.rates.help}</p>
      {errors.has('rates') && <p class="error">{errors.get('rates')}</p>}
      {draft.rates.map((rate, index) => (
        <div class="tools" key={`${index} of ${draft.rates.length}`}>
          <TextField
            label={texts.one}
            maxLength={3}
            disabled={disabled}
            value={rate.from}
            onChange={(from) => field(index, { from: from.toUpperCase() })}
          />
          <TextField
            label={texts.is}
            inputMode="decimal"
            disabled={disabled}
            value={rate.rate}
            onChange={(text) => field(index, { rate: text })}
          />
          <TextField
            label={texts.to}
            maxLength={3}
            disabled={disabled}
            value={rate.to}
            onChange={(to) => field(index, { to: to.toUpperCase() })}
          />
          <TextField
            label={texts.since}
            type="date"
            disabled={disabled}
            value={rate.since}
            onChange={(since) => field(index, { since })}
          />
          <Button
            small
            disabled={disabled}
            onClick={() => set(draft.rates.filter((_one, at) => at !== index))}
          >
            {sayWith(texts.remove, { since: rate.since })}
          </Button>
        </div>
      ))}
      <Button small disabled={disabled} onClick={() => set([...draft.rates, empty])}>
        {texts.add}
      </Button>
    </fieldset>
  );
}
