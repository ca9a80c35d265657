import type { View } from '../../api.ts';
import { SelectField, TextField } from '../../parts/field.tsx';
import { href } from '../../router.ts';
import { settingsFor } from '../../state/dialogs.ts';
import type { Settings } from '../../state/settings.ts';
import { settingsTexts } from '../../texts/en-settings.ts';
import { sayWith } from '../../texts/words.ts';
import { type ChoiceSetting, choiceSettings as choice } from './choices.ts';
import { Automatic, DueDate, MarginFloor, MonthOff, TwoPeople } from './composed.tsx';
import { Exports } from './exports.tsx';
import { Rates } from './rates.tsx';
import { Tracking } from './tracking.tsx';

export interface FormOptions {
  view: View.SettingsView;
  draft: Settings;
  change: (next: Settings) => void;
  /** Why a field is refused or still warns. */
  errors: ReadonlyMap<string, string>;
  disabled: boolean;
}

/** The five that are asked at once. */
export const Basics = (form: FormOptions) => (
  <>
    <Chosen form={form} of={choice.priceFrom} />
    <Automatic {...form} />
    <div>
      <Chosen form={form} of={choice.notifications} />
      <ScreenLink screen="mail" text={settingsTexts.mail} />
    </div>
    {form.view.capabilities.lines ? (
      <Chosen form={form} of={choice.invoice} />
    ) : (
      <p class="help">{sayWith(settingsTexts.runs)}</p>
    )}
    {form.view.capabilities.lines && form.draft.invoice === 'monthly' && (
      <Days form={form} id="closingDay" />
    )}
    <Account form={form} id="accountCode" />
  </>
);

/** All others, in three groups. */
export const More = (form: FormOptions) => (
  <>
    <h3>{settingsTexts.groups.lines}</h3>
    <Chosen form={form} of={choice.descriptionFrom} />
    <Chosen form={form} of={choice.trimDescription} />
    <Template form={form} id="lineTemplate" max={400} />
    <Account form={form} id="accountCodeRecurring" />
    <Account form={form} id="accountCodeOneOff" />
    {form.view.capabilities.lines && <Tax {...form} />}
    {form.view.capabilities.lines && <Chosen form={form} of={choice.taxBasis} />}
    <Chosen form={form} of={choice.sharedItems} />
    <Chosen form={form} of={choice.zeroLines} />
    {form.view.capabilities.tracking && <Tracking {...form} />}
    <h3>{settingsTexts.groups.documents}</h3>
    {form.view.capabilities.lines && <Posting {...form} />}
    <Template form={form} id="referenceTemplate" max={120} />
    {form.view.capabilities.themes && <Theme {...form} />}
    <Exports {...form} />
    {form.view.capabilities.quotes && <QuoteField {...form} />}
    <h3>{settingsTexts.groups.special}</h3>
    {form.view.capabilities.lines && <Chosen form={form} of={choice.whenClosed} />}
    {form.view.capabilities.lines && <Chosen form={form} of={choice.refunds} />}
    <Chosen form={form} of={choice.seatsDown} />
    <Chosen
      form={form}
      of={choice.seatChanges}
      without={form.view.capabilities.lines ? [] : ['blend']}
    />
    {form.view.capabilities.lines ? (
      <Chosen form={form} of={choice.yearly} />
    ) : (
      <Chosen form={form} of={choice.proration} />
    )}
    {form.view.capabilities.lines && <Chosen form={form} of={choice.otherCurrency} />}
    {form.view.capabilities.lines && form.draft.otherCurrency === 'my-rate' && <Rates {...form} />}
    {!form.view.capabilities.lines && <NotOffered />}
    <Chosen form={form} of={choice.priceChanges} />
    <MonthOff {...form} />
    <MarginFloor {...form} />
    <Days form={form} id="missingAfterDays" />
    <Days form={form} id="leaveDays" />
    <TwoPeople {...form} />
    <ScreenLink screen="people" text={settingsTexts.people} />
  </>
);

/** Choices of documents of ours that a document which stays open cannot have, and why. */
const NotOffered = () => (
  <details>
    <summary>{sayWith(settingsTexts.notOffered)}</summary>
    <dl>
      {notOffered.map(([field, reason]) => (
        <div key={field}>
          <dt>{sayWith(settingsTexts.fields[field].label)}</dt>
          <dd class="help">{sayWith(settingsTexts.impossible[reason])}</dd>
        </div>
      ))}
    </dl>
  </details>
);
const notOffered = [
  ['seatChanges', 'seats-by-step'],
  ['yearly', 'yearly-by-system'],
  ['otherCurrency', 'one-currency'],
  ['refunds', 'no-credit-notes'],
] as const;

