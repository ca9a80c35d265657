import { SelectField, TextField } from '../../parts/field.tsx';
import type { Settings } from '../../state/settings.ts';
import { settingsTexts } from '../../texts/en-settings.ts';
import { sayWith } from '../../texts/words.ts';
import { labelled } from './choices.ts';
import type { FormOptions } from './form.tsx';
import { clockOf, minuteOf } from './minutes.ts';

/** "Write automatically" with its time of day. */
export const Automatic = ({ draft, change, errors, disabled }: FormOptions) => (
  <>
    <SelectField
      label={settingsTexts.fields.automatic.label}
      help={settingsTexts.fields.automatic.help}
      error={errors.get('automatic')}
      disabled={disabled}
      value={draft.automatic.mode}
      choices={labelled('automatic', ['off', 'daily', 'every-5-minutes'])}
      onChange={(mode) => change({ ...draft, automatic: automaticOf(mode) })}
    />
    {draft.automatic.mode === 'daily' && (
      <TextField
        label={settingsTexts.time}
        type="time"
        disabled={disabled}
        value={clockOf(draft.automatic.minuteOfDay)}
        onChange={(text) =>
          change({ ...draft, automatic: { mode: 'daily', minuteOfDay: minuteOf(text) } })
        }
      />
    )}
  </>
);

/** Above which amount two people are needed, with its currency; empty is never. */
export const TwoPeople = ({ draft, change, errors, disabled }: FormOptions) => {
  const limit = draft.twoPeopleAbove ?? null;
  return (
    <>
      <TextField
        label={settingsTexts.fields.twoPeopleAbove.label}
        help={settingsTexts.fields.twoPeopleAbove.help}
        error={errors.get('twoPeopleAbove')}
        disabled={disabled}
        inputMode="decimal"
        value={limit?.amount ?? ''}
        onChange={(amount) =>
          change({
            ...draft,
            twoPeopleAbove: amount === '' ? null : { currency: 'EUR', ...limit, amount },
          })
        }
      />
      {limit && (
        <TextField
          label={settingsTexts.twoPeopleCurrency}
          disabled={disabled}
          maxLength={3}
          value={limit.currency}
          onChange={(currency) =>
            change({
              ...draft,
              twoPeopleAbove: { ...limit, currency: currency.toUpperCase() },
            })
          }
        />
      )}
    </>
  );
};

/** When the customer has to pay, with its number of days or day of the month. */
export const DueDate = ({ draft, change, errors, disabled }: FormOptions) => (
  <>
    <SelectField
      label={settingsTexts.fields.dueDate.label}
      help={settingsTexts.fields.dueDate.help}
      error={errors.get('dueDate')}
      disabled={disabled}
      value={draft.dueDate.mode}
      choices={labelled('dueDate', ['company-terms', 'days-after', 'day-of-next-month'])}
      onChange={(mode) => change({ ...draft, dueDate: dueDateOf(mode) })}
    />
    {draft.dueDate.mode === 'days-after' && (
      <TextField
        label={settingsTexts.days}
        type="number"
        inputMode="numeric"
        disabled={disabled}
        value={String(draft.dueDate.days)}
        onChange={(text) =>
          change({ ...draft, dueDate: { mode: 'days-after', days: Number(text) } })
        }
      />
    )}
    {draft.dueDate.mode === 'day-of-next-month' && (
      <TextField
        label={sayWith(settingsTexts.dayOfMonth)}
        type="number"
        inputMode="numeric"
        disabled={disabled}
        value={String(draft.dueDate.day)}
        onChange={(text) =>
          change({ ...draft, dueDate: { mode: 'day-of-next-month', day: Number(text) } })
        }
      />
    )}
  </>
);

/** How far a customer's month may be off the last one; empty never asks. */
export const MonthOff = ({ draft, change, errors, disabled }: FormOptions) => (
  <TextField
    label={settingsTexts.fields.monthOffPercent.label}
    help={settingsTexts.fields.monthOffPercent.help}
    error={errors.get('monthOffPercent')}
    disabled={disabled}
    type="number"
    inputMode="numeric"
    value={draft.monthOffPercent === null ? '' : String(draft.monthOffPercent)}
    onChange={(text) => change({ ...draft, monthOffPercent: text === '' ? null : Number(text) })}
  />
);

/** What must be left over cost, where nothing nearer says so. */
export const MarginFloor = ({ draft, change, errors, disabled }: FormOptions) => (
  <>
    <SelectField
      label={settingsTexts.fields.marginFloor.label}
      help={settingsTexts.fields.marginFloor.help}
      error={errors.get('marginFloor')}
      disabled={disabled}
      value={draft.marginFloor.mode}
      choices={labelled('marginFloor', ['off', 'warn', 'hold'])}
      onChange={(mode) => change({ ...draft, marginFloor: floorOf(mode) })}
    />
    {draft.marginFloor.mode !== 'off' && (
      <TextField
        label={settingsTexts.percentOfPrice}
        type="number"
        inputMode="numeric"
        disabled={disabled}
        value={String(draft.marginFloor.percent)}
        onChange={(text) =>
          change({ ...draft, marginFloor: floorOf(draft.marginFloor.mode, Number(text)) })
        }
      />
    )}
  </>
);

const sixInTheMorning = 360;

function automaticOf(mode: string): Settings['automatic'] {
  if (mode === 'daily') return { mode, minuteOfDay: sixInTheMorning };
  if (mode === 'every-5-minutes') return { mode };
  return { mode: 'off' };
}
function dueDateOf(mode: string): Settings['dueDate'] {
  if (mode === 'days-after') return { mode, days: 14 };
  if (mode === 'day-of-next-month') return { mode, day: 20 };
  return { mode: 'company-terms' };
}
const usualPercent = 10;
const floorOf = (mode: string, percent = usualPercent): Settings['marginFloor'] =>
  mode === 'warn' || mode === 'hold' ? { mode, percent } : { mode: 'off' };