/** How an invoice of ours comes to be; a document that stays open just runs. */
const Posting = (form: FormOptions) => (
  <>
    <Chosen form={form} of={choice.postAs} without={form.view.capabilities.sends ? [] : ['sent']} />
    <Chosen form={form} of={choice.numberBy} />
    <Chosen form={form} of={choice.documentDate} />
    <DueDate {...form} />
  </>
);

/** What has a screen of its own, beside the settings it belongs to. */
const ScreenLink = ({ screen, text }: { screen: string; text: string }) => (
  <p class="help">
    <a
      href={href(['c', settingsFor.value ?? '', screen])}
      onClick={() => {
        settingsFor.value = null;
      }}
    >
      {text}
    </a>
  </p>
);

function Chosen({
  form,
  of,
  without = [],
}: {
  form: FormOptions;
  of: ChoiceSetting;
  without?: readonly string[];
}) {
  const texts = settingsTexts.fields[of.id];
  return (
    <SelectField
      label={sayWith(texts.label)}
      help={sayWith(texts.help)}
      error={form.errors.get(of.id)}
      disabled={form.disabled}
      value={of.read(form.draft)}
      choices={of.choices().filter(({ value }) => !without.includes(value))}
      onChange={(value) => form.change(of.write(form.draft, value))}
    />
  );
}

type AccountKey = 'accountCode' | 'accountCodeRecurring' | 'accountCodeOneOff';
const Account = ({ form, id }: { form: FormOptions; id: AccountKey }) => (
  <SelectField
    label={sayWith(settingsTexts.fields[id].label)}
    help={sayWith(settingsTexts.fields[id].help)}
    error={form.errors.get(id)}
    disabled={form.disabled}
    value={form.draft[id] ?? ''}
    choices={[
      { value: '', label: settingsTexts.none },
      ...form.view.choices.accounts.map(({ code, name }) => ({
        value: code,
        label: `${code} · ${name}`,
      })),
    ]}
    onChange={(value) => form.change({ ...form.draft, [id]: value || null })}
  />
);

const Tax = (form: FormOptions) => (
  <SelectField
    label={settingsTexts.fields.taxType.label}
    help={sayWith(settingsTexts.fields.taxType.help)}
    error={form.errors.get('taxType')}
    disabled={form.disabled}
    value={form.draft.taxType ?? ''}
    choices={[
      { value: '', label: settingsTexts.asItem },
      ...form.view.choices.taxRates.map(({ type, name, rate }) => ({
        value: type,
        label: `${name} (${rate} %)`,
      })),
    ]}
    onChange={(value) => form.change({ ...form.draft, taxType: value || null })}
  />
);

const Theme = (form: FormOptions) => (
  <SelectField
    label={settingsTexts.fields.themeId.label}
    help={sayWith(settingsTexts.fields.themeId.help)}
    error={form.errors.get('themeId')}
    disabled={form.disabled}
    value={form.draft.themeId ?? ''}
    choices={[
      { value: '', label: settingsTexts.none },
      ...form.view.choices.themes.map(({ id, name }) => ({ value: id, label: name })),
    ]}
    onChange={(value) => form.change({ ...form.draft, themeId: value || null })}
  />
);

const QuoteField = (form: FormOptions) => (
  <TextField
    label={settingsTexts.fields.quoteField.label}
    help={sayWith(settingsTexts.fields.quoteField.help)}
    error={form.errors.get('quoteField')}
    disabled={form.disabled}
    maxLength={100}
    value={form.draft.quoteField ?? ''}
    onChange={(value) => form.change({ ...form.draft, quoteField: value || null })}
  />
);

const Template = ({
  form,
  id,
  max,
}: {
  form: FormOptions;
  id: 'referenceTemplate' | 'lineTemplate';
  max: number;
}) => (
  <TextField
    label={settingsTexts.fields[id].label}
    help={settingsTexts.fields[id].help}
    error={form.errors.get(id)}
    disabled={form.disabled}
    maxLength={max}
    value={form.draft[id]}
    onChange={(value) => form.change({ ...form.draft, [id]: value })}
  />
);

const Days = ({
  form,
  id,
}: {
  form: FormOptions;
  id: 'closingDay' | 'missingAfterDays' | 'leaveDays';
}) => (
  <TextField
    label={settingsTexts.fields[id].label}
    help={sayWith(settingsTexts.fields[id].help)}
    error={form.errors.get(id)}
    disabled={form.disabled}
    type="number"
    inputMode="numeric"
    value={String(form.draft[id])}
    onChange={(value) => form.change({ ...form.draft, [id]: Number(value) })}
  />
);
